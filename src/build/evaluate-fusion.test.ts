import { expect, test } from 'vitest'
import { constantFusion } from '../scoring/fusion.ts'
import { sampleScoring } from '../scoring/sample-pack.test-data.ts'
import { evaluateFusion, isBetter, meanOf } from './share-bytes.ts'

const items = Array.from({ length: 30 }, () => ({}))
const scoring = sampleScoring({
  items,
  popularity: items.map((_, row) => 1 - row / 30),
})
const user = (history: number[], targets: number[]) => ({
  user: 0,
  history: Uint32Array.from(history),
  targets: Uint32Array.from(targets),
})

test('evaluates the list of unseen items, at every length of the history', () => {
  const fusion = constantFusion({ popularity: 1 })
  // most popular first: row 1 is the first that is new after row 0, the second before it
  const [first, last, partly] = evaluateFusion(
    scoring,
    [user([0], [1]), user([0], [29]), user([0, 5], [1, 29])],
    fusion,
  )
  expect(first).toBe(1)
  expect(last).toBe(0)
  // 1 of 2 found, in the first place, with one event and with both
  expect(partly).toBeCloseTo((1 / (1 + 1 / Math.log2(3)) + 0.5) / 2, 6)
})

test('is better only beyond what is asked for and beyond chance', () => {
  const before = Float64Array.from({ length: 50 }, (_, u) => (u % 5) / 5)
  const raised = (by: (u: number) => number) => before.map((x, u) => x + by(u))
  expect(
    isBetter(
      before,
      raised(() => 0.01),
      0.005,
    ),
  ).toBe(true)
  expect(
    isBetter(
      before,
      raised(() => 0.001),
      0.005,
    ),
  ).toBe(false)
  const noisy = raised((u) => (u % 2 === 0 ? 0.3 : -0.28))
  expect(meanOf(noisy)).toBeGreaterThan(meanOf(before) * 1.005)
  expect(isBetter(before, noisy, 0.005)).toBe(false)
  expect(isBetter(Float64Array.of(1), Float64Array.of(2), 0)).toBe(false)
  expect(meanOf(new Float64Array(0))).toBe(0)
})
