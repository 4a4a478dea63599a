/**
 * How near each item is to a visitor's history over shared authors, series, genres and
 * years.
 *
 *   reach(v) = idf(v) · Σ weight over the history items that have the value v
 *   kg(i)    = Σ reach(v) over the values v of item i, divided by the best possible: the
 *              sum of the 8 largest reaches, as no item has more than 8 values
 */
import { MAX_ATTRIBUTES_PER_ITEM } from '../pack/attribute-block.ts'
import type { AttributeBlock, Relation } from '../pack/pack.ts'
import type { WeightedItem } from './score.ts'

/** The inverse of the block: attribute value → the items that have it. */
interface AttributeIndex {
  /** [values + 1] */
  readonly indptr: Uint32Array
  /** Item indices, rising within a value. */
  readonly items: Uint32Array
  /** [values] how much sharing it counts: relation weight × idf, in [0, 1]. */
  readonly idf: Float32Array
}

/**
 * How much sharing a value of each relation counts, 0–1. Chosen by hand, not fitted (the
 * fusion weight on the whole component is fitted): a series is nearly a promise, a decade
 * hardly a hint.
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
 * The inverse of `block`, with every value's weight:
 *
 *   idf(v) = RELATION_WEIGHTS[relation] · ln((N + 1) / (n_v + 1)) / ln((N + 1) / 3)
 *
 * with N items of which n_v have v, cut to [0, 1]. A value of two items counts most; one of
 * all items, or of a single one (it leads nowhere), counts nothing.
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
  for (let v = 0; v < values.length; v++) starts[v + 1] += starts[v]
  const next = starts.slice()
  const items = new Uint32Array(indices.length)
  for (let index = 0; index < itemCount; index++) {
    for (let at = indptr[index]; at < indptr[index + 1]; at++) {
      items[next[indices[at]]++] = index
    }
  }
  const idf = Float32Array.from(values, ({ relation }, v) =>
    idfOf(relation, starts[v + 1] - starts[v], itemCount),
  )
  return { indptr: starts, items, idf }
}

function idfOf(relation: Relation, holders: number, itemCount: number): number {
  if (holders < 2 || holders >= itemCount) return 0
  const idf = Math.log((itemCount + 1) / (holders + 1)) / Math.log((itemCount + 1) / 3)
  return RELATION_WEIGHTS[relation] * Math.min(1, Math.max(0, idf))
}

/**
 * out[index] = weight · kg(index), with kg at most 1
 *
 * @param history items of weight ≤ 0 are left out
 * @param out [items], overwritten; all zero for an empty history or one that shares nothing
 */
export function attributeScoresInto(
  attributes: AttributeBlock,
  history: readonly WeightedItem[],
  out: Float32Array,
  weight = 1,
): void {
  const { indptr, items } = indexAttributes(attributes)
  const reaches = reachOf(attributes, history)
  const best = bestPossible(reaches.values())
  out.fill(0)
  for (const [attribute, reach] of best === 0 ? [] : reaches) {
    const share = (weight * reach) / best
    for (let at = indptr[attribute]; at < indptr[attribute + 1]; at++) {
      out[items[at]] += share
    }
  }
}

/** Attribute value → its reach; only values that a history item has. */
export function reachOf(
  attributes: AttributeBlock,
  history: readonly WeightedItem[],
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

/** The attribute values of one item, highest idf first. A view, not a copy. */
export function attributesOf(attributes: AttributeBlock, index: number): Uint16Array {
  return attributes.indices.subarray(
    attributes.indptr[index],
    attributes.indptr[index + 1],
  )
}
