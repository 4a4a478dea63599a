import { beforeAll, describe, expect, test } from 'vitest'
import { toPositives } from '../../build/dataset/positives.ts'
import { plantedDataset } from '../../build/planted.test-data.ts'
import { holdOutUsers } from '../../build/splits/hold-out.ts'
import { type PreparedBaselines, prepareBaselines } from './prepare.ts'

const planted = plantedDataset({ users: 40, items: 16, choices: 5, seed: 2 })
const all = toPositives(planted.interactions!, 16)
const { train, heldOut } = holdOutUsers(all, { share: 0.3, seed: 1 })
const input = { tuning: { train, heldOut }, train: all }
const visitor = { user: 0, history: Uint32Array.of(0, 3), targets: Uint32Array.of(1) }

/** One `+prior` stands for all: searching iALS's settings takes long. */
const names = ['item-knn', 'ease', 'ease+prior', 'ials']

describe('prepareBaselines', () => {
  let prepared: PreparedBaselines

  beforeAll(() => {
    prepared = prepareBaselines({
      ...input,
      counts: [0, 1, 'all'],
      names: new Set(names),
    })
  })

  test('prepares each baseline, tuned, in the order of the tables', () => {
    expect(prepared.names).toEqual(names)
    expect(Object.keys(prepared.settings['ease+prior'])).toEqual([
      'ridge',
      'prior@0',
      'prior@1',
      'prior@all',
    ])
    expect(prepared.settings.ials.dim).toBeGreaterThanOrEqual(8)
  })

  test('scores the own half of the items above the other one', () => {
    for (const [name, scores] of prepared.source(visitor, 'all')) {
      const mean = (from: number, to: number) =>
        scores.slice(from, to).reduce((sum, score) => sum + score, 0)
      expect(mean(0, 8), name).toBeGreaterThan(mean(8, 16))
    }
  })

  test('before the first event only a prior scores', () => {
    const scores = new Map(prepared.source(visitor, 0))
    const isSilent = (name: string) => scores.get(name)?.every((score) => score === 0)
    expect(isSilent('ease')).toBe(true)
    expect(isSilent('ease+prior')).toBe(false)
  })
})

test('without short histories to tune by there is no baseline with a prior', () => {
  const requested = new Set(['ease', 'ease+prior'])
  const prepared = prepareBaselines({ ...input, counts: ['all'], names: requested })
  expect(prepared.names).toEqual(['ease'])
})
