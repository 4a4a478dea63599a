/** The knowledge graph read the other way: entity → the items that hold it. */
import type { EntityBlock, Relation } from '../catalogue/pack.ts'

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
const indexes = new WeakMap<EntityBlock, EntityIndex>()

/**
 * The inverse of `block`, with every entity's weight:
 *
 *   telling(e) = RELATION_WEIGHTS[relation] · ln((N + 1) / (n_e + 1)) / ln((N + 1) / 3)
 *
 * with N items of which n_e hold e, cut to [0, 1]. An entity held by two items tells
 * most, one held by all items or by a single one (it leads nowhere) tells nothing.
 */
export function indexEntities(block: EntityBlock): EntityIndex {
  const known = indexes.get(block)
  if (known) return known
  const index = invert(block)
  indexes.set(block, index)
  return index
}

function invert(block: EntityBlock): EntityIndex {
  const { entities, indptr, indices } = block
  const itemCount = indptr.length - 1
  const starts = new Uint32Array(entities.length + 1)
  for (const entity of indices) starts[entity + 1]++
  for (let e = 0; e < entities.length; e++) starts[e + 1] += starts[e]
  const next = starts.slice()
  const rows = new Uint32Array(indices.length)
  for (let row = 0; row < itemCount; row++) {
    for (let at = indptr[row]; at < indptr[row + 1]; at++) {
      rows[next[indices[at]]++] = row
    }
  }
  const telling = Float32Array.from(entities, ({ relation }, e) =>
    tellingOf(relation, starts[e + 1] - starts[e], itemCount),
  )
  return { indptr: starts, rows, telling }
}

function tellingOf(relation: Relation, holders: number, itemCount: number): number {
  if (holders < 2 || holders >= itemCount) return 0
  const idf = Math.log((itemCount + 1) / (holders + 1)) / Math.log((itemCount + 1) / 3)
  return RELATION_WEIGHTS[relation] * Math.min(1, Math.max(0, idf))
}
