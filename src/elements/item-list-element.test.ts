// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import './define.ts'
import type { Engine } from '../engine/engine.ts'
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
const button = (label: string) =>
  inside('button').find((each) => each.getAttribute('aria-label') === label) as
    | HTMLButtonElement
    | undefined

describe('what the visitor does', () => {
  test('pressing like records it and pressing again takes it back', async () => {
    let answer = pickOf('a')
    const shelf = () => ({ ...shelfOf('For you', ''), picks: [answer] })
    const made = await show({ feed: async () => feedOf(shelf()) })
    button('Like: Title a')!.click()
    await feed.updateComplete
    expect(button('Like: Title a')!.getAttribute('aria-pressed')).toBe('true')
    await settled()
    expect(made.recorded).toMatchObject([{ kind: 'like', itemId: 'a' }])
    answer = { ...pickOf('a'), reaction: { liked: 1 } }
    await feed.refresh()
    await feed.updateComplete
    button('Like: Title a')!.click()
    await settled()
    expect(made.removed).toEqual([1])
    expect(made.recorded).toHaveLength(1)
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
