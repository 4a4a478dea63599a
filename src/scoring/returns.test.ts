import { describe, expect, test } from 'vitest'
import { constantFusion } from './fusion.ts'
import { returnScores, returnWorth, returnWorths, withReturns } from './returns.ts'
import { sampleScoring, tasteOf } from './sample-pack.test-data.ts'
import { scoreAll } from './score-all.ts'

const table = { newest: 0.5, second: 1, older: 0.25, fading: 0.8 }
const decaySettings = { decay: 0.5, floor: 0, returns: table }
const items = Array.from({ length: 4 }, () => ({}))
const sequence = [
  [0, 0, 15, 0],
  [0, 0, 0, 0],
  [0, 0, 0, 0],
  [0, 0, 0, 0],
]
const scoring = sampleScoring({ items, sequence, decaySettings })
const fusion = constantFusion({ sequence: 2 })

/** What the page has at hand: the request and its scores. */
function score(taste: ReturnType<typeof tasteOf>, pack = scoring) {
  const request = { taste, fusion }
  return { request, scores: scoreAll(pack, request) }
}

describe('the return table', () => {
  test('knows the newest and the second, and fades from the third on', () => {
    expect([0, 1, 2, 3].map((age) => returnWorth(age, table))).toEqual([
      0.5,
      1,
      0.25,
      0.25 * 0.8,
    ])
  })

  test('adds up over the events on an item, but not over refused ones', () => {
    const taste = tasteOf([0, 1, 2], {
      recent: [0, 1, 0, 2],
      negative: { 1: 1 },
    })
    const worths = returnWorths(taste, table)
    expect([...worths]).toEqual([
      [0, 0.5 + 0.25],
      [2, 0.25 * 0.8],
    ])
  })
})

describe('returnScores', () => {
  test('worked by hand: S is 15 on one item of four', () => {
    const { request, scores } = score(tasteOf([0, 1]))
    // mean 3.75, sd √(225/4 − 3.75²) = 6.495; weight 2: one rep is 2 · 15 / 6.495
    const unit = (2 * 15) / Math.sqrt(225 / 4 - 3.75 ** 2)
    const found = returnScores(scoring, request, scores)
    expect(found.map(({ index }) => index)).toEqual([1, 0])
    expect(found[0].score).toBeCloseTo(scores.score[1] + unit * 1, 5)
    expect(found[1].score).toBeCloseTo(scores.score[0] + unit * 0.5, 5)
    expect(found.map(({ worth }) => worth)).toEqual([1, 0.5])
  })

  test('in one list, seen items are raised and no other', () => {
    const { request, scores } = score(tasteOf([0, 1]))
    const all = withReturns(scoring, request, scores)
    expect([all[2], all[3]]).toEqual([scores.score[2], scores.score[3]])
    expect(all[1]).toBeCloseTo(returnScores(scoring, request, scores)[0].score, 5)
    // a return of worth 1 is as good as an item that holds all of S, as item 2 does
    expect(all[1]).toBeCloseTo(all[2], 5)
  })

  test('counts as 1 where the block is 0 everywhere', () => {
    const { request, scores } = score(tasteOf([3]))
    expect(returnScores(scoring, request, scores)).toEqual([
      { index: 3, worth: 0.5, score: scores.score[3] + 2 * 0.5 },
    ])
  })

  test('is empty without a table, without a block, without a weight and without events', () => {
    const still = {
      ...decaySettings,
      returns: { newest: 0, second: 0, older: 0, fading: 0 },
    }
    for (const pack of [
      sampleScoring({ items, sequence, decaySettings: still }),
      sampleScoring({ items }),
    ]) {
      const { request, scores } = score(tasteOf([0]), pack)
      expect(returnScores(pack, request, scores)).toEqual([])
    }
    const off = { taste: tasteOf([0]), fusion: constantFusion({ popularity: 1 }) }
    expect(returnScores(scoring, off, scoreAll(scoring, off))).toEqual([])
    const { request, scores } = score(tasteOf([]))
    expect(returnScores(scoring, request, scores)).toEqual([])
  })
})

test('a typical spread is the unit of returns too', () => {
  const typical = sampleScoring({
    items,
    sequence,
    decaySettings: { ...decaySettings, spread: 5 },
  })
  const { request, scores } = score(tasteOf([0, 1]), typical)
  const [best] = returnScores(typical, request, scores)
  // S is 15 in all: a rep of 1 is 2 · 15 / 5
  expect(best.score).toBeCloseTo(scores.score[1] + 6, 5)
  expect(withReturns(typical, request, scores)[1]).toBeCloseTo(scores.score[2], 5)
})
