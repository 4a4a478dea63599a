import type { Int8Table } from '../math/scanner.ts'
import { normaliseInto } from '../math/vectors.ts'
import type { Pack } from '../pack/pack.ts'
import { addRowInto } from './int8-vectors.ts'
import { userWeights } from './item-item.ts'
import type { ScoreRequest, WeightedItem } from './score.ts'

/** Share of the content query that typed text takes beside a history, 0–1. */
export const DEFAULT_TEXT_SHARE = 0.5

/**
 * Direction of the content query [content dim], unit length: the weighted mean of the
 * history's content vectors, mixed with the typed text by `textShare`.
 *
 * @returns undefined if there is neither history nor text, or no content block
 */
export function contentQuery(
  pack: Pack,
  { taste, textQuery, textShare = DEFAULT_TEXT_SHARE }: ScoreRequest,
): Float32Array | undefined {
  if (!pack.content) return undefined
  const query = normaliseInto(sumVectors(pack.content.vectors, userWeights(taste)))
  if (isUsable(textQuery)) {
    const share = query.some((x) => x !== 0) ? textShare : 1
    for (let d = 0; d < query.length; d++) {
      query[d] = (1 - share) * query[d] + share * textQuery[d]
    }
    normaliseInto(query)
  }
  return query.some((x) => x !== 0) ? query : undefined
}

/** Σ weight · vector of the item, [dim]. */
export function sumVectors(
  table: Int8Table,
  items: readonly WeightedItem[],
): Float32Array {
  const sum = new Float32Array(table.dim)
  for (const { index, weight } of items) addRowInto(table, index, { weight, out: sum })
  return sum
}

/** Whether there is a vector and every number in it is finite. */
export function isUsable(vector: Float32Array | undefined): vector is Float32Array {
  return vector?.every(Number.isFinite) ?? false
}
