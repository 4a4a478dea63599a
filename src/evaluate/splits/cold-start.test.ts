import { describe, expect, test } from 'vitest'
import { countsOf, toPositives } from '../../build/dataset/positives.ts'
import { plantedDataset } from '../../build/planted.test-data.ts'
import { coldStartVisitors, cutColdStart, othersOf } from './cold-start.ts'

const dataset = plantedDataset({ users: 60, items: 40, choices: 8, seed: 3 })
const split = cutColdStart(dataset, { seed: 1 })

describe('cutColdStart', () => {
  test('holds out a tenth of the items to test and a twentieth to choose by', () => {
    expect(split.test.rows).toHaveLength(4)
    expect(split.valid.rows).toHaveLength(2)
    const both = new Set([...split.test.rows, ...split.valid.rows])
    expect(both.size).toBe(6)
  })

  test('nobody in training chose them, and every other choice is trained on', () => {
    const { interactions, items } = split.train
    const counts = countsOf(toPositives(interactions!, items.length))
    const before = countsOf(toPositives(dataset.interactions!, items.length))
    const held = new Set([...split.test.rows, ...split.valid.rows])
    counts.forEach((count, row) => {
      expect(count).toBe(held.has(row) ? 0 : before[row])
    })
  })

  test('visitors are those who chose one, known by what was trained on', () => {
    const visitors = coldStartVisitors(split, split.test, 1)
    expect(visitors.length).toBeGreaterThan(10)
    for (const { history, targets } of visitors) {
      expect(history.length).toBeGreaterThan(0)
      for (const row of targets) expect(split.test.rows).toContain(row)
      for (const row of history) expect(split.test.rows).not.toContain(row)
    }
  })

  test('all but the held-out items are others', () => {
    const others = othersOf(split.test, 40)
    expect(others.reduce((sum, is) => sum + is, 0)).toBe(36)
    expect(others[split.test.rows[0]]).toBe(0)
  })

  test('is the same for the same seed', () => {
    expect(cutColdStart(dataset, { seed: 1 })).toEqual(split)
    expect(cutColdStart(dataset, { seed: 2 }).test.rows).not.toEqual(split.test.rows)
  })

  test('refuses what has nothing to hold out', () => {
    const { interactions: _, ...none } = dataset
    expect(() => cutColdStart(none, { seed: 1 })).toThrow('got no interactions')
    const few = plantedDataset({ users: 9, items: 10, choices: 3, seed: 1 })
    expect(() => cutColdStart(few, { seed: 1 })).toThrow('too few items')
  })
})
