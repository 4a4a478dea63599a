import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '../dataset/positives.ts'
import {
  holdOutFolds,
  holdOutUsers,
  MIN_POSITIVES,
  type TimedPositives,
} from './hold-out.ts'

const ROWS = 40

function positivesOf(lists: readonly (readonly number[])[]): TimedPositives {
  const indptr = new Uint32Array(lists.length + 1)
  lists.forEach((list, user) => {
    indptr[user + 1] = indptr[user] + list.length
  })
  const rows = Uint32Array.from(
    lists.flatMap((list) => [...list].sort((a, b) => a - b)),
  )
  return { userCount: lists.length, rowCount: ROWS, indptr, rows }
}

const someLists = fc.array(fc.uniqueArray(fc.nat(ROWS - 1), { maxLength: 20 }), {
  maxLength: 12,
})

describe('holdOutUsers', () => {
  test('never trains on a held-out user and loses nobody', () => {
    fc.assert(
      fc.property(someLists, fc.nat(), (lists, seed) => {
        const positives = positivesOf(lists)
        const { train, validation, heldOut } = holdOutUsers(positives, {
          share: 0.4,
          seed,
        })
        const isOut = new Set(heldOut.map(({ user }) => user))
        lists.forEach((_, user) => {
          const [kept, out] = isOut.has(user)
            ? [validation, train]
            : [train, validation]
          expect(rowsOf(kept, user)).toEqual(rowsOf(positives, user))
          expect(rowsOf(out, user)).toHaveLength(0)
        })
      }),
    )
  })

  test('splits a user into history and targets that together are all, and share nothing', () => {
    fc.assert(
      fc.property(someLists, fc.nat(), (lists, seed) => {
        const positives = positivesOf(lists)
        const { heldOut } = holdOutUsers(positives, { share: 1, seed })
        for (const { user, history, targets } of heldOut) {
          expect([...history, ...targets].sort((a, b) => a - b)).toEqual([
            ...rowsOf(positives, user),
          ])
          expect(targets.length).toBe(
            Math.max(1, Math.round(rowsOf(positives, user).length / 5)),
          )
          expect(history.length).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('holds out the share asked for, of users with enough positives, up to the ceiling', () => {
    const enough = Array.from({ length: 20 }, () => [1, 2, 3, 4, 5])
    const few = Array.from({ length: 30 }, () =>
      [1, 2, 3, 4].slice(0, MIN_POSITIVES - 1),
    )
    const positives = positivesOf([...few, ...enough])
    const { heldOut } = holdOutUsers(positives, { share: 0.2, seed: 1 })
    expect(heldOut).toHaveLength(4)
    expect(heldOut.every(({ user }) => user >= 30)).toBe(true)
    expect(
      holdOutUsers(positives, { share: 1, seed: 1, most: 3 }).heldOut,
    ).toHaveLength(3)
  })

  test('with times the targets are the newest and the history runs from new to old', () => {
    const positives = {
      ...positivesOf([[10, 11, 12, 13, 14]]),
      times: Float64Array.of(3, 5, 1, 4, 2),
    }
    const { heldOut } = holdOutUsers(positives, { share: 1, seed: 9 })
    expect([...heldOut[0].targets]).toEqual([11])
    expect([...heldOut[0].history]).toEqual([13, 10, 14, 12])
  })

  test('the same seed gives the same split, another seed another', () => {
    const positives = positivesOf(Array.from({ length: 40 }, () => [1, 2, 3, 4, 5, 6]))
    const split = (seed: number) =>
      holdOutUsers(positives, { share: 0.5, seed }).heldOut
    expect(split(3)).toEqual(split(3))
    expect(split(3)).not.toEqual(split(4))
  })
})

describe('holdOutFolds', () => {
  const users = (count: number) =>
    positivesOf(Array.from({ length: count }, () => [1, 2, 3, 4, 5]))
  const sizes = (count: number) =>
    holdOutFolds(users(count), { share: 0.1, seed: 1 }).map(
      ({ heldOut }) => heldOut.length,
    )

  test('makes more folds where one has few users, and none of hardly anyone', () => {
    expect(sizes(2400)).toEqual([240])
    expect(sizes(1000)).toEqual([100, 100, 100])
    expect(sizes(480)).toEqual([48, 48, 48, 48, 48])
    expect(sizes(60)).toEqual([6, 6, 6, 6, 6])
    expect(sizes(50)).toEqual([5]) // 25 in all
    expect(sizes(0)).toEqual([0])
  })

  test('begins with the fold of holdOutUsers, and holds nobody out twice', () => {
    const positives = users(300)
    const folds = holdOutFolds(positives, { share: 0.1, seed: 4 })
    expect(folds[0]).toEqual(holdOutUsers(positives, { share: 0.1, seed: 4 }))
    const out = folds.flatMap(({ heldOut }) => heldOut.map(({ user }) => user))
    expect(new Set(out).size).toBe(out.length)
    for (const { train, heldOut } of folds) {
      for (const { user } of heldOut) expect(rowsOf(train, user)).toHaveLength(0)
      expect(train.rows).toHaveLength(positives.rows.length - 5 * heldOut.length)
    }
  })
})
