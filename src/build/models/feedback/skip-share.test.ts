import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { constantFusion } from '../../../scoring/fusion.ts'
import { sampleScoring } from '../../../scoring/sample-pack.test-data.ts'
import type { Interactions } from '../../dataset/dataset.ts'
import { fitSkipShare, SKIP_SHARES } from './skip-share.ts'

const GROUPS = 4
const SIZE = 30
const ITEMS = GROUPS * SIZE
const groupOf = (index: number) => index % GROUPS

/** Items by turns of four groups; within one they go together, and each goes a little with all. */
const scoring = sampleScoring({
  items: Array.from({ length: ITEMS }, (_, index) => ({ title: `T${index}` })),
  cf: Array.from({ length: ITEMS }, (_, a) =>
    Array.from({ length: ITEMS }, (_, b) => {
      const noise = ((a * 31 + b * 17) % 11) / 40
      if (a === b) return 0
      return groupOf(a) === groupOf(b) ? 1 + noise : 0.1 + noise
    }),
  ),
  fusion: constantFusion({ cf: 1 }),
})

/**
 * Users who like one group and began in two: an item of it and one of the next. The rest of
 * the next one they rate badly, or as many items of every group alike.
 */
function users(count: number, skipped: 'the other group' | 'anything') {
  const random = createRandom(5)
  const events: { user: number; row: number; rating: number }[] = []
  const heldOut = Array.from({ length: count }, (_, user) => {
    const own = user % GROUPS
    const other = (own + 1) % GROUPS
    const of = (group: number) =>
      random.shuffleInto(Array.from({ length: SIZE }, (_, i) => i * GROUPS + group))
    const [liked, near] = [of(own), of(other)]
    const history = Uint32Array.of(liked[0]!, near[0]!)
    const targets = Uint32Array.from(liked.slice(1, 12))
    const anything = [liked, near, of((own + 2) % GROUPS), of((own + 3) % GROUPS)]
    const bad =
      skipped === 'the other group'
        ? near.slice(1, 9)
        : anything.flatMap((group) => group.slice(-2))
    for (const row of [...history, ...targets]) events.push({ user, row, rating: 5 })
    for (const row of bad) events.push({ user, row, rating: 1 })
    return { user, history, targets }
  })
  const interactions: Interactions = {
    userCount: count,
    users: Uint32Array.from(events, ({ user }) => user),
    rows: Uint32Array.from(events, ({ row }) => row),
    weights: Float32Array.from(events, ({ rating }) => rating),
    hasRatings: true,
  }
  return { trials: [{ scoring, heldOut }], interactions }
}

describe('how far a skip speaks against items like it', () => {
  test('is above 0 where users rate badly what goes together', () => {
    const fitted = fitSkipShare(users(120, 'the other group'))!
    expect(fitted.share).toBeGreaterThan(0)
    expect(SKIP_SHARES).toContain(fitted.share)
    expect(fitted.gain).toBeGreaterThan(fitted.within)
    expect(fitted.users).toBe(120)
  })

  test('is nil where what was rated badly tells nothing of the rest', () => {
    const fitted = fitSkipShare(users(120, 'anything'))!
    expect(fitted.share).toBe(0)
    expect(fitted.gain).toBeLessThanOrEqual(fitted.within)
  })

  test('is not fitted without ratings, nor on a few users', () => {
    const { trials, interactions } = users(120, 'the other group')
    expect(fitSkipShare({ trials })).toBeUndefined()
    const choices = { ...interactions, hasRatings: false }
    expect(fitSkipShare({ trials, interactions: choices })).toBeUndefined()
    expect(fitSkipShare(users(20, 'the other group'))).toBeUndefined()
  })

  test('the same users give the same share', () => {
    const given = users(80, 'the other group')
    expect(fitSkipShare(given)).toEqual(fitSkipShare(given))
  })
})
