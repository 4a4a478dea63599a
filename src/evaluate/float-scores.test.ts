import { beforeAll, describe, expect, test } from 'vitest'
import { buildAttributes } from '../build/dataset/attributes.ts'
import { openTrial } from '../build/open-trial.ts'
import { createRandom } from '../math/random.ts'
import { normaliseInto } from '../math/vectors.ts'
import type { PackSource } from '../pack/pack-source.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { FLOAT_COMPONENTS, floatScores } from './float-scores.ts'
import { packScores } from './pack-scores.ts'

const ITEMS = 30
const random = createRandom(7)
const matrix = (rows: number, columns: number) =>
  Float32Array.from({ length: rows * columns }, () => Math.max(0, random.normal()))

function unitRows(rows: number, dim: number) {
  const vectors = matrix(rows, dim)
  for (let row = 0; row < rows; row++) {
    normaliseInto(vectors.subarray(row * dim, (row + 1) * dim))
  }
  return vectors
}

/** Every row scores the five after it. */
const cf = {
  kind: 'item-item' as const,
  rows: ITEMS,
  columns: ITEMS,
  indptr: Uint32Array.from(
    { length: ITEMS + 1 },
    (_, row) => 5 * Math.min(row, ITEMS - 5),
  ),
  indices: Uint32Array.from(
    { length: 5 * (ITEMS - 5) },
    (_, e) => Math.floor(e / 5) + 1 + (e % 5),
  ),
  values: matrix(5, ITEMS - 5),
}
const items = Array.from({ length: ITEMS }, (_, row) => ({
  id: `i${row}`,
  title: `T${row}`,
  genres: [`g${row % 3}`],
}))
const source: PackSource = {
  name: 'made up',
  licence: 'CC0-1.0',
  attribution: '',
  provenance: { generator: 'test', interactions: 0, users: 0, notes: [] },
  items,
  fusion: defaultFusion,
  encoder: { name: 'e', fingerprint: 'f', dim: 4 },
  cf,
  tower: {
    dim: 8,
    items: matrix(ITEMS, 8),
    bias: matrix(ITEMS, 1).map((bias) => 20 * bias),
    user: [{ weights: matrix(16, 8), bias: new Float32Array(8) }],
  },
  content: {
    dim: 8,
    vectors: unitRows(ITEMS, 8),
    projection: matrix(4, 8),
    mean: new Float32Array(4),
  },
  attributes: buildAttributes(items),
  popularity: Float32Array.from({ length: ITEMS }, () => random.next()),
  flags: new Uint8Array(ITEMS),
  firstItems: [0],
}
/** In standard deviations: about twice what 4 and 8 bits a number leave here. */
const MAX_ROUNDING: Readonly<Record<string, number>> = {
  popularity: 0.02,
  cf: 0.2,
  tower: 0.06,
  content: 0.5,
  attributes: 1e-6,
  fusion: 0.2,
}
const visitor = {
  user: 0,
  history: Uint32Array.of(3, 11, 20),
  targets: Uint32Array.of(1),
}

describe('floatScores', () => {
  let scoring: ScoringPack

  beforeAll(async () => {
    scoring = await openTrial(source)
  })

  test.each([0, 1, 'all'] as const)(
    'at %s events are the pack’s but for rounding',
    (k) => {
      const packed = new Map(
        packScores(scoring, { components: FLOAT_COMPONENTS })(visitor, k),
      )
      for (const [name, scores] of floatScores(source, defaultFusion)(visitor, k)) {
        const rounded = packed.get(name)!
        const furthest = scores.reduce(
          (most, score, row) => Math.max(most, Math.abs(score - rounded[row])),
          0,
        )
        expect(furthest, name).toBeLessThan(MAX_ROUNDING[name])
      }
    },
  )

  test('a symmetric kernel’s low-rank term is scored too', async () => {
    const ones = new Float32Array(ITEMS).fill(1)
    const latent = { dim: 8, vectors: matrix(ITEMS, 8) }
    const none = { indptr: new Uint32Array(ITEMS + 1), indices: new Uint32Array(0) }
    const pairs = { rowFactors: ones, columnFactors: ones, latent }
    const lowRank = {
      ...source,
      cf: { ...cf, ...none, values: new Float32Array(0), pairs },
    }
    const packed = new Map(
      packScores(await openTrial(lowRank), { components: ['cf'] })(visitor, 'all'),
    )
    const scores = new Map(floatScores(lowRank, defaultFusion)(visitor, 'all')).get(
      'cf',
    )!
    const rounded = packed.get('cf')!
    expect(Math.max(...scores)).toBeGreaterThan(1)
    scores.forEach((score, row) => {
      expect(Math.abs(score - rounded[row])).toBeLessThan(0.3)
    })
  })

  test('names every component, then the fusion', () => {
    const names = Array.from(floatScores(source, defaultFusion)(visitor, 1), ([n]) => n)
    expect(names).toEqual([...FLOAT_COMPONENTS, 'fusion'])
  })
})
