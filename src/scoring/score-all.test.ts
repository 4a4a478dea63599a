import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scanner } from '../math/scanner.ts'
import { topK } from '../math/top-k.ts'
import { checkerboard, ITEM_COUNT } from './checkerboard.test-data.ts'
import { feedbackDefaults, MIN_FEEDBACK_WEIGHT } from './feedback-terms.ts'
import { constantFusion, defaultFusion } from './fusion.ts'
import { scoreStranger } from './popularity-scores.ts'
import { prepareScoring } from './prepare-scoring.ts'
import { samplePack, sampleScoring, tasteOf } from './sample-pack.test-data.ts'
import { COMPONENTS, createScores, type ScoreRequest } from './score.ts'
import { scoreAll } from './score-all.ts'

describe('on checkerboard data', () => {
  const scoring = sampleScoring({
    ...checkerboard,
    popularity: new Array(ITEM_COUNT).fill(0),
  })

  test.each(['cf', 'tower', 'content', 'attributes'] as const)(
    '%s alone ranks the visitor’s colour before the other',
    (component) => {
      const scores = scoreAll(scoring, {
        taste: tasteOf([2, 4]),
        userVector: Float32Array.of(1, 0),
        fusion: constantFusion({ [component]: 1 }),
      })
      const best = [...topK(scores.score, ITEM_COUNT / 2)]
      expect(best.toSorted((a, b) => a - b)).toEqual([0, 2, 4, 6])
      expect(scores.components[component]).toEqual(scores.score)
    },
  )

  test('sequence alone ranks first what follows the newest event', () => {
    const fusion = constantFusion({ sequence: 1 })
    const newestIsTwo = scoreAll(scoring, { taste: tasteOf([2, 3]), fusion })
    expect([...topK(newestIsTwo.score, 2)]).toEqual([4, 5])
    const newestIsThree = scoreAll(scoring, { taste: tasteOf([3, 2]), fusion })
    expect([...topK(newestIsThree.score, 2)]).toEqual([5, 4])
  })
})

describe('an empty taste', () => {
  test('gives the order of popularity', () => {
    const popularity = [0.3, 0.9, 0.1, 0.5, 0.2, 0.8, 0.4, 0.6]
    const scoring = sampleScoring({ ...checkerboard, popularity })
    const userVector = Float32Array.of(5, 0) // towers know nothing without a history
    const scores = scoreAll(scoring, { taste: tasteOf([]), userVector })
    expect([...topK(scores.score, ITEM_COUNT)]).toEqual([1, 5, 7, 3, 6, 0, 4, 2])
    expect(scores.score).toEqual(scores.components.popularity)
  })

  test('with typed text ranks by the text', () => {
    const scoring = sampleScoring(checkerboard)
    const scores = scoreAll(scoring, {
      taste: tasteOf([]),
      textQuery: Float32Array.of(0, 1),
      fusion: constantFusion({ content: 1 }),
    })
    expect(topK(scores.score, 1)[0] % 2).toBe(1)
  })
})

test('what was scored before into the same memory leaves no trace', () => {
  const scoring = sampleScoring(checkerboard)
  const full = {
    taste: tasteOf([3, 2], { negative: { 5: 1 } }),
    userVector: Float32Array.of(1, 0),
    textQuery: Float32Array.of(0, 1),
  }
  const requests: ScoreRequest[] = [full, { taste: tasteOf([]) }, full]
  const into = createScores(ITEM_COUNT)
  for (const request of requests) {
    expect(scoreAll(scoring, request, into)).toBe(into)
    expect(into).toEqual(scoreAll(scoring, request))
  }
})

