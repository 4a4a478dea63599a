import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SparseRows } from './pack-source.ts'
import { sampleSparse } from './sample-source.test-data.ts'
import { decodeSparse, encodeSparse, roundSparse } from './sparse-block.ts'

fc.configureGlobal({ seed: 1 })

const expected = { file: 'cf.bin', block: 'cf' as const, rows: 5 }
const entry = fc.tuple(fc.nat({ max: 4 }), fc.float({ min: 0, max: 1e6, noNaN: true }))
const row = fc.uniqueArray(entry, { selector: ([column]) => column })

function toSparse(
  lists: readonly (readonly (readonly [number, number])[])[],
): SparseRows {
  const sorted = lists.map((list) => [...list].sort(([a], [b]) => a - b))
  const indptr = new Uint32Array(6)
  sorted.forEach((list, i) => {
    indptr[i + 1] = indptr[i] + list.length
  })
  return {
    kind: 'item-item',
    rows: 5,
    columns: 5,
    indptr,
    indices: Uint32Array.from(sorted.flat(), ([column]) => column),
    values: Float32Array.from(sorted.flat(), ([, value]) => value),
  }
}

describe('sparse block', () => {
  test('companders by the power 0.6', () => {
    const { codes, scales, levels } = decodeSparse(
      encodeSparse('cf', sampleSparse('item-item')),
      expected,
    )
    // Row 0: 0.5 and 0.25 of 0.5: 15, and 15 · 0.5^0.6 = 9.9.
    expect([...codes.subarray(0, 2)]).toEqual([15, 10])
    expect(scales[0]).toBe(0.5)
    expect(levels[15]).toBe(1)
    expect(levels[10]).toBeCloseTo((10 / 15) ** (1 / 0.6), 6)
    // Row 2: 0.001 of 2 would round to 0 and is kept at 1.
    expect([...codes.subarray(2, 5)]).toEqual([10, 1, 15])
  })

  test('gives every kept value back within half a step of its compander', () => {
    fc.assert(
      fc.property(fc.tuple(row, row, row, row, row), (lists) => {
        const source = toSparse(lists)
        const block = decodeSparse(encodeSparse('cf', source), expected)
        for (let r = 0; r < 5; r++) {
          const entries = [...lists[r]]
            .filter(([, value]) => value > 0)
            .sort(([a], [b]) => a - b)
          const [start, end] = [block.indptr[r], block.indptr[r + 1]]
          expect([...block.indices.subarray(start, end)]).toEqual(
            entries.map(([column]) => column),
          )
          const max = Math.max(...entries.map(([, value]) => value))
          entries.forEach(([, value], i) => {
            const code = block.codes[start + i]
            const share = (value / max) ** 0.6 * 15
            expect(Math.abs(code - Math.max(1, share))).toBeLessThanOrEqual(0.5001)
          })
        }
      }),
    )
  })

  test('drops zeros and negatives, and keeps empty rows', () => {
    const values = Float32Array.of(0, -1, 0, 0, 0, 1, 0, 0, 0, 0)
    const source = { ...sampleSparse('item-item'), values }
    const block = decodeSparse(encodeSparse('cf', source), expected)
    expect([...block.indptr]).toEqual([0, 0, 0, 0, 1, 1])
    expect([...block.indices]).toEqual([3])
    expect([...block.scales]).toEqual([0, 0, 0, 1, 0])
  })

  test('rounds without writing to what writing and reading gives', () => {
    fc.assert(
      fc.property(fc.tuple(row, row, row, row, row), (lists) => {
        const source = toSparse(lists)
        const { scales, ...rounded } = roundSparse(source)
        const read = decodeSparse(encodeSparse('cf', source), expected)
        expect(read).toMatchObject(rounded)
        const unit = Math.max(...scales)
        scales.forEach((scale, r) => {
          expect(Math.abs(read.scales[r] - scale)).toBeLessThanOrEqual(unit * 2 ** -11)
        })
      }),
      { numRuns: 30 },
    )
  })

  test('holds rows longer than 255 in two bytes', () => {
    const rows = 400
    const indices = Uint32Array.from({ length: rows }, (_, i) => i)
    const values = new Float32Array(rows).fill(1)
    const indptr = new Uint32Array(rows + 1).fill(rows, 1) // all in the first row
    const kind = 'item-item' as const
    const source = { kind, rows, columns: rows, indptr, indices, values }
    const block = decodeSparse(encodeSparse('cf', source), { ...expected, rows })
    expect(block.indices).toEqual(indices)
    expect(block.columns).toBe(rows)
  })

  test.each([
    ['columns that fall', { indices: Uint32Array.of(4, 1, 0, 2, 3, 3, 0, 1, 2, 4) }],
    ['a column twice', { indices: Uint32Array.of(1, 1, 0, 2, 3, 3, 0, 1, 2, 4) }],
    [
      'a column out of range',
      { indices: Uint32Array.of(1, 5, 0, 2, 3, 3, 0, 1, 2, 4) },
    ],
    ['NaN', { values: new Float32Array(10).fill(Number.NaN) }],
    ['rows that fall', { indptr: Uint32Array.of(0, 2, 1, 5, 6, 10) }],
    ['a missing value', { values: new Float32Array(9) }],
  ])('refuses to write %s', (_, change) => {
    const source = { ...sampleSparse('item-item'), ...change }
    expect(() => encodeSparse('cf', source)).toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    )
  })
})
