import { describe, expect, test } from 'vitest'
import { editionOf, plainTitle } from './editions.ts'

const of = (title: string, maker = 'George R.R. Martin', group?: string) =>
  editionOf({ title, authors: [maker], ...(group ? { group } : {}) })

describe('one thing in another edition', () => {
  test.each([
    ["'Salem's Lot", 'Salem’s Lot'],
    ['The Lightning Thief', 'The Lightning Thief: The Graphic Novel'],
    ['Mort', 'Mort: The Play'],
    ['The Danish Girl', 'The Danish Girl: A Novel'],
    ['Holy Bible: King James Version', 'Holy Bible: New International Version'],
    ['Dracula', 'Dracula (Marvel Illustrated)'],
    ['Café', 'Cafe [Hardcover]'],
    ['The Princess Bride', 'Princess Bride: 30th Anniversary Edition'],
    [
      'The Strange Case of Dr. Jekyll and Mr. Hyde',
      'The Strange Case of Dr. Jekyll and Mr. Hyde and Other Tales of Terror',
    ],
    ['The Metamorphosis', 'The Metamorphosis and Other Stories'],
    ['The Stand', 'The Stand: The Complete & Uncut Edition'],
    ['Alice in Wonderland', 'Alice in Wonderland: The Annotated Edition'],
    ['A Game of Thrones', 'A Game of Thrones: The Illustrated Edition'],
    ['Dune', 'Dune (Dune #1)'],
    ['The Hobbit', 'The Hobbit Deluxe Edition'],
    ['Faust', 'FAUST  '],
  ])('%s and %s share a key', (a, b) => {
    expect(of(a)).toBe(of(b))
  })

  test('a group of the catalogue decides, whatever the titles', () => {
    expect(of('Red shoe', 'Brand', 'shoe')).toBe(of('Blue boot', 'Other', 'shoe'))
    expect(of('Red shoe', 'Brand', 'shoe')).not.toBe(of('Red shoe', 'Brand'))
  })
})

describe('two things', () => {
  test.each([
    ['Dune', 'Dune Messiah'],
    ['Saga (Saga #1)', 'Saga (Saga #2)'],
    ['Dune', 'Dune (Books 1-3)'],
    ['The Last Wish', 'The Last Wish and Sword of Destiny'],
    ['Other Stories', 'Stories'],
    ['Batman: Year One', 'Batman: The Dark Knight Returns'],
    ['The Sandman: Overture', 'The Sandman: Endless Nights'],
    ['Humans of New York', 'Humans of New York: Stories'],
    ['Reasonable Doubt: Volume 1', 'Reasonable Doubt: Volume 2'],
    ['Saga (Vol. 1)', 'Saga (Vol. 2)'],
    ['The Stand: Captain Trips', 'The Stand: Soul Survivors'],
    ['Magician: Apprentice', 'Magician: Master'],
    ['1984', '2061'],
  ])('%s and %s have keys of their own', (a, b) => {
    expect(of(a)).not.toBe(of(b))
  })

  test('have one title and two makers', () => {
    expect(of('Selected Poems', 'Emily Dickinson')).not.toBe(
      of('Selected Poems', 'Lord Byron'),
    )
  })

  test('have no key without a maker: a title alone is no proof', () => {
    expect(editionOf({ title: 'Selected Poems' })).toBeUndefined()
    expect(of('()')).toBeUndefined()
  })
})

test('a title in another script stays what it is', () => {
  expect(plainTitle('عائد إلى حيفا')).toBe(
    'عائد الى حيفا'.normalize('NFKD').replace(/\p{M}/gu, ''),
  )
  expect(plainTitle('The The')).toBe('the')
})
