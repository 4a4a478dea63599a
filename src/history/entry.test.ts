import { expect, test } from 'vitest'
import { idsOfUrl, isbn13 } from './entry.ts'

test('an ISBN is known by its check digit', () => {
  expect(isbn13('0-306-40615-2')).toBe('9780306406157')
  expect(isbn13('080442957X')).toBe('9780804429573')
  expect(isbn13('978-0-306-40615-7')).toBe('9780306406157')
  for (const wrong of ['0306406153', '9780306406158', '12345', '', 'X306406152']) {
    expect(isbn13(wrong)).toBeUndefined()
  }
})

test('addresses of known sites hold ids', () => {
  expect(idsOfUrl('https://www.imdb.com/de/title/tt0111161/?ref_=x')).toEqual({
    imdb: 'tt0111161',
  })
  expect(idsOfUrl('https://www.themoviedb.org/tv/1396-x')).toEqual({ tmdb: 'tv/1396' })
  expect(idsOfUrl('https://doi.org/10.1234/Tide%2E5')).toEqual({
    doi: '10.1234/tide.5',
  })
  expect(idsOfUrl('https://doi.org/10.1234/100%')).toEqual({ doi: '10.1234/100%' })
  expect(idsOfUrl('https://example.org/title/tt0111161')).toEqual({})
})
