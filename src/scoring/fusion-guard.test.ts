import { describe, expect, test } from 'vitest'
import { createRandom } from '../math/random.ts'
import { compareFusions, MIN_GUESSES } from './fusion-guard.ts'
import type { Observation } from './online-fusion.ts'

const CANDIDATES = 5
/** Chances of the five candidates under each fusion; the visitor takes the first ones. */
const SHIPPED = [0.4, 0.3, 0.15, 0.1, 0.05]
const REVERSED = [...SHIPPED].reverse()
const taken = (index: number) => 0.5 - 0.1 * index

/** Guesses drawn half by the one and half by the other. */
function guesses(
  count: number,
  learned: readonly number[],
  { seed = 1, takes = taken }: { seed?: number; takes?: typeof taken } = {},
): Observation[] {
  const random = createRandom(seed)
  const chanceOf = (i: number) => (SHIPPED[i]! + learned[i]!) / 2
  return Array.from({ length: count }, () => {
    let left = random.next()
    let index = 0
    while (index < CANDIDATES - 1 && left >= chanceOf(index)) left -= chanceOf(index++)
    return {
      ...{ place: 3, components: {}, isTaken: random.next() < takes(index) },
      propensity: chanceOf(index),
      chances: { shipped: SHIPPED[index]!, learned: learned[index]! },
    }
  })
}
const trueValue = (chances: readonly number[]) =>
  chances.reduce((sum, chance, i) => sum + chance * taken(i), 0)

describe('the guard', () => {
  test('trips on a ranker that does worse, and its estimates are near the truth', () => {
    const { isWorse, difference, interval, takenShare } = compareFusions(
      guesses(600, REVERSED),
    )
    expect(isWorse).toBe(true)
    const [lower, upper] = interval!
    const truth = trueValue(REVERSED) - trueValue(SHIPPED)
    expect(difference).toBeLessThan(0)
    expect(truth).toBeGreaterThan(lower)
    expect(truth).toBeLessThan(upper)
    expect(takenShare!.shipped).toBeCloseTo(trueValue(SHIPPED), 1)
    expect(takenShare!.learned).toBeCloseTo(trueValue(REVERSED), 1)
    expect(takenShare!.shippedByIps).toBeCloseTo(trueValue(SHIPPED), 1)
  })

  test('seldom trips where both do as well', () => {
    const trips = Array.from({ length: 40 }, (_, seed) =>
      compareFusions(guesses(200, REVERSED, { seed, takes: () => 0.3 })),
    ).filter(({ isWorse }) => isWorse)
    expect(trips.length).toBeLessThanOrEqual(4)
  })

  test('states nothing of a few guesses, and reads no view that was none', () => {
    expect(compareFusions(guesses(MIN_GUESSES - 1, REVERSED))).toEqual({
      ...{ guesses: MIN_GUESSES - 1, isWorse: false },
    })
    const views = guesses(50, REVERSED).map(({ chances: _, ...view }) => view)
    expect(compareFusions(views)).toEqual({ guesses: 0, isWorse: false })
  })

  test('a forged propensity weighs no more than ten guesses', () => {
    const honest = guesses(200, SHIPPED)
    const forged: Observation = {
      ...honest[0]!,
      ...{ isTaken: true, propensity: Number.MIN_VALUE },
      chances: { shipped: 1, learned: 0 },
    }
    const { difference } = compareFusions([...honest, forged])
    expect(Math.abs(difference!)).toBeLessThan(10 / 200)
  })
})
