import { expect, test } from 'vitest'
import { encodeSparse } from '../../../pack/sparse-block.ts'
import { toPairRows } from './kernel.ts'

const fitted = {
  pairs: {
    indptr: Uint32Array.of(0, 2, 3, 4, 4),
    indices: Uint32Array.of(1, 2, 0, 0),
    strengths: Float32Array.of(0.5, -0.25, 0.5, -0.25),
  },
  precision: Float32Array.of(4, 1, 0.25, 0),
  relativeCounts: Float32Array.of(1, 16, 1, 0),
}

test('puts the factors round every pair, worked by hand', () => {
  const rows = toPairRows(fitted, { targetPower: 0.25 })
  // 0 → 1: √4 · 0.5 · 16^−¼ / √1; 1 → 0: √1 · 0.5 · 1 / √4
  expect([...rows.values]).toEqual([0.5, 0.25])
  expect([...rows.indptr]).toEqual([0, 1, 2, 2, 2])
  expect([...rows.indices]).toEqual([1, 0])
  expect([...rows.pairs!.columnFactors]).toEqual([0.5, 0.5, 2, 0])
  expect(() => encodeSparse('cf', rows)).not.toThrow()
})

test('a low-rank term carries the root of its weight, and is left out at 0', () => {
  const latent = { dim: 1, vectors: Float32Array.of(1, 2, 3, 4) }
  const rows = toPairRows(fitted, { targetPower: 0 }, { ...latent, weight: 4 })
  expect([...rows.pairs!.latent!.vectors]).toEqual([2, 4, 6, 8])
  const without = toPairRows(fitted, { targetPower: 0 }, { ...latent, weight: 0 })
  expect(without.pairs!.latent).toBeUndefined()
})
