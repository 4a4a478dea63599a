/**
 * How near each item is to a visitor's history over shared authors, series, genres and
 * years.
 *
 *   reach(e)  = telling(e) · Σ over history rows that hold e of weight
 *   kg(row)   = Σ over the entities e of row of reach(e), divided by the best possible:
 *               the sum of the 8 largest reaches, as no row holds more than 8
 */

import { MAX_ENTITIES_PER_ITEM } from '../pack/attribute-block.ts'
import type { AttributeBlock, Relation } from '../pack/pack.ts'

// The knowledge graph read the other way: entity → the items that hold it.

export interface EntityIndex {
  /** [entities + 1] */
  readonly indptr: Uint32Array
  /** Item rows, rising within an entity. */
  readonly rows: Uint32Array
  /** [entities] how much sharing it says: relation weight × idf, in [0, 1]. */
  readonly telling: Float32Array
}

/**
 * How much two items say of each other by sharing such an entity, 0–1. A judgement, not a
 * fit (the fusion weight on the whole part is fitted): a series is nearly a promise, a
 * decade hardly a hint.
 */
export const RELATION_WEIGHTS: Readonly<Record<Relation, number>> = {
  series: 1,
  author: 0.8,
  tag: 0.5,
  genre: 0.4,
  years: 0.1,
}

/** Built once a block and kept as long as the block itself. */
const indexes = new WeakMap<AttributeBlock, EntityIndex>()

/**
 * The inverse of `block`, with every entity's weight:
 *
 *   telling(e) = RELATION_WEIGHTS[relation] · ln((N + 1) / (n_e + 1)) / ln((N + 1) / 3)
 *
 * with N items of which n_e hold e, cut to [0, 1]. An entity held by two items tells
 * most, one held by all items or by a single one (it leads nowhere) tells nothing.
 */
export function indexEntities(block: AttributeBlock): EntityIndex {
  const known = indexes.get(block)
  if (known) return known
  const index = invert(block)
  indexes.set(block, index)
  return index
}

function invert(block: AttributeBlock): EntityIndex {
  const { values, indptr, indices } = block
  const itemCount = indptr.length - 1
  const starts = new Uint32Array(values.length + 1)
  for (const entity of indices) starts[entity + 1]++
  for (let e = 0; e < values.length; e++) starts[e + 1] += starts[e]
  const next = starts.slice()
  const rows = new Uint32Array(indices.length)
  for (let row = 0; row < itemCount; row++) {
    for (let at = indptr[row]; at < indptr[row + 1]; at++) {
      rows[next[indices[at]]++] = row
    }
  }
  const telling = Float32Array.from(values, ({ relation }, e) =>
    tellingOf(relation, starts[e + 1] - starts[e], itemCount),
  )
  return { indptr: starts, rows, telling }
}

function tellingOf(relation: Relation, holders: number, itemCount: number): number {
  if (holders < 2 || holders >= itemCount) return 0
  const idf = Math.log((itemCount + 1) / (holders + 1)) / Math.log((itemCount + 1) / 3)
  return RELATION_WEIGHTS[relation] * Math.min(1, Math.max(0, idf))
}

interface Weighted {
  readonly row: number
  readonly weight: number
}

/**
 * out[row] = weight · kg(row)
 *
 * @param history weights > 0; others say nothing here
 * @param out [rows of the pack], overwritten; all zero for an empty history or one that
 *   shares nothing, and kg is at most 1
 */
export function knowledgeScoresInto(
  entities: AttributeBlock,
  history: readonly Weighted[],
  out: Float32Array,
  weight = 1,
): void {
  const { indptr, rows } = indexEntities(entities)
  const reaches = reachOf(entities, history)
  const best = bestPossible(reaches.values())
  out.fill(0)
  for (const [entity, reach] of best === 0 ? [] : reaches) {
    const share = (weight * reach) / best
    for (let at = indptr[entity]; at < indptr[entity + 1]; at++) out[rows[at]] += share
  }
}

/** Entity → telling × how much of the history holds it; only entities of the history. */
export function reachOf(
  entities: AttributeBlock,
  history: readonly Weighted[],
): Map<number, number> {
  const { telling } = indexEntities(entities)
  const reaches = new Map<number, number>()
  for (const { row, weight } of history) {
    if (!(weight > 0)) continue
    for (const entity of entitiesOf(entities, row)) {
      reaches.set(entity, (reaches.get(entity) ?? 0) + weight * telling[entity])
    }
  }
  return reaches
}

function bestPossible(reaches: Iterable<number>): number {
  const largest = [...reaches].sort((a, b) => b - a).slice(0, MAX_ENTITIES_PER_ITEM)
  return largest.reduce((sum, reach) => sum + reach, 0)
}

/** The entities of one row, most telling first. A view, not a copy. */
export function entitiesOf(entities: AttributeBlock, row: number): Uint16Array {
  return entities.indices.subarray(entities.indptr[row], entities.indptr[row + 1])
}

/** What two items share, as indices into `entities.entities`, in the order of `rowA`. */
export function sharedEntities(
  entities: AttributeBlock,
  rowA: number,
  rowB: number,
): number[] {
  const ofB = new Set(entitiesOf(entities, rowB))
  return [...entitiesOf(entities, rowA)].filter((entity) => ofB.has(entity))
}
