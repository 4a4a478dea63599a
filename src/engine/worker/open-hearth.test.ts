import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FeedbackEvent } from '../../feedback/event.ts'
import { openHearth } from '../../index.ts'
import { createMemoryStore } from '../../store/memory-store.ts'
import { click } from '../../store/profile.test-kit.ts'
import type { ProfileStore, StoreState } from '../../store/profile-store.ts'
import type { EngineNotice, Hearth } from '../hearth.ts'
import { type Port, serve } from './rpc.ts'

type Change = 'record' | 'erase' | 'import' | 'export'

/** How the workers made next behave; each keeps its profile in its own memory. */
let state: StoreState = { mode: 'memory' }
/** Called instead of these; a worker that never answers is about to die. */
let hooks: Partial<Record<Change, () => Promise<unknown>>> = {}
let made: FakeWorker[] = []
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
      start: async () => this.tellState(),
      ping: async () => {},
      record: (events: FeedbackEvent[]) => store.append(events),
      events: () => store.events(),
      erase: () => store.erase(),
      import: (file: unknown) => store.importProfile(file),
      export: () => store.exportProfile(),
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
