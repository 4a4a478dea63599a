/**
 * What follows what the visitor did last, as a part of the score.
 *
 *   part(row) = w · (S(row) − mean S) / spread      S: the sequence block, folded in
 *
 * The spread is the pack's own, that of a typical visitor, or else this visitor's. One
 * spread for all keeps what a visitor's own would throw away: how much the block knows.
 */
import type { Pack } from '../catalogue/pack.ts'
import { standardiseInto } from '../math/standardise.ts'
import { foldInto } from './fold-in.ts'
import type { TasteView } from './score.ts'
import { readingOf, sequenceRows } from './sequence-rows.ts'

/** @returns [rows] S; undefined if the pack has no such block, or no event speaks */
export function foldSequence(pack: Pack, taste: TasteView): Float32Array | undefined {
  const said = new Float32Array(pack.rows)
  return foldSequenceInto(pack, taste, said) ? said : undefined
}

/** @returns whether there was anything to fold into `out` */
function foldSequenceInto(pack: Pack, taste: TasteView, out: Float32Array): boolean {
  const rows = pack.sequence ? sequenceRows(taste, readingOf(pack)) : []
  if (!pack.sequence || rows.length === 0) return false
  foldInto(pack.sequence, rows, out)
  return true
}

/** @param out [rows], overwritten; all 0 where no event speaks, or the weight is 0 */
export function sequenceInto(
  pack: Pack,
  taste: TasteView,
  weight: number,
  out: Float32Array,
): void {
  if (weight === 0 || !foldSequenceInto(pack, taste, out)) {
    out.fill(0)
    return
  }
  const { spread } = readingOf(pack)
  if (spread === undefined) {
    standardiseInto(out, weight)
    return
  }
  const { mean } = momentsOf(out)
  const factor = weight / spread
  for (let row = 0; row < out.length; row++) out[row] = (out[row] - mean) * factor
}

/** Sum, mean and standard deviation (of the whole, not a sample). */
export function momentsOf(values: Float32Array) {
  let sum = 0
  let square = 0
  for (let i = 0; i < values.length; i++) {
    sum += values[i]
    square += values[i] * values[i]
  }
  const mean = sum / values.length
  const deviation = Math.sqrt(Math.max(0, square / values.length - mean * mean))
  return { sum, mean, deviation }
}
