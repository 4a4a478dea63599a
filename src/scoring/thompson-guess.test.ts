import { expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { createScores } from './score.ts'
import { AS_SHIPPED, drawThompson } from './thompson-guess.ts'

const scores = createScores(6)
scores.components.cf.set([2, 1, 0, 0, -1, 0.5])
scores.components.popularity.set([0, 0, 1, 2, 0, 0.5])
scores.score.set([2, 1, 1, 2, -1, 1])
const candidates = Uint32Array.of(0, 1, 2, 3, 4)
const towardsCf = { ...AS_SHIPPED, cf: 2, popularity: 0.5 }
const awayFromCf = { ...AS_SHIPPED, cf: 0.5, popularity: 2 }
const draw = (seed: number, draws = [towardsCf, awayFromCf]) =>
  drawThompson(candidates, scores.score, {
    ...{ random: createRandom(seed), scores },
    weights: { used: AS_SHIPPED, learned: towardsCf, draws },
  })!

test('the propensity logged is how often an item is drawn', () => {
  const counts = new Map<number, number>()
  const propensities = new Map<number, number>()
  const n = 20_000
  for (let seed = 0; seed < n; seed++) {
    const { index, propensity } = draw(seed)
    counts.set(index, (counts.get(index) ?? 0) + 1)
    propensities.set(index, propensity)
  }
  for (const [index, propensity] of propensities) {
    expect(Math.abs(counts.get(index)! / n - propensity)).toBeLessThan(0.015)
  }
  const total = [...propensities.values()].reduce((sum, p) => sum + p, 0)
  expect(total).toBeCloseTo(1, 6)
})

test('the chances are those of both fusions alone', () => {
  const learnedOnly = draw(1, [towardsCf])
  expect(learnedOnly.propensity).toBeCloseTo(learnedOnly.chances!.learned, 9)
  const shippedOnly = draw(1, [AS_SHIPPED])
  expect(shippedOnly.propensity).toBeCloseTo(shippedOnly.chances!.shipped, 9)
})

test('the same stream draws the same item; of no candidates there is no guess', () => {
  expect(draw(7)).toEqual(draw(7))
  const none = drawThompson(new Uint32Array(), scores.score, {
    ...{ random: createRandom(1), scores },
    weights: { used: AS_SHIPPED, learned: AS_SHIPPED, draws: [AS_SHIPPED] },
  })
  expect(none).toBeUndefined()
})
