/**
 * Factors ≥ 0 in a byte each: 0, or one of 255 steps of the same ratio from the smallest
 * to the largest. Over a span of 1 : 1000 a factor comes back within 1.4 %.
 */
import { HearthError } from '../../errors.ts'
import { badPack } from '../bad-pack.ts'
import type { Sections } from '../sections.ts'
import { bytesOf } from '../sections.ts'

const HEAD_BYTES = 8
const STEPS = 254
/** Smallest and largest factor above 0: products of a few of them are still finite. */
const MIN_FACTOR = 1e-9
const MAX_FACTOR = 1e6

/**
 * @param name for the error message
 * @throws HearthError `bad-argument` for a factor below 0, above 1e6 or not finite
 */
export function packFactors(name: string, factors: Float32Array): Uint8Array {
  let least = MAX_FACTOR
  let most = 0
  for (const factor of factors) {
    if (!(factor >= 0 && factor <= MAX_FACTOR)) {
      throw new HearthError(
        'bad-argument',
        `invalid ${name}: got ${factor}, expected 0 … ${MAX_FACTOR}.`,
      )
    }
    if (factor < MIN_FACTOR) continue
    least = Math.min(least, factor)
    most = Math.max(most, factor)
  }
  const bytes = new Uint8Array(HEAD_BYTES + factors.length)
  const view = new DataView(bytes.buffer)
  const low = most > 0 ? Math.log(least) : 0
  const step = most > least ? (Math.log(most) - low) / STEPS : 0
  view.setFloat32(0, low, true)
  view.setFloat32(4, step, true)
  factors.forEach((factor, i) => {
    if (factor < MIN_FACTOR) return
    bytes[HEAD_BYTES + i] =
      1 + (step > 0 ? Math.round((Math.log(factor) - low) / step) : 0)
  })
  return bytes
}

/** @throws HearthError `bad-pack` unless section `index` holds `count` factors */
export function factorsOf(sections: Sections, index: number, count: number) {
  const bytes = bytesOf(sections, index, HEAD_BYTES + count)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [low, step] = [view.getFloat32(0, true), view.getFloat32(4, true)]
  const values = Float32Array.from({ length: STEPS + 2 }, (_, code) =>
    code === 0 ? 0 : Math.exp(low + step * (code - 1)),
  )
  if (!values.every((value) => value <= MAX_FACTOR * 1.01)) {
    throw badPack(sections.file, `section ${index} holds factors out of range.`)
  }
  return Float32Array.from(bytes.subarray(HEAD_BYTES), (code) => values[code])
}
