/**
 * What follows what the visitor did last, as a part of the score.
 *
 *   part(row) = w · (S(row) − mean S) / spread      S: the sequence block, folded in
 *
 * The spread is the pack's own, that of a typical visitor, or else this visitor's. One
 * spread for all keeps what a visitor's own would throw away: how much the block knows.
 */
import type { Pack } from '../catalogue/pack.ts'
import { AS_IT_IS, type Standard } from '../math/standardise.ts'
import { foldSparse } from './fold-in.ts'
import type { TasteView } from './score.ts'
import { readingOf, sequenceRows } from './sequence-rows.ts'

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
  return pack.sequence && rows.length > 0
    ? momentsOf(foldSparse(pack.sequence, rows), pack.rows)
    : undefined
}

/** @param said the rows that S is not 0 at */
function momentsOf(said: ReadonlyMap<number, number>, rows: number): SequenceMoments {
  let sum = 0
  let square = 0
  for (const value of said.values()) {
    sum += value
    square += value * value
  }
  const mean = sum / rows
  const spread = Math.sqrt(Math.max(0, square / rows - mean * mean))
  return { sum, mean, deviation: spread > EQUAL * Math.abs(mean) ? spread : 0 }
}

/** Spread over mean under which S is the same everywhere: the squares leave some 1e-8. */
const EQUAL = 1e-7

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
  const said = foldSparse(pack.sequence, rows)
  out.fill(0)
  for (const [row, value] of said) out[row] = value
  const { mean, deviation } = momentsOf(said, pack.rows)
  const spread = readingOf(pack).spread ?? deviation
  return { mean, factor: spread > 0 ? weight / spread : 0 }
}
