/** A table of no service that is known: read by what its columns are called. */

import { dayOrderOf, timeOf } from '../dates.ts'
import { columnKey, type Row } from '../table.ts'
import {
  type Draft,
  type ExportFile,
  eachRow,
  idsOf,
  kindOfStatus,
  namesOf,
  positiveOf,
  type Service,
  starsOf,
  yearOf,
} from './service.ts'

const TITLES = [
  'title',
  'name',
  'book',
  'book title',
  'movie',
  'film',
  'movie title',
  'game',
  'track',
  'titel',
  'titre',
  'título',
  'titolo',
]
const MAKERS = [
  'author',
  'authors',
  'director',
  'directors',
  'artist',
  'artists',
  'creator',
  'writer',
  'by',
  'brand',
  'autor',
  'auteur',
]
const YEARS = [
  'year',
  'release year',
  'publication year',
  'published',
  'release date',
  'jahr',
  'année',
  'año',
]
const RATINGS = [
  'my rating',
  'your rating',
  'rating',
  'stars',
  'score',
  'my score',
  'user rating',
  'bewertung',
  'note',
]
const DATES = [
  'date read',
  'date watched',
  'watched date',
  'date rated',
  'watched at',
  'rated at',
  'finished',
  'date finished',
  'date',
  'date added',
  'added',
  'time added',
  'timestamp',
  'created at',
  'datum',
]
const STATUSES = ['status', 'shelf', 'exclusive shelf', 'read status', 'list', 'state']
const URLS = ['url', 'link', 'address', 'uri']
const IDS = ['isbn13', 'isbn', 'imdb id', 'imdb', 'tconst', 'doi', 'appid']

/** Columns of which one has to be there. */
export const NAMING_COLUMNS: readonly string[] = [...TITLES, ...URLS, ...IDS]

/** Whether something can be read from a table with these columns. */
export function isReadable(columns: ReadonlySet<string>): boolean {
  return NAMING_COLUMNS.some((name) => columns.has(columnKey(name)))
}

/** Ratings are out of 5, 10 or 100, whichever their largest needs. */
function scaleOf(rows: readonly Row[]): 5 | 10 | 100 {
  const largest = rows.reduce((most, row) => {
    const value = positiveOf(row.cell(...RATINGS)) ?? 0
    return value <= 100 ? Math.max(most, value) : most
  }, 0)
  if (largest <= 5) return 5
  return largest <= 10 ? 10 : 100
}

export const ANY_TABLE: Service = {
  name: 'a table',
  has: [],
  read: (file) => {
    const scale = scaleOf(file.rows)
    const order = dayOrderOf(file.rows.map((row) => row.cell(...DATES)))
    const read = (row: Row): Draft => {
      const stars = starsOf(row.cell(...RATINGS), scale)
      const kind = kindOfStatus(row.cell(...STATUSES)) ?? 'opened'
      const url = row.cell(...URLS)
      const year = yearOf(row.cell(...YEARS))
      const at = timeOf(row.cell(...DATES), order)
      return {
        ...(stars === undefined ? { kind } : { kind: 'rated', stars }),
        title: row.cell(...TITLES),
        makers: namesOf(row.cell(...MAKERS)),
        ...(year ? { year } : {}),
        ids: idsOf({
          isbn: row.cell('isbn13', 'isbn'),
          imdb: row.cell('imdb id', 'imdb', 'tconst'),
          doi: row.cell('doi'),
          steam: row.cell('appid'),
        }),
        ...(url ? { url } : {}),
        ...(at ? { at } : {}),
      }
    }
    return eachRow(read)(file satisfies ExportFile)
  },
}
