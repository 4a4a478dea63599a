/**
 * Maximal marginal relevance: a list that is good and not all the same.
 *
 *   next = argmax over the candidates left of
 *          λ·relevance − (1 − λ)·max over those chosen of max(0, cosine)
 *
 * relevance is the score scaled over the candidates to [0, 1], so that λ means the same
 * whatever the scores' scale. Source: Carbonell and Goldstein 1998 (SIGIR).
 */
import type { Pack } from '../catalogue/pack.ts'
import type { Int8Table } from '../math/scanner.ts'
import { dotRows } from './int8-rows.ts'

/** Cosine of the items at two rows, −1 to 1. */
export type Similarity = (rowA: number, rowB: number) => number

export interface MmrOptions {
  /** Rows wanted, ≥ 0; fewer if there are fewer candidates. */
  readonly count: number
  /** 1 = by score alone, 0 = as unlike each other as can be. */
  readonly lambda: number
  readonly similarity: Similarity
}

/**
 * Greedy, so a shorter list is a prefix of a longer one; the first is the best by score.
 *
 * @param candidates rows, best first; ties go to the earlier one
 * @param score [rows of the pack]
 */
export function diversify(
  candidates: ArrayLike<number>,
  score: Float32Array,
  { count, lambda, similarity }: MmrOptions,
): number[] {
  const left = Array.from(candidates)
  if (lambda >= 1) return left.slice(0, count)
  const relevance = relevanceOf(left, score)
  const nearest = new Map(left.map((row) => [row, 0]))
  const chosen: number[] = []
  while (chosen.length < count && left.length > 0) {
    const best = argmax(left, (row) => {
      return lambda * relevance.get(row)! - (1 - lambda) * nearest.get(row)!
    })
    const [row] = left.splice(best, 1)
    chosen.push(row)
    for (const other of left) {
      const near = similarity(row, other)
      if (near > nearest.get(other)!) nearest.set(other, near)
    }
  }
  return chosen
}

function relevanceOf(rows: readonly number[], score: Float32Array) {
  let least = Infinity
  let most = -Infinity
  for (const row of rows) {
    least = Math.min(least, score[row])
    most = Math.max(most, score[row])
  }
  const span = most - least || 1
  return new Map(rows.map((row) => [row, (score[row] - least) / span]))
}

function argmax(rows: readonly number[], worthOf: (row: number) => number): number {
  let best = 0
  let bestValue = -Infinity
  rows.forEach((row, i) => {
    const value = worthOf(row)
    if (value > bestValue) {
      bestValue = value
      best = i
    }
  })
  return best
}

/** By content, else by tower, else nothing is like anything. Norms are computed once a row. */
export function similarityOf(pack: Pick<Pack, 'content' | 'tower'>): Similarity {
  const table = pack.content?.vectors ?? pack.tower?.items
  if (!table) return () => 0
  const norms = new Map<number, number>()
  return (rowA, rowB) => {
    const lengths = normOf(table, rowA, norms) * normOf(table, rowB, norms)
    return lengths > 0 ? dotRows(table, rowA, rowB) / lengths : 0
  }
}

function normOf(table: Int8Table, row: number, norms: Map<number, number>): number {
  const known = norms.get(row)
  if (known !== undefined) return known
  const norm = Math.sqrt(dotRows(table, row, row))
  norms.set(row, norm)
  return norm
}