describe('feedback', () => {
  const scoring = sampleScoring(checkerboard)
  const at = (request: ScoreRequest, index: number) =>
    scoreAll(scoring, request).score[index]

  test('a like raises the item, a dislike lowers it, at any number of events', () => {
    for (const eventCount of [0, 1, 4, 10, 60]) {
      const plain = at({ taste: tasteOf([0], { eventCount }) }, 3)
      const liked = at({ taste: tasteOf([0], { eventCount, positive: { 3: 1 } }) }, 3)
      const refused = at({ taste: tasteOf([0], { eventCount, negative: { 3: 1 } }) }, 3)
      expect(liked).toBeGreaterThan(plain)
      expect(refused).toBeLessThan(plain)
    }
  })

  test('a dislike pushes the item’s neighbours away, a like draws them near', () => {
    const plain = at({ taste: tasteOf([0], { eventCount: 9 }) }, 5)
    const refused = tasteOf([0], { eventCount: 9, negative: { 3: 1 } })
    const liked = tasteOf([0, 3], { eventCount: 9 })
    expect(at({ taste: refused }, 5)).toBeLessThan(plain)
    expect(at({ taste: liked }, 5)).toBeGreaterThan(plain)
  })

  test('what was passed over loses its log odds, whatever the weights; others nothing', () => {
    for (const eventCount of [0, 1, 10, 60]) {
      const passed = tasteOf([0], { eventCount, passed: { 3: -1.5 } })
      const plain = scoreAll(scoring, { taste: tasteOf([0], { eventCount }) })
      const { score } = scoreAll(scoring, { taste: passed })
      expect(score[3]).toBeCloseTo(plain.score[3] - 1.5, 4)
      expect(score[5]).toBe(plain.score[5])
    }
  })

  test('where skips have a share, they push their neighbours away', () => {
    const taste = tasteOf([0], { eventCount: 9, passed: { 3: -1.5 } })
    const at5 = (skipShare: number) => at({ taste, skipShare }, 5)
    expect(at5(0.4)).toBeLessThan(at5(0.1))
    expect(at5(0.1)).toBeLessThan(at5(0))
  })

  test('odds that are no number or above 0 are none; endless ones stay finite', () => {
    const odds = { 1: Number.NaN, 2: 3, 3: -Infinity }
    const { components } = scoreAll(scoring, { taste: tasteOf([0], { passed: odds }) })
    expect([...components.feedback.slice(1, 3)]).toEqual([0, 0])
    expect(components.feedback[3]).toBeCloseTo(-100, 3)
  })

  test('is w1·(α e⁺ − β e⁻) + w3·(γ e⁺ − δ e⁻), in standard deviations', () => {
    const taste = tasteOf([0], { positive: { 1: 0.5 }, negative: { 1: 0.25, 2: 1 } })
    const fusion = constantFusion({ cf: 0.6, content: 0.4 })
    const { feedback } = scoreAll(scoring, { taste, fusion }).components
    const { alpha, beta, gamma, delta } = feedbackDefaults
    expect(feedback[1]).toBeCloseTo(
      0.6 * (alpha * 0.5 - beta * 0.25) + 0.4 * (gamma * 0.5 - delta * 0.25),
      5,
    )
    expect(feedback[2]).toBeCloseTo(-(0.6 * beta + 0.4 * delta), 5)
    expect(feedback[3]).toBe(0)
  })

  test('lowers even where cf and content were fitted to nothing or below', () => {
    const taste = tasteOf([0], { negative: { 2: 1 } })
    for (const weights of [{ popularity: 1 }, { cf: -1, content: -1 }, { cf: 0.01 }]) {
      const { components } = scoreAll(scoring, {
        taste,
        fusion: constantFusion(weights),
      })
      expect(components.feedback[2]).toBeCloseTo(-3 * MIN_FEEDBACK_WEIGHT, 5)
    }
  })
})

describe('refusals', () => {
  const scoring = sampleScoring(checkerboard)
  const fusion = defaultFusion

  test('names the vector of the wrong length', () => {
    const taste = tasteOf([0])
    expect(() => scoreAll(scoring, { taste, userVector: new Float32Array(3) })).toThrow(
      'wrong length for userVector: got 3, expected 2.',
    )
    expect(() => scoreAll(scoring, { taste, textQuery: new Float32Array(9) })).toThrow(
      'wrong length for textQuery: got 9, expected 2.',
    )
  })

  test.each([-1, ITEM_COUNT, 0.5, Number.NaN])('refuses index %s', (index) => {
    const taste = tasteOf([[index, 1]])
    expect(() => scoreAll(scoring, { taste, fusion })).toThrow(
      `unknown index: got ${index}`,
    )
  })
})

fc.configureGlobal({ seed: 1 }) // the same cases every run

