import { expect, test } from 'vitest'
import { toItem, withKnownSeries } from './book-item.ts'

const ROW = {
  book_id: '7',
  title: 'Sourcery (Discworld, #5; Rincewind #3)',
  authors: 'Terry  Pratchett, Someone Else',
  year: '1988',
  language: 'en-GB',
  genres: 'comic-fantasy|fantasy-humor|fantasy|to-read-fantasy|magic|owned-comics',
}

test('a row of the source becomes a clean item', () => {
  expect(toItem(ROW)).toEqual({
    id: '7',
    title: 'Sourcery',
    authors: ['Terry Pratchett', 'Someone Else'],
    year: 1988,
    genres: ['humorous fantasy', 'fantasy'],
    series: { name: 'Discworld', position: 5 },
    language: 'en',
  })
})

test('what is not known is left out', () => {
  const item = toItem({
    ...ROW,
    year: '',
    language: 'mul',
    authors: 'Various',
    title: 'A',
  })
  expect(item).not.toHaveProperty('year')
  expect(item).not.toHaveProperty('language')
  expect(item).not.toHaveProperty('series')
  expect(item.authors).toEqual(['Anonymous'])
})

test('a volume named in the title is a series, an edition in brackets is dropped', () => {
  const volume = toItem({ ...ROW, title: 'The Walking Dead, Vol. 04: The Heart' })
  expect(volume.series).toEqual({ name: 'The Walking Dead', position: 4 })
  expect(toItem({ ...ROW, title: 'Peter Pan (A Little Golden Book)' }).title).toBe(
    'Peter Pan',
  )
})

test('a bracket that names a known series moves from the title to the series', () => {
  const items = [
    { id: '1', title: 'Arrows', series: { name: 'Valdemar', position: 1 } },
    { id: '2', title: 'By the Sword (Valdemar)' },
    { id: '3', title: 'Frosty (Frosty)' },
    { id: '4', title: 'I Am America (And So Can You!)' },
  ]
  expect(withKnownSeries(items)).toEqual([
    items[0],
    { id: '2', title: 'By the Sword', series: { name: 'Valdemar' } },
    { id: '3', title: 'Frosty' },
    items[3],
  ])
})
