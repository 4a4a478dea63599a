/**
 * How near each item is to a visitor's history over shared authors, series, genres and
 * years.
 *
 *   reach(e)  = telling(e) · Σ over history rows that hold e of weight
 *   kg(row)   = Σ over the entities e of row of reach(e), divided by the best possible:
 *               the sum of the 8 largest reaches, as no row holds more than 8
 */
import type { EntityBlock } from '../catalogue/pack.ts'
import { MAX_ENTITIES_PER_ITEM } from './build-entities.ts'
import { indexEntities } from './index-entities.ts'

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
  entities: EntityBlock,
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
  entities: EntityBlock,
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
export function entitiesOf(entities: EntityBlock, row: number): Uint16Array {
  return entities.indices.subarray(entities.indptr[row], entities.indptr[row + 1])
}

/** What two items share, as indices into `entities.entities`, in the order of `rowA`. */
export function sharedEntities(
  entities: EntityBlock,
  rowA: number,
  rowB: number,
): number[] {
  const ofB = new Set(entitiesOf(entities, rowB))
  return [...entitiesOf(entities, rowA)].filter((entity) => ofB.has(entity))
}
