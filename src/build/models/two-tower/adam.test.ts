import { expect, test } from 'vitest'
import { createAdam } from './adam.ts'

test('equals two steps worked by hand', () => {
  // step 1: m̂ = g, v̂ = g², so the move is rate · sign(g)
  const theta = Float32Array.of(1, 1)
  const adam = createAdam([theta], [0])
  adam.step([Float32Array.of(2, -0.5)], 0.1)
  expect(theta[0]).toBeCloseTo(0.9, 6)
  expect(theta[1]).toBeCloseTo(1.1, 6)
  // step 2 with g = 0: m = .9·.1·2 = .18, m̂ = .18/.19; v = .999·.001·4, v̂ = v/.001999
  adam.step([Float32Array.of(0, 0)], 0.1)
  const move = (0.1 * (0.18 / 0.19)) / Math.sqrt((0.999 * 0.004) / 0.001999)
  expect(theta[0]).toBeCloseTo(0.9 - move, 5)
})

test('decays the weights apart from the gradient', () => {
  const theta = Float32Array.of(2)
  createAdam([theta], [0.5]).step([Float32Array.of(0)], 0.1)
  expect(theta[0]).toBeCloseTo(2 * 0.95, 6)
})

test('finds the lowest point of a bowl', () => {
  const theta = Float32Array.of(5, -3)
  const adam = createAdam([theta], [0])
  for (let n = 0; n < 2000; n++) {
    adam.step([Float32Array.of(2 * (theta[0] - 1), 20 * (theta[1] - 2))], 0.02)
  }
  expect(theta[0]).toBeCloseTo(1, 2)
  expect(theta[1]).toBeCloseTo(2, 2)
})

test('refuses gradients of another shape', () => {
  const adam = createAdam([new Float32Array(2)], [0])
  expect(() => adam.step([new Float32Array(3)], 0.1)).toThrow(
    'wrong length for gradient 0: got 3, expected 2.',
  )
  expect(() => createAdam([new Float32Array(2)], [])).toThrow('wrong length for decays')
})
