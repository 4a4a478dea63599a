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
 * @param history weights > 0; others say nothing here
 * @param rows number of items of the pack
 * @returns [rows] in [0, 1]; all zero for an empty history or one that shares nothing
 */
export function knowledgeScores(
  entities: EntityBlock,
  history: readonly Weighted[],
  rows: number,
): Float32Array {
  const scores = new Float32Array(rows)
  const index = indexEntities(entities)
  const reaches = reachOf(entities, history)
  const best = bestPossible(reaches.values())
  if (best === 0) return scores
  for (const [entity, reach] of reaches) {
    if (reach === 0) continue
    const share = reach / best
    for (let at = index.indptr[entity]; at < index.indptr[entity + 1]; at++) {
      scores[index.rows[at]] += share
    }
  }
  for (let row = 0; row < rows; row++) {
    if (scores[row] > 1) scores[row] = 1 // rounding only
  }
  return scores
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
