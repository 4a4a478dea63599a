import { expect, test } from 'vitest'
import { countWord, en, pair, shortTitle, verbs } from './en.ts'
import { type Messages, reasonText, shelfTitle, type TitledShelf } from './messages.ts'

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

test('knows what a visitor may do to an item', () => {
  expect(verbs.like).toBe('liked')
})

test('titles a shelf for what it is: popularity is not called a trend', () => {
  const titleOf = (shelf: TitledShelf) => shelfTitle(shelf, en)
  expect(titleOf({ kind: 'for-you' })).toBe('For you')
  expect(titleOf({ kind: 'popular', isByPopularity: true })).toBe('Widely chosen')
  expect(titleOf({ kind: 'popular', isByPopularity: false })).toBe('A place to start')
  expect(titleOf({ kind: 'different' })).toBe('Something different')
  expect(titleOf({ kind: 'continue' })).toBe('Pick up again')
})

test('titles a shelf made from one item', () => {
  const because = (event: 'like' | 'rate', title: string) =>
    shelfTitle({ kind: 'because', anchor: { item: { id: 'a', title }, event } }, en)
  expect(because('like', 'Dune (Dune #1)')).toBe('Because you liked Dune')
  expect(because('rate', 'Emma')).toBe('Because you rated Emma')
})

test('a site may word a kind in its own way', () => {
  const books: Messages = {
    ...en,
    reasons: { ...en.reasons, popular: ({ among }) => `of the ${among} most read` },
  }
  const popular = { kind: 'popular', params: { among: 20 } } as const
  expect(reasonText(popular, books)).toBe('of the 20 most read')
  const guess = { kind: 'guess', params: { because: popular } } as const
  expect(reasonText(guess, books)).toBe('a guess: of the 20 most read')
})
