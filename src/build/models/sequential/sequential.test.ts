import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { encodeSparse, roundSparse } from '../../../pack/sparse-block.ts'
import { evaluateSequential } from './evaluate.ts'
import { holdOutSequences, toSequences } from './sequences.ts'
import { sequentialModel } from './sequential.ts'
import { returnShare, sequenceStart, tuneSequence } from './tune.ts'

const ITEMS = 60

/** Visitors who walk on by 1 or 2, and sometimes go back to where they were before. */
function walks(count: number, { back }: { readonly back: number }) {
  const random = createRandom(3)
  return Array.from({ length: count }, () => {
    const list = [random.integer(ITEMS)]
    while (list.length < 8) {
      const isBack = list.length > 1 && random.next() < back
      const here = list[list.length - 1]
      list.push(isBack ? list[list.length - 2] : (here + 1 + random.integer(2)) % ITEMS)
    }
    return list
  })
}

const options = { rowCount: ITEMS, isInTimeOrder: true }
const held = (lists: number[][]) =>
  holdOutSequences(toSequences(lists, options), {
    share: 0.2,
    maxCases: 400,
    seed: 1,
  })

describe('tuneSequence', () => {
  test('finds where walkers go, better than from its start, and the same each time', () => {
    const { train, cases } = held(walks(120, { back: 0 }))
    const how = { entriesPerItem: 6, length: 3 }
    const found = tuneSequence(train, cases, how)
    expect(found.ranks).toBe('new')
    expect(found.startFigures.hit).toBeLessThan(found.figures.hit)
    // two steps are possible from anywhere, so a list of three can hold them all
    expect(found.figures.hit).toBeGreaterThan(0.9)
    expect(found.decaySettings.returns.newest).toBe(0)
    expect(tuneSequence(train, cases, how)).toEqual(found)
  }, 20_000)

  test('learns a return table where visitors come back', () => {
    const { train, cases } = held(walks(120, { back: 0.5 }))
    expect(returnShare(cases)).toBeGreaterThan(0.3)
    const found = tuneSequence(train, cases, { entriesPerItem: 6, length: 1 })
    expect(found.ranks).toBe('all')
    const { newest, second } = found.decaySettings.returns
    expect(second).toBeGreaterThan(newest) // back is to the item before the last
    const block = roundSparse(
      sequentialModel.fit({ sequences: train, bytesPerItem: 24 }, found.settings),
    )
    const evaluate = (decaySettings: typeof found.decaySettings) =>
      evaluateSequential(block, cases, { decaySettings, length: 1, ranks: 'all' }).hit
    const still = {
      ...found.decaySettings,
      returns: sequenceStart.decaySettings.returns,
    }
    expect(evaluate(found.decaySettings)).toBeGreaterThan(evaluate(still) + 0.1)
  }, 20_000)
})

describe('sequentialModel.fit', () => {
  const sequences = toSequences(walks(200, { back: 0.3 }), options)
  const bytesOf = (bytesPerItem: number) =>
    encodeSparse('sequence', sequentialModel.fit({ sequences, bytesPerItem })).length /
    ITEMS

  test('fills its budget as written, and never goes over it', () => {
    for (const budget of [12, 16, 20, 24]) {
      expect(bytesOf(budget)).toBeLessThanOrEqual(budget)
      expect(bytesOf(budget)).toBeGreaterThan(0.93 * budget)
    }
  })

  test('keeps every entry when the budget has room for them', () => {
    const all = sequentialModel.fit({ sequences, bytesPerItem: 500 })
    const lots = sequentialModel.fit({ sequences, bytesPerItem: 5000 })
    expect(all).toEqual(lots)
    expect(all.values.length / ITEMS).toBeGreaterThan(10)
  })

  test('a budget below the shortest rows leaves the rows empty', () => {
    const rows = sequentialModel.fit({ sequences, bytesPerItem: 1 })
    expect(rows.values).toHaveLength(0)
    expect(rows.indptr).toHaveLength(ITEMS + 1)
  })
})
