/**
 * Keeps the pairs worth their bytes, over the whole matrix at once: an item that is easy
 * to tell needs few, a hard one many.
 */
import type { Pairs } from './pairs.ts'

/** Pairs an item keeps at least, if it has them. */
const LEAST = 4

/**
 * Keeps about `perItem` · items entries (half as many pairs): those with the largest
 * s_ij · √(d_i·d_j)^½, and the LEAST largest of each item. Pairs ≤ 0 never stay: the pack
 * cannot hold them.
 *
 * @param diagonal [rows] d
 */
export function prunePairs(
  pairs: Pairs,
  diagonal: Float32Array,
  perItem: number,
): Pairs {
  const { indptr, indices, strengths } = pairs
  const rows = indptr.length - 1
  const weight = diagonal.map((d) => d ** 0.25)
  const worth = strengths.slice()
  for (let row = 0; row < rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      worth[e] *= weight[row] * weight[indices[e]]
    }
  }
  const floor = floorOf(worth, Math.round(perItem * rows))
  const least = leastOf(indptr, worth)
  const isKept = (row: number, e: number) =>
    worth[e] > 0 &&
    (worth[e] >= floor || worth[e] >= least[row] || worth[e] >= least[indices[e]])
  return filter(pairs, isKept)
}

/** The worth of the `count`th best; 0 if all may stay. */
function floorOf(worth: Float32Array, count: number): number {
  if (count >= worth.length) return 0
  if (count <= 0) return Infinity
  return worth.slice().sort()[worth.length - count]
}

/** [rows] The worth of each row's LEASTth best. */
function leastOf(indptr: Uint32Array, worth: Float32Array): Float32Array {
  const least = new Float32Array(indptr.length - 1)
  for (let row = 0; row < least.length; row++) {
    const sorted = worth.slice(indptr[row], indptr[row + 1]).sort()
    least[row] = sorted.length > LEAST ? sorted[sorted.length - LEAST] : 0
  }
  return least
}

function filter(
  { indptr, indices, strengths }: Pairs,
  isKept: (row: number, entry: number) => boolean,
): Pairs {
  const kept = new Uint8Array(indices.length)
  const starts = new Uint32Array(indptr.length)
  for (let row = 0; row + 1 < indptr.length; row++) {
    let size = 0
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      if (isKept(row, e)) kept[e] = 1
      size += kept[e]
    }
    starts[row + 1] = starts[row] + size
  }
  return {
    indptr: starts,
    indices: indices.filter((_, e) => kept[e] === 1),
    strengths: strengths.filter((_, e) => kept[e] === 1),
  }
}
