import { describe, expect, test } from 'vitest'
import type { SparseRows } from '../catalogue/pack-source.ts'
import { addColdRows } from './cold-rows.ts'

/** Items 0 and 1 go together, 2 and 3 go together; 4 is cold and reads like 0. */
const rows: SparseRows = {
  kind: 'item-item',
  rows: 5,
  columns: 5,
  indptr: Uint32Array.of(0, 1, 2, 3, 4, 4),
  indices: Uint32Array.of(1, 0, 3, 2),
  values: Float32Array.of(1, 1, 1, 1),
}
const vectors = Float32Array.of(1, 0, 0.6, 0.8, 0, 1, -1, 0, 1, 0)
const noEntities = {
  entities: [],
  indptr: new Uint32Array(6),
  indices: new Uint16Array(0),
}
const counts = Uint32Array.of(3, 3, 3, 3, 0)

function value(table: SparseRows, row: number, column: number) {
  for (let e = table.indptr[row]; e < table.indptr[row + 1]; e++) {
    if (table.indices[e] === column) return table.values[e]
  }
  return 0
}

describe('addColdRows', () => {
  test('a cold item follows what its like is followed by, at a discount', () => {
    const content = { dim: 2, vectors }
    const added = addColdRows(rows, { counts, content, entities: noEntities })
    expect(value(added, 1, 4)).toBeGreaterThan(value(added, 3, 4))
    expect(value(added, 4, 1)).toBeGreaterThan(value(added, 4, 3))
    expect(value(added, 0, 4)).toBeGreaterThan(0)
    expect(value(added, 0, 4)).toBeLessThan(1)
  })

  test('leaves every entry between warm items as it was', () => {
    const content = { dim: 2, vectors }
    const added = addColdRows(rows, { counts, content, entities: noEntities })
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        expect(value(added, row, column)).toBe(value(rows, row, column))
      }
    }
  })

  test('without text a shared entity is enough, and no likeness gives nothing', () => {
    const entities = {
      entities: [{ name: 'sea', relation: 'genre' as const }],
      indptr: Uint32Array.of(0, 0, 0, 1, 1, 2),
      indices: Uint16Array.of(0, 0),
    }
    const added = addColdRows(rows, { counts, entities })
    expect(value(added, 4, 3)).toBeGreaterThan(0)
    expect(value(added, 4, 1)).toBe(0)
    expect(addColdRows(rows, { counts, entities: noEntities }).values).toHaveLength(4)
  })

  test('is the same object when nothing is cold', () => {
    const warm = Uint32Array.of(1, 1, 1, 1, 1)
    expect(addColdRows(rows, { counts: warm, entities: noEntities })).toBe(rows)
  })
})
