import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { type FusionCase, meanQuality, meanTopScore } from './cases.ts'
import { searchWeights } from './fusion.ts'

/** 60 candidates a case: component 0 points at the targets through noise, component 1 is noise. */
function makeCases(count: number): FusionCase[] {
  const random = createRandom(3)
  return Array.from({ length: count }, () => {
    const rows = Uint32Array.from({ length: 60 }, (_, row) => row + 100)
    const targets = new Set(random.shuffleInto([...rows]).slice(0, 10))
    const values = new Float32Array(120)
    rows.forEach((row, c) => {
      values[c] = (targets.has(row) ? 1 : 0) + random.normal() * 0.7
      values[60 + c] = random.normal()
    })
    return { rows, values, targets }
  })
}

describe('meanQuality', () => {
  const one: FusionCase = {
    rows: Uint32Array.of(5, 9),
    values: Float32Array.of(2, 1, /**/ 0, 3),
    targets: new Set([9]),
  }

  test('equals the mean of NDCG and recall worked by hand', () => {
    expect(meanQuality([one], [1, 0])).toBeCloseTo((1 / Math.log2(3) + 1) / 2, 9)
    expect(meanQuality([one], [1, 1])).toBe(1) // 9 scores 4, 5 scores 2
    expect(meanQuality([], [1, 1])).toBe(0)
  })

  test('the mean top score is that of the blend', () => {
    expect(meanTopScore([one], [1, 1])).toBe(3)
    expect(meanTopScore([], [1, 1])).toBe(0)
  })
})

describe('searchWeights', () => {
  const cases = makeCases(80)

  test('gives most of the weight to what predicts', () => {
    const [useful, noise] = searchWeights(cases, [[0.5, 0.5]])
    expect(useful).toBeGreaterThan(0.8)
    expect(useful + noise).toBeCloseTo(1, 9)
  })

  test('is never worse than any start', () => {
    const starts = [
      [0, 1],
      [1, 0],
      [0.3, 0.7],
    ]
    const quality = meanQuality(cases, searchWeights(cases, starts))
    for (const start of starts) {
      expect(quality).toBeGreaterThanOrEqual(meanQuality(cases, start))
    }
  })

  test('finds a component that its start left out', () => {
    expect(searchWeights(cases, [[0, 1]])[0]).toBeGreaterThan(0.5)
  })
})
