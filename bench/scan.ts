/**
 * How much faster is the SIMD int8 scan than a plain JavaScript float32 scan of the same
 * vectors? Run: npx tsx bench/scan.ts
 */
import { readFile } from 'node:fs/promises'
import { quantiseRows } from '../src/math/quantise.ts'
import { createRandom, type Random } from '../src/math/random.ts'
import { createSimdScanner } from '../src/math/simd-scanner.ts'

const DIM = 128
const WARM_UP_RUNS = 50
const TARGET_RATIO = 8

const path = new URL('../src/math/scan.wasm', import.meta.url)
const scanner = await createSimdScanner(await WebAssembly.compile(await readFile(path)))
const random = createRandom(1)

console.log(`dot products of all rows with one query, ${DIM} dimensions, ms`)
console.log('rows     SIMD p50   p95    float32 p50   p95    ratio of p50')
for (const rows of [10_000, 100_000]) {
  const vectors = normalArray(random, rows * DIM)
  const query = normalArray(random, DIM)
  const out = new Float32Array(rows)
  const table = scanner.hold(quantiseRows(vectors, rows, DIM))
  const runs = rows > 50_000 ? 200 : 1000
  const simd = time(runs, () => table.scanInto(query, out))
  const plain = time(runs / 4, () => scanFloatInto(vectors, query, out))
  const ratio = plain.p50 / simd.p50
  const cells = [simd.p50, simd.p95, plain.p50, plain.p95].map((ms) => ms.toFixed(3))
  console.log(
    `${String(rows).padEnd(8)} ${cells[0]}      ${cells[1]}  ${cells[2]}         ${cells[3]}  ` +
      `${ratio.toFixed(1)}× (target ≥ ${TARGET_RATIO}×)`,
  )
}

/** The plain scan: one float32 matrix, one loop, four running sums. */
function scanFloatInto(vectors: Float32Array, query: Float32Array, out: Float32Array) {
  for (let row = 0; row < out.length; row++) {
    const at = row * DIM
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    for (let d = 0; d < DIM; d += 4) {
      s0 += vectors[at + d] * query[d]
      s1 += vectors[at + d + 1] * query[d + 1]
      s2 += vectors[at + d + 2] * query[d + 2]
      s3 += vectors[at + d + 3] * query[d + 3]
    }
    out[row] = s0 + s1 + (s2 + s3)
  }
}

function time(runs: number, work: () => void): { p50: number; p95: number } {
  for (let n = 0; n < WARM_UP_RUNS; n++) work()
  const took = new Float64Array(runs)
  for (let n = 0; n < runs; n++) {
    const start = performance.now()
    work()
    took[n] = performance.now() - start
  }
  took.sort()
  return { p50: took[runs >> 1], p95: took[Math.floor(runs * 0.95)] }
}

function normalArray(source: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => source.normal())
}
