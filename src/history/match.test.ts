import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttributeColumn } from '../pack/attribute-column.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { HistoryEntry } from './entry.ts'
import { type MatchOptions, matchHistory } from './match.ts'

const tableOf = (records: readonly ItemRecord[]) => ({
  count: records.length,
  record: (index: number) => records[index]!,
  indexOf: (id: string) => {
    const index = records.findIndex((record) => record.id === id)
    return index < 0 ? undefined : index
  },
})

const entryOf = (given: Partial<HistoryEntry>): HistoryEntry => ({
  ...{ title: '', makers: [], ids: {}, kind: 'finished', line: 2, ...given },
})

/** `id (sure) by reason`, or `none`. */
async function found(
  given: Partial<HistoryEntry>,
  records: readonly Partial<ItemRecord>[],
  options: MatchOptions = {},
): Promise<string> {
  const items = records.map((record, i) => ({ id: `${i}`, title: '', ...record }))
  const { matched } = await matchHistory([entryOf(given)], tableOf(items), options)
  const [match] = matched
  if (!match) return 'none'
  return `${items[match.index]!.id} ${match.isSure ? 'sure' : 'maybe'} by ${match.why}`
}

describe('by ids', () => {
  const tide = { title: 'Tide Tables', id: '9780306406157' }

  test('an ISBN of ten digits is that of thirteen, hyphens or none', async () => {
    const entry = { title: 'Tide tables: a guide', ids: { isbn: '9780306406157' } }
    expect(await found(entry, [tide])).toBe(`${tide.id} sure by id`)
    expect(await found(entry, [{ ...tide, id: '0-306-40615-2' }])).toBe(
      '0-306-40615-2 sure by id',
    )
    const inUrl = { title: 'Tide Tables', url: '/book/9780306406157/' }
    expect(await found(entry, [inUrl])).toBe('0 sure by id')
  })

  test('one id with titles that have nothing in common is asked about', async () => {
    const entry = { title: 'Gezeiten', ids: { isbn: '9780306406157' } }
    expect(await found(entry, [tide])).toBe(`${tide.id} maybe by other-title`)
  })

  test('a number is an id of the service only where the catalogue states that it is', async () => {
    const entry = {
      title: 'Night Ferry',
      ids: { goodreads: '42' },
      makers: ['Ada Reed'],
    }
    const shop = { id: '42', title: 'Garden hose' }
    expect(await found(entry, [shop])).toBe('none')
    const url = 'https://www.goodreads.com/book/show/42'
    expect(await found(entry, [{ id: '42', title: 'Night Ferry', url }])).toBe(
      '42 sure by id',
    )
  })

  test('a column of the owner’s own may be named after an id space', async () => {
    const columns: AttributeColumn[] = [
      { name: 'IMDb_ID', type: 'text', values: [undefined, 'tt0111161'] },
      { name: 'tmdbId', type: 'number', values: [278, undefined] },
    ]
    const records = [{ title: 'Quay' }, { title: 'Night Ferry' }]
    const options = { columns }
    const imdb = { title: 'Night Ferry', ids: { imdb: 'tt0111161' } }
    expect(await found(imdb, records, options)).toBe('1 sure by id')
    const tmdb = { title: 'Quay', ids: { tmdb: 'movie/278' } }
    expect(await found(tmdb, records, options)).toBe('0 sure by id')
  })

  test('bare numbers are only ever asked about, and only where nearly all are here', async () => {
    const items = tableOf(
      Array.from({ length: 40 }, (_, i) => ({ id: `${i}`, title: `T ${i}` })),
    )
    const numbers = (from: number) =>
      Array.from({ length: 20 }, (_, i) =>
        entryOf({ ids: { movielens: `${from + i}` } }),
      )
    const all = await matchHistory(numbers(1), items)
    expect(all.matched).toHaveLength(20)
    expect(all.matched.every(({ isSure, why }) => !isSure && why === 'number')).toBe(
      true,
    )
    expect((await matchHistory(numbers(30), items)).matched).toEqual([])
  })
})

describe('by address', () => {
  const entry = (url: string) => ({ title: 'Whatever', url })

  test('without protocol, www, tracking, index page and last slash', async () => {
    const item = { title: 'On Tides', url: 'https://www.example.org/tides/index.html' }
    expect(
      await found(entry('http://example.org/tides/?utm_source=x#top'), [item]),
    ).toBe('0 sure by address')
    expect(await found(entry('http://example.org/tides?page=2'), [item])).toBe('none')
    expect(await found(entry('http://example.com/tides'), [item])).toBe('none')
  })

  test('a relative address starts at the site’s own host, at any folder of it', async () => {
    const item = { title: 'On Tides', url: './posts/tides.html' }
    const options = { host: 'blog.example' }
    const bookmark = entry('https://blog.example/archive/posts/tides.html')
    expect(await found(bookmark, [item], options)).toBe('0 sure by address')
    expect(await found(bookmark, [item])).toBe('none')
  })
})

