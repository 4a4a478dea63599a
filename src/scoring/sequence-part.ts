/**
 * What follows what the visitor did last, as a part of the score.
 *
 *   part(row) = w · (S(row) − mean S) / spread      S: the sequence block, folded in
 *
 * The spread is the pack's own, that of a typical visitor, or else this visitor's. One
 * spread for all keeps what a visitor's own would throw away: how much the block knows.
 */
import type { Pack, SparseBlock } from '../catalogue/pack.ts'
import { AS_IT_IS, type Standard } from '../math/standardise.ts'
import { foldInto } from './fold-in.ts'
import type { TasteView } from './score.ts'
import { readingOf, sequenceRows } from './sequence-rows.ts'
import type { WeightedRow } from './user-input.ts'

/** Of S over all rows. */
export interface SequenceMoments {
  readonly sum: number
  readonly mean: number
  /** Of the whole, not a sample. */
  readonly deviation: number
}

/**
 * What S comes to over the catalogue, without a pass over it: the last events have a few
 * hundred entries, all other rows are 0.
 *
 * @returns undefined if the pack has no such block, or no event speaks
 */
export function sequenceMoments(
  pack: Pack,
  taste: TasteView,
): SequenceMoments | undefined {
  const rows = sequenceRows(taste, readingOf(pack))
  return pack.sequence && rows.length > 0 ? momentsOf(pack.sequence, rows) : undefined
}

function momentsOf(block: SparseBlock, rows: readonly WeightedRow[]): SequenceMoments {
  const { indptr, indices, codes, levels, scales } = block
  const said = new Map<number, number>()
  for (const { row, weight } of rows) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const value = weight * scales[row] * levels[codes[e]]
      said.set(indices[e], (said.get(indices[e]) ?? 0) + value)
    }
  }
  let sum = 0
  let square = 0
  for (const value of said.values()) {
    sum += value
    square += value * value
  }
  const mean = sum / block.rows
  const deviation = Math.sqrt(Math.max(0, square / block.rows - mean * mean))
  return { sum, mean, deviation }
}

/**
 * @param out [rows], overwritten by S: all 0 where no event speaks, or the weight is 0
 * @returns what turns S into the part
 */
export function sequenceInto(
  pack: Pack,
  taste: TasteView,
  weight: number,
  out: Float32Array,
): Standard {
  const rows = pack.sequence && weight !== 0 ? sequenceRows(taste, readingOf(pack)) : []
  if (!pack.sequence || rows.length === 0) {
    out.fill(0)
    return AS_IT_IS
  }
  foldInto(pack.sequence, rows, out)
  const { mean, deviation } = momentsOf(pack.sequence, rows)
  const spread = readingOf(pack).spread ?? deviation
  return { mean, factor: spread > 0 ? weight / spread : 0 }
}
