import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scanner } from '../math/scanner.ts'
import { topK } from '../math/top-k.ts'
import { EVIDENCE_FLOOR } from './evidence.ts'
import { evidenceDefaults } from './formulas.ts'
import { constantFusion, defaultFusion } from './fusion.ts'
import {
  type SampleOptions,
  samplePack,
  sampleScoring,
  tasteOf,
} from './sample-pack.test-data.ts'
import { PARTS, type ScoreRequest } from './score.ts'
import { prepareScoring, scoreAll } from './score-all.ts'

fc.configureGlobal({ seed: 1 }) // the same cases every run

/** Even rows belong to one world, odd rows to another: the right answer is known. */
const ROWS = 8
const isSameColour = (a: number, b: number) => a % 2 === b % 2
const checkerboard: SampleOptions = {
  items: Array.from({ length: ROWS }, (_, row) => ({ genres: [`genre ${row % 2}`] })),
  cf: square((a, b) => (a !== b && isSameColour(a, b) ? 1 : 0)),
  sequence: square((a, b) => (b === (a + 2) % ROWS ? 1 : 0)),
  content: square((_, b) => b).map((_, row) => (row % 2 === 0 ? [1, 0.1] : [0.1, 1])),
  tower: {
    items: Array.from({ length: ROWS }, (_, row) => (row % 2 === 0 ? [1, 0] : [0, 1])),
  },
  popularity: Array.from({ length: ROWS }, (_, row) => row / ROWS),
}

function square(valueAt: (a: number, b: number) => number) {
  return Array.from({ length: ROWS }, (_, a) =>
    Array.from({ length: ROWS }, (_, b) => valueAt(a, b)),
  )
}

describe('on checkerboard data', () => {
  const scoring = sampleScoring({
    ...checkerboard,
    popularity: new Array(ROWS).fill(0),
  })

  test.each(['cf', 'tower', 'content', 'knowledge'] as const)(
    '%s alone ranks the visitor’s colour before the other',
    (part) => {
      const scores = scoreAll(scoring, {
        taste: tasteOf([2, 4]),
        userVector: Float32Array.of(1, 0),
        fusion: constantFusion({ [part]: 1 }),
      })
      const best = [...topK(scores.score, ROWS / 2)]
      expect(best.toSorted((a, b) => a - b)).toEqual([0, 2, 4, 6])
      expect(scores.parts[part]).toEqual(scores.score)
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
    expect([...topK(scores.score, ROWS)]).toEqual([1, 5, 7, 3, 6, 0, 4, 2])
    expect(scores.score).toEqual(scores.parts.popularity)
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

describe('evidence', () => {
  const scoring = sampleScoring(checkerboard)
  const at = (request: ScoreRequest, row: number) =>
    scoreAll(scoring, request).score[row]

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

  test('is w1·(α e⁺ − β e⁻) + w3·(γ e⁺ − δ e⁻), in standard deviations', () => {
    const taste = tasteOf([0], { positive: { 1: 0.5 }, negative: { 1: 0.25, 2: 1 } })
    const fusion = constantFusion({ cf: 0.6, content: 0.4 })
    const { evidence } = scoreAll(scoring, { taste, fusion }).parts
    const { alpha, beta, gamma, delta } = evidenceDefaults
    expect(evidence[1]).toBeCloseTo(
      0.6 * (alpha * 0.5 - beta * 0.25) + 0.4 * (gamma * 0.5 - delta * 0.25),
      5,
    )
    expect(evidence[2]).toBeCloseTo(-(0.6 * beta + 0.4 * delta), 5)
    expect(evidence[3]).toBe(0)
  })

  test('lowers even where cf and content were fitted to nothing or below', () => {
    const taste = tasteOf([0], { negative: { 2: 1 } })
    for (const weights of [{ popularity: 1 }, { cf: -1, content: -1 }, { cf: 0.01 }]) {
      const { parts } = scoreAll(scoring, { taste, fusion: constantFusion(weights) })
      expect(parts.evidence[2]).toBeCloseTo(-3 * EVIDENCE_FLOOR, 5)
    }
  })
})

describe('invariants', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true })
  const signed = fc.double({ min: -1, max: 1, noNaN: true })
  const matrix = (columns: number, value: fc.Arbitrary<number>) =>
    fc.array(fc.array(value, { minLength: columns, maxLength: columns }), {
      minLength: 6,
      maxLength: 6,
    })
  const evidence = fc.dictionary(fc.constantFrom('0', '1', '5'), unit)
  const request = fc.record({
    rows: fc.uniqueArray(fc.nat(5), { maxLength: 6 }),
    positive: evidence,
    negative: evidence,
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

  test('the parts add up to the score, and every number is finite', () => {
    fc.assert(
      fc.property(blocks, request, ({ towerItems, ...pack }, visitor) => {
        const scoring = sampleScoring({
          items: Array.from({ length: 6 }, (_, i) => ({ genres: [`${i % 2}`] })),
          ...pack,
          ...(towerItems ? { tower: { items: towerItems } } : {}),
        })
        const taste = tasteOf(visitor.rows, visitor)
        const userVector = Float32Array.of(0.5, -1)
        const { score, parts } = scoreAll(scoring, { taste, userVector })
        for (let row = 0; row < 6; row++) {
          const sum = PARTS.reduce((total, part) => total + parts[part][row], 0)
          expect(Number.isFinite(score[row])).toBe(true)
          expect(Math.abs(sum - score[row])).toBeLessThan(1e-3)
        }
      }),
    )
  })

  test('a part without its block is zero, and the others do not change for it', () => {
    const { tower: _, ...withoutTower } = checkerboard
    const taste = tasteOf([2])
    const userVector = Float32Array.of(1, 0)
    const all = scoreAll(sampleScoring(checkerboard), { taste, userVector })
    const fewer = scoreAll(sampleScoring(withoutTower), { taste, userVector })
    expect(fewer.parts.tower).toEqual(new Float32Array(ROWS))
    expect(fewer.parts.cf).toEqual(all.parts.cf)
    expect(fewer.parts.popularity).toEqual(all.parts.popularity)
  })

  test('a user vector that is not finite is left out', () => {
    const scoring = sampleScoring(checkerboard)
    const userVector = Float32Array.of(Number.NaN, 1)
    const { parts, score } = scoreAll(scoring, { taste: tasteOf([1]), userVector })
    expect(parts.tower).toEqual(new Float32Array(ROWS))
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
    expect([...topK(score, ROWS)]).toEqual([7, 6, 5, 4, 3, 2, 1, 0])
  })

  test('answers two requests with arrays of their own', () => {
    const scoring = sampleScoring(checkerboard)
    const first = scoreAll(scoring, { taste: tasteOf([0]) })
    const kept = first.score.slice()
    scoreAll(scoring, { taste: tasteOf([1]) })
    expect(first.score).toEqual(kept)
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

  test.each([-1, ROWS, 0.5, Number.NaN])('refuses row %s', (row) => {
    const taste = tasteOf([[row, 1]])
    expect(() => scoreAll(scoring, { taste, fusion })).toThrow(
      `unknown row: got ${row}`,
    )
  })
})
