import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HearthError } from '../../errors.ts'
import type { FeedbackEvent } from '../../feedback/event.ts'
import { createHearth, openHearth } from '../../index.ts'
import { createMemoryStore } from '../../store/memory-store.ts'
import { click } from '../../store/profile.test-kit.ts'
import type { ProfileStore, Storage, StoreState } from '../../store/profile-store.ts'
import type { EngineNotice } from '../calls.ts'
import type { Hearth } from '../hearth.ts'
import type { EngineConfig } from './protocol.ts'
import { type Port, serve } from './rpc.ts'

type Change = 'record' | 'erase' | 'import' | 'export' | 'setStorage' | 'opened'

/** How the workers made next behave; each keeps its profile in its own memory. */
let state: StoreState = { mode: 'memory' }
/** Called instead of these; a worker that never answers is about to die. */
let hooks: Partial<Record<Change, () => Promise<unknown>>> = {}
let made: FakeWorker[] = []
/** What each worker was started with. */
let configs: EngineConfig[] = []
let hearth: Hearth
let uids = 0

/** An engine's worker in this thread, of which only the profile is there. */
class FakeWorker {
  readonly store: ProfileStore
  private readonly channel = new MessageChannel()
  private readonly notify: (value: unknown) => void
  private fail: (event: ErrorEvent) => void = () => {}

  constructor() {
    this.store = createMemoryStore({
      now: () => 1,
      uid: () => `uid-${++uids}`,
      later: () => {},
    })
    const { store } = this
    const service = {
      start: async (config: EngineConfig) => {
        configs.push(config)
        this.tellState()
      },
      opened: async () => {},
      ping: async () => {},
      record: (events: FeedbackEvent[]) => store.append(events),
      events: () => store.events(),
      erase: () => store.erase(),
      import: (file: unknown) => store.importProfile(file),
      export: () => store.exportProfile(),
      setStorage: async (storage: Storage) => {
        state = { mode: storage === 'memory' ? 'memory' : 'indexeddb' }
        this.tellState()
      },
      ...hooks,
    }
    this.notify = serve(service, this.channel.port2 as Port)
    made.push(this)
  }

  tellState() {
    const notice = { type: 'state', event: { profile: state } }
    this.notify(notice as EngineNotice)
  }

  die() {
    this.fail({ message: 'boom', preventDefault() {} } as ErrorEvent)
  }

  postMessage(message: unknown) {
    this.channel.port1.postMessage(message)
  }

  start() {
    this.channel.port1.start()
  }

  addEventListener(type: string, listener: (event: never) => void) {
    if (type === 'error') this.fail = listener as (event: ErrorEvent) => void
    else this.channel.port1.addEventListener(type, listener as (e: Event) => void)
  }

  terminate() {
    this.channel.port1.close()
    this.channel.port2.close()
  }
}

const never = () => new Promise<never>(() => {})
const idsOf = async () => (await hearth.profile.events()).map(({ item }) => item)

beforeEach(() => {
  made = []
  configs = []
  hooks = {}
  state = { mode: 'memory' }
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('document', { baseURI: 'https://shop.test/' })
  vi.stubGlobal('location', new URL('https://shop.test/'))
  hearth = openHearth({ pack: 'pack' })
})
afterEach(() => {
  void hearth.close()
  vi.unstubAllGlobals()
})

describe('what a visitor states', () => {
  const persist = vi.fn(async () => true)
  beforeEach(() => {
    vi.resetModules()
    persist.mockClear()
    vi.stubGlobal('navigator', { storage: { persist } })
  })
  const like = { kind: 'like', item: 'a' } as const

  test('is what the browser is asked to keep, once, and not before', async () => {
    const { openHearth } = await import('../../index.ts')
    const own = openHearth({ pack: 'kept' })
    await own.record({ kind: 'click', item: 'a' })
    expect(persist).not.toHaveBeenCalled()
    await own.record(like)
    await own.record(like)
    expect(persist).toHaveBeenCalledTimes(1)
    await own.close()
  })

  test('is not asked for, nor noted, where nothing is stored', async () => {
    const kept: Record<string, string> = {}
    vi.stubGlobal('localStorage', kept)
    const { openHearth } = await import('../../index.ts')
    const own = openHearth({ pack: 'memory', storage: 'memory' })
    const recorded = own.record(like)
    expect(kept).toEqual({})
    await recorded
    expect(persist).not.toHaveBeenCalled()
    await own.close()
  })

  test('is given to the next worker where a page left it, and struck out then', async () => {
    const act = JSON.stringify(['record', [like]])
    const kept = { 'hearth-act:/left/:1:0.5': act, 'hearth-act:/other/:1:0.5': act }
    const removeItem = (key: string) => delete kept[key as keyof typeof kept]
    vi.stubGlobal(
      'localStorage',
      Object.defineProperty(kept, 'removeItem', { value: removeItem }),
    )
    const { openHearth } = await import('../../index.ts')
    const own = openHearth({ pack: 'left' })
    await own.profile.events()
    expect(configs.at(-1)).toMatchObject({ left: [act] })
    expect(Object.keys(kept)).toEqual(['hearth-act:/other/:1:0.5'])
    await own.close()
  })
})

test('a profile in memory outlives its worker', async () => {
  await hearth.record([click('a')])
  made[0]!.die()
  expect(await idsOf()).toEqual(['a'])
})

