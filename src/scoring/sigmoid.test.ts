import { expect, test } from 'vitest'
import { sigmoid } from './rank.ts'

test('gives the values worked by hand', () => {
  expect(sigmoid(0)).toBe(0.5)
  expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 12)
  expect(sigmoid(-Math.log(3))).toBeCloseTo(0.25, 12)
})

test('stays finite far out, and passes NaN on', () => {
  expect(sigmoid(1000)).toBe(1)
  expect(sigmoid(-1000)).toBe(0)
  expect(sigmoid(Number.NaN)).toBeNaN()
})
