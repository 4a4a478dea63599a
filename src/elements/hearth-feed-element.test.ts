// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import './define.ts'
import type { Engine, Feed } from '../engine/engine.ts'
import { feedOf, hearthOf, pickOf, settled, shelfOf } from './elements.fixture.ts'
import type { HearthFeedElement } from './hearth-feed-element.ts'

let feed: HearthFeedElement
beforeEach(() => {
  feed = document.createElement('hearth-feed')
  feed.innerHTML = '<p>Our own picks</p>'
})

async function show(parts: Partial<Engine>) {
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
      ...shelfOf('For you', 'a'),
      picks: [pickOf('a', { title: '<b>Dune</b>' })],
    }
    await show({ feed: async () => feedOf(shelf, shelfOf('Widely read', 'bc')) })
    expect(titles()).toEqual(['<b>Dune</b>', 'Title b', 'Title c'])
    expect(inside('b')).toEqual([])
    expect(inside('h2').map((h2) => h2.textContent)).toEqual(['For you', 'Widely read'])
    expect(feed.getAttribute('state')).toBe('ready')
  })

  test('what the list was made from, and the measured time', async () => {
    await show({ feed: async () => feedOf(shelfOf('For you', 'a')) })
    expect(inside('.note')[0]!.textContent).toBe(
      'from 7 signals, re-ranked on this device in 4 ms',
    )
  })

  test('its own content while it waits and when no list can be made', async () => {
    await show({})
    expect(feed.getAttribute('state')).toBe('loading')
    expect(inside('slot')).toHaveLength(1)
    await show({ feed: () => Promise.reject(new Error('damaged pack')) })
    expect(feed.getAttribute('state')).toBe('failed')
    expect(inside('slot')).toHaveLength(1)
  })

  test('one sentence and a retry where there is no content of its own', async () => {
    feed.replaceChildren()
    let answer: () => Promise<Feed> = () => Promise.reject(new Error('damaged pack'))
    await show({ feed: () => answer() })
    expect(inside('.broken')[0]!.textContent).toContain('damaged pack')
    answer = async () => feedOf(shelfOf('For you', 'a'))
    ;(inside('.broken button')[0] as HTMLButtonElement).click()
    await settled()
    expect(titles()).toEqual(['Title a'])
  })

  test('the newest list when answers arrive out of order', async () => {
    const answers: ((feed: Feed) => void)[] = []
    await show({ feed: () => new Promise((resolve) => answers.push(resolve)) })
    void feed.refresh()
    answers[1]!(feedOf(shelfOf('For you', 'n')))
    answers[0]!(feedOf(shelfOf('For you', 'o')))
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
    expect(inside('h2')[0]!.textContent).toBe('Widely read')
  })
})

describe('attributes', () => {
  test.each(['', '-3', '0', '51', 'many'])('reads count="%s" as 12', async (count) => {
    const asked: unknown[] = []
    feed.setAttribute('count', count)
    await show({
      feed: async (options) => {
        asked.push(options)
        return feedOf()
      },
    })
    expect(asked).toEqual([{ count: 12, surprise: 0.2 }])
  })

  test('asks again when count changes', async () => {
    const counts: unknown[] = []
    await show({
      feed: async (options) => {
        counts.push(options?.count)
        return feedOf()
      },
    })
    feed.setAttribute('count', '5')
    await settled()
    expect(counts).toEqual([12, 5])
  })

  test('shows the dial only where "surprise" stands', async () => {
    const answer = { feed: async () => feedOf(shelfOf('For you', 'a')) }
    await show(answer)
    expect(inside('input[type=range]')).toEqual([])
    feed.setAttribute('surprise', '')
    await settled()
    expect((inside('input[type=range]')[0] as HTMLInputElement).value).toBe('0.2')
  })
})

test('without a pack it says so instead of throwing', async () => {
  feed.replaceChildren()
  document.body.replaceChildren(feed)
  await settled()
  expect(feed.getAttribute('state')).toBe('failed')
})
