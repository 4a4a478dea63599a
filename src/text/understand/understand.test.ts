import { expect, test } from 'vitest'
import { factsOf, holds } from './facts.ts'
import { isSameWord, refusalTest } from './refusal.ts'
import { understand } from './understand.ts'

const names = {
  titlesIn: (text: string) =>
    text.toLowerCase() === 'no country for old men'
      ? [{ from: 0, to: text.length }]
      : [],
  makerOf: (name: string) =>
    name.toLowerCase() === 'stephen king' ? 'Stephen King' : undefined,
}
const shown = (text: string, ignore: readonly string[] = []) =>
  understand(text, names, ignore).parts.map(({ kind, text: own }) => `${kind}: ${own}`)

test('a wish, a refusal and a fact are kept apart', () => {
  expect(shown('cosy mystery, not England, before 1950')).toEqual([
    'wanted: cosy mystery',
    'refused: England',
    'fact: before 1950',
  ])
})

test('what was taken away does not count any more', () => {
  const { wanted, refused } = understand('fantasy without dragons', names, [
    'refused:dragons',
  ])
  expect({ wanted, refused }).toEqual({ wanted: 'fantasy', refused: [] })
})

test('a maker is one that the catalogue knows', () => {
  expect(understand('horror by stephen king', names)).toMatchObject({
    ...{ wanted: 'horror', maker: 'Stephen King', intent: 'maker' },
  })
  expect(understand('walks by the sea', names).maker).toBeUndefined()
})

test.each([
  ['no country for old men', 'title'],
  ['I loved Dune but the ending dragged', 'opinion'],
  ['something like Dune', 'like'],
  ['books published in 2014', 'fact'],
  ['who wrote Dune?', 'question'],
  ['slow, about the sea', 'wish'],
])('%s is a %s', (text, intent) => {
  expect(understand(text, names).intent).toBe(intent)
})

test('a text in which nothing is understood goes on as it is', () => {
  expect(understand('slow, about the sea')).toMatchObject({
    ...{ wanted: 'slow, about the sea', parts: [] },
  })
})

test.each([
  ['books published in 2014', { field: 'year', least: 2014, most: 2014 }],
  ['mystery before 1950', { field: 'year', most: 1949 }],
  ['mystery, not after 1950', { field: 'year', most: 1950 }],
  ['mystery until 1950', { field: 'year', most: 1950 }],
  ['mystery not before 1950', { field: 'year', least: 1950 }],
  ['mystery after 1950', { field: 'year', least: 1951 }],
  ['from the 80s', { field: 'year', least: 1980, most: 1989 }],
  ['novels under $15', { field: 'price', most: 15 }],
  ['under 300 pages', { field: 'pages', most: 300 }],
  ['thriller in German', { field: 'language', value: 'de' }],
  ['1950年以前的小说', { field: 'year', most: 1949 }],
])('a fact: %s', (text, fact) => {
  expect(factsOf(text).facts).toMatchObject([fact])
})

test.each(['1984', '2001: a space odyssey', 'books like 1984', 'catch 22'])(
  'a number that is no fact: %s',
  (text) => {
    expect(factsOf(text)).toEqual({ facts: [], rest: text })
  },
)

test('an item that does not tell a fact does not pass', () => {
  const fact = { field: 'year', most: 1949, label: '' } as const
  const book = { id: '1', title: 'A' }
  expect([holds(fact, book), holds(fact, { ...book, year: 1920 })]).toEqual([
    false,
    true,
  ])
})

test('a refusal is held against categories, makers, series and titles', () => {
  const isRefused = refusalTest('romance')
  const book = { id: '1', title: 'A' }
  expect(isRefused({ ...book, genres: ['historical romance'] })).toBe(true)
  expect(isRefused({ ...book, title: 'A Romance of the Sea' })).toBe(true)
  expect(isRefused({ ...book, genres: ['Roman history'] })).toBe(false)
  expect(refusalTest('Drachen')({ ...book, genres: ['dragons'] })).toBe(true)
  expect(refusalTest('')(book)).toBe(false)
})

test('words are one by their stem alone', () => {
  expect(isSameWord('vampires', 'vampiros')).toBe(true)
  expect(isSameWord('history', 'historical')).toBe(false)
  expect(isSameWord('war', 'warm')).toBe(false)
})
