// @vitest-environment jsdom
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  HearthError,
  type HearthState,
  type Profile,
  type ShownEvent,
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
const stateWith = (events: number, mode: 'indexeddb' | 'memory'): HearthState => ({
  pack: { name: 'Made up', items: 3, licence: 'CC0', attribution: '', notes: [] },
  curation: { rules: {}, columns: { known: [], loaded: [] } },
  ...{ scan: 'js', profile: { mode }, events, encoder: device, towers: device },
  learning: { state: 'waiting', views: 0, taken: 0, guesses: 0 },
  restarts: 0,
})

const liked: ShownEvent = {
  ...{ seq: 7, uid: 'u7', kind: 'like', item: 'a', at: Date.now() },
  record: { id: 'a', title: 'Title <a>', url: 'https://shop.example/a' },
}
const saved: ShownEvent = { ...liked, seq: 8, uid: 'u8', kind: 'save' }

const inside = <T extends HTMLElement>(selector: string) =>
  [...element.shadowRoot!.querySelectorAll(selector)] as T[]
const button = (name: string) =>
  inside('button').find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent!.trim()) === name,
  )!
const outcome = () => inside('.outcome')[0]?.textContent

/** A profile of `events` on disk or in memory, changed as the library would change it. */
async function show(events: ShownEvent[], parts: Partial<Profile> = {}) {
  const log = { events, mode: 'indexeddb' as HearthState['profile']['mode'] }
  const made = hearthOf(
    { state: async () => stateWith(log.events.length, log.mode) },
    {
      events: async () => log.events,
      erase: async () => {
        log.events = []
        made.emit('change', { origin: 'own' })
      },
      setStorage: async (storage) => {
        log.mode = storage === 'memory' ? 'memory' : 'indexeddb'
      },
      ...parts,
    },
  )
  element.hearth = made.hearth
  document.body.replaceChildren(element)
  await settled()
  return { ...made, log }
}

async function choose(file: File) {
  const [input] = inside<HTMLInputElement>('input[type=file]')
  Object.defineProperty(input, 'files', { value: [file], configurable: true })
  input!.dispatchEvent(new Event('change'))
  await vi.waitFor(() => expect(outcome()).toBeDefined())
}

describe('the log', () => {
  test('lists events by day, titles as text, each with a button of its own name', async () => {
    await show([liked])
    expect(element.getAttribute('state')).toBe('ready')
    expect(inside('h2').map(({ textContent }) => textContent)).toEqual(['Today'])
    expect(inside('.log li')).toHaveLength(1)
    expect(inside('.log a')[0]!.textContent).toBe('Title <a>')
    expect(button('Remove: liked Title <a>')).toBeDefined()
  })

  test('removes one event, announces it, and leaves the focus in the log', async () => {
    const { removed } = await show([saved, liked])
    button('Remove: saved Title <a>').click()
    await settled()
    expect(removed).toEqual([8])
    expect(outcome()).toBe('Removed: saved Title <a>.')
    expect(element.shadowRoot!.activeElement?.textContent).toBe('Remove')
  })

  test('a removal that is refused is not shown as made', async () => {
    await show([liked], { remove: () => Promise.reject(new Error('the disk is full')) })
    button('Remove: liked Title <a>').click()
    await settled()
    expect(inside('[role=alert] .outcome')[0]!.textContent).toBe('the disk is full')
    expect(inside('.log li')).toHaveLength(1)
  })

  test('follows what is done here and in other tabs', async () => {
    const { log, emit } = await show([liked])
    log.events = [saved, liked]
    emit('change', { origin: 'other' })
    await settled()
    expect(inside('.log li')).toHaveLength(2)
  })

  test('is empty for a stranger, and announces what will stand there', async () => {
    await show([])
    expect(inside('.empty')[0]!.textContent).toContain('Nothing yet.')
  })

  test('an item that is chosen reaches the page, which may stop the link', async () => {
    await show([liked])
    const opened: string[] = []
    element.addEventListener('hearth-open', (event) => {
      opened.push(event.item.id)
      event.preventDefault()
    })
    const click = new MouseEvent('click', { bubbles: true, cancelable: true })
    inside('.log a')[0]!.dispatchEvent(click)
    expect(opened).toEqual(['a'])
    expect(click.defaultPrevented).toBe(true)
  })
})

describe('where it is stored', () => {
  test('counts every event of the log and shows where they are and why', async () => {
    const reason = 'storage is denied'
    const { log, emit } = await show([liked])
    expect(inside('[role=status]')[0]!.textContent).toContain('1 event.')
    expect(inside('.where')[0]!.textContent).toBe('Stored in this browser.')
    const state = { ...stateWith(3, 'memory'), profile: { mode: 'memory', reason } }
    emit('state', state as HearthState)
    await settled()
    expect(inside('[role=status]')[0]!.textContent).toContain('3 events.')
    expect(inside('.where')[0]!.textContent).toContain(reason)
    expect(log.mode).toBe('indexeddb')
  })

  test('is switched by the visitor, and the switch shows what is so', async () => {
    const { log } = await show([liked])
    const [keep] = inside<HTMLInputElement>('.keep input')
    expect(keep!.checked).toBe(true)
    keep!.click()
    await settled()
    expect(log.mode).toBe('memory')
    expect(inside('.where')[0]!.textContent).toContain('In memory only')
    expect(keep!.checked).toBe(false)
  })

  test('a switch that is refused goes back', async () => {
    const setStorage = () => Promise.reject(new Error('the disk is full'))
    await show([liked], { setStorage })
    const [keep] = inside<HTMLInputElement>('.keep input')
    keep!.click()
    await settled()
    expect(outcome()).toBe('the disk is full')
    expect(keep!.checked).toBe(true)
  })
})

