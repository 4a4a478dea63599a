/**
 * IEEE 754 half precision, for what a pack stores in two bytes (11 significant bits).
 * Node 20 and older browsers have no Float16Array.
 */

/** Largest finite half; greater numbers become Infinity. */
export const HALF_MAX = 65504

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** The 16 bits of `value` as a half, rounded to nearest, ties to even. */
export function toHalf(value: number): number {
  float[0] = value
  const sign = (bits[0] >>> 16) & 0x8000
  const magnitude = bits[0] & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00 // NaN
  if (magnitude >= 0x477ff000) return sign | 0x7c00 // rounds past HALF_MAX
  if (magnitude < 0x38800000) {
    // Subnormal: a multiple of 2^−24. Adding 0.5 makes the float32 unit in the last
    // place exactly that, so the processor does the rounding.
    float[0] = Math.abs(float[0]) + 0.5
    return sign | (bits[0] - 0x3f000000)
  }
  const roundToEven = 0xfff + ((magnitude >>> 13) & 1)
  return sign | ((magnitude - 0x38000000 + roundToEven) >>> 13)
}

/** The number that 16 bits stand for. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  bits[0] = ((half & 0x8000) << 16) | ((exponent + 112) << 23) | (fraction << 13)
  return float[0]
}
