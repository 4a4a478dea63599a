/** What the engine does when the log changes under its feet: storage, removal, learning. */
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { EventInput } from '../feedback/event.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { createJsScanner } from '../math/scanner.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import { fillDisk, openOn } from '../store/profile.test-kit.ts'
import type { ProfileStore } from '../store/profile-store.ts'
import { createReferenceDevice } from '../towers/reference.ts'
import type { EngineNotice } from './calls.ts'
import { createEngine } from './create-engine.ts'
import { setUp } from './sample-engine.test-data.ts'
import { createTowerLearner, type OpenTowers } from './tower-learner.ts'
import { openVisitorLog } from './visitor-log.ts'

const ROWS = 16
/** One taste: enough to try the tower on, and to leave one out. */
const EVENS = [0, 2, 4, 6, 8, 10, 12]
const items = Array.from({ length: ROWS }, (_, index) => ({
  id: `id${index}`,
  title: `Book ${index}`,
}))
const halves = items.map((_, index) => (index % 2 === 0 ? [1, 0] : [0, 1]))
const user = {
  weights: Float32Array.of(1, 0, 0, 1),
  bias: Float32Array.of(0, 0),
}
const pack = samplePack({ items, tower: { items: halves, user: [user] } })
const indexOf = (id: string) => {
  const index = items.findIndex((item) => item.id === id)
  return index === -1 ? undefined : index
}
const table = { count: ROWS, record: (index: number) => items[index]!, indexOf }
const event = (kind: 'like' | 'dislike', index: number) => ({
  ...{ uid: `${kind}-${index}`, kind, item: `id${index}`, at: index + 1 },
})
const started = (device = createReferenceDevice()) => ({
  ...{ device, tried: [], selfCheck: 0, probeMs: 1 },
})

afterEach(() => vi.restoreAllMocks())

async function learnerOn(store: ProfileStore, open: OpenTowers, now = () => 1000) {
  const log = await openVisitorLog(store, { indexOf, now: () => 1000 })
  const changes: string[] = []
  const learner = await createTowerLearner(pack, {
    ...{ store, log, indexOf, open, now },
    onChange: (what) => changes.push(what),
  })
  return { log, learner, changes }
}

