// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest'
import type { SearchResult, Understood } from '../index.ts'
import { loadElement } from './define.ts'
import { hearthOf, itemOf, listOf, settled } from './elements.fixture.ts'
import type { HearthSearchElement } from './hearth-search-element.ts'
import { en } from './messages/en.ts'

let box: HearthSearchElement
beforeEach(async () => {
  await loadElement('hearth-search')
  box = document.createElement('hearth-search')
})

const found = (...ids: string[]): SearchResult => ({
  ...listOf(...ids.map((id) => itemOf(id))),
  mode: 'keyword',
})
const inside = (selector: string) => [...box.shadowRoot!.querySelectorAll(selector)]
const input = () => inside('input')[0] as HTMLInputElement

async function type(text: string) {
  input().value = text
  input().dispatchEvent(new Event('input'))
  await settled()
}
async function press(key: string) {
  input().dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }))
  await settled()
}
async function open(search: (text: string) => Promise<SearchResult>) {
  const made = hearthOf({ search })
  box.hearth = made.hearth
  document.body.replaceChildren(box)
  await settled()
  return made
}

test('finds by keywords at once and announces the semantic answer', async () => {
  await open(async () => found('a', 'b'))
  await type('sea story')
  expect(inside('[role=option] .what b').map((each) => each.textContent)).toEqual([
    'Title a',
    'Title b',
  ])
  expect(inside('.mode')[0]!.textContent).toBe(
    'By keywords. Working out what you mean …',
  )
  expect(input().getAttribute('aria-expanded')).toBe('true')
})

test('shows the picture of an item that has one, else its tile', async () => {
  const pictured = { ...itemOf('a'), image: 'img/a.png' }
  await open(async () => ({ ...listOf(pictured, itemOf('b')), mode: 'keyword' }))
  await type('sea')
  expect(inside('.thumb img').map((each) => each.getAttribute('src'))).toEqual([
    'img/a.png',
  ])
  expect(inside('.thumb .tile')).toHaveLength(1)
  inside('.thumb img')[0]!.dispatchEvent(new Event('error'))
  await settled()
  expect(inside('.thumb .tile')).toHaveLength(2)
})

test('loads what a search needs from the first key on', async () => {
  const prepared: (string | undefined)[] = []
  const prepareSearch = async (what?: string) => void prepared.push(what)
  const { hearth } = hearthOf({ search: async () => found('a'), prepareSearch })
  box.hearth = hearth
  document.body.replaceChildren(box)
  await settled()
  expect(prepared).toEqual([])
  input().dispatchEvent(new Event('focus'))
  expect(prepared).toEqual(['scripts'])
  await type('s')
  expect(prepared).toEqual(['scripts', undefined])
})

test('loads the scripts of a search once the page is idle, unless it is gone by then', async () => {
  const idle = new Map<number, () => void>()
  vi.stubGlobal('requestIdleCallback', (task: () => void) => {
    idle.set(idle.size + 1, task)
    return idle.size
  })
  vi.stubGlobal('cancelIdleCallback', (request: number) => idle.delete(request))
  const prepared: (string | undefined)[] = []
  const prepareSearch = async (what?: string) => void prepared.push(what)
  box.hearth = hearthOf({ prepareSearch }).hearth
  document.body.replaceChildren(box)
  await settled()
  expect(prepared).toEqual([])
  for (const task of idle.values()) task()
  expect(prepared).toEqual(['scripts'])
  box.remove()
  expect(idle.size).toBe(0)
  vi.unstubAllGlobals()
})

test('shows the answer to the newest text', async () => {
  const answers = new Map<string, (result: SearchResult) => void>()
  await open((text) => new Promise((done) => answers.set(text, done)))
  await type('se')
  await type('ox')
  answers.get('ox')!(found('new'))
  answers.get('se')!(found('old'))
  await settled()
  expect(inside('[role=option] .what b').map((each) => each.textContent)).toEqual([
    'Title new',
  ])
})

