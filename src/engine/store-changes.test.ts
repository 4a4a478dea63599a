/** What the engine does when the log changes under its feet: storage, removal, learning. */
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { DenseLayer } from '../math/dense-layer.ts'
import { createJsScanner } from '../math/scanner.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import { fillDisk, openOn } from '../store/profile.test-kit.ts'
import type { ProfileStore } from '../store/profile-store.ts'
import { createReferenceDevice } from '../towers/reference.ts'
import type { EngineNotice } from './calls.ts'
import { createEngine } from './create-engine.ts'
import { createTowerLearner, type OpenTowers } from './tower-learner.ts'
import { openVisitorLog } from './visitor-log.ts'

const ROWS = 6
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

async function learnerOn(store: ProfileStore, open: OpenTowers) {
  const log = await openVisitorLog(store, { indexOf, now: () => 1000 })
  const changes: string[] = []
  const learner = await createTowerLearner(pack, {
    ...{ store, log, open },
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
    const { log, learner } = await learnerOn(store, async () =>
      started({
        ...device,
        tune: async (...args) => {
          await new Promise<void>((resolve) => release.push(resolve))
          return device.tune(...args)
        },
      }),
    )
    await log.append([event('like', 0), event('like', 2), event('like', 4)])
    const seen: (readonly DenseLayer[])[] = []
    const learning = learner.learn()
    await vi.waitFor(() => expect(release).toHaveLength(1))
    const [first] = await store.events()
    await store.remove([first!.seq])
    await log.reload()
    learner.reset()
    release[0]!()
    await vi.waitFor(() => expect(release).toHaveLength(2)) // without the event
    seen.push(learner.layers())
    release[1]!()
    await learning
    expect(seen).toEqual([own])
    expect(learner.layers()).not.toBe(own)
  })

  test('is the pack own one again when too little is left to learn from', async () => {
    const store = await openOn(new IDBFactory(), { storage: 'memory' })
    const { log, learner } = await learnerOn(store, async () => started())
    await log.append([event('like', 0), event('like', 2)])
    await learner.learn()
    expect(learner.layers()).not.toBe(pack.tower!.user)
    const { item } = event('like', 0)
    await log.append([
      { kind: 'click', item, at: 50, uid: 'u' },
      { kind: 'dislike', item: 'id2', at: 60, uid: 'v' },
    ])
    await learner.learn()
    expect(learner.layers()).toBe(pack.tower!.user)
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
