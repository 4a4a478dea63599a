import { expect, test } from 'vitest'
import { itemText } from './item-text.ts'

test('puts the most distinctive facts first', () => {
  const text = itemText({
    id: '1',
    title: 'Dune Messiah',
    authors: ['Frank Herbert', 'A. Nother'],
    series: { name: 'Arrakis', position: 2 },
    year: 1969,
    genres: ['science-fiction', 'classics'],
    description: 'A sequel!',
  })
  expect(text).toBe(
    'Dune Messiah by Frank Herbert and A. Nother (Arrakis 2), 1969. science fiction, classics. A sequel!',
  )
})

test('leaves out what is missing, and a series the title already names', () => {
  expect(itemText({ id: '1', title: 'Dune' })).toBe('Dune.')
  const series = { name: 'Dune', position: 2 }
  expect(itemText({ id: '2', title: 'Dune Messiah', series })).toBe('Dune Messiah.')
})

test('is empty only for an item without any text', () => {
  expect(itemText({ id: '1', title: ' ' })).toBe('')
})

test('cuts a long tail of genres', () => {
  const genres = Array.from({ length: 30 }, (_, n) => `g${n}`)
  expect(itemText({ id: '1', title: 'A', genres })).toBe(
    'A. g0, g1, g2, g3, g4, g5, g6, g7.',
  )
})
