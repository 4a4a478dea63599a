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
  if (!pack.sequence) return undefined
  const rows = sequenceRows(taste, readingOf(pack))
  if (rows.length === 0) return undefined
  const said = new Float32Array(pack.rows)
  foldInto(pack.sequence, rows, said)
  return said
}

/** @returns [rows] new; all 0 where `foldSequence` has nothing, or the weight is 0 */
export function sequencePart(
  pack: Pack,
  taste: TasteView,
  weight: number,
): Float32Array {
  const said = weight === 0 ? undefined : foldSequence(pack, taste)
  if (!said) return new Float32Array(pack.rows)
  const { spread } = readingOf(pack)
  if (spread === undefined) return standardiseInto(said, weight)
  const { mean } = momentsOf(said)
  const factor = weight / spread
  for (let row = 0; row < said.length; row++) said[row] = (said[row] - mean) * factor
  return said
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
