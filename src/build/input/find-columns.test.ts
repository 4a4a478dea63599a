import { expect, test } from 'vitest'
import { findColumns, ITEM_COLUMNS, requireColumn } from './columns.ts'
import { INTERACTION_COLUMNS } from './interaction-columns.ts'

const table = (...columns: readonly string[]) => ({ path: 'x.csv', columns })

test('case, spaces, _ and - in a column name do not matter', () => {
  for (const name of ['movieId', 'movie_id', 'Movie ID', 'MOVIE-ID']) {
    expect(findColumns(table('x', name), ITEM_COLUMNS).id).toBe(1)
  }
})

test('the best name wins over its place in the table', () => {
  const found = findColumns(table('isbn', 'headline', 'id', 'title'), ITEM_COLUMNS)
  expect(found).toMatchObject({ id: 2, title: 3 })
})

test('one column serves one field, and the named one comes first', () => {
  const found = findColumns(table('id', 'date', 'x'), INTERACTION_COLUMNS, {
    user: 'id',
  })
  expect(found).toEqual({ user: 0, time: 1 })
})

test('every alias is written as names are compared, and means one thing in its table', () => {
  for (const columns of [ITEM_COLUMNS, INTERACTION_COLUMNS]) {
    const aliases = Object.values(columns).flat()
    expect(new Set(aliases).size).toBe(aliases.length)
    for (const alias of aliases) expect(alias).toMatch(/^[\p{Ll}]+$/u)
  }
})

test('a missing column is an error that names a few of those there are', () => {
  const many = table(...Array.from({ length: 30 }, (_, i) => `c${i}`))
  expect(() => requireColumn(many, {}, 'id')).toThrow(
    /got c0, .*c19, …\. Name it with --id/,
  )
})