test('arrow keys walk the results and Enter opens the one reached', async () => {
  const made = await open(async () => found('a', 'b'))
  await type('se')
  await press('ArrowDown')
  await press('ArrowDown')
  expect(input().getAttribute('aria-activedescendant')).toBe('result-1')
  const opened: string[] = []
  box.addEventListener('hearth-open', ({ item }) => opened.push(item.id))
  await press('Enter')
  expect(opened).toEqual(['b'])
  expect(made.recorded).toMatchObject([
    { kind: 'search', text: 'se' },
    { kind: 'click', item: 'b', slate: 'slate-1' },
  ])
})

test('Enter on the text asks the page to search, and is remembered', async () => {
  const made = await open(async () => found())
  const asked: string[] = []
  box.addEventListener('hearth-search', ({ text }) => asked.push(text))
  await type('  quiet boats ')
  await press('Enter')
  expect(asked).toEqual(['quiet boats'])
  expect(made.recorded).toMatchObject([{ kind: 'search', text: 'quiet boats' }])
})

test('Escape closes the list and a cleared box shows none', async () => {
  await open(async () => found('a'))
  await type('se')
  await press('Escape')
  expect(input().getAttribute('aria-expanded')).toBe('false')
  await type('')
  expect(inside('[role=option]')).toEqual([])
})

test('a search that fails shows why', async () => {
  await open(() => Promise.reject(new Error('the worker has stopped')))
  await type('se')
  expect(inside('.mode')[0]!.textContent).toBe('the worker has stopped')
})

test('a script that did not arrive is stated in words, not by its address', async () => {
  for (const message of [
    'Failed to fetch dynamically imported module: http://localhost/a.js',
    'error loading dynamically imported module: http://localhost/a.js',
    'Importing a module script failed.',
  ]) {
    await open(() => Promise.reject(new TypeError(message)))
    await type('se')
    expect(inside('.mode')[0]!.textContent).toBe(
      'Search needs its files once before it works offline. Connect and try again.',
    )
  }
  box.messages = { ...en, search: { ...en.search, unloaded: 'Hors ligne.' } }
  await settled()
  expect(inside('.mode')[0]!.textContent).toBe('Hors ligne.')
})

test('a text set before the box is drawn stands in it, and typing replaces it', async () => {
  const early = document.createElement('hearth-search')
  early.value = 'whales'
  early.hearth = hearthOf({ search: async () => found('a') }).hearth
  box = early
  document.body.replaceChildren(early)
  await settled()
  expect(input().value).toBe('whales')
  await type('sea')
  expect(early.value).toBe('sea')
  early.placeholder = 'another' // drawn again
  await settled()
  expect(input().value).toBe('sea')
})

test('a text set before the element is loaded is not lost', async () => {
  const early = document.createElement('x-late-search') as HearthSearchElement
  early.value = 'whales'
  document.body.replaceChildren(early)
  const loaded = customElements.get('hearth-search') as typeof HearthSearchElement
  customElements.define('x-late-search', class extends loaded {})
  await settled()
  expect(early.shadowRoot!.querySelector('input')!.value).toBe('whales')
})

test('what was understood stands as chips, and one taken away is asked without', async () => {
  const asked: unknown[] = []
  const part = { key: 'refused:dragons', kind: 'refused', text: 'dragons' } as const
  const search = async (_text: string, options?: { ignore?: readonly string[] }) => {
    asked.push(options?.ignore)
    if (options?.ignore) return found('a')
    const understood: Understood = {
      language: 'en',
      wanted: 'fantasy',
      refused: ['dragons'],
      facts: [],
      intent: 'wish',
      parts: [part],
    }
    return { ...found('a'), understood }
  }
  await open(search)
  await type('fantasy without dragons')
  await vi.waitFor(() => expect(inside('.chip button')).toHaveLength(1))
  const chip = inside('.chip button')[0] as HTMLButtonElement
  expect(chip.getAttribute('aria-label')).toBe('remove: not dragons')
  chip.click()
  await vi.waitFor(() => expect(inside('.chip button')).toHaveLength(0))
  expect(asked.at(-1)).toEqual(['refused:dragons'])
  expect(input().value).toBe('fantasy without dragons')
  await type('fantasy without dragons, please')
  expect(asked.at(-1)).toEqual(['refused:dragons'])
  await type('space')
  await type('fantasy without dragons') // another search: what it refuses counts again
  expect(asked.at(-1)).toBeUndefined()
})
