import { describe, expect, test } from 'vitest'
import type { SparseRows } from '../catalogue/pack-source.ts'
import { decodeSparse, encodeSparse } from '../catalogue/sparse-block.ts'
import { addColdRows } from './cold-rows.ts'

/** Items 0 and 1 go together, 2 and 3 go together; 4 is cold and reads like 0. */
const rowFactors = Float32Array.of(1, 2, 0.5, 1, 0)
const columnFactors = Float32Array.of(0.5, 1, 1, 4, 0)
const rows: SparseRows = {
  kind: 'item-item',
  rows: 5,
  columns: 5,
  indptr: Uint32Array.of(0, 1, 2, 3, 4, 4),
  indices: Uint32Array.of(1, 0, 3, 2),
  // s = 0.2, 0.2, 0.4, 0.4
  values: Float32Array.of(0.2, 0.2, 0.8, 0.4),
  pairs: {
    rowFactors,
    columnFactors,
    latent: { dim: 1, vectors: Float32Array.of(1, 0.5, -1, -0.5, 0) },
  },
}
const content = { dim: 2, vectors: Float32Array.of(1, 0, 0.6, 0.8, 0, 1, -1, 0, 1, 0) }
const entities = {
  entities: [],
  indptr: new Uint32Array(6),
  indices: new Uint16Array(0),
}
const counts = Uint32Array.of(3, 3, 3, 3, 0)

describe('cold items in a symmetric kernel', () => {
  const added = addColdRows(rows, { counts, content, entities })

  test('can be written, which asks for both directions of every pair', () => {
    const bytes = encodeSparse('cf', added)
    const read = decodeSparse(bytes, { file: 'cf', block: 'cf', rows: 5 })
    expect(read.indptr).toEqual(added.indptr)
    expect(read.indptr[5] - read.indptr[4]).toBeGreaterThan(0)
  })

  test('have factors between those of their neighbours, and vectors like theirs', () => {
    const { pairs } = added
    expect(pairs!.rowFactors[4]).toBeGreaterThan(0.5)
    expect(pairs!.rowFactors[4]).toBeLessThan(2)
    expect(pairs!.columnFactors[4]).toBeGreaterThan(0)
    expect(pairs!.latent!.vectors[4]).toBeGreaterThan(0)
    expect(pairs!.latent!.vectors[4]).toBeLessThan(1)
  })

  test('leave the warm ones as they were', () => {
    expect(added.pairs!.rowFactors.subarray(0, 4)).toEqual(rowFactors.subarray(0, 4))
    for (let row = 0; row < 4; row++) {
      for (let e = added.indptr[row]; e < added.indptr[row + 1]; e++) {
        if (added.indices[e] === 4) continue
        const was = rows.values[rows.indptr[row]]
        expect(added.values[e]).toBeCloseTo(was, 6)
      }
    }
  })
})