describe('the whole profile', () => {
  test('is erased with a second press, and the focus is not lost', async () => {
    const { log } = await show([liked])
    button('Erase everything').click()
    await settled()
    expect(element.shadowRoot!.activeElement?.textContent?.trim()).toBe('Erase')
    button('Keep').click()
    await settled()
    expect(element.shadowRoot!.activeElement?.textContent?.trim()).toBe(
      'Erase everything',
    )
    expect(log.events).toEqual([liked])
    button('Erase everything').click()
    await settled()
    button('Erase').click()
    await settled()
    expect(log.events).toEqual([])
    expect(outcome()).toBe('Everything is erased.')
  })

  test('is imported, and what is no profile is refused in a sentence', async () => {
    const given: unknown[] = []
    await show([liked], {
      import: async (file) => {
        given.push(file)
        return 2
      },
    })
    await choose(new File(['{"format":"hearth-profile"}'], 'me.json'))
    expect(given).toEqual([{ format: 'hearth-profile' }])
    expect(outcome()).toBe('Imported 2 events.')
    await choose(new File(['not json'], 'me.txt'))
    await vi.waitFor(() => expect(outcome()).toContain('“me.txt” is not JSON'))
    expect(inside('[role=alert] .outcome')).toHaveLength(1)
  })

  test('is exported as a file named for the day', async () => {
    const saved: { name: string; blob: Blob }[] = []
    let blob: Blob | undefined
    const createObjectURL = (made: Blob) => {
      blob = made
      return 'blob:made'
    }
    Object.assign(URL, { createObjectURL, revokeObjectURL: () => {} }) // jsdom has none
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click')
    click.mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob: blob! })
    })
    const exportedAt = Date.UTC(2026, 10, 22)
    const file = { format: 'hearth-profile', version: 1, exportedAt, events: [liked] }
    await show([liked], { export: async () => file as never })
    button('Export').click()
    await settled()
    expect(saved[0]!.name).toBe('hearth-profile-2026-11-22.json')
    expect(JSON.parse(await saved[0]!.blob.text())).toEqual(file)
    expect(outcome()).toBe('Exported 1 event.')
    vi.restoreAllMocks()
  })

  test('that cannot be opened shows why, and can be tried again', async () => {
    let answer: () => Promise<ShownEvent[]> = () => Promise.reject(new Error('damaged'))
    await show([], { events: () => answer() })
    expect(inside('[role=alert]')[0]!.textContent).toContain('damaged')
    answer = async () => [liked]
    button('Retry').click()
    await settled()
    expect(inside('[role=alert]')).toEqual([])
    expect(inside('.log li')).toHaveLength(1)
  })
})

describe('what cannot be read', () => {
  test('is counted, and can be removed', async () => {
    const gone: number[] = []
    const { log, emit } = await show([liked], {
      remove: async (seqs) => void gone.push(...seqs),
    })
    expect(inside('[part=unreadable]')).toEqual([])
    const profile = { mode: 'indexeddb', unreadable: [3, 9] } as const
    emit('state', { ...stateWith(1, 'indexeddb'), profile })
    await settled()
    expect(inside('[part=unreadable]')[0]!.textContent).toContain(
      '2 stored records are of no use',
    )
    button('Remove what is of no use').click()
    await settled()
    expect(gone).toEqual([3, 9])
    expect(inside('[part=unreadable]')).toEqual([])
    expect(log.events).toEqual([liked])
  })
})

describe('the file of another catalogue', () => {
  const name = 'films.json'
  const file = () => new File(['{"format":"hearth-profile"}'], name)

  async function showRefused() {
    const asked: unknown[] = []
    const made = await show([liked], {
      import: async (_, options) => {
        asked.push(options)
        if (options?.anyCatalogue) return 2
        throw new HearthError('other-catalogue', 'this profile is of “Films”.')
      },
    })
    await choose(file())
    await settled()
    return { ...made, asked }
  }

  test('is added in part once the visitor wants that', async () => {
    const { asked } = await showRefused()
    expect(outcome()).toContain('of “Films”')
    button('Add what is here too').click()
    await settled()
    expect(asked).toEqual([undefined, { anyCatalogue: true }])
    expect(outcome()).toBe('Imported 2 events.')
    expect(button('Add what is here too')).toBeUndefined()
  })

  test('is left where the visitor does not', async () => {
    const { asked } = await showRefused()
    button('Leave it').click()
    await settled()
    expect(asked).toEqual([undefined])
    expect(outcome()).toBeUndefined()
  })
})

test('a log of years shows its newest hundred entries, and more by a press', async () => {
  const events = Array.from({ length: 5000 }, (_, i) => ({
    ...{ ...liked, seq: 5000 - i, uid: `u${i}`, at: liked.at - i },
  }))
  await show(events)
  expect(inside('.log li')).toHaveLength(100)
  button('Show older').click()
  await settled()
  expect(inside('.log li')).toHaveLength(400)
})
