import { describe, expect, test } from 'vitest'
import { toPositives } from '../../dataset/positives.ts'
import { plantedDataset } from '../../planted.test-data.ts'
import { holdOutUsers } from '../../splits/hold-out.ts'
import { chooseCf, trainCf } from './tune.ts'
import { openColumnThreads } from './column-threads.ts'
import { cfDefaults } from './kernel.ts'

const ITEMS = 40
const dataset = plantedDataset({ users: 400, items: ITEMS, choices: 8, seed: 4 })
const positives = toPositives(dataset.interactions!, ITEMS)
const options = { entriesPerItem: 10, threads: openColumnThreads(0) }

describe('trainCf', () => {
  test('recovers what goes with what: no entry crosses the two groups', async () => {
    const rows = await trainCf(positives, cfDefaults, options)
    expect(rows.indices.length).toBeGreaterThan(ITEMS * 4)
    for (let row = 0; row < ITEMS; row++) {
      for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++) {
        expect(rows.indices[e] < ITEMS / 2).toBe(row < ITEMS / 2)
      }
    }
  })

  test('gives sorted rows of positive values, none on the diagonal', async () => {
    const { kind, indptr, indices, values } = await trainCf(
      positives,
      cfDefaults,
      options,
    )
    expect(kind).toBe('item-item')
    expect(values.every((value) => value > 0)).toBe(true)
    for (let row = 0; row < ITEMS; row++) {
      const columns = [...indices.subarray(indptr[row], indptr[row + 1])]
      expect(columns).toEqual([...new Set(columns)].sort((a, b) => a - b))
      expect(columns).not.toContain(row)
    }
  })

  test('the same positives and settings give the same rows', async () => {
    const [one, other] = [
      await trainCf(positives, cfDefaults, options),
      await trainCf(positives, cfDefaults, options),
    ]
    expect(one).toEqual(other)
  })

  test('a target held back by its popularity scores less', async () => {
    const plain = await trainCf(positives, { ...cfDefaults, targetPower: 0 }, options)
    const held = await trainCf(positives, { ...cfDefaults, targetPower: 0.5 }, options)
    const counts = new Float64Array(ITEMS)
    for (const row of positives.rows) counts[row]++
    const mean = positives.rows.length / ITEMS
    plain.values.forEach((value, e) => {
      const isPopular = counts[plain.indices[e]] > mean * 1.05
      if (isPopular) expect(held.values[e]).toBeLessThan(value)
    })
  })

  test('copes with one user, one item', async () => {
    const single = toPositives(
      {
        userCount: 1,
        users: Uint32Array.of(0),
        rows: Uint32Array.of(0),
        weights: Float32Array.of(1),
        hasRatings: false,
      },
      1,
    )
    const rows = await trainCf(single, cfDefaults, { ...options, entriesPerItem: 1 })
    expect(rows.indices).toHaveLength(0)
  })
})

describe('chooseCf', () => {
  const split = holdOutUsers(positives, { share: 0.1, seed: 1 })

  test('takes the settings that predicted the held-out users best', async () => {
    const { chosen, tried } = await chooseCf([split], options)
    const best = Math.max(...tried.map(({ ndcg }) => ndcg))
    const winner = tried.find(({ ndcg }) => ndcg === best)
    expect(chosen).toEqual({ ...winner?.settings, candidates: cfDefaults.candidates })
    expect(best).toBeGreaterThan(0.2)
  })

  test('goes by the users of all folds together', async () => {
    const folds = [0, 1].map((fold) =>
      holdOutUsers(positives, { share: 0.1, seed: 1, fold }),
    )
    const tries = await Promise.all(
      [[folds[0]], [folds[1]], folds].map(async (some) => {
        const { tried } = await chooseCf(some, options)
        return tried[0]
      }),
    )
    const [one, other, both] = tries // all of the same settings, the first that is tried
    expect(both.settings).toEqual(one.settings)
    expect(one.ndcg).not.toBe(other.ndcg)
    expect(both.ndcg).toBeCloseTo((one.ndcg + other.ndcg) / 2, 9)
  })

  test('keeps the defaults when there is hardly anyone to choose by', async () => {
    const few = split.heldOut.slice(0, 5)
    expect(await chooseCf([{ train: split.train, heldOut: few }], options)).toEqual({
      chosen: cfDefaults,
      tried: [],
    })
  })
})
