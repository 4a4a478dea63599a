import { describe, expect, test } from 'vitest'
import type { FusedComponent } from '../../../pack/pack.ts'
import type { FusionCase } from './cases.ts'
import { checkWeights, divideUsers } from './fusion.ts'

const components: FusedComponent[] = ['cf', 'popularity']

/** 60 rows, one wanted; each component puts it first or last. */
function caseWhere(first: Record<'cf' | 'popularity', boolean>): FusionCase {
  const rows = Uint32Array.from({ length: 60 }, (_, n) => n)
  const scores = (isFirst: boolean) => rows.map((row) => (isFirst ? 60 - row : row))
  const values = Float32Array.from([...scores(first.cf), ...scores(first.popularity)])
  return { rows, values, targets: new Set([0]) }
}

describe('checkWeights', () => {
  const cfKnows = Array.from({ length: 60 }, () =>
    caseWhere({ cf: true, popularity: false }),
  )

  test('drops what does not hold for other users', () => {
    expect(checkWeights([0, 1], cfKnows, components)).toEqual([1, 0.001])
  })

  test('keeps what holds', () => {
    expect(checkWeights([0.8, 0.2], cfKnows, components)).toEqual([0.8, 0.2])
  })

  test('keeps the weights where too few check them', () => {
    expect(checkWeights([0.3, 0.7], cfKnows.slice(0, 10), components)).toEqual([
      0.3, 0.7,
    ])
  })
})

describe('divideUsers', () => {
  const users = (count: number) =>
    Array.from({ length: count }, (_, user) => ({
      user,
      history: Uint32Array.of(0),
      targets: Uint32Array.of(1),
    }))

  test('lets a third of many users check, and nobody of few', () => {
    const many = divideUsers(users(900))
    expect([many.fitting.length, many.checking.length]).toEqual([600, 300])
    const few = divideUsers(users(500))
    expect([few.fitting.length, few.checking.length]).toEqual([500, 0])
  })

  test('has nobody on both sides', () => {
    const { fitting, checking } = divideUsers(users(900))
    const seen = new Set(fitting.map(({ user }) => user))
    expect(checking.some(({ user }) => seen.has(user))).toBe(false)
  })
})
