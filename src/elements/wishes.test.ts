// @vitest-environment jsdom
/** What an owner asks of an element, by attributes and properties. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type Hearth,
  HearthError,
  type RecommendOptions,
  type Shelves,
} from '../index.ts'
import { loadElement } from './define.ts'
import './index.ts'
import {
  hearthOf,
  itemOf,
  listOf,
  settled as once,
  shelfOf,
  shelvesOf,
} from './elements.fixture.ts'
import type { HearthFeedElement } from './hearth-feed-element.ts'

/** Lets scripts that are loaded where they are used arrive, too. */
async function settled() {
  await Promise.all([import('./continued.ts'), import('./list-options.ts')])
  for (let turn = 0; turn < 4; turn++) await once()
}

let feed: HearthFeedElement
beforeEach(() => {
  feed = document.createElement('hearth-feed')
})

const inside = (selector: string) => [
  ...feed.shadowRoot!.querySelectorAll<HTMLElement>(selector),
]
const titles = () => inside('.link').map((link) => link.textContent)

async function show(parts: Partial<Hearth>) {
  const made = hearthOf(parts)
  feed.hearth = made.hearth
  document.body.replaceChildren(feed)
  await settled()
  return made
}

describe('a filter', () => {
  test('is asked with, and asked anew when it changes', async () => {
    const asked: (RecommendOptions | undefined)[] = []
    feed.setAttribute('filter', 'price < 5')
    feed.setAttribute('exclude', 'a,b')
    await show({
      shelves: async (options) => {
        asked.push(options)
        return shelvesOf(shelfOf('popular', 'c'))
      },
    })
    feed.filter = { price: { lt: 9 } }
    await settled()
    feed.removeAttribute('exclude')
    await settled()
    expect(asked).toEqual([
      { count: 12, surprise: 0.2, filter: 'price < 5', exclude: ['a', 'b'] },
      { count: 12, surprise: 0.2, filter: { price: { lt: 9 } }, exclude: ['a', 'b'] },
      { count: 12, surprise: 0.2, filter: { price: { lt: 9 } } },
    ])
  })

  test('keeps the first items of the pack from showing: they know no filter', async () => {
    const first = vi.fn()
    feed.setAttribute('filter', 'price < 5')
    await show({ first })
    expect(first).not.toHaveBeenCalled()
  })

  test('that cannot be read empties the list, and is named on the console alone', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    await show({
      shelves: async ({ filter } = {}) => {
        if (filter) throw new HearthError('bad-argument', 'filter: expected a value')
        return shelvesOf(shelfOf('popular', 'ab'))
      },
    })
    expect(titles()).toEqual(['Title a', 'Title b'])
    feed.filter = 'price <'
    await settled()
    expect(titles()).toEqual([])
    expect(inside('.broken')).toEqual([])
    expect(feed.getAttribute('state')).toBe('failed')
    expect(error.mock.calls).toEqual([['Hearth: filter: expected a value']])
    feed.filter = null
    await settled()
    expect(titles()).toEqual(['Title a', 'Title b'])
    error.mockRestore()
  })

  test('that leaves nothing is stated', async () => {
    feed.filter = 'price < 0'
    await show({ shelves: async () => shelvesOf() })
    expect(inside('.none').map((line) => line.textContent)).toEqual([
      'Nothing here fits.',
    ])
  })

  test('is asked with by <hearth-related> and <hearth-search> too', async () => {
    const asked: unknown[] = []
    const { hearth } = hearthOf({
      related: async (id, options) => {
        asked.push([id, options])
        return listOf()
      },
      search: async (text, options) => {
        asked.push([text, options])
        return { ...listOf(), mode: 'keyword' }
      },
    })
    const related = document.createElement('hearth-related')
    Object.assign(related, { hearth, item: 'a', filter: 'available', threshold: 0.5 })
    await loadElement('hearth-search')
    const search = document.createElement('hearth-search')
    Object.assign(search, { hearth, filter: 'available' })
    document.body.replaceChildren(related, search)
    await settled()
    const input = search.shadowRoot!.querySelector('input')!
    input.value = 'it'
    input.dispatchEvent(new Event('input'))
    await settled()
    expect(asked).toEqual([
      ['a', { count: 12, filter: 'available', threshold: 0.5 }],
      ['it', { count: 6, filter: 'available', mode: 'keyword' }],
    ])
  })
})

describe('more', () => {
  const pages = ['cd', 'ae', '']
  let next = 0
  const parts: Partial<Hearth> = {
    shelves: async (): Promise<Shelves> => shelvesOf(shelfOf('for-you', 'ab')),
    recommendNext: async (previous, options) => {
      expect([previous, options]).toEqual(['slate-1', { count: 12 }])
      return listOf(...[...pages[next++]!].map((id) => itemOf(id)))
    },
  }
  const button = () => inside('button.more')[0]!
  beforeEach(() => {
    next = 0
  })

  test('is there where it is asked for', async () => {
    await show(parts)
    expect(inside('button.more')).toEqual([])
    feed.setAttribute('more', '')
    await settled()
    expect(button().textContent!.trim()).toBe('Show more')
  })

  test('explains anew what it has added', async () => {
    feed.setAttribute('more', '')
    const asked: (readonly string[])[] = []
    const reason = { kind: 'popular', params: { among: 20 } } as const
    const headline = { ...reason, component: 'popularity', share: 1 } as const
    await show({
      ...parts,
      items: async (ids) => {
        asked.push(ids)
        return ids.map((id) => itemOf(id, { headline, reasons: [headline] }))
      },
    })
    button().click()
    await settled()
    const reasons = () => inside('.grid .why').map((why) => why.textContent!.trim())
    expect(reasons()).toEqual(['Because you liked Near c', 'Because you liked Near d'])
    await feed.refresh(true)
    await settled()
    expect(asked).toEqual([['c', 'd']])
    expect(new Set(reasons())).toEqual(new Set(['Among the 20 most chosen']))
  })

  test('adds what follows, nothing twice, until the end', async () => {
    feed.setAttribute('more', '')
    await show(parts)
    button().focus()
    button().click()
    await settled()
    expect(titles()).toEqual(['Title a', 'Title b', 'Title c', 'Title d'])
    expect(inside('h2').at(-1)!.textContent).toBe('More')
    expect(inside('.announcement')[0]!.textContent).toBe('2 more.')
    button().click()
    await settled()
    expect(titles().slice(2)).toEqual(['Title c', 'Title d', 'Title e'])
    button().click()
    await settled()
    expect(inside('button.more')).toEqual([])
    expect(inside('.announcement')[0]!.textContent).toBe('That was all.')
    expect(feed.shadowRoot!.activeElement!.textContent).toBe('Title e')
  })

  test('stays through a re-rank, and goes with another filter', async () => {
    feed.setAttribute('more', '')
    const { emit } = await show(parts)
    button().click()
    await settled()
    emit('change', { origin: 'own', kinds: ['like'] })
    await settled()
    expect(titles()).toEqual(['Title a', 'Title b', 'Title c', 'Title d'])
    feed.filter = 'price < 5'
    await settled()
    expect(titles()).toEqual(['Title a', 'Title b'])
  })
})

test('a price that was higher is shown beside the new one', async () => {
  const items = [
    itemOf('a', { price: 8, was: 10, currency: 'EUR' }),
    itemOf('b', { price: 8, was: 8 }),
  ]
  await show({ shelves: async () => shelvesOf({ ...shelfOf('for-you', ''), items }) })
  expect(inside('.price').map((price) => price.textContent)).toEqual([
    '€8.00 formerly €10.00',
    '8',
  ])
})
