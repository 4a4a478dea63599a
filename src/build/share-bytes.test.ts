import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import type { PackSource, SparseRows } from '../pack/pack-source.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import { buildAttributes } from './dataset/attributes.ts'
import type { Interactions } from './dataset/dataset.ts'
import { popularityOf, toPositives } from './dataset/positives.ts'
import { planSequence } from './models/sequential/sequential.ts'
import { openTrial } from './open-trial.ts'
import { shareBytes } from './share-bytes.ts'
import { holdOutUsers } from './splits/hold-out.ts'
import { trainPack } from './train-pack.ts'

const ITEMS = 60
const USERS = 320
const EVENTS = 10
const items = Array.from({ length: ITEMS }, (_, row) => ({ id: `${row}`, title: '' }))

/** Everybody walks on by one or two; only the order of events shows which way. */
function walkers(users = USERS): Interactions {
  const random = createRandom(5)
  const rows: number[] = []
  for (let user = 0; user < users; user++) {
    let row = random.integer(ITEMS)
    for (let n = 0; n < EVENTS; n++) {
      rows.push(row)
      row = (row + 1 + random.integer(2)) % ITEMS
    }
  }
  return {
    userCount: users,
    users: Uint32Array.from(rows, (_, event) => Math.floor(event / EVENTS)),
    rows: Uint32Array.from(rows),
    weights: new Float32Array(rows.length).fill(1),
    hasRatings: false,
    times: Float64Array.from(rows, (_, event) => event * 1000),
  }
}

/** Rows that say `value(from, to)` of every other item. */
function rowsOf(value: (from: number, to: number) => number): SparseRows {
  const all = Array.from({ length: ITEMS ** 2 }, (_, at) => at)
  return {
    kind: 'item-item',
    rows: ITEMS,
    columns: ITEMS,
    indptr: Uint32Array.from({ length: ITEMS + 1 }, (_, row) => row * ITEMS),
    indices: Uint32Array.from(all, (at) => at % ITEMS),
    values: Float32Array.from(all, (at) => value(Math.floor(at / ITEMS), at % ITEMS)),
  }
}

/** How far it is to walk from one item on to another. */
const ahead = (from: number, to: number) => (to - from + ITEMS) % ITEMS

function setUp(interactions = walkers()) {
  const positives = toPositives(interactions, ITEMS)
  const split = holdOutUsers(positives, { share: 0.25, seed: 1 })
  const base: PackSource = {
    name: 'walk',
    licence: '',
    attribution: '',
    provenance: { generator: 'test', interactions: 0, users: 0, notes: [] },
    items,
    fusion: defaultFusion,
    attributes: buildAttributes(items),
    popularity: popularityOf(split.train),
    flags: new Uint8Array(ITEMS),
    firstItems: [],
  }
  const share = (cf: (from: number, to: number) => number, given = interactions) =>
    shareBytes(
      [{ base, split }],
      planSequence([split], { interactions: given, bytesPerItem: 60, seed: 1 }),
      { bytesPerItem: 60, seed: 1, fitCf: async () => rowsOf(cf) },
    )
  return { share, split }
}

describe('shareBytes', () => {
  test('gives sequence its bytes where the order of events predicts more than co-use', async () => {
    // co-use alone: near items go together, whichever way
    const near = (from: number, to: number) =>
      Math.max(0, 6 - Math.min(ahead(from, to), ahead(to, from)))
    const { share } = setUp()
    const { cfBytes, blocks, report, sequenceOf } = await share(near)
    const { tried, note } = report
    expect(report.share).toBeGreaterThan(0)
    expect(cfBytes).toBeCloseTo((1 - report.share) * 60, 9)
    expect(blocks[0].sequence?.kind).toBe('sequence')
    const everybody = sequenceOf(toPositives(walkers(), ITEMS))
    expect(everybody.sequence).not.toEqual(blocks[0].sequence)
    expect(everybody.decaySettings?.decay).toBe(blocks[0].decaySettings?.decay)
    expect(tried[1].quality).toBeGreaterThan(tried[0].quality * 1.005)
    expect(note).toMatch(/^Sequence has \d+ % of the bytes \(0 %: /)
  }, 30_000)

  test('leaves it out where CF alone is as good, and notes it', async () => {
    const interactions = walkers()
    const random = createRandom(9)
    const times = interactions.times!.map(() => random.next()) // no order at all
    const { share } = setUp({ ...interactions, times })
    const shared = await share((from, to) =>
      Math.max(0, 16 - Math.min(ahead(from, to), ahead(to, from))),
    )
    expect(shared).toMatchObject({ cfBytes: 60, report: { share: 0 } })
    expect(shared.blocks.map((blocks) => Object.keys(blocks))).toEqual([['cf']])
    expect(shared.sequenceOf(toPositives(interactions, ITEMS))).toEqual({})
    const { note, tried } = shared.report
    expect(note).toMatch(/^Sequence is off: it found no more than CF alone/)
    expect(tried.map(({ share: part }) => part)).toEqual([0, 1 / 3])
  }, 30_000)

  test('needs times, and users enough', async () => {
    const { times: _, ...timeless } = walkers()
    const { share } = setUp()
    expect((await share(() => 0, timeless)).report.note).toContain('have no times')
    const few = walkers()
    const some = few.users.filter((user) => user < 80).length
    const small = {
      ...few,
      users: few.users.slice(0, some),
      rows: few.rows.slice(0, some),
      weights: few.weights.slice(0, some),
      times: few.times!.slice(0, some),
    }
    expect((await setUp(small).share(() => 0)).report.note).toContain('too few users')
  })
})

test('a pack built from events with times has the sequence that helps it', async () => {
  // half of the time what follows is known from the last item alone
  const many = Array.from({ length: 2 * ITEMS }, (_, row) => ({
    id: `${row}`,
    title: '',
  }))
  const random = createRandom(5)
  const next = random.shuffleInto([...many.keys()])
  const events = walkers(360)
  for (let e = 0; e < events.rows.length; e++) {
    const isKnown = e % EVENTS > 0 && random.next() < 0.5
    events.rows[e] = isKnown ? next[events.rows[e - 1]] : random.integer(many.length)
  }
  const dataset = { name: 'jumps', items: many, interactions: events }
  const { source, report } = await trainPack(dataset, { bytesPerItem: 40, threads: 0 })
  expect(report.notes.join(' ')).toContain('Sequence has')
  const { pack } = await openTrial(source)
  expect(pack.sequence?.kind).toBe('sequence')
  expect(pack.manifest.sequence?.spread).toBeGreaterThan(0)
  const { sizeBytes } = pack.manifest.blocks.sequence!
  const most = report.sequence!.share * 40
  expect(sizeBytes / many.length).toBeLessThanOrEqual(most)
}, 60_000)
