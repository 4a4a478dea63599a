import { describe, expect, test } from 'vitest'
import { pruneColumns } from './prune-columns.ts'
import type { Columns } from './ridge-columns.ts'

/** Columns from lists of [row, weight]. */
function columnsOf(
  lists: readonly (readonly (readonly [number, number])[])[],
): Columns {
  const starts = new Uint32Array(lists.length + 1)
  lists.forEach((list, column) => {
    starts[column + 1] = starts[column] + list.length
  })
  return {
    starts,
    lengths: Uint32Array.from(lists, (list) => list.length),
    indices: Uint32Array.from(lists.flat(), ([row]) => row),
    values: Float32Array.from(lists.flat(), ([, weight]) => weight),
  }
}

function supports({ starts, lengths, indices }: Columns) {
  return Array.from(lengths, (length, column) => [
    ...indices.subarray(starts[column], starts[column] + length),
  ])
}

const flat = (count: number, weight: number) =>
  Array.from({ length: count }, (_, row) => [row, weight] as const)

describe('pruneColumns', () => {
  test('keeps the largest w · √d over the whole matrix, not a column', () => {
    const strong = Array.from({ length: 10 }, (_, row) => [row, 10 - row] as const)
    const columns = columnsOf([strong, flat(10, 0.1)])
    const pruned = pruneColumns(columns, new Float32Array(10).fill(1), 6)
    // 12 in all: the weak column keeps the least of 4, the strong one takes the other 8
    expect(supports(pruned).map((rows) => rows.length)).toEqual([8, 4])
    expect(supports(pruned)[0]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  test('weighs an entry by how often its row is used', () => {
    const columns = columnsOf([flat(6, 1)])
    const pruned = pruneColumns(columns, Float32Array.of(1, 1, 9, 9, 9, 9), 4)
    expect(supports(pruned)).toEqual([[2, 3, 4, 5]])
  })

  test('stays within the budget when no column has to be filled up', () => {
    const columns = columnsOf(
      Array.from({ length: 20 }, (_, c) =>
        Array.from(
          { length: 30 },
          (_, row) => [row, 1 + ((row * 7 + c * 13) % 31)] as const,
        ),
      ),
    )
    const pruned = pruneColumns(columns, new Float32Array(30).fill(1), 10)
    const kept = pruned.lengths.reduce((sum, length) => sum + length, 0)
    expect(kept).toBeGreaterThanOrEqual(200)
    expect(kept).toBeLessThanOrEqual(200 + 20) // ties at the floor stay
    expect(Math.max(...pruned.lengths)).toBeLessThanOrEqual(40)
  })

  test('gives no column more than four times the mean', () => {
    const columns = columnsOf([
      flat(100, 5),
      ...Array.from({ length: 9 }, () => flat(2, 1)),
    ])
    const pruned = pruneColumns(columns, new Float32Array(100).fill(1), 5)
    expect(pruned.lengths[0]).toBe(20)
  })

  test('drops what is not above 0, even from a short column', () => {
    const pruned = pruneColumns(
      columnsOf([
        [
          [0, -1],
          [1, 0],
          [2, 1],
        ],
        [],
      ]),
      Float32Array.of(1, 1, 1),
      4,
    )
    expect(supports(pruned)).toEqual([[2], []])
  })
})
