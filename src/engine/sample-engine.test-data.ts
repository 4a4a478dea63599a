/** An engine over a catalogue of two tastes, for tests. */
import { expect, vi } from 'vitest'
import { HearthError } from '../errors.ts'
import type { FeedbackEvent } from '../feedback/event.ts'
import { createJsScanner } from '../math/scanner.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { ItemTable } from '../pack/items.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import { openProfile } from '../store/open-store.ts'
import type { MovableStore } from '../store/profile-store.ts'
import { createReferenceDevice } from '../towers/reference.ts'
import type { Engine, EngineNotice } from './calls.ts'
import { createEngine, type EngineParts } from './create-engine.ts'

/** Two tastes, sea (even rows) and space (odd rows), twelve items each. */
const ROWS = 24
export const DIM = 4
const titles = Array.from({ length: ROWS }, (_, index) =>
  index % 2 === 0 ? `Sea ${index}` : `Space ${index}`,
)
export const sampleRecords: readonly ItemRecord[] = titles.map((title, index) => ({
  id: `id${index}`,
  title,
  authors: [`Author ${index % 6}`],
  genres: [index % 2 === 0 ? 'sea stories' : 'science fiction'],
}))
const sameTaste = (a: number, b: number) => a % 2 === b % 2 && a !== b
const matrix = (value: (a: number, b: number) => number, columns = ROWS) =>
  titles.map((_, a) => Array.from({ length: columns }, (_, b) => value(a, b)))

const sample = samplePack({
  items: sampleRecords,
  cf: matrix((a, b) => (sameTaste(a, b) ? 1 - b / 100 : 0)),
  content: matrix((a, d) => (d % 2 === a % 2 ? 1 : 0.1), DIM),
  tower: {
    items: matrix((a, d) => (d % 2 === a % 2 ? 1 : 0), DIM),
    user: [identityLayer(2 * DIM, DIM)],
  },
  popularity: titles.map((_, index) => 1 - index / ROWS),
})
export const samplePackOfTwoTastes = {
  ...sample,
  manifest: { ...sample.manifest, encoder: { name: 'test', fingerprint: 'f00d' } },
}
export const sampleItems: ItemTable = {
  count: ROWS,
  record: (index) => sampleRecords[index]!,
  indexOf: (id) => {
    const index = sampleRecords.findIndex((record) => record.id === id)
    return index === -1 ? undefined : index
  },
}

function identityLayer(from: number, to: number) {
  const weights = new Float32Array(from * to)
  for (let i = 0; i < to; i++) weights[i * to + i] = 1
  return { weights, bias: new Float32Array(to) }
}

interface Setup {
  engine: Engine
  notices: EngineNotice[]
  store: MovableStore
  /** Runs what was put off, to its end. */
  settle: () => Promise<void>
  at: (minutes: number) => number
}

export async function setUp(parts: Partial<EngineParts> = {}): Promise<Setup> {
  const start = Date.UTC(2026, 0, 1)
  const notices: EngineNotice[] = []
  const put: (() => void)[] = []
  let uid = 0
  const store =
    parts.store ??
    (await openProfile({
      onDemand: () => import('../store/on-demand.ts'),
      name: 'test',
      storage: 'memory',
      now: () => start,
      uid: () => `u${++uid}`,
      later: (task) => task(),
    }))
  const engine = await createEngine({
    ...{
      pack: samplePackOfTwoTastes,
      items: sampleItems,
      store,
      firstItems: [],
      scanner: createJsScanner(),
    },
    openEncoder: () =>
      Promise.reject(new HearthError('no-encoder', 'the model is missing.')),
    openTowers: async () => ({
      device: createReferenceDevice(),
      ...{ tried: ['js: in use'], selfCheck: 0, probeMs: 1 },
    }),
    readColumn: (name) => Promise.reject(new Error(`no column ${name}`)),
    now: () => start + 3_600_000,
    clock: () => 0,
    later: (task) => void put.push(task),
    notify: (notice) => notices.push(notice),
    ...parts,
  })
  const settle = async () => {
    await import('./seldom.ts') // so that tuning waits for no script
    for (const task of put.splice(0)) task()
    await vi.waitFor(async () => {
      const { towers } = await engine.state()
      expect(towers.state).not.toBe('loading')
    })
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { engine, notices, store, settle, at: (minutes) => start + minutes * 60_000 }
}

export const like = (index: number, at: number): FeedbackEvent => ({
  kind: 'like',
  item: `id${index}`,
  at,
})
