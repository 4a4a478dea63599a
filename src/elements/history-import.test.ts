// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type {
  ChosenHistory,
  HearthState,
  HistoryMatch,
  HistoryPreview,
  Profile,
  ShownEvent,
} from '../index.ts'
import { loadElement } from './define.ts'
import { hearthOf, settled } from './elements.fixture.ts'
import type { HearthProfileElement } from './hearth-profile-element.ts'

let element: HearthProfileElement
beforeEach(async () => {
  await loadElement('hearth-profile')
  element = document.createElement('hearth-profile')
})

const device = { state: 'idle', tried: [] } as const
const state: HearthState = {
  pack: { name: 'Made up', items: 3, licence: 'CC0', attribution: '', notes: [] },
  ...{ scan: 'js', profile: { mode: 'indexeddb' }, events: 0 },
  ...{ encoder: device, towers: device, restarts: 0 },
  learning: { state: 'waiting', views: 0, taken: 0, guesses: 0 },
  curation: { rules: {}, columns: { known: [], loaded: [] } },
}

const HOSTILE = '<img src=x onerror=alert(1)>'
function matchOf(id: string, more: Partial<HistoryMatch> = {}): HistoryMatch {
  const title = `Title ${id}`
  return {
    entry: {
      title,
      makers: [],
      ids: {},
      line: 2,
      kind: 'rated',
      stars: 4,
      at: Date.UTC(2023, 0, 15, 12),
    },
    item: { id, title, authors: ['Ada Reed'] },
    ...{ isSure: true, why: 'title-maker', becomes: 'rate', isKnown: false, ...more },
  }
}
const maybe = matchOf('c', {
  ...{ isSure: false, why: 'near-title' },
  entry: { title: HOSTILE, makers: [], ids: {}, line: 4, kind: 'finished' },
  becomes: 'finish',
})
const preview: HistoryPreview = {
  ...{ source: 'Goodreads', entries: 5, batch: 'history:Goodreads:abc', at: 0 },
  matched: [matchOf('a'), matchOf('b'), maybe, matchOf('d', { isKnown: true })],
  unmatched: [{ title: HOSTILE, makers: ['Bo'], ids: {}, line: 6, kind: 'wanted' }],
  skipped: [{ why: 'no title', count: 7, lines: [8, 9] }],
}

const inside = <T extends HTMLElement>(selector: string) =>
  [...element.shadowRoot!.querySelectorAll(selector)] as T[]
const texts = (selector: string) =>
  inside(selector).map(({ textContent }) => textContent!.replace(/\s+/g, ' ').trim())
const press = async (selector: string) => {
  inside(selector)[0]!.click()
  await settled()
}

async function show(parts: Partial<Profile>, events: ShownEvent[] = []) {
  const made = hearthOf(
    { state: async () => state },
    { events: async () => events, ...parts },
  )
  element.hearth = made.hearth
  document.body.replaceChildren(element)
  await settled()
  return made
}

async function choose(file = new File(['x'], 'library.csv')) {
  const [input] = inside<HTMLInputElement>('.bring')
  Object.defineProperty(input, 'files', { value: [file], configurable: true })
  input!.dispatchEvent(new Event('change'))
  await settled()
}

describe('a file that was chosen', () => {
  test('shows what was found, in groups; sure ones are ticked, titles are text', async () => {
    await show({ readHistory: async () => preview })
    await choose()
    expect(texts('.preview h3')).toEqual(['Goodreads: 4 of 5 found here'])
    expect(texts('.preview .where')).toEqual(['1 of them was added before.'])
    expect(texts('legend')).toEqual(['Found (2)', 'Perhaps (1): tick what is right'])
    expect(texts('.preview li .row')).toEqual([
      ...[
        'Title a Ada Reed rated 4 of 5 Jan 15, 2023',
        'Title b Ada Reed rated 4 of 5 Jan 15, 2023',
      ],
      `Title c Ada Reed “${HOSTILE}” in your file; nearly the same title finished`,
    ])
    expect(inside<HTMLInputElement>('li input').map(({ checked }) => checked)).toEqual([
      ...[true, true, false],
    ])
    expect(texts('.preview .plain li')).toEqual([
      `${HOSTILE}, Bo`,
      '7 × no title: line 8, 9 …',
    ])
    expect(inside('img')).toEqual([])
    expect(element.shadowRoot!.activeElement?.localName).toBe('h3')
  })

  test('is named while it is being read, and one that cannot be is one clear line', async () => {
    let fail = (_: Error) => {}
    const readHistory = () => new Promise<never>((_, reject) => (fail = reject))
    await show({ readHistory })
    await choose()
    expect(texts('.history [role=status] .outcome')).toEqual([
      'Reading “library.csv” …',
    ])
    fail(new Error('“library.csv” seems to be a PDF.'))
    await settled()
    expect(texts('.history [role=alert] .outcome')).toEqual([
      '“library.csv” seems to be a PDF.',
    ])
    expect(inside('.preview')).toEqual([])
  })

  test('gives way to one chosen after it', async () => {
    const answers: ((preview: HistoryPreview) => void)[] = []
    await show({
      readHistory: () => new Promise((answer) => void answers.push(answer)),
    })
    await choose()
    await choose()
    answers[1]!({ ...preview, source: 'Second' })
    answers[0]!({ ...preview, source: 'First' })
    await settled()
    expect(texts('.preview h3')).toEqual(['Second: 4 of 5 found here'])
  })

  test('of which all is there already leaves nothing to choose', async () => {
    const known = preview.matched.map((match) => ({ ...match, isKnown: true }))
    await show({ readHistory: async () => ({ ...preview, matched: known }) })
    await choose()
    expect(texts('.history .outcome')).toEqual([
      'Nothing new: all of it was here already.',
    ])
  })

  test('may be dropped anywhere on the section, which opens', async () => {
    const readHistory = vi.fn(async () => preview)
    await show({ readHistory })
    const drop = new Event('drop', { bubbles: true, cancelable: true })
    const file = new File(['x'], 'dropped.csv')
    Object.assign(drop, { dataTransfer: { files: [file], types: ['Files'] } })
    inside('.history summary')[0]!.dispatchEvent(drop)
    await settled()
    expect(readHistory).toHaveBeenCalledWith(file, 'dropped.csv')
    expect(inside<HTMLDetailsElement>('.history')[0]!.open).toBe(true)
    expect(drop.defaultPrevented).toBe(true)
  })
})