describe('by title', () => {
  const lamp = { title: 'The Lamp', authors: ['Ada K. Reed'], year: 1987 }
  const other = { title: 'Lamp', authors: ['Bo Lund'], year: 1999 }
  const records = [other, lamp]

  test.each([
    ['The Lamp (Harbour, #2)', 'Ada Reed'],
    ['LAMP, THE', 'Reed, Ada'],
    ['The Lamp: A Novel', 'A. K. Reed'],
    ['The Lamp – 25th Anniversary Edition', 'Reed Ada K.'],
    ['Thé Lämp', 'ADA REED'],
  ])('%s of %s is The Lamp of Ada K. Reed', async (title, maker) => {
    expect(await found({ title, makers: [maker] }, records)).toBe(
      '1 sure by title-maker',
    )
  })

  test('of another maker it is another thing', async () => {
    expect(await found({ title: 'The Lamp', makers: ['Cy Young'] }, records)).toBe(
      'none',
    )
  })

  test('a film is known by its year, one more or less', async () => {
    expect(await found({ title: 'The Lamp', year: 1988 }, records)).toBe(
      '1 sure by title-year',
    )
    expect(await found({ title: 'The Lamp', year: 1970 }, records)).toBe('none')
  })

  test('alone it has to be long and of one item; short ones are asked about', async () => {
    const long = { title: 'The Man Who Fell Into the Sea' }
    expect(await found({ title: 'Man who fell into the sea' }, [long])).toBe(
      '0 sure by title',
    )
    expect(await found({ title: 'The Lamp' }, [lamp])).toBe('0 maybe by short-title')
    expect(await found({ title: long.title }, [long, long])).toBe(
      '0 maybe by part-title',
    )
  })

  test('volumes that share a title before the colon are asked about', async () => {
    const makers = ['Ada Reed']
    const saga = ['One', 'Two'].map((part) => ({
      title: `Saga: ${part}`,
      authors: makers,
    }))
    expect(await found({ title: 'Saga', makers }, saga)).toBe('0 maybe by title-maker')
    expect(await found({ title: 'Saga: Two (Saga, #2)', makers }, saga)).toBe(
      '1 sure by title-maker',
    )
  })

  test('numbers tell volumes apart, however they are written', async () => {
    const makers = ['Ada Reed']
    const parts = ['Storm Part Two', 'Storm Part Three'].map((title) => ({
      title,
      authors: makers,
    }))
    expect(await found({ title: 'Storm, Vol. III', makers }, parts)).toBe(
      '1 sure by title-maker',
    )
    expect(await found({ title: 'Storm Part 4', makers }, parts)).toBe('none')
  })

  test('a word more or less, or otherwise, of the same maker is asked about', async () => {
    const stone = {
      title: 'The Keeper and the Sorcerer’s Stone',
      authors: ['Ada Reed'],
    }
    const makers = ['Ada Reed']
    const title = "The Keeper and the Philosopher's Stone"
    expect(await found({ title, makers }, [stone])).toBe('0 maybe by near-title')
    const slip = 'The Keeper and the Sorcerers Stoone'
    expect(await found({ title: slip, makers }, [stone])).toBe('0 sure by near-title')
    expect(await found({ title, makers: ['Bo Lund'] }, [stone])).toBe('none')
  })

  test('scripts without spaces are compared whole', async () => {
    const records = [
      { title: '海辺のカフカ', authors: ['村上春樹'] },
      { title: 'Преступление', authors: ['Достоевский, Фёдор'] },
    ]
    expect(await found({ title: '海辺のカフカ', makers: ['村上春樹'] }, records)).toBe(
      '0 sure by title-maker',
    )
    expect(
      await found({ title: 'преступление', makers: ['Федор Достоевский'] }, records),
    ).toBe('1 sure by title-maker')
  })
})

test('a title that is certain is worth more than an id that contradicts it', async () => {
  const entry = {
    title: 'Night Ferry',
    makers: ['Ada Reed'],
    ids: { imdb: 'tt0111161' },
  }
  const records = [
    { id: 'tt0111161', title: 'Garden Hose' },
    { title: 'Night Ferry', authors: ['Ada Reed'] },
  ]
  expect(await found(entry, records)).toBe('1 sure by title-maker')
})

test('titles of any characters match themselves with their maker, and never throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (title) => {
      const result = await found({ title, makers: ['Ada Reed'] }, [
        { title, authors: ['Ada Reed'] },
      ])
      const hasLetters = /[\p{L}\p{N}]/u.test(title.normalize('NFKD'))
      if (hasLetters) expect(result).toBe('0 sure by title-maker')
    }),
  )
})

test('a catalogue and a history of thousands let others go first', async () => {
  const records = Array.from({ length: 5_000 }, (_, i) => ({
    id: `${i}`,
    title: `Thing ${i}`,
  }))
  const entries = records.map(({ title }) => entryOf({ title }))
  let pauses = 0
  const pause = async () => void pauses++
  const { matched } = await matchHistory(entries, tableOf(records), { pause })
  expect(matched.map(({ index }) => index)).toEqual(records.map((_, i) => i))
  expect(pauses).toBeGreaterThanOrEqual(4)
})
