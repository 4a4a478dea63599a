import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { countsOf } from '../../dataset/positives.ts'
import { plantedWorld } from './cold.test-data.ts'
import { itemFeatures } from './kernel.ts'
import { coldDefaults, takeFactors } from './mix.ts'
import { bestOf, tuneCold } from './tune.ts'

function worldOf(known: number) {
  const planted = plantedWorld({ known, cold: 0, users: 300, random: createRandom(1) })
  const counts = countsOf(planted.positives)
  const rows = Uint32Array.from(counts, (_, row) => row).filter(
    (row) => counts[row] > 0,
  )
  return {
    ...planted,
    strengths: takeFactors(planted.rows),
    pairs: planted.rows.pairs,
    counts,
    known: createRandom(2).shuffleInto(rows),
    features: itemFeatures(planted.items, []),
  }
}

describe('tuneCold', () => {
  const world = worldOf(240)
  const trials = tuneCold(world, { seed: 1 })

  test('starts from the defaults and ends no worse', () => {
    expect(trials[0].settings).toEqual(coldDefaults)
    expect(bestOf(trials).ndcg).toBeGreaterThanOrEqual(trials[0].ndcg)
    for (const { settings } of trials) {
      expect(settings.ridge).toBeGreaterThan(0)
      expect(settings.vectors).toBe(coldDefaults.vectors) // no text: nothing to move
      expect(settings.names).toBe(coldDefaults.names) // no names either
    }
  })

  test('finds the held-out items of the kind a user likes', () => {
    // a third of the 60 held-out items are of the kind: 20 places, were they known
    const blind = worldOf(240)
    const nameless = blind.items.map(({ id }) => ({ id, title: '' }))
    const [unread] = tuneCold(
      { ...blind, features: itemFeatures(nameless, []) },
      { seed: 1 },
    )
    expect(trials[0].ndcg).toBeGreaterThan(1.5 * unread.ndcg)
  })

  test('the same seed tries the same', () => {
    const progress: number[] = []
    const again = tuneCold(world, { seed: 1, onTrial: (done) => progress.push(done) })
    expect(again).toEqual(trials)
    expect(progress.at(-1)).toBe(1)
  })

  test('a small catalogue keeps the defaults', () => {
    expect(tuneCold(worldOf(120), { seed: 1 })).toEqual([])
  })
})
