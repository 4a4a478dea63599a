// @vitest-environment jsdom
import { describe, expect, test, vi } from 'vitest'
import {
  batches,
  FakeIntersectionObserver,
  find,
  mutations,
  recorded,
  show,
  start,
  stop,
  useFakePage,
} from './capture.test-kit.ts'
import { captureEvents } from './capture.ts'

useFakePage()

describe('openings', () => {
  test('a click on a link in an item opens it, one on its button does not', () => {
    start(
      '<article data-hearth-item="a"><a href="#a"><b>A</b></a><button>like</button></article>',
    )
    find('b').click()
    find('button').click()
    find('article').click() // beside the link
    expect(recorded()).toEqual(['click a'])
  })

  test('an item without a link opens by itself, by mouse and by key', () => {
    start(
      '<div data-hearth-item="a" tabindex="0"><i>A</i></div><button data-hearth-item="b">B</button>',
    )
    find('i').click()
    find('button').click()
    vi.setSystemTime(1_002_000)
    const enter = { key: 'Enter', bubbles: true }
    find('div').dispatchEvent(new KeyboardEvent('keydown', enter))
    find('div').click() // the page answers the key with a click of its own
    find('button').dispatchEvent(new KeyboardEvent('keydown', enter))
    find('div').dispatchEvent(new KeyboardEvent('keydown', { ...enter, key: 'a' }))
    expect(recorded()).toEqual(['click a', 'click b', 'click a'])
  })

  test('links that match a catalogue item need no attribute', () => {
    const itemIdOf = (link: HTMLAnchorElement) => /\/book\/(\w+)$/.exec(link.href)?.[1]
    start('<a id="x" href="/book/x">X</a><a id="y" href="/about">Y</a>', { itemIdOf })
    find('#x').click()
    find('#y').click()
    expect(recorded()).toEqual(['click x'])
  })

  test('a middle click counts on a link only, a right click never', () => {
    start('<article data-hearth-item="a"><a href="#a">A</a><p>text</p></article>')
    const press = (selector: string, button: number) =>
      find(selector).dispatchEvent(
        new MouseEvent('auxclick', { button, bubbles: true }),
      )
    press('p', 1)
    press('a', 2)
    expect(recorded()).toEqual([])
    press('a', 1)
    expect(recorded()).toEqual(['click a'])
  })

  test('a double click is one opening, a later click another', () => {
    start('<a data-hearth-item="a" href="#a">A</a>')
    find('a').click()
    find('a').click()
    vi.setSystemTime(1_001_000)
    find('a').click()
    expect(recorded()).toEqual(['click a', 'click a'])
  })

  test('clicks inside shadow trees are heard, once where two captures overlap', () => {
    start('<div id="host"></div>')
    const shadow = find('#host').attachShadow({ mode: 'open' })
    shadow.innerHTML = '<article data-hearth-item="a"><a href="#a">A</a></article>'
    const stopInner = captureEvents({
      ...{ root: shadow, now: () => Date.now() },
      record: (events) => void batches.push(events),
    })
    shadow.querySelector('a')?.click()
    expect(recorded()).toEqual(['click a'])
    stopInner()
  })

  test('a page that stops its clicks is heard all the same', () => {
    start('<a data-hearth-item="a" href="#a">A</a>')
    find('a').addEventListener('click', (event) => {
      event.preventDefault()
      event.stopImmediatePropagation()
    })
    find('a').click()
    expect(recorded()).toEqual(['click a'])
  })
})

test('nothing is heard or left behind once it is stopped', async () => {
  const add = vi.spyOn(EventTarget.prototype, 'addEventListener')
  const remove = vi.spyOn(EventTarget.prototype, 'removeEventListener')
  start('<a data-hearth-item="a" data-hearth-page-item="a" href="#a">A</a>')
  show(find('a'), 1)
  stop()
  expect(add).toHaveBeenCalled()
  expect(remove).toHaveBeenCalledTimes(add.mock.calls.length)
  expect(vi.getTimerCount()).toBe(0)
  find('a').click()
  document.body.innerHTML = '<i data-hearth-item="b"></i>'
  await mutations()
  vi.advanceTimersByTime(10_000)
  expect(batches).toEqual([])
  expect(FakeIntersectionObserver.all[0]?.observed.size).toBe(0)
})
