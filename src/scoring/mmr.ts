/**
 * Maximal marginal relevance: a list that is good and not all the same.
 *
 *   next = argmax over the candidates left of
 *          λ·relevance − (1 − λ)·max over those chosen of max(0, cosine)
 *
 * relevance is the score scaled over the candidates to [0, 1], so that λ means the same
 * whatever the scores' scale. Source: Carbonell and Goldstein 1998 (SIGIR).
 */

import type { Int8Table } from '../math/scanner.ts'
import type { Pack } from '../pack/pack.ts'
import { dotRows } from './int8-vectors.ts'

/** Cosine of two items, −1 to 1. */
type Similarity = (a: number, b: number) => number

interface MmrOptions {
  /** Items wanted, ≥ 0; fewer if there are fewer candidates. */
  readonly count: number
  /** 1 = by score alone, 0 = as unlike each other as can be. */
  readonly lambda: number
  readonly similarity: Similarity
  /** What a list may hold of one kind: an item that it does not admit is passed over. */
  readonly limits?: {
    readonly admits: (index: number) => boolean
    readonly take: (index: number) => void
  }
}

/**
 * Greedy, so a shorter list is a prefix of a longer one; the first is the best by score.
 *
 * @param candidates item indices, best first; ties go to the earlier one
 * @param score [items of the pack]
 */
export function diversify(
  candidates: ArrayLike<number>,
  score: Float32Array,
  { count, lambda, similarity, limits }: MmrOptions,
): number[] {
  const left = Array.from(candidates)
  if (lambda >= 1 && !limits) return left.slice(0, count)
  const worth = relevanceOf(left, score).map((relevance) => lambda * relevance)
  const nearest = new Float64Array(left.length)
  const compared = new Uint16Array(left.length)
  const chosen: number[] = []
  let open = worth.length
  while (chosen.length < count && open > 0) {
    const best = bestOf(worth, nearest, 1 - lambda)
    // a candidate only loses by more comparisons: the best that has them all is chosen
    if (compared[best] < chosen.length) {
      const other = chosen[compared[best]++]
      nearest[best] = Math.max(nearest[best], similarity(other, left[best]))
      continue
    }
    worth[best] = -Infinity // taken, or passed over
    open--
    if (limits && !limits.admits(left[best])) continue
    limits?.take(left[best])
    chosen.push(left[best])
  }
  return chosen
}

/** [candidates] in [0, 1]; all 0 if all score the same. */
function relevanceOf(candidates: readonly number[], score: Float32Array): Float64Array {
  let least = Infinity
  let most = -Infinity
  for (const index of candidates) {
    least = Math.min(least, score[index])
    most = Math.max(most, score[index])
  }
  const span = most - least || 1
  return Float64Array.from(candidates, (index) => (score[index] - least) / span)
}

/** The position of the largest worth − cost · nearest; ties: the earlier. */
function bestOf(worth: Float64Array, nearest: Float64Array, cost: number): number {
  let best = 0
  let bestValue = -Infinity
  for (let at = 0; at < worth.length; at++) {
    const value = worth[at] - cost * nearest[at]
    if (value > bestValue) {
      bestValue = value
      best = at
    }
  }
  return best
}

/** By content, else by tower, else nothing is like anything. */
export function similarityOf(pack: Pick<Pack, 'content' | 'tower'>): Similarity {
  return cosineOf(pack.content?.vectors ?? pack.tower?.items)
}

/** Cosine of two rows of a table; 0 without one, and of a zero row. */
export function cosineOf(table: Int8Table | undefined): Similarity {
  if (!table) return () => 0
  const factors = inverseNorms(table)
  return (a, b) => {
    const lengths = factorOf(table, a, factors) * factorOf(table, b, factors)
    return lengths * dotRows(table, a, b)
  }
}

/** [rows] 1/‖row‖, 0 for a zero row; filled as rows are met, kept as long as the table. */
const knownNorms = new WeakMap<Int8Table, Float32Array>()

function inverseNorms(table: Int8Table): Float32Array {
  const known = knownNorms.get(table)
  if (known) return known
  const factors = new Float32Array(table.rows).fill(-1)
  knownNorms.set(table, factors)
  return factors
}

function factorOf(table: Int8Table, index: number, factors: Float32Array): number {
  if (factors[index] < 0) {
    const square = dotRows(table, index, index)
    factors[index] = square > 0 ? 1 / Math.sqrt(square) : 0
  }
  return factors[index]
}
