/** Checks what is to be written by pairs, and takes the factors out of it. */
import { assertLength, HearthError } from '../../errors.ts'
import type { PairForm, SparseRows } from '../pack-source.ts'
import { MAX_PAIR_ROWS } from './pair-lists.ts'
import { isPermutation } from './pair-order.ts'

/** Dimensions of the low-rank term at most. */
export const MAX_LATENT_DIM = 1024
/** How far the two directions of a pair may lie apart: float32 rounding. */
const TOLERANCE = 1e-3

/** @throws HearthError `bad-argument` for wrong lengths or an order that is none */
export function assertForm({
  rows,
  columns,
  pairs,
}: SparseRows & { readonly pairs: PairForm }) {
  if (rows !== columns || rows > MAX_PAIR_ROWS) {
    throw invalid(
      `got ${rows} × ${columns}, expected a square of at most ${MAX_PAIR_ROWS}`,
    )
  }
  assertLength('row factors', pairs.rowFactors, rows)
  assertLength('column factors', pairs.columnFactors, rows)
  if (pairs.order && !isPermutation(pairs.order, rows)) {
    throw invalid('the order is not a permutation of its rows')
  }
  const { latent } = pairs
  if (!latent) return
  assertLength('latent vectors', latent.vectors, rows * latent.dim)
  if (latent.dim > MAX_LATENT_DIM)
    throw invalid(
      `got ${latent.dim} latent dimensions, expected at most ${MAX_LATENT_DIM}`,
    )
}

/**
 * s of each entry.
 *
 * @throws HearthError `bad-argument` unless its mirror entry says the same
 */
export function strengthsOf({
  rows,
  indptr,
  indices,
  values,
  pairs,
}: SparseRows & { readonly pairs: PairForm }) {
  const { rowFactors, columnFactors } = pairs
  const strengths = new Float32Array(indices.length)
  for (let row = 0; row < rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const strength = values[e] / (rowFactors[row] * columnFactors[indices[e]])
      if (!(strength > 0 && strength < 1e30))
        throw invalid(
          `the pair ${row}, ${indices[e]} has the strength ${strength}, expected above 0 and finite`,
        )
      strengths[e] = strength
    }
  }
  const next = indptr.slice(0, rows)
  for (let row = 0; row < rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const mirror = next[indices[e]]++
      const isSame =
        indices[mirror] === row &&
        Math.abs(strengths[mirror] - strengths[e]) <= TOLERANCE * strengths[e]
      if (!isSame || indices[e] === row)
        throw invalid(`the pair ${row}, ${indices[e]} is not the same both ways`)
    }
  }
  const odd = next.findIndex((end, row) => end !== indptr[row + 1])
  if (odd >= 0) throw invalid(`row ${odd} has entries that no other row has of it`)
  return strengths
}

function invalid(what: string) {
  return new HearthError('bad-argument', `invalid pairs: ${what}.`)
}
