import { describe, expect, test } from 'vitest'
import { caseAt, toSequences } from '../build/models/sequential/sequences.ts'
import { createRandom } from '../math/random.ts'
import { constantFusion } from '../scoring/fusion.ts'
import { sampleScoring } from '../scoring/sample-pack.test-data.ts'
import { measureNextClicks } from './evaluate-sequence.ts'
import type { NextClicks } from './splits/next-clicks.ts'

const ITEMS = 12
const random = createRandom(3)
const draw = (count: number) =>
  Uint32Array.from({ length: count }, () => random.integer(ITEMS))
const matrix = Array.from({ length: ITEMS }, () => Array.from(draw(ITEMS)))
const returns = { newest: 0.25, second: 0.5, older: 0.125, fading: 0.5 }
const sample = {
  items: Array.from({ length: ITEMS }, (_, row) => ({ genres: [`g${row % 3}`] })),
  sequence: matrix,
  reading: { decay: 0.5, floor: 0.1, spread: 0.7, returns },
  popularity: Array.from({ length: ITEMS }, (_, row) => row / ITEMS),
}
const lists = Array.from({ length: 80 }, () => draw(5))
const train = toSequences(lists, { rowCount: ITEMS, isInTimeOrder: true })
const clicksOf = (ranks: NextClicks['ranks']): NextClicks => ({
  name: 'drawn',
  itemIds: Array.from({ length: ITEMS }, (_, row) => `${row}`),
  tuning: { train, cases: [] },
  train,
  test: lists
    .filter((list) => ranks === 'all' || !list.subarray(0, 4).includes(list[4]))
    .map((list) => caseAt(list, 4)),
  visitors: Uint32Array.from(lists.keys()),
  ranks,
  lengths: [3],
  protocol: '',
})

const rows = ['popularity', 'sequence', 'attributes', 'fusion'] as const

function measure(weights: Parameters<typeof constantFusion>[0], ranks: 'new' | 'all') {
  const scoring = sampleScoring({ ...sample, fusion: constantFusion(weights) })
  return measureNextClicks(scoring, clicksOf(ranks), { rows, seed: 1 })
}

describe.each(['new', 'all'] as const)('measured among %s rows', (ranks) => {
  test('a component has the figures it has by itself, whatever the fusion', () => {
    const alone = measure({ sequence: 1 }, ranks)
    const mixed = measure({ sequence: 0.25, attributes: 2, popularity: 0.5 }, ranks)
    expect(alone.all!.fusion).toEqual(alone.all!.sequence)
    expect(mixed.all!.fusion).not.toEqual(mixed.all!.sequence)
    for (const component of ['popularity', 'sequence', 'attributes']) {
      expect(mixed.all![component]).toEqual(alone.all![component])
    }
  })
})

test('every answer is in one of the two lists of what is new and what returns', () => {
  const { all, new: unseen, returns: again } = measure({ sequence: 1 }, 'all')
  expect(unseen!.sequence.cases + again!.sequence.cases).toBe(all!.sequence.cases)
  expect(measure({ sequence: 1 }, 'new')).not.toHaveProperty('returns')
})
