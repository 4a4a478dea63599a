import { expect, test } from 'vitest'
import type { SparseRows } from '../../../pack/pack-source.ts'
import { pruneSequence } from './matrix.ts'

const COLUMNS = 12

/** Rows of 12, their values falling from the first column on. */
function sparse(...rows: number[][]): SparseRows {
  const indptr = [0]
  for (const row of rows) indptr.push(indptr[indptr.length - 1] + row.length)
  return {
    kind: 'sequence',
    rows: rows.length,
    columns: COLUMNS,
    indptr: Uint32Array.from(indptr),
    indices: Uint32Array.from(rows.flatMap((row) => row.map((_, j) => j))),
    values: Float32Array.from(rows.flat()),
  }
}

const even = Array<number>(12).fill(1)
const steep = Array.from({ length: 12 }, (_, j) => 2 ** -j)

test('keeps the entries of most worth, and a quarter of the mean of each row at least', () => {
  const level = even.map((x, j) => x - j / 100)
  const kept = pruneSequence(sparse(level, steep), {
    entries: 14,
    frequencies: Uint32Array.of(5, 5),
  })
  // shares of the second row: ½, ¼, ⅛ are above the first's twelfth, the rest below
  expect([...kept.indptr]).toEqual([0, 11, 14])
  expect([...kept.indices.subarray(11)]).toEqual([0, 1, 2])
  const rare = pruneSequence(sparse(level, level), {
    entries: 16,
    frequencies: Uint32Array.of(0, 1e9),
  })
  expect([...rare.indptr]).toEqual([0, 4, 16])
})

test('gives the more frequent of two like items the more entries', () => {
  const row = even.map((x, j) => x - j / 20)
  const kept = pruneSequence(sparse(row, row), {
    entries: 18,
    frequencies: Uint32Array.of(1, 9),
  })
  expect([...kept.indptr]).toEqual([0, 6, 18])
})

test('leaves the rows alone when all their entries may stay', () => {
  const rows = sparse(steep, [])
  const frequencies = Uint32Array.of(1, 0)
  expect(pruneSequence(rows, { entries: 12, frequencies })).toBe(rows)
  expect(pruneSequence(rows, { entries: 1, frequencies }).values).toHaveLength(1)
})
