import { describe, expect, test } from 'vitest'
import { plantedDataset } from '../training/planted.ts'
import { splitDataset } from './split.ts'

const dataset = plantedDataset({ users: 50, items: 40, choices: 10, seed: 1 })

describe('splitDataset', () => {
  const { train, heldOut } = splitDataset(dataset, 5)

  test('holds out a fifth of the users', () => {
    expect(heldOut).toHaveLength(10)
  })

  test('leaves no event of a held-out user to train on, and all of the others', () => {
    const isOut = new Set(heldOut.map(({ user }) => user))
    const { users, rows, weights } = train.interactions!
    expect(users.some((user) => isOut.has(user))).toBe(false)
    expect(users).toHaveLength(40 * 10)
    expect([rows.length, weights.length]).toEqual([400, 400])
  })

  test('pairs every kept event with its own row', () => {
    const pairs = (d: typeof dataset) =>
      new Set(
        Array.from(d.interactions!.users, (u, e) => `${u}:${d.interactions!.rows[e]}`),
      )
    const all = pairs(dataset)
    for (const pair of pairs(train)) expect(all.has(pair)).toBe(true)
  })

  test('is the same for the same seed', () => {
    expect(splitDataset(dataset, 5)).toEqual(splitDataset(dataset, 5))
    expect(splitDataset(dataset, 6).heldOut).not.toEqual(heldOut)
  })

  test('refuses what cannot be evaluated', () => {
    const { interactions: _, ...none } = dataset
    expect(() => splitDataset(none, 1)).toThrow('got no interactions')
    const thin = plantedDataset({ users: 50, items: 40, choices: 4, seed: 1 })
    expect(() => splitDataset(thin, 1)).toThrow('got no user to hold out')
  })
})
