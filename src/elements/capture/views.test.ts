// @vitest-environment jsdom
/** What is seen, and for how long. */
import { describe, expect, test, vi } from 'vitest'
import {
  batches,
  find,
  mutations,
  recorded,
  setVisible,
  show,
  start,
  stop,
  useFakePage,
} from './capture.test-kit.ts'

useFakePage()

describe('impressions', () => {
  test('half an item in view for a second is seen once, and recorded in one batch', () => {
    start('<i data-hearth-item="a"></i><b data-hearth-item="b"></b>')
    show(find('i'), 0.5)
    show(find('b'), 1)
    vi.advanceTimersByTime(999)
    expect(batches).toEqual([])
    vi.advanceTimersByTime(1 + 1000)
    expect(batches).toHaveLength(1)
    expect(recorded()).toEqual(['impression a', 'impression b'])
    show(find('i'), 1)
    vi.advanceTimersByTime(60_000)
    expect(recorded()).toHaveLength(2)
  })

  test('less than half, or less than a second, or a hidden tab is not seen', () => {
    start('<i data-hearth-item="a"></i><b data-hearth-item="b"></b>')
    show(find('i'), 0.4)
    show(find('b'), 0.8)
    vi.advanceTimersByTime(900)
    show(find('b'), 0.1)
    vi.advanceTimersByTime(5000)
    show(find('b'), 0.8)
    vi.advanceTimersByTime(900)
    setVisible(false)
    vi.advanceTimersByTime(5000)
    expect(recorded()).toEqual([])
    setVisible(true)
    vi.advanceTimersByTime(2000)
    expect(recorded()).toEqual(['impression b'])
  })

  test('items added later, and elements given another item, are seen too', async () => {
    start('<main></main>')
    find('main').innerHTML = '<p><i data-hearth-item="a"></i></p>'
    await mutations()
    show(find('i'), 1)
    vi.advanceTimersByTime(2000)
    find('i').setAttribute('data-hearth-item', 'b')
    await mutations()
    show(find('i'), 1)
    vi.advanceTimersByTime(2000)
    expect(recorded()).toEqual(['impression a', 'impression b'])
  })

  test('an item taken away before its second is over is not seen', async () => {
    start('<p><i data-hearth-item="a"></i></p>')
    show(find('i'), 1)
    find('p').remove()
    await mutations()
    vi.advanceTimersByTime(5000)
    expect(recorded()).toEqual([])
  })

  test('two links to one item are one view; half a minute later it is another', () => {
    const itemIdOf = () => 'x'
    start('<a id="p" href="/x">picture</a><a id="t" href="/x">title</a>', { itemIdOf })
    show(find('#p'), 1)
    show(find('#t'), 1)
    vi.advanceTimersByTime(3000)
    expect(recorded()).toEqual(['impression x'])
    stop()
    start('<a href="/x">picture</a><a id="t" href="/x">title</a>', { itemIdOf })
    show(find('a'), 1)
    vi.advanceTimersByTime(31_000)
    show(find('#t'), 1)
    vi.advanceTimersByTime(3000)
    expect(recorded()).toEqual(['impression x', 'impression x', 'impression x'])
  })

  test('come before the click that followed them', () => {
    start('<a data-hearth-item="a" href="#a">A</a>')
    show(find('a'), 1)
    vi.advanceTimersByTime(1500)
    find('a').click()
    expect(recorded()).toEqual(['impression a', 'click a'])
  })

  test('are left out where the browser cannot tell what is in view', () => {
    vi.stubGlobal('IntersectionObserver', undefined)
    Reflect.deleteProperty(globalThis, 'IntersectionObserver')
    start('<a data-hearth-item="a" href="#a">A</a>')
    find('a').click()
    expect(recorded()).toEqual(['click a'])
  })
})

describe('dwell', () => {
  const leave = () => window.dispatchEvent(new Event('pagehide'))
  const dwells = () => batches.flat().map(({ item, value }) => [item, value])

  test('counts the seconds the page of an item was visible', () => {
    start('<main data-hearth-page-item="a"></main>')
    vi.advanceTimersByTime(2000)
    setVisible(false) // too short yet: kept
    vi.advanceTimersByTime(60_000)
    setVisible(true)
    vi.advanceTimersByTime(10_500)
    leave()
    expect(dwells()).toEqual([['a', 12.5]])
    expect(batches.flat()[0]?.at).toBe(1_072_500)
  })

  test('is at least 3 s and at most 600 s a page view', () => {
    start('<main data-hearth-page-item="a"></main>')
    vi.advanceTimersByTime(2900)
    leave()
    expect(dwells()).toEqual([])
    setVisible(true)
    vi.advanceTimersByTime(400_000)
    leave()
    setVisible(true)
    vi.advanceTimersByTime(400_000)
    leave()
    expect(dwells().map(([, value]) => value)).toEqual([402.9, 197.1])
  })

  test('follows the page from one item to the next, and ends with the capture', async () => {
    start('<main data-hearth-page-item="a"></main>')
    vi.advanceTimersByTime(5000)
    find('main').setAttribute('data-hearth-page-item', 'b')
    await mutations()
    vi.advanceTimersByTime(7000)
    stop()
    expect(dwells()).toEqual([
      ['a', 5],
      ['b', 7],
    ])
  })

  test('can be given the item, and be stopped', () => {
    start('<main></main>')
    const done = stop.watchDwell('a')
    vi.advanceTimersByTime(4000)
    done()
    vi.advanceTimersByTime(9000)
    stop()
    expect(dwells()).toEqual([['a', 4]])
  })
})

test('an item seen or opened in a list carries the slate of the list', () => {
  start(`<ul data-hearth-slate="s1"><li data-hearth-item="a"><a href="#a">A</a></li></ul>
    <i data-hearth-item="b" data-hearth-slate="s2" tabindex="0"></i>
    <p data-hearth-item="c">C</p>`)
  for (const selector of ['li', 'i', 'p']) show(find(selector), 1)
  vi.advanceTimersByTime(2000)
  find('a').click()
  find('p').click()
  find('i').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  expect(batches.flat().map(({ kind, item, slate }) => [kind, item, slate])).toEqual([
    ['impression', 'a', 's1'],
    ['impression', 'b', 's2'],
    ['impression', 'c', undefined],
    ['click', 'a', 's1'],
    ['click', 'c', undefined],
    ['click', 'b', 's2'],
  ])
})
