import { expect, test } from 'vitest'
import { int8, samplePack } from './sample-pack.test-data.ts'
import { poolInto, userInput } from './tower-input.ts'

const pack = samplePack({
  items: [{}, {}, {}],
  tower: {
    items: [
      [1, 0],
      [0, 2],
      [3, 3],
    ],
  },
  content: [[1], [1], [-1]],
})

test('is the weighted mean of tower vectors, then of content vectors', () => {
  const input = userInput(pack, [
    { index: 0, weight: 0.75 },
    { index: 1, weight: 0.25 },
  ])
  expect(input).toHaveLength(3)
  expect(input[0]).toBeCloseTo(0.75, 5)
  expect(input[1]).toBeCloseTo(0.5, 5)
  expect(input[2]).toBeCloseTo(1, 5)
})

test('does not change when all weights are scaled', () => {
  const small = userInput(pack, [
    { index: 0, weight: 0.1 },
    { index: 2, weight: 0.2 },
  ])
  const large = userInput(pack, [
    { index: 0, weight: 1 },
    { index: 2, weight: 2 },
  ])
  for (const [d, x] of small.entries()) expect(x).toBeCloseTo(large[d], 5)
})

test('is zero for an empty history and for weights of 0', () => {
  expect(userInput(pack, [])).toEqual(new Float32Array(3))
  expect(userInput(pack, [{ index: 1, weight: 0 }])).toEqual(new Float32Array(3))
})

test('an absent block takes no room', () => {
  const contentOnly = samplePack({ items: [{}], content: [[0, 1]] })
  expect(userInput(contentOnly, [{ index: 0, weight: 1 }])).toHaveLength(2)
  expect(userInput(samplePack({ items: [{}] }), [])).toHaveLength(0)
})

test('poolInto overwrites what was there', () => {
  const out = Float32Array.of(9, 9)
  poolInto(int8([[1, -1]]), [{ index: 0, weight: 0.5 }], out)
  expect(out[0]).toBeCloseTo(1, 5)
  expect(out[1]).toBeCloseTo(-1, 5)
})