describe('what is ticked', () => {
  test('is added, announced, and undone in one step', async () => {
    const added: ChosenHistory[] = []
    const undone: string[] = []
    await show({
      readHistory: async () => preview,
      addHistory: async (chosen) => {
        added.push(chosen)
        return { added: chosen.matched.length, batch: chosen.batch }
      },
      undoHistory: async (batch) => undone.push(batch),
    })
    await choose()
    inside<HTMLInputElement>('li input')[1]!.click()
    inside<HTMLInputElement>('li input')[2]!.click()
    await settled()
    expect(texts('.add')).toEqual(['Add 2'])
    expect(inside<HTMLInputElement>('.all input')[0]!.indeterminate).toBe(true)
    await press('.add')
    expect(added[0]!.matched.map(({ item }) => item.id)).toEqual(['a', 'c'])
    expect(texts('.history [role=status] .outcome')).toEqual([
      '2 added from Goodreads.',
    ])
    expect(element.shadowRoot!.activeElement?.textContent).toBe('Undo')
    await press('.undo')
    expect(undone).toEqual([preview.batch])
    expect(texts('.history .outcome')).toEqual([
      'Undone: 1 removed, with all they taught.',
    ])
  })

  test('may be a whole group, or nothing, which cannot be added', async () => {
    await show({ readHistory: async () => preview })
    await choose()
    inside<HTMLInputElement>('.all input')[0]!.click()
    await settled()
    expect(texts('.add')).toEqual(['Add 0'])
    expect(inside<HTMLButtonElement>('.add')[0]!.disabled).toBe(true)
    inside<HTMLInputElement>('.all input')[1]!.click()
    await settled()
    expect(texts('.add')).toEqual(['Add 1'])
  })

  test('that cannot be stored stays on the screen, with the reason', async () => {
    await show({
      readHistory: async () => preview,
      addHistory: () => Promise.reject(new Error('the disk is full')),
    })
    await choose()
    await press('.add')
    expect(texts('.history [role=alert] .outcome')).toEqual(['the disk is full'])
    expect(texts('.add')).toEqual(['Add 2'])
  })

  test('is shown to its end on demand', async () => {
    const matched = Array.from({ length: 100 }, (_, i) => matchOf(`${i}`))
    await show({ readHistory: async () => ({ ...preview, matched }) })
    await choose()
    expect(inside('.preview li .row')).toHaveLength(30)
    expect(texts('fieldset .quiet')).toEqual(['Show all 100'])
    await press('fieldset .quiet')
    expect(inside('.preview li .row')).toHaveLength(100)
    expect(texts('.add')).toEqual(['Add 100'])
  })
})

test('what was brought on an earlier page can still be taken back', async () => {
  const events: ShownEvent[] = [1, 2].map((seq) => ({
    ...{
      seq,
      uid: `u${seq}`,
      kind: 'like',
      item: 'a',
      at: 0,
      slate: 'history:Trakt:xyz',
    },
  }))
  const undone: string[] = []
  await show({ undoHistory: async (batch) => undone.push(batch) }, events)
  expect(texts('.batches span')).toEqual(['From Trakt: 2 events'])
  await press('.batches button')
  expect(undone).toEqual(['history:Trakt:xyz'])
})

test('the section is left out where the page does not want it', async () => {
  element.setAttribute('history', 'off')
  await show({})
  expect(inside('.history')).toEqual([])
})
