/** One contract, two scanners, and that they agree bit for bit. */
import { readFile } from 'node:fs/promises'
import asc from 'assemblyscript/asc'
import { describe, expect, test } from 'vitest'
import { quantiseRows } from './quantise.ts'
import { createRandom } from './random.ts'
import { createJsScanner } from './scanner.ts'
import { createScanner, createSimdScanner } from './simd-scanner.ts'

const KERNEL = 'src/math/kernel/scan.ts'
const bytes = await readFile(new URL('./scan.wasm', import.meta.url))
const loadModule = () => WebAssembly.compile(bytes)
const simd = await createSimdScanner(await loadModule())
const js = createJsScanner()

const SHAPES = [
  [0, 5],
  [1, 1],
  [1, 128],
  [2, 17],
  [3, 16],
  [5, 15],
  [7, 64],
  [103, 100],
] as const

describe.each([
  ['simd', simd],
  ['js', js],
])('the %s scanner', (kind, scanner) => {
  test('states which it is', () => {
    expect(scanner.kind).toBe(kind)
  })

  test('gives the products worked by hand', () => {
    const codes = Int8Array.of(1, 2, 3, -127, 0, 127)
    const scales = Float32Array.of(0.5, 2)
    const held = scanner.hold({ rows: 2, dim: 3, codes, scales })
    const out = new Float32Array(2)
    // 2047 is the largest query code, so this query is held exactly with scale 1.
    held.scanInto(Float32Array.of(2047, -10, 4), out)
    expect([...out]).toEqual([(2047 - 20 + 12) / 2, (-127 * 2047 + 127 * 4) * 2])
  })

  test.each(SHAPES)('is within its stated error for %i × %i', (rows, dim) => {
    const { table, query } = makeCase(rows, dim)
    const out = new Float32Array(rows)
    scanner.hold(table).scanInto(query, out)
    const max = query.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    for (let row = 0; row < rows; row++) {
      const values = [...table.codes.subarray(row * dim, (row + 1) * dim)].map(
        (code) => code * table.scales[row],
      )
      const exact = values.reduce((sum, value, d) => sum + value * query[d], 0)
      const size = values.reduce((sum, value) => sum + Math.abs(value), 0)
      expect(Math.abs(out[row] - exact)).toBeLessThanOrEqual(
        2 ** -11 * max * size + 1e-6,
      )
    }
  })

  test('holds several tables at once and does not mix them', () => {
    const cases = [makeCase(40, 20), makeCase(9000, 33), makeCase(3, 128)]
    const held = cases.map(({ table }) => scanner.hold(table))
    for (const [i, { table, query }] of cases.entries()) {
      const alone = new Float32Array(table.rows)
      createJsScanner().hold(table).scanInto(query, alone)
      const out = new Float32Array(table.rows)
      held[i].scanInto(query, out)
      expect(out).toEqual(alone)
    }
  })

  test('keeps its own copy of a table', () => {
    const { table, query } = makeCase(6, 10)
    const held = scanner.hold(table)
    const before = new Float32Array(6)
    held.scanInto(query, before)
    table.codes.fill(0)
    table.scales.fill(0)
    const after = new Float32Array(6)
    held.scanInto(query, after)
    expect(after).toEqual(before)
  })

  test('forgets the last query', () => {
    const { table, query } = makeCase(6, 10)
    const held = scanner.hold(table)
    const out = new Float32Array(6)
    held.scanInto(query, out)
    held.scanInto(new Float32Array(10), out)
    expect([...out].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0])
  })

  test('keeps the largest sum it allows', () => {
    const dim = 8192
    const codes = new Int8Array(dim).fill(127)
    const held = scanner.hold({ rows: 1, dim, codes, scales: Float32Array.of(1) })
    const out = new Float32Array(1)
    held.scanInto(new Float32Array(dim).fill(2047), out)
    expect(out[0]).toBe(Math.fround(dim * 127 * 2047))
  })

  test.each([
    ['a short query', 4, 3, Float32Array.of(1, 2, 3, 4), 'query'],
    ['a short out', 5, 2, Float32Array.of(1, 2, 3, 4, 5), 'out'],
  ])('refuses %s', (_, length, rows, query, name) => {
    const held = scanner.hold(makeCase(3, 5).table)
    expect(() => held.scanInto(query.slice(0, length), new Float32Array(rows))).toThrow(
      `wrong length for ${name}`,
    )
  })

  test('refuses NaN in a query and a table whose arrays do not fit', () => {
    const held = scanner.hold(makeCase(3, 5).table)
    const bad = Float32Array.of(1, Number.NaN, 0, 0, 0)
    expect(() => held.scanInto(bad, new Float32Array(3))).toThrow('invalid query')
    const { table } = makeCase(3, 5)
    expect(() => scanner.hold({ ...table, dim: 6 })).toThrow('wrong length for codes')
    expect(() => scanner.hold({ ...table, dim: 0 })).toThrow('invalid dim')
  })
})

test.each(SHAPES)('both scanners give the same bits for %i × %i', (rows, dim) => {
  const { table, query } = makeCase(rows, dim)
  const [a, b] = [simd, js].map((scanner) => {
    const out = new Float32Array(rows)
    scanner.hold(table).scanInto(query, out)
    return [...new Uint32Array(out.buffer)]
  })
  expect(a).toEqual(b)
})

describe('createScanner', () => {
  test('takes the SIMD kernel where it loads', async () => {
    const { scanner, note } = await createScanner(loadModule)
    expect(scanner.kind).toBe('simd')
    expect(note).toBeUndefined()
  })

  test('falls back to JavaScript and gives the reason', async () => {
    const refuse = () => Promise.reject(new Error('blocked by the page'))
    const { scanner, note } = await createScanner(refuse)
    expect(scanner.kind).toBe('js')
    expect(note).toBe('no SIMD scan: blocked by the page')
  })

  test('falls back when the module is another one', async () => {
    const empty = WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))
    const { scanner, note } = await createScanner(() => empty)
    expect(scanner.kind).toBe('js')
    expect(note).toContain('not the scan kernel')
  })
})

test('the committed kernel is what its source compiles to', async () => {
  const source = await readFile(KERNEL, 'utf8')
  const command = source.match(/^\/\/ npx asc (.*)$/m)?.[1].split(' ') ?? []
  let compiled: Uint8Array | undefined
  const { error, stderr } = await asc.main(command, {
    writeFile: (_, contents) => {
      compiled = contents as Uint8Array
    },
  })
  expect(error, stderr.toString()).toBeNull()
  expect(Buffer.from(compiled ?? []).toString('hex')).toBe(bytes.toString('hex'))
}, 30_000)

function makeCase(rows: number, dim: number) {
  const random = createRandom(rows * 1000 + dim)
  const normal = (length: number) =>
    Float32Array.from({ length }, () => random.normal())
  return { table: quantiseRows(normal(rows * dim), rows, dim), query: normal(dim) }
}