describe('the tower', () => {
  test('never scores with what was learned from an event that went meanwhile', async () => {
    const store = await openOn(new IDBFactory(), { storage: 'memory' })
    const own = pack.tower!.user
    const release: (() => void)[] = []
    const device = createReferenceDevice()
    const seen: (readonly DenseLayer[])[] = []
    const { log, learner } = await learnerOn(store, async () =>
      started({
        ...device,
        tune: async (...args) => {
          seen.push(learner.layers())
          if (seen.length === 1) {
            await new Promise<void>((resolve) => release.push(resolve))
          }
          return device.tune(...args)
        },
      }),
    )
    await log.append(EVENS.map((index) => event('like', index)))
    const learning = learner.learn()
    await vi.waitFor(() => expect(release).toHaveLength(1))
    const [first] = await store.events()
    await store.remove([first!.seq])
    await log.reload()
    learner.reset()
    release[0]!()
    await learning
    learner.adopt()
    // tried and tuned with the event, then without it: all that time the pack's own was in use
    expect(seen).toEqual([own, own, own, own])
    expect(learner.layers()).not.toBe(own)
    const { learner: other } = await learnerOn(store, async () => started())
    await other.learn()
    other.adopt()
    expect(learner.layers()).toEqual(other.layers())
  })

  test('comes into use with the next act: lists shown last are there after a reload', async () => {
    const store = await openOn(new IDBFactory(), { storage: 'memory' })
    const own = pack.tower!.user
    const open = async () => started()
    const first = await learnerOn(store, open)
    await first.log.append(EVENS.slice(0, 6).map((index) => event('like', index)))
    await first.learner.learn()
    expect(first.learner.layers()).toBe(own)

    const reloaded = await learnerOn(store, open)
    await reloaded.learner.learn()
    expect(reloaded.learner.layers()).toBe(own)

    // an act brings it into use, and a page that is left before it is learned from keeps that
    reloaded.learner.adopt()
    const learned = reloaded.learner.layers()
    expect(learned).not.toEqual(own)
    await reloaded.log.append([event('like', 12)])
    const left = await learnerOn(store, open)
    expect(left.learner.layers()).toEqual(learned)
    await left.learner.learn()
    expect(left.learner.layers()).toEqual(learned)
    expect((await learnerOn(store, open)).learner.layers()).toEqual(learned)

    // another session begins with what was learned last
    const nextSession = await learnerOn(store, open, () => 3_600_000)
    left.learner.adopt()
    expect(left.learner.layers()).not.toEqual(learned)
    expect(nextSession.learner.layers()).toEqual(left.learner.layers())
  })

  test('is not brought back by a snapshot from before a new beginning', async () => {
    const store = await openOn(new IDBFactory(), { storage: 'memory' })
    const first = await learnerOn(store, async () => started())
    await first.log.append(EVENS.map((index) => event('like', index)))
    await first.learner.learn()
    await first.log.append([{ kind: 'reset', at: 70, uid: 'reset' }])
    const after = await learnerOn(store, async () => started())
    after.learner.adopt()
    expect(after.learner.layers()).toBe(pack.tower!.user)
  })

  test('is the pack own one again where what is kept of it is damaged', async () => {
    const store = await openOn(new IDBFactory(), { storage: 'memory' })
    const { log, learner } = await learnerOn(store, async () => started())
    await log.append(EVENS.map((index) => event('like', index)))
    await learner.learn()
    const { fingerprint } = pack.manifest
    const [{ weights, bias }] = pack.tower!.user as [DenseLayer]
    const broken = [{ weights: weights.map(() => Number.NaN), bias }]
    const { seq } = (await store.events()).at(-1)!
    const damaged = [
      7,
      null,
      broken,
      { used: broken, next: broken, at: 1 },
      { used: 1 },
    ]
    for (const value of damaged) {
      await store.writeSnapshot('towers', { lastSeq: seq, fingerprint, value })
      const { learner: other } = await learnerOn(store, async () => started())
      other.adopt()
      expect(other.layers()).toBe(pack.tower!.user)
    }
  })

  test('is the pack own one again when too little is left to learn from', async () => {
    const store = await openOn(new IDBFactory(), { storage: 'memory' })
    const { log, learner } = await learnerOn(store, async () => started())
    await log.append(EVENS.slice(0, 6).map((index) => event('like', index)))
    await learner.learn()
    learner.adopt()
    expect(learner.state().hasMoved).toBe(true)
    expect(learner.layers()).not.toBe(pack.tower!.user)
    await log.append([{ kind: 'dislike', item: 'id2', at: 60, uid: 'v' }])
    await learner.learn()
    expect(learner.layers()).toBe(pack.tower!.user)
  })

  test('is not tuned by views alone, nor in the next session by the same log', async () => {
    const store = await openOn(new IDBFactory(), { storage: 'memory' })
    let tuned = 0
    const device = createReferenceDevice()
    const counting = async () =>
      started({
        ...device,
        tune: (...args) => {
          tuned++
          return device.tune(...args)
        },
      })
    const { log, learner } = await learnerOn(store, counting)
    await log.append(EVENS.map((index) => event('like', index)))
    await learner.learn()
    expect(tuned).toBe(2) // tried on the newest, then learned from all
    await log.append([{ kind: 'impression', item: 'id1', at: 99, uid: 'seen' }])
    await learner.learn()
    const { learner: next } = await learnerOn(store, counting)
    await next.learn()
    expect(tuned).toBe(2)
    expect(next.layers()).toEqual(learner.layers())
  })

  test('stays as shipped where it does not win, and that is kept, too', async () => {
    const store = await openOn(new IDBFactory(), { storage: 'memory' })
    let tried = 0
    const worse = async () =>
      started({
        ...createReferenceDevice(),
        tune: async (layers) => {
          tried++
          const away = layers.map(({ weights, bias }) => ({
            weights: weights.map((weight) => -weight),
            bias,
          }))
          return { layers: away, lossBefore: 1, lossAfter: 0 }
        },
      })
    const { log, learner, changes } = await learnerOn(store, worse)
    await log.append(EVENS.map((index) => event('like', index)))
    await learner.learn()
    expect(learner.state().hasMoved).toBe(false)
    expect(learner.layers()).toBe(pack.tower!.user)
    expect(changes).not.toContain('layers')
    const { learner: next } = await learnerOn(store, worse)
    await next.learn()
    expect(tried).toBe(1)
    expect(next.layers()).toBe(pack.tower!.user)
  })
})

