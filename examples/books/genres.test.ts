import { expect, test } from 'vitest'
import { GENRE_RULES, MIXED_RULES } from './genre-shelves.ts'
import { genresOf, isGenreShelf, MAX_GENRES } from './genres.ts'

const shelves = (text: string) => text.split(' ')

test('one genre said in many ways is said once', () => {
  const found = genresOf(shelves('sci-fi scifi science-fiction sciencefiction fiction'))
  expect(found).toEqual(['science fiction'])
})

test('the most specific genre comes first and the audience last', () => {
  const found = genresOf(
    shelves(
      'ya teen young-adult ya-fiction ya-books fantasy magic ya-fantasy dragons fiction',
    ),
  )
  expect(found).toEqual(['dragons', 'fantasy', 'young adult'])
})

test('mixed shelves go to the genre the book has shelves of its own for', () => {
  const mixed = 'sci-fi-fantasy fantasy-sci-fi scifi-fantasy fantasy-scifi'
  expect(genresOf(shelves(`fantasy magic ${mixed}`))).toEqual(['fantasy'])
  expect(genresOf(shelves(`sci-fi space ${mixed}`))).toEqual(['science fiction'])
})

test('fiction is named only where a book has no other genre', () => {
  expect(genresOf(['fiction'])).toEqual(['fiction'])
  expect(genresOf(shelves('fiction adult-fiction general-fiction cyberpunk'))).toEqual([
    'cyberpunk',
  ])
})

test('one stray shelf makes no genre', () => {
  expect(genresOf(shelves('fiction mystery horror classics young-adult'))).toEqual([
    'fiction',
  ])
})

test('only old books are classics', () => {
  const classic = shelves(
    'classics classic-literature the-classics classics-read fiction',
  )
  expect(genresOf(classic, 1925)).toContain('classics')
  expect(genresOf(classic, 2012)).not.toContain('classics')
})

test('a novel about a life is no memoir, a memoir is', () => {
  const memoir = 'memoir memoirs autobiography bio-memoir memoir-bio biography-memoir'
  expect(genresOf(shelves(`${memoir} fiction`))).toEqual(['fiction'])
  expect(genresOf(shelves(`${memoir} non-fiction nonfiction fiction`))).toContain(
    'memoir',
  )
})

test('shelves of no genre are noise, and a book of noise has no genre', () => {
  for (const noise of ['to-read-fiction', 'award-winners', 'punya', 'kindle']) {
    expect(isGenreShelf(noise)).toBe(false)
  }
  expect(genresOf(['to-read-fiction', 'kindle', ''])).toEqual([])
})

test('no book has more genres than the limit, whatever its shelves', () => {
  const all = [...GENRE_RULES, ...MIXED_RULES].flatMap((rule) => rule.shelves)
  expect(genresOf(all)).toHaveLength(MAX_GENRES)
})

test('every rule can be met by its own shelves, and mixed rules name genres', () => {
  const names = GENRE_RULES.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, enough, shelves: own } of GENRE_RULES) {
    expect(own.length, name).toBeGreaterThanOrEqual(enough)
  }
  for (const { genres } of MIXED_RULES)
    expect(names).toEqual(expect.arrayContaining([...genres]))
})
