import { describe, expect, test } from 'vitest'
import { MAX_ATTRIBUTES_PER_ITEM } from '../../pack/attribute-block.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { attributesOf } from '../../scoring/attributes.ts'
import { buildAttributes } from './attributes.ts'

function item(id: string, facts: Partial<ItemRecord> = {}): ItemRecord {
  return { id, title: id, ...facts }
}

/** The names of each row's attributes, in order. */
function names(items: readonly ItemRecord[], limit?: number) {
  const block = buildAttributes(items, limit)
  return items.map((_, row) =>
    [...attributesOf(block, row)].map((attribute) => block.values[attribute].name),
  )
}

describe('buildAttributes', () => {
  test('puts series first, then authors, rarer genres before common ones, years last', () => {
    const dune = {
      series: { name: 'Dune' },
      authors: ['Frank Herbert', 'Brian Herbert'],
      genres: ['fiction', 'space opera'],
      year: 1965,
    }
    const rows = names([
      item('a', dune),
      item('b', { ...dune, authors: ['Frank Herbert'] }),
      item('c', { genres: ['fiction'] }),
    ])
    expect(rows[0]).toEqual([
      'Dune',
      'Frank Herbert',
      'Brian Herbert',
      'space opera',
      'fiction',
      '1960s',
    ])
  })

  test('drops what only one item names, but keeps its author', () => {
    const lonely = { authors: ['Nobody'], genres: ['rare'], year: 1901 }
    expect(names([item('a', lonely), item('b')])).toEqual([['Nobody'], []])
  })

  test('reads names without case and extra spaces, and keeps the first spelling', () => {
    const rows = names([
      item('a', { genres: ['Science  Fiction'] }),
      item('b', { genres: [' science fiction', 'Science Fiction'] }),
    ])
    expect(rows).toEqual([['Science Fiction'], ['Science Fiction']])
  })

  test('does not mix a genre with an author of the same name', () => {
    const block = buildAttributes([
      item('a', { authors: ['Poe'], genres: ['Poe'] }),
      item('b', { genres: ['Poe'] }),
    ])
    expect(block.values).toEqual([
      { name: 'Poe', relation: 'author' },
      { name: 'Poe', relation: 'genre' },
    ])
  })

  test('holds at most eight an item, and drops what that leaves with one item', () => {
    const many = Array.from({ length: 9 }, (_, i) => `Author ${i}`)
    const rows = names([
      item('a', { authors: many, genres: ['epic'] }),
      item('b', { genres: ['epic'] }),
    ])
    expect(rows[0]).toEqual(many.slice(0, MAX_ATTRIBUTES_PER_ITEM))
    expect(rows[1]).toEqual([])
  })

  test('over the limit drops the rarest, later ones first', () => {
    const rows = names(
      [
        item('a', { authors: ['A'], genres: ['x', 'y'] }),
        item('b', { authors: ['B'], genres: ['x', 'y'] }),
        item('c', { genres: ['x'] }),
      ],
      3,
    )
    expect(rows).toEqual([['A', 'y', 'x'], ['y', 'x'], ['x']])
  })

  test('gives the same block for the same items', () => {
    const items = [
      item('a', { genres: ['x'], year: 2000 }),
      item('b', { genres: ['x'] }),
    ]
    expect(buildAttributes(items)).toEqual(buildAttributes(structuredClone(items)))
  })

  test('gives an empty block for an empty catalogue', () => {
    expect(buildAttributes([])).toEqual({
      values: [],
      indptr: Uint32Array.of(0),
      indices: new Uint16Array(0),
    })
  })
})
