import { expect, test } from 'vitest'
import { positivesOf } from '../../build/planted.test-data.ts'
import { choosePrior, rateOf, withPrior } from './prepare.ts'

test('the rate is the share of users with any entry who have the item', () => {
  const rate = rateOf(positivesOf([[0, 1], [0], [], [0, 2]], 4))
  expect([...rate]).toEqual([1, Math.fround(1 / 3), Math.fround(1 / 3), 0])
})

test('adds weight times rate to every score', () => {
  const scorer = withPrior(() => Float32Array.of(1, 2), Float32Array.of(0.5, 0), 4)
  expect([...scorer(new Uint32Array(0))]).toEqual([3, 2])
})

const ITEMS = 30
const visitors = Array.from({ length: 6 }, (_, user) => ({
  user,
  history: Uint32Array.of(29),
  targets: Uint32Array.of(0),
}))
/** Row 0 is the most popular. */
const rate = Float32Array.from({ length: ITEMS }, (_, row) => 1 / (row + 1))

test('a model that knows nothing gets a prior, one that knows everything none', () => {
  const worst = () => Float32Array.from({ length: ITEMS }, (_, row) => row / ITEMS)
  expect(choosePrior(worst, visitors, { k: 'all', rate }).weight).toBeGreaterThan(0.5)
  const perfect = () => Float32Array.from({ length: ITEMS }, (_, row) => -row)
  const chosen = choosePrior(perfect, visitors, { k: 'all', rate })
  expect(chosen).toEqual({ weight: 0, quality: 1 })
})