describe('storage that is refused in the middle of a session', () => {
  async function setUp() {
    const store = await openOn(new IDBFactory())
    const modes: string[] = []
    const notify = (notice: EngineNotice) => {
      if (notice.type === 'state') modes.push(notice.event.profile.mode)
    }
    const engine = await createEngine({
      ...{ pack, items: table, store, notify, scanner: createJsScanner() },
      firstItems: [],
      readColumn: () => Promise.reject(new Error('not wanted')),
      openEncoder: () => Promise.reject(new Error('not wanted')),
      openTowers: () => Promise.reject(new Error('not wanted')),
      ...{ now: () => 1000, clock: () => 0, later: () => {} },
    })
    return { engine, store, modes }
  }

  test('is reported before the record is answered, and when it is over', async () => {
    const { engine, modes } = await setUp()
    const full = fillDisk()
    await engine.record([event('like', 0)])
    expect(modes).toEqual(['memory'])
    full.mockRestore()
    await engine.record([event('like', 2)])
    expect(modes).toEqual(['memory', 'indexeddb'])
  })

  test('leaves no event under a number it has no longer', async () => {
    const { engine, store } = await setUp()
    const full = fillDisk()
    await engine.record([event('like', 0)])
    full.mockRestore()
    await engine.record([event('like', 2)])
    await vi.waitFor(async () => {
      const seqs = (await engine.events()).map(({ seq }) => seq)
      const stored = (await store.events()).map(({ seq }) => seq)
      expect(seqs.reverse()).toEqual(stored)
    })
  })
})

test('search asks for its words again when they did not arrive', async () => {
  const store = await openOn(new IDBFactory(), { storage: 'memory' })
  let isBroken = true
  const engine = await createEngine({
    ...{ pack, store, notify: () => {}, scanner: createJsScanner(), firstItems: [] },
    items: {
      ...table,
      record: (index) => {
        if (isBroken) throw new Error('not here yet')
        return items[index]!
      },
    },
    readColumn: () => Promise.reject(new Error('not wanted')),
    openEncoder: () => Promise.reject(new Error('not wanted')),
    openTowers: () => Promise.reject(new Error('not wanted')),
    ...{ now: () => 1000, clock: () => 0, later: () => {} },
  })
  await expect(engine.search('book')).rejects.toThrow('not here yet')
  isBroken = false
  expect((await engine.search('book')).items.length).toBeGreaterThan(0)
})

describe('a change of mind', () => {
  const rate = (value: number, uid: string) => ({
    ...{ kind: 'rate', item: 'id2', value, uid, at: 1 },
  })

  test('is one transaction: the old event goes and the new one is there', async () => {
    const store = await openOn(new IDBFactory())
    const { engine, notices } = await setUp({ store })
    const [two] = await engine.record(rate(2, 'two') as EventInput)
    notices.length = 0
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await engine.record(rate(5, 'five') as EventInput, { instead: [two!.seq] })
    const writing = transactions.mock.calls.filter(([stores, mode]) => {
      return mode === 'readwrite' && [stores].flat().includes('meta')
    })
    expect(writing).toHaveLength(1)
    expect((await engine.events()).map(({ uid }) => uid)).toEqual(['five'])
    expect(notices.filter(({ type }) => type === 'change')).toHaveLength(1)
  })

  test('that the disk refuses leaves the log as it was', async () => {
    const store = await openOn(new IDBFactory())
    const { engine } = await setUp({ store })
    const [two] = await engine.record(rate(2, 'two') as EventInput)
    const full = fillDisk()
    const change = engine.record(rate(5, 'five') as EventInput, { instead: [two!.seq] })
    await expect(change).rejects.toMatchObject({ code: 'storage' })
    full.mockRestore()
    expect((await engine.events()).map(({ uid }) => uid)).toEqual(['two'])
  })

  test('of what the disk never took changes it in memory', async () => {
    const store = await openOn(new IDBFactory())
    const { engine } = await setUp({ store })
    const full = fillDisk()
    const [two] = await engine.record(rate(2, 'two') as EventInput)
    await engine.record(rate(5, 'five') as EventInput, { instead: [two!.seq] })
    full.mockRestore()
    expect((await engine.events()).map(({ uid }) => uid)).toEqual(['five'])
  })

  test('with an event that is none changes nothing', async () => {
    const { engine } = await setUp()
    const [two] = await engine.record(rate(2, 'two') as EventInput)
    const change = engine.record(rate(9, 'nine') as EventInput, { instead: [two!.seq] })
    await expect(change).rejects.toMatchObject({ code: 'bad-argument' })
    expect((await engine.events()).map(({ uid }) => uid)).toEqual(['two'])
  })
})

test('an event that cannot be recorded drops itself alone, with its reason', async () => {
  const { engine, at } = await setUp()
  const events = [
    { kind: 'like', item: 'id1', at: at(0) },
    { kind: 'like', item: 'x'.repeat(2049), at: at(0) },
    { kind: 'like', item: 'id2', at: at(1) },
  ] as const
  await expect(engine.record(events)).rejects.toThrow(/wrong item in an event/)
  expect((await engine.events()).map(({ item }) => item)).toEqual(['id2', 'id1'])
})
