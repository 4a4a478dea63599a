/**
 * What a layer does beside its matrices, in fp32 (AssemblyScript). Matrices are row-major,
 * [tokens, columns]; every count of columns is a multiple of 4.
 */

/**
 * Attention of one text: for each head softmax(q·kᵀ · scale)·v, over its real tokens.
 *
 * @param scores fp32 [tokens], room for one row
 * @param real tokens of the text
 * @param width columns of one head
 */
export function attend(
  q: usize,
  k: usize,
  v: usize,
  out: usize,
  scores: usize,
  real: i32,
  columns: i32,
  width: i32,
): void {
  const row = (<usize>columns) << 2
  const bytes = (<usize>width) << 2
  const scale: f32 = 1 / Mathf.sqrt(<f32>width)
  for (let head: usize = 0; head < row; head += bytes) {
    for (let t: usize = 0; t < <usize>real; t++) {
      const mine = q + t * row + head
      for (let u: usize = 0; u < <usize>real; u++) {
        const theirs = k + u * row + head
        let sum = f32x4.splat(0)
        for (let i: usize = 0; i < bytes; i += 16) {
          sum = f32x4.add(sum, f32x4.mul(v128.load(mine + i), v128.load(theirs + i)))
        }
        f32.store(scores + (u << 2), across(sum) * scale)
      }
      const total = exponents(scores, real)
      const to = out + t * row + head
      for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.splat(0))
      for (let u: usize = 0; u < <usize>real; u++) {
        const weight = f32x4.splat(f32.load(scores + (u << 2)) / total)
        const theirs = v + u * row + head
        for (let i: usize = 0; i < bytes; i += 16) {
          const part = f32x4.mul(weight, v128.load(theirs + i))
          v128.store(to + i, f32x4.add(v128.load(to + i), part))
        }
      }
    }
  }
}

/** Each score as e to it less the largest. @returns their sum */
function exponents(scores: usize, count: i32): f32 {
  const end = scores + ((<usize>count) << 2)
  let most = f32.load(scores)
  for (let at = scores; at < end; at += 4) most = max(most, f32.load(at))
  let total: f32 = 0
  for (let at = scores; at < end; at += 4) {
    const e = f32x4.extract_lane(exp(f32x4.splat(f32.load(at) - most)), 0)
    f32.store(at, e)
    total += e
  }
  return total
}

/** x = LayerNorm(x + added), row by row, where it lies. `added` of 0 adds nothing. */
export function normalise(
  x: usize,
  added: usize,
  weight: usize,
  bias: usize,
  tokens: i32,
  columns: i32,
  epsilon: f32,
): void {
  const bytes = (<usize>columns) << 2
  for (let t: usize = 0; t < <usize>tokens; t++) {
    const row = x + t * bytes
    let sum = f32x4.splat(0)
    for (let i: usize = 0; i < bytes; i += 16) {
      let value = v128.load(row + i)
      if (added) value = f32x4.add(value, v128.load(added + t * bytes + i))
      v128.store(row + i, value)
      sum = f32x4.add(sum, value)
    }
    const mean = f32x4.splat(across(sum) / <f32>columns)
    let squares = f32x4.splat(0)
    for (let i: usize = 0; i < bytes; i += 16) {
      const off = f32x4.sub(v128.load(row + i), mean)
      squares = f32x4.add(squares, f32x4.mul(off, off))
    }
    const spread = Mathf.sqrt(across(squares) / <f32>columns + epsilon)
    const by = f32x4.splat(1 / spread)
    for (let i: usize = 0; i < bytes; i += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(row + i), mean), by)
      const scaled = f32x4.mul(unit, v128.load(weight + i))
      v128.store(row + i, f32x4.add(scaled, v128.load(bias + i)))
    }
  }
}

/** x = x · Φ(x), where it lies; Φ by erf. */
export function gelu(x: usize, count: i32): void {
  const half = f32x4.splat(0.5)
  const end = x + ((<usize>count) << 2)
  for (let at = x; at < end; at += 16) {
    const value = v128.load(at)
    const e = erf(f32x4.mul(value, f32x4.splat(Mathf.SQRT1_2)))
    v128.store(at, f32x4.mul(value, f32x4.add(half, f32x4.mul(half, e))))
  }
}

/** Abramowitz and Stegun 7.1.26, within 1.5e-7. */
function erf(x: v128): v128 {
  const one = f32x4.splat(1)
  const size = f32x4.abs(x)
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(size, f32x4.splat(0.3275911))))
  let p = f32x4.splat(1.061405429)
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-1.453152027))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1.421413741))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.284496736))
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.254829592))
  const tail = f32x4.mul(f32x4.mul(p, t), exp(f32x4.neg(f32x4.mul(size, size))))
  const signs = v128.and(x, f32x4.splat(-0))
  return v128.or(f32x4.sub(one, tail), signs)
}

/** e to x, x at most 0: 2ⁿ · e^r with |r| ≤ ln 2 / 2 (Cephes expf), within 2e-7 of it. */
function exp(x: v128): v128 {
  const from = f32x4.max(x, f32x4.splat(-87))
  const n = f32x4.nearest(f32x4.mul(from, f32x4.splat(Mathf.LOG2E)))
  let r = f32x4.sub(from, f32x4.mul(n, f32x4.splat(0.693359375)))
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)))
  let p = f32x4.splat(1.98756915e-4)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1))
  p = f32x4.add(f32x4.mul(f32x4.mul(p, r), r), f32x4.add(r, f32x4.splat(1)))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return f32x4.mul(p, power)
}

function across(sum: v128): f32 {
  return (
    f32x4.extract_lane(sum, 0) +
    f32x4.extract_lane(sum, 1) +
    f32x4.extract_lane(sum, 2) +
    f32x4.extract_lane(sum, 3)
  )
}
