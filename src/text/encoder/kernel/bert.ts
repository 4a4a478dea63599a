// npm run kernel

export { attend, gelu, normalise } from './floats'

/**
 * The arithmetic of a BERT layer over levels (AssemblyScript). Matrices are row-major fp32,
 * [tokens, columns], unless said otherwise; every count of columns is a multiple of 8, every
 * count of tokens a multiple of 4: rows past the text's last are computed and never read.
 */

/** Largest whole number of an activation: 8,191 × 127 × 1,536 columns still fit an int32. */
const MOST: f32 = 8191

/**
 * x[t, i] = (levels[ids[t], i] − 128) · steps[ids[t]] + places[t, i]
 *
 * @param ids int32 [tokens]
 * @param levels uint8 [words, columns], @param steps fp32 [words]
 */
export function embed(
  x: usize,
  ids: usize,
  levels: usize,
  steps: usize,
  places: usize,
  tokens: i32,
  columns: i32,
): void {
  const middle = i16x8.splat(128)
  for (let t: i32 = 0; t < tokens; t++) {
    const id = <usize>i32.load(ids + ((<usize>t) << 2))
    const step = f32x4.splat(f32.load(steps + (id << 2)))
    const from = levels + id * <usize>columns
    const row = (<usize>t * <usize>columns) << 2
    for (let i: usize = 0; i < <usize>columns; i += 8) {
      const level = i16x8.sub(v128.load_ext<u8>(from + i), middle)
      const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(level))
      const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(level))
      const at = row + (i << 2)
      const p = places + at
      v128.store(x + at, f32x4.add(f32x4.mul(low, step), v128.load(p)))
      v128.store(x + at, f32x4.add(f32x4.mul(high, step), v128.load(p, 16)), 16)
    }
  }
}

/** Levels as they lie in the file, 128 added, made signed where they lie. */
export function sign(levels: usize, count: i32): void {
  const flip = i8x16.splat(-128)
  const end = levels + <usize>count
  for (let at = levels; at < end; at += 16) {
    v128.store(at, v128.xor(v128.load(at), flip))
  }
}

/**
 * Each row of x as whole numbers of at most 8,191, its columns scaled before.
 *
 *   scales[t] = max_i |x[t, i] · steps[i]| / 8191,  q[t, i] = round(x[t, i] · steps[i] / scales[t])
 *
 * @param q int16 [tokens, columns]
 */
export function quantise(
  x: usize,
  steps: usize,
  q: usize,
  scales: usize,
  tokens: i32,
  columns: i32,
): void {
  const bytes = (<usize>columns) << 2
  for (let t: i32 = 0; t < tokens; t++) {
    const row = x + <usize>t * bytes
    let most = f32x4.splat(0)
    for (let i: usize = 0; i < bytes; i += 16) {
      const scaled = f32x4.mul(v128.load(row + i), v128.load(steps + i))
      most = f32x4.max(most, f32x4.abs(scaled))
    }
    const largest = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    )
    f32.store(scales + ((<usize>t) << 2), largest / MOST)
    const by = f32x4.splat(largest > 0 ? MOST / largest : 0)
    const to = q + ((<usize>t * bytes) >> 1)
    for (let i: usize = 0; i < bytes; i += 32) {
      const low = f32x4.mul(v128.load(row + i), v128.load(steps + i))
      const high = f32x4.mul(v128.load(row + i, 16), v128.load(steps + i, 16))
      v128.store(to + (i >> 1), i16x8.narrow_i32x4_s(whole(low, by), whole(high, by)))
    }
  }
}

function whole(x: v128, by: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(x, by)))
}

/**
 * out[t, o] = scales[t] · rows[o] · Σ_i q[t, i] · levels[o, i] + bias[o]
 *
 * @param q int16 [tokens, inputs], @param levels int8 [outputs, inputs]
 * @param rows fp32 [outputs], the step of each output
 */
export function multiply(
  q: usize,
  scales: usize,
  levels: usize,
  rows: usize,
  bias: usize,
  out: usize,
  tokens: i32,
  inputs: i32,
  outputs: i32,
): void {
  const n = <usize>inputs
  const wide = n << 1
  const next = (<usize>outputs) << 2
  for (let o: usize = 0; o < <usize>outputs; o += 2) {
    const w = levels + o * n
    const step = v128.load64_zero(rows + (o << 2))
    const lift = v128.load64_zero(bias + (o << 2))
    for (let t: usize = 0; t < <usize>tokens; t += 4) {
      let a0 = i32x4.splat(0)
      let a1 = a0
      let a2 = a0
      let a3 = a0
      let b0 = a0
      let b1 = a0
      let b2 = a0
      let b3 = a0
      const q0 = q + t * wide
      const q1 = q0 + wide
      const q2 = q1 + wide
      const q3 = q2 + wide
      for (let i: usize = 0; i < n; i += 8) {
        const wa = v128.load_ext<i8>(w + i)
        const wb = v128.load_ext<i8>(w + n + i)
        const j = i << 1
        let x = v128.load(q0 + j)
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(x, wa))
        b0 = i32x4.add(b0, i32x4.dot_i16x8_s(x, wb))
        x = v128.load(q1 + j)
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(x, wa))
        b1 = i32x4.add(b1, i32x4.dot_i16x8_s(x, wb))
        x = v128.load(q2 + j)
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(x, wa))
        b2 = i32x4.add(b2, i32x4.dot_i16x8_s(x, wb))
        x = v128.load(q3 + j)
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(x, wa))
        b3 = i32x4.add(b3, i32x4.dot_i16x8_s(x, wb))
      }
      const to = out + t * next + (o << 2)
      const s = scales + (t << 2)
      put(to, a0, b0, s, step, lift)
      put(to + next, a1, b1, s + 4, step, lift)
      put(to + 2 * next, a2, b2, s + 8, step, lift)
      put(to + 3 * next, a3, b3, s + 12, step, lift)
    }
  }
}

/** Two outputs of one token, from four partial sums each. */
function put(to: usize, a: v128, b: v128, scale: usize, step: v128, lift: v128): void {
  const pairs = i32x4.add(
    i32x4.shuffle(a, b, 0, 4, 1, 5),
    i32x4.shuffle(a, b, 2, 6, 3, 7),
  )
  const sums = i32x4.add(pairs, i32x4.shuffle(pairs, pairs, 2, 3, 2, 3))
  const by = f32x4.mul(step, v128.load32_splat(scale))
  v128.store64_lane(to, f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), by), lift), 0)
}
