/** Random catalogues with and without each block, and random logs, for tests of all of them. */
import type { EventInput, EventKind } from '../feedback/event.ts'
import { createRandom, type Random } from '../math/random.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { Pack } from '../pack/pack.ts'
import { constantFusion } from '../scoring/fusion.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import type { Engine } from './calls.ts'
import { setUp } from './sample-engine.test-data.ts'

const DIM = 8
const MAKERS = ['Ada Ames', 'Ben Bly', 'Cy Coe', 'Anonymous', 'Unknown', 'Dee Dow']
const GENRES = [
  'poetry',
  'crime',
  'French literature',
  'fantasy',
  'essays',
  'maps',
  'war',
]
const WORDS =
  'harbour lantern orchard glacier violin saffron meadow thunder cobalt ember'
    .split(' ')
    .flatMap((word, _, all) => all.map((other) => `${word}${other}`))
const KINDS: readonly EventKind[] = [
  ...(['like', 'like', 'click', 'save', 'finish'] as const),
  ...(['dislike', 'rate', 'dwell'] as const),
]

/** [items, items] what was learned of each pair, 0 for nothing. */
export type Matrix = number[][]

/** A catalogue, a log of it, and the engine that has read both. */
export interface World {
  readonly pack: Pack
  readonly records: readonly ItemRecord[]
  readonly cf: Matrix | undefined
  readonly sequence: Matrix | undefined
  readonly events: EventInput[]
  readonly vector: Float32Array
  readonly isByPopularity: boolean
  readonly engine: Engine
}

const pick = <T>(random: Random, all: readonly T[]): T =>
  all[random.integer(all.length)]!
const chance = (random: Random, share: number) => random.integer(1000) < 1000 * share

function recordOf(random: Random, index: number): ItemRecord {
  const words = Array.from({ length: 6 }, () => pick(random, WORDS))
  const genres = [...new Set([pick(random, GENRES), pick(random, GENRES)])]
  return {
    id: `id${index}`,
    title: chance(random, 0.1) ? 'The Same Title' : `Title ${words[0]} no${index}x`,
    ...(chance(random, 0.8) ? { authors: [pick(random, MAKERS)] } : {}),
    ...(chance(random, 0.7) ? { genres } : {}),
    ...(chance(random, 0.5) ? { description: words.join(' ') } : {}),
    ...(chance(random, 0.5) ? { year: 1950 + random.integer(60) } : {}),
    ...(chance(random, 0.1) ? { group: `g${random.integer(3)}` } : {}),
    ...(chance(random, 0.3)
      ? {
          series: {
            name: `Saga ${random.integer(3)}`,
            position: 1 + random.integer(4),
          },
        }
      : {}),
  }
}

/** Blocks, records and log drawn at random; the same seed gives the same world. */
export async function worldOf(seed: number): Promise<World> {
  const random = createRandom(seed)
  const count = 24 + random.integer(40)
  const all = Array.from({ length: count }, (_, index) => index)
  const records = all.map((index) => recordOf(random, index))
  // some texts are nearly the same
  for (const index of all.filter((index) => index % 7 === 6)) {
    const description = `of a subject${index} and its theme${index}`
    for (const other of [index - 1, index]) {
      records[other] = { ...records[other]!, description }
    }
  }
  const sparse = () =>
    all.map((a) =>
      all.map((b) =>
        a !== b && chance(random, 0.12) ? (1 + random.integer(999)) / 1000 : 0,
      ),
    )
  const dense = (dim: number) =>
    all.map(() => {
      const near = chance(random, 0.2) ? 0.1 : 1
      return Array.from({ length: dim }, (_, d) =>
        d === 0 ? 1 : near * random.normal(),
      )
    })
  const cf = chance(random, 0.6) ? sparse() : undefined
  const sequence = chance(random, 0.5) ? sparse() : undefined
  const content = chance(random, 0.7) ? dense(DIM) : undefined
  const layer = {
    weights: Float32Array.from({ length: 2 * DIM * DIM }, (_, i) =>
      i % DIM === Math.floor(i / DIM) % DIM ? 1 : 0,
    ),
    bias: new Float32Array(DIM),
  }
  const tower =
    content && chance(random, 0.6)
      ? { items: dense(DIM).map((values) => values.map(Math.abs)), user: [layer] }
      : undefined
  const isByPopularity = chance(random, 0.6)
  const weight = () => (1 + random.integer(999)) / 1000
  const made = samplePack({
    items: records,
    ...(cf ? { cf } : {}),
    ...(sequence ? { sequence } : {}),
    ...(content ? { content } : {}),
    ...(tower ? { tower } : {}),
    popularity: all.map(() => (isByPopularity ? random.integer(20) / 20 : 0)),
    fusion: constantFusion({
      ...{ cf: weight(), tower: weight(), content: weight(), sequence: weight() },
      ...{ attributes: weight(), popularity: weight() - 0.5 },
    }),
  })
  const { provenance } = made.manifest
  const pack: Pack = {
    ...made,
    flags: Uint8Array.from(all, () => (chance(random, 0.15) ? 1 : 0)),
    manifest: {
      ...made.manifest,
      encoder: { name: 'test', fingerprint: 'f00d' },
      provenance: { ...provenance, interactions: isByPopularity ? 100 : 0 },
    },
  }
  const vector = Float32Array.from({ length: DIM }, () => random.normal())
  const { engine, at } = await setUp({
    pack,
    items: {
      count,
      record: (index) => records[index]!,
      indexOf: (id) => {
        const index = records.findIndex((record) => record.id === id)
        return index < 0 ? undefined : index
      },
    },
    openEncoder: async () => ({
      encoder: {
        ...{ dim: DIM, fingerprint: 'f00d', dispose: async () => {} },
        encode: async () => vector.slice(),
      },
      ...{ backend: 'wasm' as const, tried: [], selfCheck: 1, probeMs: 1 },
    }),
  })
  const events = Array.from({ length: random.integer(12) }, (_, place): EventInput => {
    const kind = pick(random, KINDS)
    const item = pick(random, records).id
    const value =
      kind === 'rate' ? 1 + random.integer(5) : kind === 'dwell' ? 90 : undefined
    return { kind, item, at: at(place), ...(value === undefined ? {} : { value }) }
  })
  await engine.record(events.map((event, i) => ({ ...event, uid: `e${i}` })) as never)
  return { pack, records, cf, sequence, events, vector, isByPopularity, engine }
}
