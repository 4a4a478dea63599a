// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import './define.ts'
import type { Hearth, RecommendedItem } from '../index.ts'
import { hearthOf, itemOf, settled, shelfOf, shelvesOf } from './elements.fixture.ts'
import type { HearthOpenEvent } from './events.ts'
import type { HearthFeedElement } from './hearth-feed-element.ts'

let feed: HearthFeedElement
beforeEach(() => {
  feed = document.createElement('hearth-feed')
  feed.innerHTML = '<p>Our own picks</p>'
})

const withItem = (item: RecommendedItem) =>
  shelvesOf({ ...shelfOf('for-you', ''), items: [item] })

async function show(parts: Partial<Hearth>) {
  const made = hearthOf(parts)
  feed.hearth = made.hearth
  document.body.replaceChildren(feed)
  await settled()
  return made
}

const inside = (selector: string) => [...feed.shadowRoot!.querySelectorAll(selector)]
const button = (label: string) =>
  inside('button').find((each) => each.getAttribute('aria-label') === label) as
    | HTMLButtonElement
    | undefined

describe('what the visitor does', () => {
  test('pressing like records it and pressing again takes it back', async () => {
    let answer = itemOf('a')
    const made = await show({ shelves: async () => withItem(answer) })
    button('Like: Title a')!.click()
    await feed.updateComplete
    expect(button('Like: Title a')!.getAttribute('aria-pressed')).toBe('true')
    await settled()
    expect(made.recorded).toMatchObject([{ kind: 'like', item: 'a', slate: 'slate-1' }])
    answer = { ...itemOf('a'), reaction: { liked: 1 } }
    await feed.refresh()
    await feed.updateComplete
    button('Like: Title a')!.click()
    await settled()
    expect(made.removed).toEqual([1])
    expect(made.recorded).toHaveLength(1)
  })

  test('a refusal that cannot be recorded is not shown as made', async () => {
    await show({
      shelves: async () => shelvesOf(shelfOf('for-you', 'a')),
      record: () => Promise.reject(new Error('stopped')),
    })
    button('Not for me: Title a')!.click()
    await settled()
    expect(button('Not for me: Title a')!.getAttribute('aria-pressed')).toBe('false')
    expect(inside('.toast')).toEqual([])
  })

  test('"not for me" offers to undo, and undoing removes the very event', async () => {
    const made = await show({ shelves: async () => shelvesOf(shelfOf('for-you', 'a')) })
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
      shelves: async () => {
        asked++
        return shelvesOf(shelfOf('for-you', 'a'))
      },
    })
    made.emit('learned', {})
    await settled()
    expect(asked).toBe(1)
    made.emit('change', { origin: 'other' })
    await settled()
    expect(asked).toBe(2)
    expect(inside('[role=status]')[0]!.textContent).toBe('Re-ranked from 7 events.')
  })

  test('choosing an item reaches the page, which may stop the link', async () => {
    const item = itemOf('a', { url: 'https://shop.example/a' })
    await show({ shelves: async () => withItem(item) })
    const link = inside('.link')[0] as HTMLAnchorElement
    expect(link.getAttribute('href')).toBe('https://shop.example/a')
    const heard: HearthOpenEvent[] = []
    const stop = (event: HearthOpenEvent) => {
      heard.push(event)
      event.preventDefault()
    }
    document.addEventListener('hearth-open', stop, { once: true })
    const click = new MouseEvent('click', { bubbles: true, cancelable: true })
    link.dispatchEvent(click)
    expect(heard[0]!.item.id).toBe('a')
    expect(click.defaultPrevented).toBe(true)
  })

  test('a click before anything watches the list is recorded once, with the slate', async () => {
    const made = await show({
      shelves: async () => withItem(itemOf('a')),
      links: () => new Promise(() => {}),
    })
    ;(inside('.link')[0] as HTMLElement).click()
    expect(made.recorded).toMatchObject([
      { kind: 'click', item: 'a', slate: 'slate-1' },
    ])
  })

  test('a javascript: address is no link', async () => {
    const item = itemOf('a', {
      url: 'javascript:alert(1)',
      image: 'javascript:alert(2)',
    })
    await show({ shelves: async () => withItem(item) })
    expect(inside('.link')[0]!.hasAttribute('href')).toBe(false)
    expect(inside('img')).toEqual([])
  })

  test('a picture that cannot be loaded gives way to a tile with the title', async () => {
    const item = itemOf('a', { image: 'a.jpg' })
    await show({ shelves: async () => withItem(item) })
    inside('img')[0]!.dispatchEvent(new Event('error'))
    await settled()
    expect(inside('img')).toEqual([])
    expect(inside('.cover .tile span')[0]!.textContent).toBe('Title a')
  })

  test('a click in a list carries the slate of the list', async () => {
    const made = await show({ shelves: async () => withItem(itemOf('a')) })
    ;(inside('.link')[0] as HTMLElement).click()
    expect(made.recorded).toMatchObject([
      { kind: 'click', item: 'a', slate: 'slate-1' },
    ])
  })
})

describe('the face of an item without a picture', () => {
  test('is a tile with its initials and its title', async () => {
    const item = itemOf('a', { title: 'élan <b>vital</b> 2' })
    await show({ shelves: async () => withItem(item) })
    expect(inside('.tile b')[0]!.textContent).toBe('ÉB')
    expect(inside('.tile span')[0]!.textContent).toBe('élan <b>vital</b> 2')
  })

  test('is what the page draws, where it draws one', async () => {
    feed.tileOf = ({ id }) =>
      id === 'a' ? document.createElement('canvas') : undefined
    await show({ shelves: async () => shelvesOf(shelfOf('for-you', 'ab')) })
    expect(inside('.cover canvas')).toHaveLength(1)
    expect(inside('.cover .tile')).toHaveLength(1)
    feed.tileOf = undefined
  })
})
