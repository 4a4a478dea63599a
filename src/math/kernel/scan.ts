// npx asc src/math/kernel/scan.ts -o src/math/scan.wasm -O3 --noAssert --runtime stub --enable simd

/**
 * Dot products of int8 rows with one query of 12-bit integers in int16 lanes
 * (AssemblyScript; the plain TypeScript twin is `../scanner.ts`).
 *
 *   out[row] = Σ_d codes[row·dim + d] · query[d] · scales[row] · queryScale
 *
 * @param codes int8, row-major [rows, dim]
 * @param scales float32 [rows]
 * @param query int16 [dim]
 * @param out float32 [rows]
 * @param quads rows taken four at a time, a multiple of 4; the rest go one at a time
 * @param dim a multiple of 16; 2047 · 128 · dim must fit an int32
 */
export function scan(
  codes: usize,
  scales: usize,
  query: usize,
  out: usize,
  rows: i32,
  quads: i32,
  dim: i32,
  queryScale: f32,
): void {
  let row: i32 = 0
  for (; row < quads; row += 4) {
    const at = codes + <usize>row * <usize>dim
    let s0 = i32x4.splat(0)
    let s1 = i32x4.splat(0)
    let s2 = i32x4.splat(0)
    let s3 = i32x4.splat(0)
    for (let d: i32 = 0; d < dim; d += 16) {
      const low = v128.load(query + ((<usize>d) << 1))
      const high = v128.load(query + ((<usize>d) << 1), 16)
      s0 = i32x4.add(s0, dot16(at + d, low, high))
      s1 = i32x4.add(s1, dot16(at + d + dim, low, high))
      s2 = i32x4.add(s2, dot16(at + d + 2 * dim, low, high))
      s3 = i32x4.add(s3, dot16(at + d + 3 * dim, low, high))
    }
    put(out, scales, row, sum(s0), queryScale)
    put(out, scales, row + 1, sum(s1), queryScale)
    put(out, scales, row + 2, sum(s2), queryScale)
    put(out, scales, row + 3, sum(s3), queryScale)
  }
  for (; row < rows; row++) {
    const at = codes + <usize>row * <usize>dim
    let s = i32x4.splat(0)
    for (let d: i32 = 0; d < dim; d += 16) {
      const low = v128.load(query + ((<usize>d) << 1))
      const high = v128.load(query + ((<usize>d) << 1), 16)
      s = i32x4.add(s, dot16(at + d, low, high))
    }
    put(out, scales, row, sum(s), queryScale)
  }
}

/** Sixteen products in four int32 lanes. */
function dot16(at: usize, low: v128, high: v128): v128 {
  const bytes = v128.load(at)
  return i32x4.add(
    i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(bytes), low),
    i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(bytes), high),
  )
}

function sum(s: v128): i32 {
  return (
    i32x4.extract_lane(s, 0) +
    i32x4.extract_lane(s, 1) +
    i32x4.extract_lane(s, 2) +
    i32x4.extract_lane(s, 3)
  )
}

function put(out: usize, scales: usize, row: i32, acc: i32, queryScale: f32): void {
  const at = (<usize>row) << 2
  f32.store(out + at, <f32>acc * f32.load(scales + at) * queryScale)
}
