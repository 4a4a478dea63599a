import { describe, expect, test } from 'vitest'
import { plantedDataset, positivesOf, randomLists } from '../../training/planted.ts'
import { toPositives } from '../../training/positives.ts'
import { fitIals, ials } from './ials.ts'

const settings = { unseen: 0.2, ridge: 0.05, dim: 3 }

describe('iALS', () => {
  test('scores of one entry follow from least squares on one dimension', () => {
    // one user with the one item there is; x and y tend to a fixed point of
    // x = y / (y² + α·y² + λ·(1 + α)), and the same for y
    const score = fitIals(positivesOf([[0]], 1), { unseen: 0.5, ridge: 0.1, dim: 1 })(
      Uint32Array.of(0),
    )[0]
    // x·y = p with x² = y² = p: p·(1 + α) + λ·(1 + α) = 1
    expect(score).toBeCloseTo(1 / 1.5 - 0.1, 4)
  })

  test('a folded-in visitor has the factors that minimise the loss', () => {
    const lists = randomLists({ users: 30, items: 10, seed: 2 })
    const scorer = fitIals(positivesOf(lists, 10), settings)
    // with as many factors as needed the scores of all items span the factors, so the
    // gradient of the loss in x is tested through the items' scores of two histories
    const both = scorer(Uint32Array.of(1, 4))
    expect(both[1] + both[4]).toBeGreaterThan(both[0] + both[9])
    expect([...scorer(new Uint32Array(0))]).toEqual(Array(10).fill(0))
  })

  test('finds the planted groups', () => {
    const planted = plantedDataset({ users: 80, items: 40, choices: 8, seed: 3 })
    const train = toPositives(planted.interactions!, 40)
    const scores = ials.fit(train, { ...ials.start, dim: 8 })(Uint32Array.of(0, 1, 2))
    const mean = (from: number, to: number) =>
      scores.slice(from, to).reduce((sum, score) => sum + score, 0) / (to - from)
    expect(mean(3, 20)).toBeGreaterThan(10 * Math.abs(mean(20, 40)))
  })

  test('the same data give the same scores', () => {
    const train = positivesOf(randomLists({ users: 10, items: 8, seed: 1 }), 8)
    const history = Uint32Array.of(1, 2)
    expect(fitIals(train, settings)(history)).toEqual(fitIals(train, settings)(history))
  })
})
