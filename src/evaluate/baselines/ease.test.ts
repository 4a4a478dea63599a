import { inverse, Matrix } from 'ml-matrix'
import { describe, expect, test } from 'vitest'
import { positivesOf, randomLists } from '../../build/planted.test-data.ts'
import { ease, fitByItems, fitByUsers, MAX_EASE_WIDTH } from './ease.ts'

const RIDGE = 3
const ITEMS = 14
const lists = randomLists({ users: 9, items: ITEMS, seed: 8 })
const train = positivesOf(lists, ITEMS)

/** B by the textbook, with a general inverse. */
function weightsByHand(): number[][] {
  const x = Matrix.zeros(lists.length, ITEMS)
  lists.forEach((rows, user) => {
    for (const row of rows) x.set(user, row, 1)
  })
  const p = inverse(x.transpose().mmul(x).add(Matrix.eye(ITEMS).mul(RIDGE)))
  return Array.from({ length: ITEMS }, (_, i) =>
    Array.from({ length: ITEMS }, (_, j) => (i === j ? 0 : -p.get(i, j) / p.get(j, j))),
  )
}

describe('EASE', () => {
  const weights = weightsByHand()
  const history = Uint32Array.of(2, 3, 9)
  const expected = Array.from({ length: ITEMS }, (_, j) =>
    history.reduce((sum, i) => sum + weights[i][j], 0),
  )

  test.each([
    ['items', fitByItems],
    ['users', fitByUsers],
  ])('by the matrix of the %s agrees with the textbook', (_, fitEase) => {
    const scores = fitEase(train, { ridge: RIDGE })(history)
    for (let j = 0; j < ITEMS; j++) expect(scores[j]).toBeCloseTo(expected[j], 5)
  })

  test('users without entries change nothing', () => {
    const padded = positivesOf([[], ...lists, []], ITEMS)
    const scores = ease.fit(padded, { ridge: RIDGE })(history)
    for (let j = 0; j < ITEMS; j++) expect(scores[j]).toBeCloseTo(expected[j], 5)
  })

  test('an empty history scores nothing', () => {
    const none = ease.fit(train, { ridge: RIDGE })(new Uint32Array(0))
    expect(none.every((score) => score === 0)).toBe(true)
  })

  test('is affordable while either users or items are few', () => {
    const wide = positivesOf([[0]], 10 * MAX_EASE_WIDTH)
    expect(ease.isAffordable(wide)).toBe(true)
    const many = Array.from({ length: MAX_EASE_WIDTH + 1 }, () => [0])
    expect(ease.isAffordable(positivesOf(many, MAX_EASE_WIDTH + 1))).toBe(false)
  })
})
