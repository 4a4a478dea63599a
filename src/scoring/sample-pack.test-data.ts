/** Small packs made by hand, for tests. */

import { buildAttributes } from '../build/dataset/attributes.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import type { Int8Table } from '../math/scanner.ts'
import { createJsScanner } from '../math/scanner.ts'
import type { DecaySettings } from '../pack/decay-settings.ts'
import type { ItemRecord } from '../pack/item.ts'
import {
  type FusionWeights,
  type Manifest,
  PACK_FORMAT,
  PACK_VERSION,
  type Pack,
  type SparseBlock,
} from '../pack/pack.ts'
import { defaultFusion } from './fusion.ts'
import { prepareScoring } from './prepare-scoring.ts'
import type { ScoringPack, TasteView } from './score.ts'

type Matrix = readonly (readonly number[])[]

export interface SampleOptions {
  readonly items: readonly Partial<ItemRecord>[]
  /** [items, items], values ≥ 0. */
  readonly cf?: Matrix
  readonly sequence?: Matrix
  readonly decaySettings?: DecaySettings
  /** [items, dim] */
  readonly content?: Matrix
  readonly tower?: {
    readonly items: Matrix
    readonly bias?: readonly number[]
    readonly user?: readonly DenseLayer[]
  }
  /** [items] in [0, 1]. Default 0. */
  readonly popularity?: readonly number[]
  readonly fusion?: FusionWeights
}

export function samplePack(options: SampleOptions): Pack {
  const { content, tower, cf, sequence } = options
  const items = options.items.map((item, i) => ({
    id: `i${i}`,
    title: `T${i}`,
    ...item,
  }))
  return {
    manifest: sampleManifest(options),
    itemCount: items.length,
    ...(cf ? { cf: sparse('item-item', cf) } : {}),
    ...(sequence ? { sequence: sparse('sequence', sequence) } : {}),
    ...(tower
      ? {
          tower: {
            items: int8(tower.items),
            bias: Float32Array.from(tower.bias ?? items.map(() => 0)),
            user: tower.user ?? [],
          },
        }
      : {}),
    ...(content ? { content: contentBlock(content) } : {}),
    attributes: buildAttributes(items),
    popularity: Float32Array.from(options.popularity ?? items.map(() => 0)),
    flags: new Uint8Array(items.length),
  }
}

export function sampleScoring(options: SampleOptions): ScoringPack {
  return prepareScoring(samplePack(options), createJsScanner())
}

/** A taste whose history is `items`, newest first, weight 1 unless given. */
export function tasteOf(
  items: readonly (number | readonly [index: number, weight: number])[],
  feedback: {
    readonly positive?: Readonly<Record<number, number>>
    readonly negative?: Readonly<Record<number, number>>
    readonly passed?: Readonly<Record<number, number>>
    readonly eventCount?: number
    readonly recent?: readonly number[]
  } = {},
): TasteView {
  const toMap = (record: Readonly<Record<number, number>> = {}) =>
    new Map(Object.entries(record).map(([index, value]) => [Number(index), value]))
  return {
    eventCount: feedback.eventCount ?? items.length,
    history: items.map((entry) => {
      const [index, weight] = typeof entry === 'number' ? [entry, 1] : entry
      return { index, weight }
    }),
    ...(feedback.recent ? { recent: feedback.recent } : {}),
    positive: toMap(feedback.positive),
    negative: toMap(feedback.negative),
    ...(feedback.passed ? { passed: toMap(feedback.passed) } : {}),
  }
}

/** Codes in fifteenths of each row's largest value. */
export function sparse(kind: SparseBlock['kind'], matrix: Matrix): SparseBlock {
  const entries = matrix.map((row) =>
    row.map((value, column) => ({ value, column })).filter(({ value }) => value > 0),
  )
  const scales = entries.map((row) => Math.max(0, ...row.map(({ value }) => value)))
  const indptr = [0]
  for (const row of entries) indptr.push(indptr.at(-1)! + row.length)
  return {
    kind,
    rows: matrix.length,
    columns: matrix[0]?.length ?? 0,
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(entries.flat(), ({ column }) => column),
    codes: Uint8Array.from(
      entries.flatMap((row, r) =>
        row.map(({ value }) => Math.round((15 * value) / scales[r])),
      ),
    ),
    levels: Float32Array.from({ length: 16 }, (_, code) => code / 15),
    scales: Float32Array.from(scales),
  }
}

export function int8(matrix: Matrix): Int8Table {
  const scales = matrix.map((row) => Math.max(...row.map(Math.abs)) / 127)
  return {
    rows: matrix.length,
    dim: matrix[0]?.length ?? 0,
    codes: Int8Array.from(
      matrix.flatMap((row, r) => row.map((x) => (scales[r] > 0 ? x / scales[r] : 0))),
      Math.round,
    ),
    scales: Float32Array.from(scales),
  }
}

function contentBlock(matrix: Matrix) {
  const dim = matrix[0]?.length ?? 0
  const identity = Float32Array.from({ length: dim * dim }, (_, i) =>
    i % (dim + 1) === 0 ? 1 : 0,
  )
  const unitRows = matrix.map((row) => {
    const length = Math.hypot(...row) || 1
    return row.map((x) => x / length)
  })
  return { vectors: int8(unitRows), projection: identity, mean: new Float32Array(dim) }
}

function sampleManifest(options: SampleOptions): Manifest {
  const { items, fusion, content, tower, decaySettings } = options
  return {
    format: PACK_FORMAT,
    version: PACK_VERSION,
    name: 'sample',
    items: items.length,
    dims: {
      tower: tower?.items[0]?.length ?? 0,
      content: content?.[0]?.length ?? 0,
      encoder: content?.[0]?.length ?? 0,
    },
    provenance: { generator: 'test', interactions: 0, users: 0, notes: [] },
    licence: 'none',
    attribution: 'none',
    fusion: fusion ?? defaultFusion,
    ...(decaySettings ? { sequence: decaySettings } : {}),
    blocks: {},
    first: { name: 'first', sizeBytes: 0, sha256: '' },
    shards: [],
    shardItems: 1,
    fingerprint: 'sample',
  }
}
