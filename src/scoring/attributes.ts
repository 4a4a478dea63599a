/**
 * How near each item is to a visitor's history over shared authors, series, genres and
 * years.
 *
 *   reach(e)  = idf(e) · Σ over history rows that hold e of weight
 *   kg(index)   = Σ over the attributes e of index of reach(e), divided by the best possible:
 *               the sum of the 8 largest reaches, as no index holds more than 8
 */

import { MAX_ATTRIBUTES_PER_ITEM } from '../pack/attribute-block.ts'
import type { AttributeBlock, Relation } from '../pack/pack.ts'

// the attributes read the other way: attribute → the items that hold it.

export interface AttributeIndex {
  /** [attributes + 1] */
  readonly indptr: Uint32Array
  /** Item rows, rising within an attribute. */
  readonly rows: Uint32Array
  /** [attributes] how much sharing it says: relation weight × idf, in [0, 1]. */
  readonly idf: Float32Array
}

/**
 * How much two items say of each other by sharing such an attribute, 0–1. A judgement, not a
 * fit (the fusion weight on the whole component is fitted): a series is nearly a promise, a
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
const indexes = new WeakMap<AttributeBlock, AttributeIndex>()

/**
 * The inverse of `block`, with every attribute's weight:
 *
 *   idf(e) = RELATION_WEIGHTS[relation] · ln((N + 1) / (n_e + 1)) / ln((N + 1) / 3)
 *
 * with N items of which n_e hold e, cut to [0, 1]. An attribute held by two items tells
 * most, one held by all items or by a single one (it leads nowhere) tells nothing.
 */
export function indexAttributes(block: AttributeBlock): AttributeIndex {
  const known = indexes.get(block)
  if (known) return known
  const index = invert(block)
  indexes.set(block, index)
  return index
}

function invert(block: AttributeBlock): AttributeIndex {
  const { values, indptr, indices } = block
  const itemCount = indptr.length - 1
  const starts = new Uint32Array(values.length + 1)
  for (const attribute of indices) starts[attribute + 1]++
  for (let e = 0; e < values.length; e++) starts[e + 1] += starts[e]
  const next = starts.slice()
  const rows = new Uint32Array(indices.length)
  for (let index = 0; index < itemCount; index++) {
    for (let at = indptr[index]; at < indptr[index + 1]; at++) {
      rows[next[indices[at]]++] = index
    }
  }
  const idf = Float32Array.from(values, ({ relation }, e) =>
    idfOf(relation, starts[e + 1] - starts[e], itemCount),
  )
  return { indptr: starts, rows, idf }
}

function idfOf(relation: Relation, holders: number, itemCount: number): number {
  if (holders < 2 || holders >= itemCount) return 0
  const idf = Math.log((itemCount + 1) / (holders + 1)) / Math.log((itemCount + 1) / 3)
  return RELATION_WEIGHTS[relation] * Math.min(1, Math.max(0, idf))
}

interface Weighted {
  readonly index: number
  readonly weight: number
}

/**
 * out[index] = weight · kg(index)
 *
 * @param history weights > 0; others say nothing here
 * @param out [rows of the pack], overwritten; all zero for an empty history or one that
 *   shares nothing, and kg is at most 1
 */
export function attributeScoresInto(
  attributes: AttributeBlock,
  history: readonly Weighted[],
  out: Float32Array,
  weight = 1,
): void {
  const { indptr, rows } = indexAttributes(attributes)
  const reaches = reachOf(attributes, history)
  const best = bestPossible(reaches.values())
  out.fill(0)
  for (const [attribute, reach] of best === 0 ? [] : reaches) {
    const share = (weight * reach) / best
    for (let at = indptr[attribute]; at < indptr[attribute + 1]; at++)
      out[rows[at]] += share
  }
}

/** Attribute → idf × how much of the history holds it; only attributes of the history. */
export function reachOf(
  attributes: AttributeBlock,
  history: readonly Weighted[],
): Map<number, number> {
  const { idf } = indexAttributes(attributes)
  const reaches = new Map<number, number>()
  for (const { index, weight } of history) {
    if (!(weight > 0)) continue
    for (const attribute of attributesOf(attributes, index)) {
      reaches.set(attribute, (reaches.get(attribute) ?? 0) + weight * idf[attribute])
    }
  }
  return reaches
}

function bestPossible(reaches: Iterable<number>): number {
  const largest = [...reaches].sort((a, b) => b - a).slice(0, MAX_ATTRIBUTES_PER_ITEM)
  return largest.reduce((sum, reach) => sum + reach, 0)
}

/** The attributes of one index, highest idf first. A view, not a copy. */
export function attributesOf(attributes: AttributeBlock, index: number): Uint16Array {
  return attributes.indices.subarray(
    attributes.indptr[index],
    attributes.indptr[index + 1],
  )
}

/** What two items share, as indices into `attributes.attributes`, in the order of `rowA`. */
export function sharedAttributes(
  attributes: AttributeBlock,
  rowA: number,
  rowB: number,
): number[] {
  const ofB = new Set(attributesOf(attributes, rowB))
  return [...attributesOf(attributes, rowA)].filter((attribute) => ofB.has(attribute))
}