describe('invariants', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true })
  const signed = fc.double({ min: -1, max: 1, noNaN: true })
  const matrix = (columns: number, value: fc.Arbitrary<number>) =>
    fc.array(fc.array(value, { minLength: columns, maxLength: columns }), {
      minLength: 6,
      maxLength: 6,
    })
  const feedback = fc.dictionary(fc.constantFrom('0', '1', '5'), unit)
  const request = fc.record({
    items: fc.uniqueArray(fc.nat(5), { maxLength: 6 }),
    positive: feedback,
    negative: feedback,
    eventCount: fc.nat(60),
  })
  const blocks = fc.record(
    {
      cf: matrix(6, unit),
      sequence: matrix(6, unit),
      content: matrix(3, signed),
      towerItems: matrix(2, signed),
      popularity: fc.array(unit, { minLength: 6, maxLength: 6 }),
    },
    { requiredKeys: [] },
  )

  test('the components add up to the score, and every number is finite', () => {
    fc.assert(
      fc.property(blocks, request, ({ towerItems, ...pack }, visitor) => {
        const scoring = sampleScoring({
          items: Array.from({ length: 6 }, (_, i) => ({ genres: [`${i % 2}`] })),
          ...pack,
          ...(towerItems ? { tower: { items: towerItems } } : {}),
        })
        const taste = tasteOf(visitor.items, visitor)
        const userVector = Float32Array.of(0.5, -1)
        const { score, components } = scoreAll(scoring, { taste, userVector })
        for (let index = 0; index < 6; index++) {
          const sum = COMPONENTS.reduce(
            (total, component) => total + components[component][index],
            0,
          )
          expect(Number.isFinite(score[index])).toBe(true)
          expect(Math.abs(sum - score[index])).toBeLessThan(1e-3)
        }
      }),
    )
  })

  test('a component without its block is zero, and the others do not change for it', () => {
    const { tower: _, ...withoutTower } = checkerboard
    const taste = tasteOf([2])
    const userVector = Float32Array.of(1, 0)
    const all = scoreAll(sampleScoring(checkerboard), { taste, userVector })
    const fewer = scoreAll(sampleScoring(withoutTower), { taste, userVector })
    expect(fewer.components.tower).toEqual(new Float32Array(ITEM_COUNT))
    expect(fewer.components.cf).toEqual(all.components.cf)
    expect(fewer.components.popularity).toEqual(all.components.popularity)
  })

  test('a user vector that is not finite is left out', () => {
    const scoring = sampleScoring(checkerboard)
    const userVector = Float32Array.of(Number.NaN, 1)
    const { components, score } = scoreAll(scoring, { taste: tasteOf([1]), userVector })
    expect(components.tower).toEqual(new Float32Array(ITEM_COUNT))
    expect(score.every(Number.isFinite)).toBe(true)
  })

  test('uses whatever scanner it is given, and holds each table once', () => {
    const held: number[] = []
    const scanner: Scanner = {
      kind: 'js',
      hold: ({ rows, dim }) => {
        held.push(dim)
        return {
          rows,
          dim,
          scanInto: (_, out) => out.set([...out.keys()]),
        }
      },
    }
    const scoring = prepareScoring(samplePack(checkerboard), scanner)
    const fusion = constantFusion({ content: 1 })
    const { score } = scoreAll(scoring, { taste: tasteOf([0]), fusion })
    expect(held).toEqual([2, 2])
    expect([...topK(score, ITEM_COUNT)]).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
  })

  test('answers two requests with arrays of their own', () => {
    const scoring = sampleScoring(checkerboard)
    const first = scoreAll(scoring, { taste: tasteOf([0]) })
    const kept = first.score.slice()
    scoreAll(scoring, { taste: tasteOf([1]) })
    expect(first.score).toEqual(kept)
  })
})

test('of a stranger the scores are those of popularity alone, made without the rest', () => {
  const request = { taste: tasteOf([]) }
  for (const popularity of [[], Array.from({ length: ITEM_COUNT }, (_, i) => i % 3)]) {
    const zeros = new Array(ITEM_COUNT).fill(0)
    const scoring = sampleScoring({
      ...checkerboard,
      popularity: popularity.length > 0 ? popularity : zeros,
    })
    const whole = scoreAll(scoring, request)
    const into = createScores(scoring.pack.itemCount)
    into.components.cf.fill(7) // left over from another list
    expect(scoreStranger(scoring, request, into)).toEqual(whole)
  }
})
