import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { holdOutSequences, toSequences } from './sequences.ts'
import { qualityOf, returnShare, tuneSequence } from './tune.ts'

const ITEMS = 60

/** Steps of one or two, and now and then back to where the walk was before. */
function walk(random: ReturnType<typeof createRandom>): number[] {
  const list = [random.integer(ITEMS)]
  for (let step = 1; step < 6; step++) {
    const goesBack = step > 1 && random.next() < 0.3
    const next = list[step - 1] + 1 + random.integer(2)
    list.push(goesBack ? list[step - 2] : next % ITEMS)
  }
  return list
}

const random = createRandom(1)
const lists = Array.from({ length: 300 }, () => walk(random))
const all = toSequences(lists, { rowCount: ITEMS, isInTimeOrder: true })
const held = holdOutSequences(all, { share: 0.2, maxCases: 200, seed: 1 })
const options = { entriesPerItem: 6, length: 5 }
const choice = tuneSequence(held.train, held.cases, options)

describe('the search for hyperparameters', () => {
  test('ends above where it began, and returns are worth something to it', () => {
    expect(qualityOf(choice.figures)).toBeGreaterThan(qualityOf(choice.startFigures))
    expect(choice.ranks).toBe('all')
    expect(choice.decaySettings.returns.second).toBeGreaterThan(
      choice.decaySettings.returns.newest,
    )
  })

  test('is the same again, and has next to nothing left to find from its own end', () => {
    expect(tuneSequence(held.train, held.cases, options)).toEqual(choice)
    const again = tuneSequence(held.train, held.cases, { ...options, start: choice })
    expect(qualityOf(again.figures) / qualityOf(choice.figures)).toBeLessThan(1.03)
  })

  test('makes a bounded number of blocks', () => {
    expect(choice.tried).toBeLessThan(150)
  })
})

test('the share of answers seen before', () => {
  const recent = Uint32Array.of(3, 1)
  const cases = [1, 2, 3, 5].map((answer) => ({ recent, answer }))
  expect(returnShare(cases)).toBe(0.5)
  expect(returnShare([])).toBe(0)
})
