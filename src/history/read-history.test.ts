import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from './entry.ts'
import { readHistory } from './read-history.ts'

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)
const csv = (...lines: string[]) => `${lines.join('\n')}\n`
const only = async (text: string | Blob, name?: string): Promise<HistoryEntry> => {
  const { entries } = await readHistory(text, name)
  expect(entries).toHaveLength(1)
  return entries[0]!
}

const GOODREADS =
  'Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,Number of Pages,Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,Private Notes,Read Count,Owned Copies'

describe('Goodreads', () => {
  test('a rated book has stars, ids, both years’ original and the day it was read', async () => {
    const { source, entries, skipped } = await readHistory(
      csv(
        GOODREADS,
        '17,"The Lamp (Harbour, #2)",Ada Reed,"Reed, Ada","Bo Lund","=""0306406152""","=""9780306406157""",4,3.9,Quay,Paperback,300,2001,1987,2023/01/15,2022/12/30,,,read,"A ""good"" one,\nreally",,,1,0',
      ),
    )
    expect(source).toBe('Goodreads')
    expect(skipped).toEqual([])
    expect(entries).toEqual([
      {
        ...{
          title: 'The Lamp (Harbour, #2)',
          makers: ['Ada Reed', 'Bo Lund'],
          line: 2,
        },
        ...{ ids: { isbn: '9780306406157', goodreads: '17' }, year: 1987 },
        ...{ kind: 'rated', stars: 4, at: noon('2023-01-15') },
      },
    ])
  })

  test('without a rating the shelf decides, and its own date', async () => {
    const row = (shelf: string) =>
      `9,Title ${shelf},Ada Reed,,,"=""""","=""""",0,,,,,,1999,2023/01/15,2022/12/30,,,${shelf},,,,0,0`
    const shelves = ['read', 'to-read', 'currently-reading', 'did-not-finish', 'cellar']
    const { entries } = await readHistory(csv(GOODREADS, ...shelves.map(row)))
    expect(entries.map(({ kind }) => kind)).toEqual([
      ...['finished', 'wanted', 'opened', 'dismissed', 'opened'],
    ])
    expect(entries[1]!.at).toBe(noon('2022-12-30'))
    expect(entries[0]!.ids).toEqual({ goodreads: '9' })
  })

  test('as a spreadsheet saves it: semicolons, UTF-16 or windows-1252', async () => {
    const text =
      'Book Id;Title;Author;Exclusive Shelf;My Rating\n1;Café “Crème”;Zoë Ås;read;5\n'
    const utf16 = new Uint8Array(text.length * 2 + 2)
    new DataView(utf16.buffer).setUint16(0, 0xfeff, true)
    for (let i = 0; i < text.length; i++) {
      new DataView(utf16.buffer).setUint16(2 * i + 2, text.charCodeAt(i), true)
    }
    const quotes: Record<string, number> = { '“': 0x93, '”': 0x94 }
    const ansi = Uint8Array.from(text, (c) => quotes[c] ?? c.charCodeAt(0))
    for (const bytes of [utf16, utf16.subarray(2), ansi, strToU8(`\uFEFF${text}`)]) {
      const entry = await only(new Blob([bytes.slice()]))
      expect(entry).toMatchObject({
        title: 'Café “Crème”',
        makers: ['Zoë Ås'],
        stars: 5,
      })
    }
  })
})

