/**
 * Floats in two bytes: a float32 unit (the largest magnitude), then one float16 a value,
 * as a share of the unit. So values of any size keep 11 significant bits, and small ones
 * are within unit · 2^−25.
 */
import { HearthError } from '../../errors.ts'
import { fromHalf, toHalf } from '../../math/float16.ts'
import { badPack } from '../bad-pack.ts'
import type { Sections } from '../sections.ts'
import { bytesOf } from '../sections.ts'

const UNIT_BYTES = 4
/** So that a value times an int8 code is still a finite float32. */
const MAX_UNIT = 1e30

/**
 * @param name for the error message
 * @throws HearthError `bad-argument` if a value is not finite or beyond 1e30
 */
export function packHalves(name: string, values: Float32Array): Uint8Array {
  const unit = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
  if (!(unit <= MAX_UNIT)) {
    throw new HearthError(
      'bad-argument',
      `invalid ${name}: its largest magnitude is ${unit}, expected at most ${MAX_UNIT}.`,
    )
  }
  const bytes = new Uint8Array(UNIT_BYTES + values.length * 2)
  const view = new DataView(bytes.buffer)
  view.setFloat32(0, unit, true)
  const share = unit > 0 ? 1 / unit : 0
  values.forEach((value, i) => {
    view.setUint16(UNIT_BYTES + i * 2, toHalf(value * share), true)
  })
  return bytes
}

/** @throws HearthError `bad-pack` unless section `index` holds `count` finite numbers */
export function halvesOf(sections: Sections, index: number, count: number) {
  const bytes = bytesOf(sections, index, UNIT_BYTES + count * 2)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const unit = view.getFloat32(0, true)
  const values = new Float32Array(count)
  let largest = 0
  for (let i = 0; i < count; i++) {
    values[i] = fromHalf(view.getUint16(UNIT_BYTES + i * 2, true)) * unit
    largest = Math.max(largest, Math.abs(values[i]))
  }
  if (Number.isFinite(largest) && unit <= MAX_UNIT) return values
  throw badPack(
    sections.file,
    `section ${index} holds a number that is not finite or too large.`,
  )
}

/** As `halvesOf`, for scales: none may be negative. */
export function scalesOf(sections: Sections, index: number, count: number) {
  const scales = halvesOf(sections, index, count)
  if (scales.every((scale) => scale >= 0)) return scales
  throw badPack(sections.file, `section ${index} holds a negative scale.`)
}
