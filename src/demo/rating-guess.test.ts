import { expect, test } from 'vitest'
import { guessWords } from './item-page.ts'

test('gives the guess and what it is made of', () => {
  expect(guessWords({ stars: 4.249, from: 5, least: 3 }, false)).toBe(
    'You might give it 4.2: a guess from your 5 ratings.',
  )
})

test('gives how many ratings are missing', () => {
  expect(guessWords({ from: 0, least: 3 }, false)).toMatch(/^Rate 3 books, and/)
  expect(guessWords({ from: 2, least: 3 }, false)).toMatch(/^Rate one more book, and/)
})

test('beside a rating it states what the guess had been without it', () => {
  expect(guessWords({ stars: 3, from: 4, least: 3 }, true)).toBe(
    'From your 4 other ratings, the guess was 3.0.',
  )
  expect(guessWords({ from: 2, least: 3 }, true)).toMatch(
    /^Once you have rated 3 others/,
  )
})
