import { describe, expect, test } from 'vitest'
import type { ItemRecord } from '../../pack/item.ts'
import { createKeywordIndex } from './keyword-search.ts'

const records: Omit<ItemRecord, 'id'>[] = [
  { title: 'Dune', authors: ['Frank Herbert'], series: { name: 'Dune' } },
  { title: 'Children of Dune', authors: ['Frank Herbert'], series: { name: 'Dune' } },
  { title: 'One Hundred Years of Solitude', authors: ['Gabriel García Márquez'] },
  { title: 'Herbert', authors: ['Nobody'], genres: ['romance'] },
  { title: 'The Sea, the Sea', authors: ['Iris Murdoch'], genres: ['fiction'] },
  { title: 'War and Peace', authors: ['Leo Tolstoy'], genres: ['fiction'] },
]
const index = createKeywordIndex(
  records.map((record, index) => ({ index, record: { id: `${index}`, ...record } })),
)
const indicesFor = (text: string, count = 10) =>
  index.search(text, count).map(({ index }) => index)

describe('the keyword index', () => {
  test('puts the exact title first, though others hold the word more often', () => {
    expect(indicesFor('dune')).toEqual([0, 1])
    expect(index.search('dune', 1)[0]).toMatchObject({ isExact: true, coverage: 1 })
  })

  test('puts the exact author before other finds', () => {
    expect(indicesFor('frank herbert').slice(0, 2).toSorted()).toEqual([0, 1])
  })

  test('finds a title before an author of the same word', () => {
    expect(indicesFor('herbert')[0]).toBe(3)
  })

  test('forgives accents, case, misspelling and an unfinished word', () => {
    expect(indicesFor('GARCIA MARQUEZ')[0]).toBe(2)
    expect(indicesFor('solitide')[0]).toBe(2)
    expect(indicesFor('one hundred ye')[0]).toBe(2)
  })

  test('finds what two swapped letters spell', () => {
    expect(indicesFor('tolsoty')[0]).toBe(5)
    expect(indicesFor('dnue')).toEqual([0, 1])
    expect(indicesFor('hebrert')[0]).toBe(3)
    expect(indicesFor('ides')).toEqual([]) // short words are matched as typed
  })

  test('finds by genre and by series', () => {
    expect(indicesFor('romance')).toEqual([3])
    expect(indicesFor('fiction').toSorted()).toEqual([4, 5])
  })

  test('items with all the words come before items with some, and say how many', () => {
    const hits = index.search('peace fiction sea', 10)
    expect(hits.map(({ index }) => index).toSorted()).toEqual([4, 5])
    for (const { coverage } of hits) expect(coverage).toBeCloseTo(2 / 3, 6)
    expect(indicesFor('sea fiction')[0]).toBe(4)
  })

  test('does not guess at short words', () => {
    expect(indicesFor('wax')).toEqual([])
  })

  test('passes over words that most titles hold, unless there are no others', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      index,
      record: { id: `${index}`, title: index === 7 ? 'The sea' : `The book ${index}` },
    }))
    const big = createKeywordIndex(many)
    const [only, ...others] = big.search('all about the sea', 5)
    expect(only).toMatchObject({ index: 7, coverage: 1 / 3 }) // of all, about and sea
    expect(others).toEqual([])
    expect(big.search('the', 5)).toHaveLength(5)
    expect(big.search('the sea', 1)[0]).toMatchObject({ index: 7, isExact: true })
  })

  test.each(['', '   ', '?!', '"', '\u0000'])('finds nothing for %j', (text) => {
    expect(indicesFor(text)).toEqual([])
  })

  test('reads the first 512 characters of a longer text', () => {
    const padding = ' '.repeat(600)
    expect(indicesFor(`dune${padding}romance`)).toEqual([0, 1])
    expect(indicesFor(`${padding}dune`)).toEqual([])
    const megabyte = 'dune herbert solitude '.repeat(50_000)
    expect(indicesFor(megabyte)).toEqual(indicesFor(megabyte.slice(0, 512)))
  })

  test('returns no more than asked', () => {
    expect(indicesFor('fiction', 1)).toHaveLength(1)
    expect(indicesFor('fiction', 0)).toEqual([])
  })

  test('has no trouble with an empty catalogue', () => {
    expect(createKeywordIndex([]).search('dune', 5)).toEqual([])
  })
})

describe('titles in scripts without spaces', () => {
  const titles = [
    '肖申克的救赎',
    '泰坦尼克号',
    'となりのトトロ',
    '機動戦士ガンダム 第08MS小隊',
    'สูตรอาหารไทย',
    'ประวัติศาสตร์โลก',
    'iPhone 手机壳 (2024)',
    '기생충',
  ]
  const search = createKeywordIndex(
    titles.map((title, index) => ({ index, record: { id: `${index}`, title } })),
  )
  const found = (text: string) => search.search(text, 5).map(({ index }) => index)

  test.each([
    ['救赎', [0]],
    ['赎', [0]],
    ['尼克', [1]],
    ['トトロ', [2]],
    ['ガンダム', [3]],
    ['08ms', [3]],
    ['อาหาร', [4]],
    ['โลก', [5]],
    ['手机', [6]],
    ['iphone手机', [6]],
    ['手机 壳', [6]],
    ['기생', [7]],
  ])('are found by a part of them: %s', (text, indices) => {
    expect(found(text)).toEqual(indices)
  })

  test('are exact where they are typed whole', () => {
    expect(search.search('泰坦尼克号', 1)[0]).toMatchObject({
      index: 1,
      isExact: true,
      coverage: 1,
    })
  })

  test('are not found by letters that do not follow each other there', () => {
    expect(search.search('救克', 5)).toEqual([])
  })
})
