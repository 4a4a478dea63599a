import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { constantFusion } from '../../../scoring/fusion.ts'
import { withReturns } from '../../../scoring/returns.ts'
import {
  sampleScoring,
  sparse,
  tasteOf,
} from '../../../scoring/sample-pack.test-data.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import { evaluateSequential, expectedFigures } from './evaluate.ts'
import { caseAt } from './sequences.ts'

fc.configureGlobal({ seed: 1 })

const ITEMS = 5
const decaySettings = {
  decay: 0.5,
  floor: 0.125,
  returns: { newest: 0.25, second: 0.5, older: 0.125, fading: 0.5 },
}

describe('the expectation over ties', () => {
  test('worked by hand', () => {
    expect(expectedFigures(0, 1, 10)).toEqual({ hit: 1, ndcg: 1, mrr: 1 })
    const { hit, ndcg, mrr } = expectedFigures(1, 4, 3) // ranks 2 … 5, the list ends at 3
    expect(hit).toBe(0.5)
    expect(mrr).toBeCloseTo((1 / 2 + 1 / 3) / 4, 12)
    expect(ndcg).toBeCloseTo((1 / Math.log2(3) + 1 / 2) / 4, 12)
    expect(expectedFigures(10, 3, 10)).toEqual({ hit: 0, ndcg: 0, mrr: 0 })
  })
})

/** The same by the page's own scoring, every row ranked and counted. */
function slowFigures(matrix: number[][], list: number[], ranks: 'new' | 'all') {
  const items = matrix.map(() => ({}))
  const scoring = sampleScoring({ items, sequence: matrix, decaySettings })
  const answer = list[list.length - 1]
  const recent = list.slice(0, -1).reverse()
  const taste = tasteOf([...new Set(recent)], { recent })
  const request = { taste, fusion: constantFusion({ sequence: 1 }) }
  const scores = scoreAll(scoring, request)
  const score = ranks === 'all' ? withReturns(scoring, request, scores) : scores.score
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-5
  let better = 0
  let tied = 0
  score.forEach((s, row) => {
    if (ranks === 'new' && row !== answer && recent.includes(row)) return
    if (near(s, score[answer])) tied++
    else if (s > score[answer]) better++
  })
  return expectedFigures(better, tied, 3)
}

test('ranks as the page’s own scoring does', () => {
  // values far apart, so that no two sums tie but for equal terms
  const value = fc.constantFrom(0, 0, 1, 3, 5, 15)
  const matrix = fc.array(fc.array(value, { minLength: ITEMS, maxLength: ITEMS }), {
    minLength: ITEMS,
    maxLength: ITEMS,
  })
  const list = fc.array(fc.nat(ITEMS - 1), { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(matrix, list, fc.boolean(), (values, rows, isUnseen) => {
      const answer = rows[rows.length - 1]
      fc.pre(!isUnseen || !rows.slice(0, -1).includes(answer))
      const ranks = isUnseen ? 'new' : 'all'
      const block = sparse('sequence', values)
      const found = evaluateSequential(
        block,
        [caseAt(Uint32Array.from(rows), rows.length - 1)],
        {
          ...{ decaySettings, ranks, length: 3 },
        },
      )
      const expected = slowFigures(values, rows, ranks)
      expect(found.hit).toBeCloseTo(expected.hit, 6)
      expect(found.mrr).toBeCloseTo(expected.mrr, 6)
      expect(found.ndcg).toBeCloseTo(expected.ndcg, 6)
    }),
    { numRuns: 150 },
  )
})

test('without cases all figures are 0', () => {
  const block = sparse('sequence', [
    [0, 1],
    [0, 0],
  ])
  const options = { decaySettings, length: 20, ranks: 'new' as const }
  expect(evaluateSequential(block, [], options)).toEqual({ hit: 0, ndcg: 0, mrr: 0 })
})
