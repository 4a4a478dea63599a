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
import type { ScoringPack, TasteView } from './score.ts'
import { prepareScoring } from './score-all.ts'

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

/** A taste whose history is `rows`, newest first, weight 1 unless given. */
export function tasteOf(
  rows: readonly (number | readonly [index: number, weight: number])[],
  feedback: {
    readonly positive?: Readonly<Record<number, number>>
    readonly negative?: Readonly<Record<number, number>>
    readonly eventCount?: number
    readonly recent?: readonly number[]
  } = {},
): TasteView {
  const toMap = (record: Readonly<Record<number, number>> = {}) =>
    new Map(Object.entries(record).map(([index, value]) => [Number(index), value]))
  return {
    eventCount: feedback.eventCount ?? rows.length,
    history: rows.map((entry) => {
      const [index, weight] = typeof entry === 'number' ? [entry, 1] : entry
      return { index, weight }
    }),
    ...(feedback.recent ? { recent: feedback.recent } : {}),
    positive: toMap(feedback.positive),
    negative: toMap(feedback.negative),
  }
}

/** Codes in fifteenths of each index's largest value. */
export function sparse(kind: SparseBlock['kind'], matrix: Matrix): SparseBlock {
  const entries = matrix.map((index) =>
    index.map((value, column) => ({ value, column })).filter(({ value }) => value > 0),
  )
  const scales = entries.map((index) => Math.max(0, ...index.map(({ value }) => value)))
  const indptr = [0]
  for (const index of entries) indptr.push(indptr.at(-1)! + index.length)
  return {
    kind,
    rows: matrix.length,
    columns: matrix[0]?.length ?? 0,
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(entries.flat(), ({ column }) => column),
    codes: Uint8Array.from(
      entries.flatMap((index, r) =>
        index.map(({ value }) => Math.round((15 * value) / scales[r])),
      ),
    ),
    levels: Float32Array.from({ length: 16 }, (_, code) => code / 15),
    scales: Float32Array.from(scales),
  }
}

export function int8(matrix: Matrix): Int8Table {
  const scales = matrix.map((index) => Math.max(...index.map(Math.abs)) / 127)
  return {
    rows: matrix.length,
    dim: matrix[0]?.length ?? 0,
    codes: Int8Array.from(
      matrix.flatMap((index, r) =>
        index.map((x) => (scales[r] > 0 ? x / scales[r] : 0)),
      ),
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
  const unitRows = matrix.map((index) => {
    const length = Math.hypot(...index) || 1
    return index.map((x) => x / length)
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
