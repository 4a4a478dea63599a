import type { EntityBlock } from '../catalogue/pack.ts'
import type { Taste } from '../profile/taste.ts'
import type { TasteSummary } from './engine.ts'

/** Entities shown at most. */
const SHOWN = 12

/** What the history is made of: its weights summed over genres, authors and series. */
export function tasteSummary(block: EntityBlock, taste: Taste): TasteSummary {
  const sums = new Map<number, number>()
  for (const { row, weight } of taste.history) {
    for (let e = block.indptr[row]!; e < block.indptr[row + 1]!; e++) {
      const entity = block.indices[e]!
      sums.set(entity, (sums.get(entity) ?? 0) + weight)
    }
  }
  const strongest = Math.max(...sums.values())
  const entities = [...sums]
    .sort(([a, sumA], [b, sumB]) => sumB - sumA || a - b)
    .slice(0, SHOWN)
    .map(([entity, sum]) => ({ ...block.entities[entity]!, share: sum / strongest }))
  return { entities }
}
