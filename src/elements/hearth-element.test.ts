// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import './define.ts'
import type { Storage } from '../index.ts'
import { hearthOf, settled } from './elements.fixture.ts'

beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}))
afterEach(() => {
  document.body.replaceChildren()
  vi.restoreAllMocks()
})
const warnings = () => vi.mocked(console.warn).mock.calls.map(([text]) => String(text))

async function showFeed(html: string) {
  const moved: Storage[] = []
  const { hearth } = hearthOf({}, { setStorage: async (to) => void moved.push(to) })
  document.body.innerHTML = html
  const feed = document.querySelector('hearth-feed')!
  feed.hearth = hearth
  await settled()
  return { feed, hearth, moved }
}

test('gives the page the library it uses', async () => {
  const { feed, hearth } = await showFeed('<hearth-feed></hearth-feed>')
  expect(feed.hearth).toBe(hearth)
})

test('an unknown attribute is named once, whatever HTML itself knows is not', async () => {
  const html = `<hearth-feed class="a" id="b" lang="en" data-x="1" aria-label="c" onclick=""
    pack="p" count="3" surprise cuont="4"></hearth-feed>`
  await showFeed(html)
  await showFeed(html)
  expect(warnings()).toHaveLength(1)
  expect(warnings()[0]).toContain('unknown attribute “cuont” on <hearth-feed>')
})

test('a wrong storage is named once and counts as memory', async () => {
  const { feed, moved } = await showFeed('<hearth-feed></hearth-feed>')
  feed.setAttribute('storage', 'cookies')
  await settled()
  expect(warnings().join()).toContain('wrong storage on <hearth-feed>: got “cookies”')
  expect(moved).toEqual(['memory'])
})

test('storage changed later moves the profile, unless another element keeps it back', async () => {
  const { feed, moved } = await showFeed('<hearth-feed storage="memory"></hearth-feed>')
  expect(moved).toEqual([])
  feed.setAttribute('storage', 'persistent')
  await settled()
  expect(moved).toEqual(['persistent'])
  document.body.append(document.createElement('hearth-search'))
  document.querySelector('hearth-search')!.setAttribute('storage', 'memory')
  feed.removeAttribute('storage')
  await settled()
  expect(moved).toEqual(['persistent', 'memory'])
})

test('an element that is added later is loaded then', async () => {
  document.body.append(document.createElement('hearth-profile'))
  await customElements.whenDefined('hearth-profile')
  await vi.waitFor(() => expect(customElements.get('hearth-search')).toBeDefined(), {
    // the test before put a search on the page
    timeout: 5000,
  })
})
