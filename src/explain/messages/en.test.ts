import { expect, test } from 'vitest'
import { because, countWord, deedOf, pair, shelfTitle, shortTitle } from './en.ts'

test('shortTitle drops the series in brackets, and cuts at a word', () => {
  expect(shortTitle('Dune (Dune Chronicles #1)')).toBe('Dune')
  expect(shortTitle('Emma')).toBe('Emma')
  expect(shortTitle('(untitled)')).toBe('(untitled)')
  const long = shortTitle('A very long title about the many adventures of a small bear')
  expect(long).toBe('A very long title about the many adventures of…')
})

test('shortTitle cuts a title without spaces, too', () => {
  expect(shortTitle('x'.repeat(60))).toBe(`${'x'.repeat(47)}…`)
})

test('counts in words up to nine', () => {
  expect([1, 3, 9, 10].map(countWord)).toEqual(['one', 'three', 'nine', '10'])
})

test('names at most two', () => {
  expect(pair(['A', 'B', 'C'])).toBe('A and B')
  expect(pair(['A'])).toBe('A')
})

test('knows the deeds, and says nothing of none', () => {
  expect(deedOf('like')).toBe('liked')
  expect(deedOf(undefined)).toBeUndefined()
})

test('titles a shelf for what it is: popularity is not called a trend', () => {
  expect(shelfTitle('for-you')).toBe('For you')
  expect(shelfTitle('trending')).toBe('Widely read')
  expect(shelfTitle('different')).toBe('Something different')
})

test('titles a shelf made from one item', () => {
  expect(because('like', 'Dune (Dune #1)')).toBe('Because you liked Dune')
  expect(because('rate', 'Emma')).toBe('Because you rated Emma')
  expect(because(undefined, 'Emma')).toBe('Goes with Emma')
})
