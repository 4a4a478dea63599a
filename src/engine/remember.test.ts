import { expect, test } from 'vitest'
import { remember } from './remember.ts'

test('keeps what was asked for last', () => {
  const made: number[] = []
  const square = remember((index) => {
    made.push(index)
    return index * index
  }, 2)
  expect([2, 3, 2].map((index) => square(index))).toEqual([4, 9, 4])
  expect(made).toEqual([2, 3])
  square(4) // 3 goes: 2 was asked for since
  square(2)
  square(3)
  expect(made).toEqual([2, 3, 4, 3])
})
