// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest'
import './define.ts'
import type { Hearth, Shelves } from '../index.ts'
import { hearthOf, itemOf, settled, shelfOf, shelvesOf } from './elements.fixture.ts'
import type { HearthFeedElement } from './hearth-feed-element.ts'
import { en } from './messages/en.ts'

let feed: HearthFeedElement
beforeEach(() => {
  feed = document.createElement('hearth-feed')
  feed.innerHTML = '<p>Our own picks</p>'
})

async function show(parts: Partial<Hearth>) {
  const made = hearthOf(parts)
  feed.hearth = made.hearth
  document.body.replaceChildren(feed)
  await settled()
  return made
}

const inside = (selector: string) => [...feed.shadowRoot!.querySelectorAll(selector)]
const titles = () => inside('.link').map((link) => link.textContent)

describe('what it shows', () => {
  test('every shelf with its picks, titles as text', async () => {
    const shelf = {
      ...shelfOf('for-you', 'a'),
      items: [itemOf('a', { title: '<b>Dune</b>' })],
    }
    await show({ shelves: async () => shelvesOf(shelf, shelfOf('popular', 'bc')) })
    expect(titles()).toEqual(['<b>Dune</b>', 'Title b', 'Title c'])
    expect(inside('.link b')).toEqual([])
    expect(inside('h2').map((h2) => h2.textContent)).toEqual([
      'For you',
      'Widely chosen',
    ])
    expect(feed.getAttribute('state')).toBe('ready')
  })

  test('the price where there is one, and what is sold out', async () => {
    const items = [
      itemOf('a', { price: 19.9, currency: 'EUR' }),
      itemOf('b', { price: 5, available: false }),
      itemOf('c', { price: 3.5, currency: '<b>' }),
      itemOf('d'),
    ]
    await show({ shelves: async () => shelvesOf({ ...shelfOf('for-you', ''), items }) })
    const prices = inside('.price').map((price) => price.textContent)
    expect(prices).toEqual(['€19.90', '5 · Sold out', '3.50'])
  })

  test('what the list was made from, and the measured time', async () => {
    await show({ shelves: async () => shelvesOf(shelfOf('for-you', 'a')) })
    expect(inside('.note')[0]!.textContent).toBe(
      'from 7 events, re-ranked on this device in 4 ms',
    )
  })

  test('no count of events where none was positive, whatever is stored', async () => {
    const answer = { ...shelvesOf(shelfOf('popular', 'a')), eventCount: 0 }
    await show({ shelves: async () => answer })
    expect(inside('.note')[0]!.textContent).toBe(
      'like something, and the shelves turn to you',
    )
    await feed.refresh(true)
    await feed.updateComplete
    expect(inside('.announcement')[0]!.textContent).toBe('Re-ranked.')
  })

  test('the words of the table it is given', async () => {
    feed.messages = { ...en, shelves: { ...en.shelves, 'for-you': () => 'Pour vous' } }
    await show({ shelves: async () => shelvesOf(shelfOf('for-you', 'a')) })
    expect(inside('h2')[0]!.textContent).toBe('Pour vous')
    expect(inside('.why')[0]!.textContent!.trim()).toBe('Because you liked Near a')
    feed.messages = en
    await settled()
    expect(inside('h2')[0]!.textContent).toBe('For you')
  })

  test('the owner reads in the console why the page’s own content stands there', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    await show({ shelves: () => Promise.reject(new Error('no pack at /nowhere')) })
    expect(warned.mock.calls).toEqual([['Hearth: no pack at /nowhere']])
    warned.mockRestore()
  })

  test('its own content while it waits and when no list can be made', async () => {
    await show({})
    expect(feed.getAttribute('state')).toBe('loading')
    expect(inside('slot')).toHaveLength(1)
    await show({ shelves: () => Promise.reject(new Error('damaged pack')) })
    expect(feed.getAttribute('state')).toBe('failed')
    expect(inside('slot')).toHaveLength(1)
  })

  test('one sentence and a retry where there is no content of its own', async () => {
    feed.replaceChildren()
    let answer: () => Promise<Shelves> = () => Promise.reject(new Error('damaged pack'))
    await show({ shelves: () => answer() })
    expect(inside('.broken')[0]!.textContent).toContain('damaged pack')
    answer = async () => shelvesOf(shelfOf('for-you', 'a'))
    ;(inside('.broken button')[0] as HTMLButtonElement).click()
    await settled()
    expect(titles()).toEqual(['Title a'])
  })

  test('the newest list when answers arrive out of order', async () => {
    const answers: ((answer: Shelves) => void)[] = []
    await show({ shelves: () => new Promise((resolve) => answers.push(resolve)) })
    void feed.refresh()
    answers[1]!(shelvesOf(shelfOf('for-you', 'n')))
    answers[0]!(shelvesOf(shelfOf('for-you', 'o')))
    await settled()
    expect(titles()).toEqual(['Title n'])
  })

  test('the common items first, until the list is here', async () => {
    const { hearth } = hearthOf({})
    const items = [{ id: 'x', title: 'Known to all' }]
    const first = { indices: [0], items, isByPopularity: true }
    feed.hearth = { ...hearth, first: async () => first }
    document.body.replaceChildren(feed)
    await settled()
    expect(titles()).toEqual(['Known to all'])
    expect(inside('h2')[0]!.textContent).toBe('Widely chosen')
  })
})

describe('attributes', () => {
  test.each(['', '-3', '0', '51', 'many'])('reads count="%s" as 12', async (count) => {
    const asked: unknown[] = []
    feed.setAttribute('count', count)
    await show({
      shelves: async (options) => {
        asked.push(options)
        return shelvesOf()
      },
    })
    expect(asked).toEqual([{ count: 12, surprise: 0.2 }])
  })

  test('asks again when count changes', async () => {
    const counts: unknown[] = []
    await show({
      shelves: async (options) => {
        counts.push(options?.count)
        return shelvesOf()
      },
    })
    feed.setAttribute('count', '5')
    await settled()
    expect(counts).toEqual([12, 5])
  })

  test('"compare" asks for a shelf of two rankings, and its absence for none', async () => {
    const asked: unknown[] = []
    await show({
      shelves: async (options) => {
        asked.push(options)
        return shelvesOf(shelfOf('popular', 'a'))
      },
    })
    feed.setAttribute('compare', '')
    await settled()
    feed.removeAttribute('compare')
    await settled()
    const plain = { count: 12, surprise: 0.2 }
    expect(asked).toEqual([plain, { ...plain, compare: true }, plain])
  })

  test('shows the dial only where "surprise" stands', async () => {
    const answer = { shelves: async () => shelvesOf(shelfOf('for-you', 'a')) }
    await show(answer)
    expect(inside('input[type=range]')).toEqual([])
    feed.setAttribute('surprise', '')
    await settled()
    expect((inside('input[type=range]')[0] as HTMLInputElement).value).toBe('0.2')
  })
})

test('without a pack it shows so instead of throwing', async () => {
  feed.replaceChildren()
  document.body.replaceChildren(feed)
  await settled()
  expect(feed.getAttribute('state')).toBe('failed')
})
