/**
 * The `popularity` block.
 *
 *   section 0  uint8 [rows]  popularity in steps of 1/255
 *           1  uint8 [rows]  flags
 */
import { assertLength, HearthError } from '../errors.ts'
import {
  assertSectionCount,
  bytesOf,
  type Expected,
  readSections,
  writeSections,
} from './sections.ts'

const STEPS = 255

/** @throws HearthError `bad-argument` for a wrong length or a value outside [0, 1] */
export function encodePopularity(popularity: Float32Array, flags: Uint8Array) {
  assertLength('flags', flags, popularity.length)
  const wrong = popularity.findIndex((value) => !(value >= 0 && value <= 1))
  if (wrong >= 0) {
    throw new HearthError(
      'bad-argument',
      `invalid popularity of item ${wrong}: got ${popularity[wrong]}, expected 0 to 1.`,
    )
  }
  const codes = Uint8Array.from(popularity, (value) => Math.round(value * STEPS))
  return writeSections('popularity', popularity.length, [codes, flags])
}

/** @throws HearthError `bad-pack` unless the bytes are a whole popularity block */
export function decodePopularity(bytes: Uint8Array, expected: Expected) {
  const sections = readSections(bytes, expected)
  assertSectionCount(sections, 2)
  const codes = bytesOf(sections, 0, sections.rows)
  return {
    popularity: Float32Array.from(codes, (code) => code / STEPS),
    flags: bytesOf(sections, 1, sections.rows),
  }
}
