import { expect, test } from 'vitest'
import { binomialTest } from './binomial-test.ts'

test('the sign test, worked by hand', () => {
  // 6 of 6: 2 · (1/2)^6
  expect(binomialTest(6, 6, 0.5)).toBeCloseTo(2 / 64, 12)
  // 9 of 10: 2 · (1 + 10) / 1024
  expect(binomialTest(9, 10, 0.5)).toBeCloseTo(22 / 1024, 12)
  expect(binomialTest(5, 10, 0.5)).toBe(1)
})

test('with another share, only what is as rare counts', () => {
  // Of 3 with share ¼: 27, 27, 9, 1 of 64
  expect(binomialTest(2, 3, 0.25)).toBeCloseTo(10 / 64, 12)
  expect(binomialTest(0, 3, 0.25)).toBeCloseTo(1, 12)
})

test('nothing counted proves nothing; what cannot happen is certain not to be chance', () => {
  expect(binomialTest(0, 0, 0.5)).toBe(1)
  expect(binomialTest(3, 3, 1)).toBeCloseTo(1, 12)
  expect(binomialTest(1, 3, 0)).toBe(0)
})

test('thousands do not overflow', () => {
  expect(binomialTest(2000, 4000, 0.5)).toBeCloseTo(1, 6)
  expect(binomialTest(2200, 4000, 0.5)).toBeLessThan(1e-9)
})
