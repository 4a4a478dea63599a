import { describe, expect, test } from 'vitest'
import { toPositives } from '../../build/dataset/positives.ts'
import {
  plantedDataset,
  positivesOf,
  randomLists,
} from '../../build/planted.test-data.ts'
import { fitFactors, type IalsFactors, ials } from './ials.ts'

const settings = { unseen: 0.2, ridge: 0.05, dim: 3 }
const ITEMS = 10
const train = positivesOf(randomLists({ users: 30, items: ITEMS, seed: 2 }), ITEMS)

/** What the factors x of a visitor cost: the terms of the loss that hold x. */
function lossOf(x: Float64Array, history: Uint32Array, { items }: IalsFactors): number {
  const { unseen, ridge, dim } = settings
  let loss = 0
  for (let row = 0; row < ITEMS; row++) {
    const product = x.reduce((sum, value, d) => sum + value * items[row * dim + d], 0)
    loss += unseen * product ** 2
    if (history.includes(row)) loss += (1 - product) ** 2
  }
  const square = x.reduce((sum, value) => sum + value ** 2, 0)
  return loss + ridge * (history.length + unseen * ITEMS) * square
}

describe('iALS', () => {
  test('of one user with the one item there is: 1 / (1 + α) − λ', () => {
    // x² = y² = p at the end, and x = y / (y² + α·y² + λ·(1 + α)): so (p + λ)·(1 + α) = 1
    const fitted = { unseen: 0.5, ridge: 0.1, dim: 1 }
    const scorer = ials.fit(positivesOf([[0]], 1), fitted)
    expect(scorer(Uint32Array.of(0))[0]).toBeCloseTo(1 / 1.5 - 0.1, 4)
  })

  test('a visitor has the user vector of least loss', () => {
    const factors = fitFactors(train, settings)
    for (const history of [Uint32Array.of(4), Uint32Array.of(1, 4, 9)]) {
      const x = factors.userVector(history)
      const least = lossOf(x, history, factors)
      for (let d = 0; d < settings.dim; d++) {
        for (const step of [-1e-3, 1e-3]) {
          const moved = x.with(d, x[d] + step)
          expect(lossOf(moved, history, factors)).toBeGreaterThan(least)
        }
      }
    }
  })

  test('scores are the products of the factors, and 0 for an empty history', () => {
    const { items, userVector } = fitFactors(train, settings)
    const history = Uint32Array.of(2, 7)
    const [a, b, c] = userVector(history)
    const scorer = ials.fit(train, settings)
    const expected = a * items[15] + b * items[16] + c * items[17]
    expect(scorer(history)[5]).toBeCloseTo(expected, 6)
    expect([...scorer(new Uint32Array(0))]).toEqual(Array(ITEMS).fill(0))
  })

  test('finds the planted groups', () => {
    const planted = plantedDataset({ users: 80, items: 40, choices: 8, seed: 3 })
    const groups = toPositives(planted.interactions!, 40)
    const scores = ials.fit(groups, { ...ials.start, dim: 8 })(Uint32Array.of(0, 1, 2))
    const mean = (from: number, to: number) =>
      scores.slice(from, to).reduce((sum, score) => sum + score, 0) / (to - from)
    expect(mean(3, 20)).toBeGreaterThan(10 * Math.abs(mean(20, 40)))
  })
})
