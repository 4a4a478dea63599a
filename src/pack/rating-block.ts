/**
 * The `ratings` block: what predicting a visitor's rating needs beside the other blocks.
 *
 *   section 0  float32 [9]  low, high, mean, step of the biases, then one variance a
 *                           RATING_TERMS
 *           1  int8 [rows]  item biases in steps
 */

import { assertLength, HearthError } from '../errors.ts'
import { badPack } from './bad-pack.ts'
import { RATING_TERMS, type RatingHead, type RatingTerm } from './pack.ts'
import {
  assertSectionCount,
  type Expected,
  float32Of,
  int8Of,
  readSections,
  writeSections,
} from './sections.ts'

const STEPS = 127
const HEAD_NUMBERS = 4
/** Far above any scale in use, far below what could overflow a sum of squares. */
const MAX_RATING = 1e6
/** A term with this many times the variance of a rating's noise decides it alone. */
const MAX_VARIANCE = 1e3

/** @throws HearthError `bad-argument` for a wrong length or a number out of range */
export function encodeRatings(
  { low, high, mean, bias, variances }: RatingHead,
  rows: number,
): Uint8Array {
  assertLength('rating bias', bias, rows)
  const largest = bias.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const step = Math.fround(largest / STEPS)
  const head = Float32Array.of(low, high, mean, step, ...valuesOf(variances))
  const problem = problemOf(head)
  if (problem) throw new HearthError('bad-argument', `invalid rating head: ${problem}`)
  const codes = Int8Array.from(bias, (value) =>
    step > 0 ? Math.max(-STEPS, Math.min(STEPS, Math.round(value / step))) : 0,
  )
  return writeSections('ratings', rows, [head, codes])
}

/** @throws HearthError `bad-pack` unless the bytes are a whole, sound block of ratings */
export function decodeRatings(bytes: Uint8Array, expected: Expected): RatingHead {
  const sections = readSections(bytes, expected)
  assertSectionCount(sections, 2)
  const head = float32Of(sections, 0, HEAD_NUMBERS + RATING_TERMS.length)
  const problem = problemOf(head)
  if (problem) throw badPack(sections.file, `its rating head is unsound: ${problem}`)
  const [low, high, mean, step] = head
  const codes = int8Of(sections, 1, sections.rows)
  const entries = RATING_TERMS.map((term, i) => [term, head[HEAD_NUMBERS + i]])
  return {
    low,
    high,
    mean,
    bias: Float32Array.from(codes, (code) => code * step),
    variances: Object.fromEntries(entries) as Record<RatingTerm, number>,
  }
}

function valuesOf(variances: RatingHead['variances']): number[] {
  return RATING_TERMS.map((term) => variances[term])
}

/** @returns what is wrong with the head's numbers, or undefined */
function problemOf([low, high, mean, step, ...variances]: Float32Array) {
  const isScale = low < high && Math.max(Math.abs(low), Math.abs(high)) <= MAX_RATING
  if (!isScale) return `got a scale from ${low} to ${high}, expected a rising one.`
  if (!(mean >= low && mean <= high)) return `got a mean of ${mean} outside the scale.`
  if (!(step >= 0 && step <= MAX_RATING)) return `got biases in steps of ${step}.`
  const odd = variances.find((variance) => !(variance >= 0 && variance <= MAX_VARIANCE))
  if (odd === undefined) return undefined
  return `got a variance of ${odd}, expected 0 to ${MAX_VARIANCE}.`
}