test('StoryGraph: quarter stars, dates as ranges, an ISBN of ten digits', async () => {
  const { source, entries } = await readHistory(
    csv(
      'Title,Authors,Contributors,ISBN/UID,Format,Read Status,Date Added,Last Date Read,Dates Read,Read Count,Moods,Pace,Star Rating,Review',
      'Tide Tables,"Ada Reed, Bo Lund",,0-306-40615-2,paperback,read,2022/01/01,,"2021/03/01-2021/03/05, 2022/12/30-2023/01/15",2,calm,slow,3.75,',
      'Salt,Ada Reed,,,ebook,to-read,2022/02/02,,,0,,,,',
      'Mud,Ada Reed,,,ebook,did-not-finish,2022/02/03,,,0,,,,',
    ),
  )
  expect(source).toBe('StoryGraph')
  expect(entries[0]).toMatchObject({
    ...{ makers: ['Ada Reed', 'Bo Lund'], ids: { isbn: '9780306406157' } },
    ...{ kind: 'rated', stars: 3.75, at: noon('2023-01-15') },
  })
  expect(entries.slice(1).map(({ kind }) => kind)).toEqual(['wanted', 'dismissed'])
})

test('Zotero: what is kept, by its address and DOI; no notes', async () => {
  const { source, entries, skipped } = await readHistory(
    csv(
      '"Key","Item Type","Publication Year","Author","Title","ISBN","DOI","Url","Date Added"',
      '"AB12","journalArticle","2019","Reed, Ada; Lund, Bo","On Tides","","10.1234/Tide.5","https://example.org/tide","2023-01-15 10:22:33"',
      '"AB13","note","","","Notes","","","","2023-01-15 10:22:33"',
    ),
  )
  expect(source).toBe('Zotero')
  expect(entries).toEqual([
    {
      ...{ title: 'On Tides', makers: ['Reed, Ada', 'Lund, Bo'], year: 2019, line: 2 },
      ...{ ids: { doi: '10.1234/tide.5' }, url: 'https://example.org/tide' },
      ...{ kind: 'wanted', at: Date.parse('2023-01-15T10:22:33Z') },
    },
  ])
  expect(skipped).toEqual([{ why: 'a note or an attachment', count: 1, lines: [3] }])
})

describe('Letterboxd', () => {
  const LIST = 'Date,Name,Year,Letterboxd URI'
  const FILM = '2023-01-15,Night Ferry,1987,https://boxd.it/abc'

  test('one file: lists of one form are known by their name', async () => {
    const text = csv(LIST, FILM)
    expect(await only(text, 'watchlist.csv')).toMatchObject({ kind: 'wanted' })
    expect(await only(text, 'watched.csv')).toMatchObject({
      kind: 'finished',
      year: 1987,
    })
    expect(await only(text, 'films (1).csv')).toMatchObject({ kind: 'opened' })
    const rated = await only(csv(`${LIST},Rating`, `${FILM},0.5`), 'ratings.csv')
    expect(rated).toMatchObject({ kind: 'rated', stars: 1, at: noon('2023-01-15') })
  })

  test('the whole archive: each film once a kind, its rating before its viewing', async () => {
    const zip = zipSync({
      'profile.csv': strToU8(csv('Date Joined,Username', '2020-01-01,ada')),
      'watched.csv': strToU8(csv(LIST, FILM, '2022-05-05,Quay,1999,https://boxd.it/q')),
      'ratings.csv': strToU8(csv(`${LIST},Rating`, `${FILM},4.5`)),
      'diary.csv': strToU8(
        csv(
          `${LIST},Rating,Rewatch,Tags,Watched Date`,
          `${FILM.replace('abc', 'd1')},3,,,2023-02-01`,
        ),
      ),
      'watchlist.csv': strToU8(csv(LIST, '2022-06-06,Salt,2001,https://boxd.it/s')),
      'likes/films.csv': strToU8(csv(LIST, FILM)),
      'deleted/diary.csv': strToU8(csv(LIST, '2022-06-06,Gone,2001,https://boxd.it/g')),
      'lists/worst.csv': strToU8(
        csv('Position,Name,Year,URL', '1,Worst,2001,https://boxd.it/w'),
      ),
    })
    const { source, entries } = await readHistory(
      new Blob([zip.slice()]),
      'letterboxd.zip',
    )
    expect(source).toBe('Letterboxd')
    expect(entries.map(({ title, kind, stars }) => [title, kind, stars])).toEqual([
      ['Quay', 'finished', undefined],
      ['Night Ferry', 'rated', 3],
      ['Salt', 'wanted', undefined],
      ['Night Ferry', 'liked', undefined],
    ])
  })
})

