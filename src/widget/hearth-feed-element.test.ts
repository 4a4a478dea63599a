// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import './define.ts'
import type { Engine, Feed } from '../engine/engine.ts'
import { feedOf, hearthOf, pickOf, settled, shelfOf } from './elements.fixture.ts'
import type { HearthOpenEvent } from './events.ts'
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
const button = (label: string) =>
  inside('button').find((each) => each.getAttribute('aria-label') === label) as
    | HTMLButtonElement
    | undefined

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
    const first = { rows: [0], items, isByPopularity: true }
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

describe('what the visitor does', () => {
  test('pressing like records it and pressing again takes it back', async () => {
    const made = await show({ feed: async () => feedOf(shelfOf('For you', 'a')) })
    button('Like: Title a')!.click()
    await feed.updateComplete
    expect(button('Like: Title a')!.getAttribute('aria-pressed')).toBe('true')
    await settled()
    expect(made.recorded).toMatchObject([{ kind: 'like', itemId: 'a' }])
  })

  test('a refusal that cannot be recorded is not shown as made', async () => {
    await show({
      feed: async () => feedOf(shelfOf('For you', 'a')),
      record: () => Promise.reject(new Error('stopped')),
    })
    button('Not for me: Title a')!.click()
    await settled()
    expect(button('Not for me: Title a')!.getAttribute('aria-pressed')).toBe('false')
    expect(inside('.toast')).toEqual([])
  })

  test('"not for me" offers to undo, and undoing removes the very event', async () => {
    const made = await show({ feed: async () => feedOf(shelfOf('For you', 'a')) })
    button('Not for me: Title a')!.click()
    await settled()
    ;(inside('.toast button')[0] as HTMLButtonElement).click()
    await settled()
    expect(made.removed).toEqual([1])
    expect(inside('.toast')).toEqual([])
  })

  test('a change in another tab re-ranks, a notice about learning does not', async () => {
    let asked = 0
    const made = await show({
      feed: async () => {
        asked++
        return feedOf(shelfOf('For you', 'a'))
      },
    })
    made.notify({ type: 'learned' })
    await settled()
    expect(asked).toBe(1)
    made.notify({ type: 'profile-changed' })
    await settled()
    expect(asked).toBe(2)
    expect(inside('[role=status]')[0]!.textContent).toBe('Re-ranked from 7 signals.')
  })

  test('choosing an item tells the page, which may stop the link', async () => {
    const picks = [pickOf('a', { url: 'https://shop.example/a' })]
    await show({ feed: async () => feedOf({ ...shelfOf('For you', ''), picks }) })
    const link = inside('.link')[0] as HTMLAnchorElement
    expect(link.getAttribute('href')).toBe('https://shop.example/a')
    const told: HearthOpenEvent[] = []
    const stop = (event: HearthOpenEvent) => {
      told.push(event)
      event.preventDefault()
    }
    document.addEventListener('hearth-open', stop, { once: true })
    const click = new MouseEvent('click', { bubbles: true, cancelable: true })
    link.dispatchEvent(click)
    expect(told[0]!.item.id).toBe('a')
    expect(click.defaultPrevented).toBe(true)
  })

  test('a javascript: address is no link', async () => {
    const picks = [
      pickOf('a', { url: 'javascript:alert(1)', image: 'javascript:alert(2)' }),
    ]
    await show({ feed: async () => feedOf({ ...shelfOf('For you', ''), picks }) })
    expect(inside('.link')[0]!.hasAttribute('href')).toBe(false)
    expect(inside('img')).toEqual([])
  })

  test('a picture that cannot be loaded gives way to a drawn cover', async () => {
    const picks = [pickOf('a', { image: 'a.jpg' })]
    await show({ feed: async () => feedOf({ ...shelfOf('For you', ''), picks }) })
    inside('img')[0]!.dispatchEvent(new Event('error'))
    await settled()
    expect(inside('img')).toEqual([])
    expect(inside('.cover svg')).toHaveLength(1)
  })
})

test('without a pack it says so instead of throwing', async () => {
  feed.replaceChildren()
  document.body.replaceChildren(feed)
  await settled()
  expect(feed.getAttribute('state')).toBe('failed')
})
