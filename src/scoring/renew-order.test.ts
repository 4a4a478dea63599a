import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renewOrder } from './renew-order.ts'

const order = Uint32Array.from({ length: 60 }, (_, i) => i)
const passedBy = (...odds: readonly [number, number][]) => ({ passed: new Map(odds) })

test('without views, or with views of other items, it is the same array', () => {
  expect(renewOrder(order, {})).toBe(order)
  expect(renewOrder(order, passedBy())).toBe(order)
  expect(renewOrder(order, passedBy([99, -1]))).toBe(order)
})

test('an item of a quarter of the odds stands where one of that share of them stood', () => {
  // (0 + 10)·4 − 10 = 30, (10 + 10)·2 − 10 = 30
  expect(renewOrder(order, passedBy([0, -Math.log(4)])).indexOf(0)).toBe(30)
  expect(renewOrder(order, passedBy([10, -Math.log(2)])).indexOf(10)).toBe(30)
})

test('of a list all seen, what was passed over more often comes last', () => {
  const few = [3, 4, 5]
  expect(renewOrder(few, passedBy([3, -4], [4, -2], [5, -3]))).toEqual([4, 5, 3])
})

test('it holds the same items, and those not passed over keep their order', () => {
  const odds = fc.dictionary(
    fc.nat(59).map(String),
    fc.double({ min: -60, max: 0, noNaN: true }),
  )
  fc.assert(
    fc.property(odds, (given) => {
      const passed = new Map(Object.entries(given).map(([i, x]) => [Number(i), x]))
      const renewed = [...renewOrder(order, { passed })]
      expect(renewed.toSorted((a, b) => a - b)).toEqual([...order])
      const kept = renewed.filter((index) => !passed.has(index))
      expect(kept).toEqual(kept.toSorted((a, b) => a - b))
    }),
  )
})
