import { describe, expect, test } from 'vitest'
import { topK } from '../math/top-k.ts'
import { halfBlend } from '../scoring/fusion.ts'
import { sampleScoring } from '../scoring/sample-pack.test-data.ts'
import { ablationsOf, packScores, presentComponents } from './pack-scores.ts'

const ITEMS = 24
/** Row i scores i + 1 … i + 3; twins 2n, 2n + 1 have one content vector. */
const scoring = sampleScoring({
  items: Array.from({ length: ITEMS }, (_, i) => ({ genres: [`g${i % 4}`] })),
  cf: Array.from({ length: ITEMS }, (_, i) =>
    Array.from({ length: ITEMS }, (_, j) => (j > i && j < i + 4 ? 4 - (j - i) : 0)),
  ),
  content: Array.from({ length: ITEMS }, (_, i) =>
    Array.from({ length: ITEMS / 2 }, (_, d) => (d === i >> 1 ? 1 : 0.1)),
  ),
  popularity: Array.from({ length: ITEMS }, (_, i) => i / ITEMS),
})
const visitor = {
  user: 0,
  history: Uint32Array.of(5, 9),
  targets: Uint32Array.of(1),
}
const scoresAt = (k: number | 'all', ablations = ablationsOf(scoring)) =>
  new Map(
    packScores(scoring, { components: presentComponents(scoring), ablations })(
      visitor,
      k,
    ),
  )

describe('packScores', () => {
  test('gives the components of the pack, the fusion, and the ablations when requested', () => {
    expect(presentComponents(scoring)).toEqual([
      'popularity',
      'cf',
      'content',
      'attributes',
    ])
    const plain = packScores(scoring, { components: ['cf'] })(visitor, 1)
    expect(Array.from(plain, ([name]) => name)).toEqual(['cf', 'fusion'])
    expect([...scoresAt(1).keys()].slice(4)).toEqual([
      'fusion',
      'fusion-diverse',
      'fusion-without-popularity',
      'fusion-without-cf',
      'fusion-without-content',
      'fusion-without-attributes',
      'default-blend',
      'half-blend',
    ])
  })

  test('only the newest k events are known', () => {
    expect(topK(scoresAt(1).get('cf')!, 3)).toEqual(Uint32Array.of(6, 7, 8))
    expect(topK(scoresAt(2).get('cf')!, 1)).not.toEqual(Uint32Array.of(9))
  })

  test('what a component adds is the fusion less the fusion without it', () => {
    const scores = scoresAt('all')
    const whole = scores.get('fusion')!
    const less = scores.get('fusion-without-cf')!
    const added = whole.map((score, row) => score - less[row])
    const cf = scores.get('cf')!
    const weight = added[6] / cf[6]
    for (const [row, value] of added.entries()) {
      expect(value).toBeCloseTo(weight * cf[row], 4)
    }
    expect(weight).toBeGreaterThan(0)
  })

  test('the half blend is half CF and half content', () => {
    const scores = scoresAt('all', { half: halfBlend })
    const half = scores.get('half')!
    for (const [row, value] of half.entries()) {
      const expected = 0.5 * scores.get('cf')![row] + 0.5 * scores.get('content')![row]
      expect(value).toBeCloseTo(expected, 5)
    }
  })

  test('the diverse list begins with the best and holds twenty unseen rows', () => {
    const scores = scoresAt('all')
    const diverse = scores.get('fusion-diverse')!
    const list = [...topK(diverse, 20)]
    expect(list.every((row) => diverse[row] > -Infinity)).toBe(true)
    expect(list).not.toContain(5)
    const seen = new Uint8Array(ITEMS)
    seen.set([1], 5)
    seen.set([1], 9)
    expect(list[0]).toBe(topK(scores.get('fusion')!, 1, seen)[0])
  })
})
