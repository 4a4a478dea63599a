import { expect, test } from 'vitest'
import { chanceOf, chanceText } from './chance.ts'
import { en } from './en.ts'

test('a probability is said in small numbers', () => {
  expect(chanceOf(0.25)).toEqual({ of: 1, among: 4 })
  expect(chanceOf(0.27)).toEqual({ of: 1, among: 4 })
  expect(chanceOf(0.52)).toEqual({ of: 1, among: 2 })
  expect(chanceOf(0.999)).toEqual({ of: 9, among: 10 })
  expect(chanceOf(0.05)).toEqual({ of: 1, among: 20 })
})

test('a higher probability is never said in a lower number', () => {
  const said = Array.from({ length: 95 }, (_, i) => chanceOf(0.05 + i / 100)!)
  for (const [i, { of, among }] of said.entries()) {
    if (i > 0)
      expect(of / among).toBeGreaterThanOrEqual(said[i - 1]!.of / said[i - 1]!.among)
  }
})

test('a long shot has words, and no number that seems exact', () => {
  expect(chanceOf(0.03)).toBeUndefined()
  expect(chanceOf(Number.NaN)).toBeUndefined()
  expect(chanceText(0.01, en)).toBe(
    'a long shot: fewer than 1 in 20 people in your place chose it',
  )
})

test('nothing is said of what was not measured, nor without words for it', () => {
  expect(chanceText(0.4, en)).toBe('about 2 in 5 people in your place chose it')
  expect(chanceText(undefined, en)).toBeUndefined()
  expect(chanceText(0.4, {})).toBeUndefined()
})