test('an event is kept even if the worker dies right after it was recorded', async () => {
  await hearth.close()
  hooks = { export: never }
  hearth = openHearth({ pack: 'pack' })
  await hearth.profile.events() // its state was reported
  const recorded = hearth.record([click('a')])
  await vi.waitFor(async () => {
    expect(await made.at(-1)!.store.events()).toHaveLength(1)
  })
  await new Promise((resolve) => setTimeout(resolve)) // the reply is here
  hooks = {}
  made.at(-1)!.die()
  await recorded
  expect(await idsOf()).toEqual(['a'])
})

test('an erase that a dying worker left unanswered forgets the kept copy too', async () => {
  await hearth.record([click('a')])
  made[0]!.store.erase = never
  const erased = hearth.profile.erase()
  made[0]!.die()
  await erased
  expect(await idsOf()).toEqual([])
})

test('a copy kept in memory does not bring back what was erased from the disk', async () => {
  await hearth.record([click('a')])
  state = { mode: 'indexeddb' } // the disk took it after all
  made[0]!.tellState()
  await hearth.profile.erase()
  made[0]!.die()
  for (const _ of made) await idsOf() // whatever the fresh worker is given, it has now
  expect(await idsOf()).toEqual([])
})

test('what a full disk will not import is kept in the memory of the fresh worker', async () => {
  await hearth.record([click('a'), click('b', 2)])
  hooks = { import: () => Promise.reject(new Error('full')) }
  made[0]!.die()
  await vi.waitFor(async () => expect(await idsOf()).toEqual(['a', 'b']))
  made[1]!.die()
  await vi.waitFor(async () => expect(await idsOf()).toEqual(['a', 'b']))
})

test('an event keeps its uid and time when its call is made again', async () => {
  const given: FeedbackEvent[][] = []
  const record = (...[events]: FeedbackEvent[][]) => {
    given.push(events!)
    return made.length === 1 ? never() : made.at(-1)!.store.append(events!)
  }
  await hearth.close()
  made = []
  hooks = { record: record as () => Promise<unknown> }
  hearth = openHearth({ pack: 'pack' })
  const recorded = hearth.record({ kind: 'like', item: 'a' })
  await vi.waitFor(() => expect(given).toHaveLength(1))
  made[0]!.die()
  const [event] = await recorded
  expect(given).toHaveLength(2)
  expect(given[1]).toEqual(given[0])
  expect(event).toMatchObject({ ...given[0]![0]!, kind: 'like', item: 'a' })
})

describe('a profile that moves', () => {
  test('to memory stays there when its worker dies, with its events', async () => {
    state = { mode: 'indexeddb' }
    made[0]!.tellState()
    await hearth.record([click('a')])
    expect(configs[0]!.storage).toBe('persistent')
    await hearth.profile.setStorage('memory')
    made[0]!.die()
    expect(await idsOf()).toEqual(['a'])
    expect(configs[1]!.storage).toBe('memory')
  })

  test('to memory loses nothing if its worker dies on the way', async () => {
    state = { mode: 'indexeddb' }
    made[0]!.tellState()
    await hearth.record([click('a')])
    await hearth.close()
    hooks = { setStorage: never }
    hearth = openHearth({ pack: 'pack' })
    await made.at(-1)!.store.append([click('b')])
    const moved = hearth.profile.setStorage('memory')
    await vi.waitFor(() => expect(configs).toHaveLength(2))
    await new Promise((resolve) => setTimeout(resolve, 20)) // the copy is made
    hooks = {}
    made.at(-1)!.die() // its store, where the disk was erased, is gone
    await moved
    expect(await idsOf()).toEqual(['b'])
  })

  test('to the disk is not kept on the page', async () => {
    await hearth.record([click('a')])
    await hearth.profile.setStorage('persistent')
    made[0]!.die()
    expect(await idsOf()).toEqual([]) // this fake has no disk
    expect(configs[1]!.storage).toBe('persistent')
  })
})

describe('the callers of one page', () => {
  test('share one engine for each pack, until the last has closed it', async () => {
    const again = openHearth({ pack: '/pack/' })
    expect(again).toBe(hearth)
    expect(made).toHaveLength(1)
    const other = openHearth({ pack: 'other' })
    expect(made).toHaveLength(2)
    await other.close()
    await again.close()
    expect(await idsOf()).toEqual([])
    await hearth.close()
    await expect(hearth.profile.events()).rejects.toMatchObject({ code: 'stopped' })
    hearth = openHearth({ pack: 'pack' })
    expect(made).toHaveLength(3)
  })

  test('store nothing where one of them must not', async () => {
    const moved: unknown[] = []
    await hearth.close()
    hooks = {
      setStorage: (async (storage: Storage) => {
        moved.push(storage)
      }) as () => Promise<unknown>,
    }
    hearth = openHearth({ pack: 'pack' })
    openHearth({ pack: 'pack', storage: 'persistent' })
    expect(moved).toEqual([])
    await createHearth({ pack: 'pack', storage: 'memory' })
    expect(moved).toEqual(['memory'])
    for (const _ of [1, 2]) await hearth.close()
  })

  test('hear at once that a storage is none', async () => {
    const storage = 'disk' as Storage
    await expect(createHearth({ pack: 'pack', storage })).rejects.toMatchObject({
      code: 'bad-argument',
    })
    expect(() => openHearth({ pack: 'pack', storage })).toThrow(/invalid storage/)
  })

  test('hear that the pack is bad, and the next may try again', async () => {
    const bad = () => Promise.reject(new HearthError('bad-pack', 'it is missing.'))
    hooks = { opened: bad }
    const missing = createHearth({ pack: 'missing' })
    await expect(missing).rejects.toMatchObject({ code: 'bad-pack' })
    hooks = {}
    const found = await createHearth({ pack: 'missing' })
    await found.close()
  })
})