describe('Trakt', () => {
  const movie = {
    title: 'Night Ferry',
    year: 1987,
    ids: { imdb: 'tt0111161', tmdb: 278 },
  }

  test('JSON: ratings of ten, viewings, watchlist; no ratings of an episode', async () => {
    const rated = JSON.stringify([
      { rated_at: '2023-01-15T20:00:00.000Z', rating: 7, type: 'movie', movie },
      {
        rated_at: '2023-01-15T20:00:00.000Z',
        rating: 2,
        type: 'episode',
        show: movie,
        episode: { title: 'One' },
      },
    ])
    const { source, entries, skipped } = await readHistory(rated)
    expect(source).toBe('Trakt')
    expect(entries).toEqual([
      {
        ...{ title: 'Night Ferry', makers: [], year: 1987, line: 1, kind: 'rated' },
        ...{ stars: 3.5, ids: { imdb: 'tt0111161', tmdb: 'movie/278' } },
        at: Date.parse('2023-01-15T20:00:00Z'),
      },
    ])
    expect(skipped).toMatchObject([{ count: 1, lines: [2] }])
    const watched = [{ plays: 2, last_watched_at: '2023-01-15T20:00:00Z', show: movie }]
    expect(await only(JSON.stringify(watched))).toMatchObject({
      ...{ kind: 'finished', ids: { tmdb: 'tv/278' } },
    })
    const listed = [{ listed_at: '2023-01-15T20:00:00Z', type: 'movie', movie }]
    expect(await only(JSON.stringify(listed))).toMatchObject({ kind: 'wanted' })
  })

  test('CSV: the same from a table', async () => {
    const rated = csv(
      'rated_at,type,title,year,trakt_rating,trakt_id,imdb_id,tmdb_id,rating',
      '2023-01-15T20:00:00Z,movie,Night Ferry,1987,8.1,9,tt0111161,278,10',
    )
    expect(await only(rated)).toMatchObject({ stars: 5, ids: { tmdb: 'movie/278' } })
  })
})

describe('MovieLens', () => {
  const RATINGS = 'userId,movieId,rating,timestamp'

  test('half stars and seconds; titles from the files beside', async () => {
    const ratings = csv(RATINGS, '1,32,3.5,964982703')
    expect(await only(ratings)).toEqual({
      ...{ title: '', makers: [], ids: { movielens: '32' }, line: 2 },
      ...{ kind: 'rated', stars: 3.5, at: 964982703000 },
    })
    const zip = zipSync({
      'ml/ratings.csv': strToU8(ratings),
      'ml/movies.csv': strToU8(
        csv('movieId,title,genres', '32,"Ferry, The (1987)",Drama'),
      ),
      'ml/links.csv': strToU8(csv('movieId,imdbId,tmdbId', '32,0111161,278')),
    })
    expect(await only(new Blob([zip.slice()]))).toMatchObject({
      ...{ title: 'Ferry, The', year: 1987 },
      ids: { movielens: '32', imdb: 'tt0111161', tmdb: 'movie/278' },
    })
  })

  test('a data set of many people is no visitor’s own', async () => {
    const data = csv(RATINGS, '1,32,3.5,964982703', '2,32,4,964982703')
    await expect(readHistory(data)).rejects.toThrow(
      /ratings of 2 people, expected your own/,
    )
  })
})

