import { expect, test } from 'vitest'
import { placeInTower } from './cold-start.ts'

/** Known items 0 and 1, a cold-start item 2 that the item tower puts at [1, 0]. */
const tower = {
  dim: 2,
  items: Float32Array.of(4, 0, 0, 2, 1, 0),
  bias: Float32Array.of(-1, -3, -9),
  user: [],
}
const known = Uint32Array.of(0, 1)
const cold = Uint32Array.of(2)
const place = (...alpha: number[]) =>
  placeInTower(tower, { known, cold, alpha: () => Float64Array.from(alpha) })

test('a cold-start item stands between what it is a mixture of and where the tower had it', () => {
  const { items, bias } = place(0.5, 0)
  // mean [2, 1] and half of [4, 0] less it: [3, .5]; then half way to [1, 0]
  expect([...items.subarray(4)]).toEqual([2, 0.25])
  expect(bias[2]).toBeCloseTo(-1.5, 6)
})

test('stays in what ReLU and the known biases allow', () => {
  const { items, bias } = place(3, 0)
  expect([...items.subarray(4)]).toEqual([4.5, 0])
  expect(bias[2]).toBe(-1)
})

test('leaves known items and what it was given as they were', () => {
  const { items } = place(0.5, 0)
  expect([...items.subarray(0, 4)]).toEqual([4, 0, 0, 2])
  expect([...tower.items.subarray(4)]).toEqual([1, 0])
})
