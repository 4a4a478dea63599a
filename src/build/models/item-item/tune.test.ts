import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../math/random.ts'
import { toPositives } from '../../dataset/positives.ts'
import { plantedDataset } from '../../planted.test-data.ts'
import { holdOutUsers } from '../../splits/hold-out.ts'
import { openColumnThreads } from './column-threads.ts'
import { itemItemModel } from './item-item.ts'

const ITEMS = 40
const dataset = plantedDataset({ users: 400, items: ITEMS, choices: 8, seed: 4 })
const positives = toPositives(dataset.interactions!, ITEMS)
const options = { entriesPerItem: 10, threads: openColumnThreads(0) }

describe('itemItemModel.tune', () => {
  const split = holdOutUsers(positives, { share: 0.1, seed: 1 })

  test('takes the settings that predicted the held-out users best', async () => {
    const { chosen, tried } = await itemItemModel.tune([split], options)
    const best = Math.max(...tried.map(({ ndcg }) => ndcg))
    const winner = tried.find(({ ndcg }) => ndcg === best)
    expect(chosen).toEqual({
      ...winner?.settings,
      candidates: itemItemModel.defaults.candidates,
    })
    expect(best).toBeGreaterThan(0.2)
  })

  test('goes by the users of all folds together', async () => {
    const folds = [0, 1].map((fold) =>
      holdOutUsers(positives, { share: 0.1, seed: 1, fold }),
    )
    const tries = await Promise.all(
      [[folds[0]], [folds[1]], folds].map(async (some) => {
        const { tried } = await itemItemModel.tune(some, options)
        return tried[0]
      }),
    )
    const [one, other, both] = tries // all of the same settings, the first that is tried
    expect(both.settings).toEqual(one.settings)
    expect(one.ndcg).not.toBe(other.ndcg)
    expect(both.ndcg).toBeCloseTo((one.ndcg + other.ndcg) / 2, 9)
  })

  test('weighs by strength where that predicts better, and tries it nowhere else', async () => {
    const { tried } = await itemItemModel.tune([split], options)
    expect(tried.every(({ settings }) => settings.strengthPower === 0)).toBe(true)
    const random = createRandom(5)
    // what was bought is of the user's half, what was looked at is of either
    const { users, rows, userCount } = dataset.interactions!
    const views = Array.from({ length: 2 * users.length }, () => ({
      user: random.integer(userCount),
      row: random.integer(ITEMS),
    }))
    const mixed = toPositives(
      {
        ...{ userCount, hasRatings: false, hasStrengths: true },
        users: Uint32Array.from([...users, ...views.map(({ user }) => user)]),
        rows: Uint32Array.from([...rows, ...views.map(({ row }) => row)]),
        weights: Float32Array.from([...users.map(() => 1), ...views.map(() => 0.2)]),
      },
      ITEMS,
    )
    const fold = holdOutUsers(mixed, { share: 0.2, seed: 1 })
    const { chosen } = await itemItemModel.tune([fold], options)
    expect(chosen.strengthPower).toBeGreaterThan(0)
  })

  test('keeps the defaults when there is hardly anyone to choose by', async () => {
    const few = split.heldOut.slice(0, 5)
    expect(
      await itemItemModel.tune([{ train: split.train, heldOut: few }], options),
    ).toEqual({
      chosen: itemItemModel.defaults,
      tried: [],
    })
  })
})