test('IMDb: ratings of ten, and a watchlist in the same columns', async () => {
  const HEAD =
    'Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors,Created'
  const { source, entries, skipped } = await readHistory(
    csv(
      HEAD,
      'tt0111161,9,2020-03-01,Night Ferry,https://www.imdb.com/title/tt0111161/,Movie,9.3,142,1994,Drama,1,1994-10-14,"Ada Reed, Bo Lund",',
      'tt0111162,,,Quay,,Movie,9.3,142,1999,Drama,1,,Ada Reed,2021-01-02',
      'tt0111163,8,2020-03-01,Pilot,,TV Episode,9.3,142,1999,Drama,1,,Ada Reed,',
    ),
  )
  expect(source).toBe('IMDb')
  expect(entries).toMatchObject([
    {
      ids: { imdb: 'tt0111161' },
      stars: 4.5,
      makers: ['Ada Reed', 'Bo Lund'],
      at: noon('2020-03-01'),
    },
    { kind: 'wanted', at: noon('2021-01-02') },
  ])
  expect(skipped[0]!.why).toBe('one episode of a show')
})

describe('Netflix', () => {
  test('episodes are one show; films with a colon stay films', async () => {
    const { source, entries } = await readHistory(
      csv(
        'Title,Date',
        '"Harbour: Season 2: The Storm","15/01/2023"',
        '"Harbour: Season 2: Calm","14/01/2023"',
        '"Impossible: Ferry","3/1/2023"',
        '"Sea Folk: Limited Series: One","2/1/2023"',
        '"Cold Bay: The Long Year: Ice","1/1/2023"',
        '"Cold Bay: The Long Year: Thaw","1/1/2023"',
      ),
    )
    expect(source).toBe('Netflix')
    expect(entries.map(({ title, kind, at }) => [title, kind, at])).toEqual([
      ['Harbour', 'finished', noon('2023-01-15')],
      ['Impossible: Ferry', 'finished', noon('2023-01-03')],
      ['Sea Folk', 'opened', noon('2023-01-02')],
      ['Cold Bay', 'finished', noon('2023-01-01')],
    ])
  })

  test('the order of day and month is found in the column, whatever its form', async () => {
    const dayOf = async (...dates: string[]) => {
      const rows = dates.map((date, i) => `Film number ${i},${date}`)
      const { entries } = await readHistory(csv('Title,Date', ...rows))
      return new Date(entries[0]!.at!).toISOString().slice(0, 10)
    }
    expect(await dayOf('1/15/23', '1/2/23')).toBe('2023-01-15')
    expect(await dayOf('2/1/23', '15/1/23')).toBe('2023-01-02')
    expect(await dayOf('15.01.2023')).toBe('2023-01-15')
    expect(await dayOf('2023-01-15')).toBe('2023-01-15')
    // newest first: 5 April, 4 April, 3 April; else it would go to and fro
    expect(await dayOf('5/4/23', '4/4/23', '3/4/23', '12/3/23')).toBe('2023-04-05')
  })

  test('the detailed form: time adds up, no trailers, one profile', async () => {
    const HEAD =
      'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country'
    const row = (profile: string, duration: string, title: string, extra = '') =>
      `${profile},2023-01-15 20:11:02,${duration},,"${title}",${extra},TV,${duration},,NL (Netherlands)`
    const { entries, skipped } = await readHistory(
      csv(
        HEAD,
        row('Ada', '00:30:00', 'Night Ferry'),
        row('Ada', '00:50:00', 'Night Ferry'),
        row('Ada', '00:10:00', 'Quay'),
        row('Ada', '00:01:00', 'Salt'),
        row('Ada', '00:03:00', 'Salt', 'TRAILER'),
        row('Bo', '01:30:00', 'Mud'),
      ),
    )
    expect(entries).toMatchObject([
      {
        title: 'Night Ferry',
        kind: 'finished',
        at: Date.parse('2023-01-15T20:11:02Z'),
      },
      { title: 'Quay', kind: 'used', seconds: 600 },
    ])
    expect(skipped.map(({ why }) => why).sort()).toEqual([
      ...[
        'a trailer',
        'of another profile than “Ada”',
        'watched for less than two minutes',
      ],
    ])
  })
})

