/** Letterboxd, Trakt, MovieLens and IMDb: films and shows, rated, watched and listed. */

import { timeOf } from '../dates.ts'
import type { HistoryKind } from '../entry.ts'
import { unreadable } from '../open-file.ts'
import type { Row } from '../table.ts'
import {
  type Draft,
  type ExportFile,
  eachRow,
  idsOf,
  namesOf,
  type Service,
  starsOf,
  yearOf,
} from './service.ts'

const timed = (text: string) => {
  const at = timeOf(text)
  return at === undefined ? {} : { at }
}
const dated = (text: string) => {
  const year = yearOf(text)
  return year === undefined ? {} : { year }
}

/**
 * Letterboxd's lists of watched, liked and wanted films have the same columns: the name of
 * the file tells them apart. One renamed is taken for the weakest.
 */
function letterboxdKind(name: string): HistoryKind {
  if (/watchlist/.test(name)) return 'wanted'
  if (/likes|liked/.test(name)) return 'liked'
  return /watched|diary|reviews/.test(name) ? 'finished' : 'opened'
}

function letterboxdRow(row: Row, { name }: ExportFile): Draft | string {
  const stars = starsOf(row.cell('Rating'), 5)
  const kind = row.cell('Watched Date') ? 'finished' : letterboxdKind(name)
  return {
    ...(stars === undefined ? { kind } : { kind: 'rated', stars }),
    title: row.cell('Name'),
    ...dated(row.cell('Year')),
    url: row.cell('Letterboxd URI', 'URL'),
    ...timed(row.cell('Watched Date', 'Date')),
  }
}

function traktRow(row: Row): Draft | string {
  const of = (column: string) => row.cell(`movie.${column}`, `show.${column}`, column)
  const isPart = /^(episode|season)$/.test(row.cell('type'))
  const stars = starsOf(row.cell('rating', 'my_rating', 'your_rating'), 10)
  if (isPart && stars !== undefined) return 'a rating of one episode or season'
  const isFilm = row.cell('movie.title') !== '' || row.cell('type') === 'movie'
  const tmdb = of('ids.tmdb') || row.cell('tmdb_id')
  return {
    ...(stars === undefined ? { kind: traktKind(row) } : { kind: 'rated', stars }),
    title: of('title'),
    ...dated(of('year')),
    ids: idsOf({
      imdb: of('ids.imdb') || row.cell('imdb_id'),
      tmdb: tmdb && `${isFilm ? 'movie' : 'tv'}/${tmdb}`,
    }),
    ...timed(
      row.cell(
        'rated_at',
        'last_watched_at',
        'watched_at',
        'listed_at',
        'collected_at',
      ),
    ),
  }
}

function traktKind(row: Row): HistoryKind {
  if (row.cell('watched_at', 'last_watched_at')) return 'finished'
  return row.cell('hidden_at') ? 'dismissed' : 'wanted'
}

/** `userId` stands in the research data sets; a visitor's own file has one, or none. */
function readMovieLens(file: ExportFile) {
  const people = new Set(file.rows.map((row) => row.cell('userId')))
  if (people.size > 1) {
    const what = `holds ratings of ${people.size} people, expected your own alone`
    throw unreadable(file.name, what, 'Download your ratings from movielens.org.')
  }
  return movieLensRows(file)
}

const movieLensRows = eachRow((row, { films }) => {
  const movielens = row.cell('movieId')
  const known = films.get(movielens)
  const stars = starsOf(row.cell('rating'), 5)
  if (stars === undefined) return 'no rating'
  const [, title = '', year = ''] = FILM_TITLE.exec(row.cell('title')) ?? []
  const tmdb = row.cell('tmdbId')
  return {
    ...{ kind: 'rated', stars, title, ...dated(year), ...known },
    ids: {
      ...idsOf({ movielens, imdb: row.cell('imdbId'), tmdb: tmdb && `movie/${tmdb}` }),
      ...known?.ids,
    },
    ...timed(row.cell('timestamp')),
  }
})

/** `Toy Story (1995)` */
export const FILM_TITLE = /^(.*?)\s*(?:\((\d{4})\)\s*)?$/

function imdbRow(row: Row): Draft | string {
  if (/episode/i.test(row.cell('Title Type'))) return 'one episode of a show'
  const stars = starsOf(row.cell('Your Rating'), 10)
  return {
    ...(stars === undefined ? { kind: 'wanted' } : { kind: 'rated', stars }),
    title: row.cell('Title'),
    makers: namesOf(row.cell('Directors')),
    ...dated(row.cell('Year')),
    ids: idsOf({ imdb: row.cell('Const') }),
    ...timed(
      stars === undefined ? row.cell('Created') : row.cell('Date Rated', 'Created'),
    ),
  }
}

export const FILM_SERVICES: readonly Service[] = [
  {
    name: 'Letterboxd',
    has: [
      ['Name', 'Year', 'Letterboxd URI'],
      ['Position', 'Name', 'Year', 'URL'],
    ],
    read: eachRow(letterboxdRow),
  },
  {
    name: 'Trakt',
    has: [
      ...['movie.title', 'show.title'].flatMap((title) =>
        ['rated_at', 'watched_at', 'last_watched_at', 'listed_at', 'collected_at'].map(
          (time) => [title, time],
        ),
      ),
      ...['rated_at', 'watched_at', 'listed_at'].map((time) => ['title', 'type', time]),
      ['title', 'imdb_id', 'rated_at'],
    ],
    read: eachRow(traktRow),
  },
  {
    name: 'MovieLens',
    has: [
      ['movieId', 'rating', 'timestamp'],
      ['movieId', 'imdbId', 'rating'],
    ],
    read: readMovieLens,
  },
  { name: 'IMDb', has: [['Const', 'Title', 'Title Type']], read: eachRow(imdbRow) },
]