test('Steam: hours played, in each of its forms; what was never played is left out', async () => {
  const games = [
    {
      appid: 400,
      name: 'Ferry Sim',
      playtime_forever: 90,
      rtime_last_played: 1673740800,
    },
    { appid: 401, name: 'Unplayed', playtime_forever: 0 },
  ]
  const wrapped = await readHistory(
    JSON.stringify({ response: { game_count: 2, games } }),
  )
  expect(wrapped.source).toBe('Steam')
  expect(wrapped.entries).toMatchObject([
    {
      title: 'Ferry Sim',
      kind: 'used',
      seconds: 5400,
      at: 1673740800000,
      ids: { steam: '400' },
    },
  ])
  expect(wrapped.skipped).toMatchObject([{ why: 'owned and never played', count: 1 }])
  const page = JSON.stringify([
    { appid: 400, name: 'Ferry Sim', hours_forever: '1,234.5' },
  ])
  expect(await only(page)).toMatchObject({ seconds: 86_400 })
})

test('Spotify: plays of a track add up', async () => {
  const play = {
    endTime: '2023-01-15 10:00',
    artistName: 'The Quays',
    trackName: 'Tide',
    msPlayed: 60_000,
  }
  const { source, entries } = await readHistory(
    JSON.stringify([play, play, { ...play, msPlayed: 900 }]),
  )
  expect(source).toBe('Spotify')
  expect(entries).toMatchObject([
    { title: 'Tide', makers: ['The Quays'], kind: 'used', seconds: 120 },
  ])
})

test('bookmarks: addresses of the web with their time; folders and scripts are none', async () => {
  const html = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<DL><p>
  <DT><H3 ADD_DATE="1673740800">Sea</H3>
  <DL><p>
    <DT><A HREF="https://example.org/a?b=1&amp;c=2" ADD_DATE="1673740800">Tides &amp; <b>salt</b></A>
    <DT><A HREF="javascript:alert(1)">Run</A>
  </DL><p>
</DL><p>`
  const { source, entries, skipped } = await readHistory(html)
  expect(source).toBe('bookmarks')
  expect(entries).toEqual([
    {
      ...{
        title: 'Tides & salt',
        makers: [],
        ids: {},
        url: 'https://example.org/a?b=1&c=2',
      },
      ...{ kind: 'opened', at: 1673740800000, line: 1 },
    },
  ])
  expect(skipped).toEqual([{ why: 'no address of the web', count: 1, lines: [2] }])
})

test('OPML: the page of each feed, else the feed', async () => {
  const opml = `<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
<opml version="2.0"><body><outline text="Sea">
  <outline type="rss" text="Tides" xmlUrl="https://example.org/feed.xml" htmlUrl="https://example.org/"/>
  <outline type="rss" text="Salt &b;" xmlUrl="https://example.com/rss"/>
</outline></body></opml>`
  const { source, entries } = await readHistory(opml)
  expect(source).toBe('OPML')
  expect(entries.map(({ title, url, kind }) => [title, url, kind])).toEqual([
    ['Tides', 'https://example.org/', 'wanted'],
    ['Salt &b;', 'https://example.com/rss', 'wanted'],
  ])
})

test('a hundred thousand rows are read whole', async () => {
  const rows = Array.from(
    { length: 100_000 },
    (_, i) => `Title ${i},"Reed, Ada",${1 + (i % 5)}`,
  )
  const { entries } = await readHistory(csv('Title,Author,Rating', ...rows))
  expect(entries).toHaveLength(100_000)
  expect(entries[99_999]).toMatchObject({ title: 'Title 99999', line: 100_001 })
})

test('the same line twice is one entry, the newest', async () => {
  const text = csv(
    'Title,Author,Rating,Date',
    'Tide,Ada,3,2020-01-01',
    'Tide,Ada,5,2021-01-01',
  )
  expect(await only(text)).toMatchObject({ stars: 5, at: noon('2021-01-01') })
})
