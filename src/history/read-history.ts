/** The file a visitor got from another service → what is in it. Known by its content. */

import { type History, type HistoryEntry, SkipLog, withoutRepeats } from './entry.ts'
import { openFile, type TextFile, unreadable } from './open-file.ts'
import { ANY_TABLE, isReadable } from './services/any-table.ts'
import { BOOK_SERVICES } from './services/books.ts'
import { FILM_SERVICES, FILM_TITLE } from './services/films.ts'
import { type ExportFile, idsOf, type Service } from './services/service.ts'
import { VIEWING_SERVICES } from './services/viewing.ts'
import { columnKey, parseAny, readCsv, readJson, rowsOf, type Table } from './table.ts'

const SERVICES: readonly Service[] = [
  ...BOOK_SERVICES,
  ...FILM_SERVICES,
  ...VIEWING_SERVICES,
]

/** Entries of one file: as many as a log takes, ten times a whole life of reading. */
const MAX_ENTRIES = 100_000

/**
 * Goodreads, StoryGraph, Zotero, Letterboxd (also its `.zip`), Trakt, MovieLens, IMDb,
 * Netflix, Spotify, Steam, bookmarks, OPML, and any table with a title, an address or an id.
 *
 * @param name of the file, for messages and for Letterboxd's lists. Default: the file's own
 * @returns each thing once a kind, in the file's order
 * @throws HearthError `bad-profile`, naming what the file seems to be, where nothing in it
 *   can be read
 */
export async function readHistory(
  file: Blob | string,
  name?: string,
): Promise<History> {
  const texts = await openFile(file, name)
  const skips = new SkipLog()
  const found = await (texts.length === 1
    ? readAlone(texts[0]!, skips)
    : readArchive(texts, skips))
  if (found.entries.length > MAX_ENTRIES) {
    const what = `holds ${found.entries.length} entries, expected at most ${MAX_ENTRIES}`
    throw unreadable(texts[0]!.name, what, 'Choose your own history alone.')
  }
  return {
    source: found.source,
    entries: withoutRepeats(found.entries),
    skipped: skips.list(),
  }
}

interface Found {
  readonly source: string
  readonly entries: readonly HistoryEntry[]
}

type Films = ExportFile['films']

async function readAlone(file: TextFile, skips: SkipLog): Promise<Found> {
  const addresses = await readAddresses(file, skips)
  if (addresses) return addresses
  const table = tableOf(file, skips)
  const service = serviceOf(table) ?? ANY_TABLE
  if (service === ANY_TABLE && !isReadable(new Set(table.columns.keys()))) {
    throw unknownTable(file, table)
  }
  return { source: service.name, entries: read(service, { file, table, skips }) }
}

/** What is read of each file of an archive: one that is not understood is passed over. */
async function readArchive(all: readonly TextFile[], skips: SkipLog): Promise<Found> {
  const files = all.filter(({ name }) => !/(^|\/)(deleted|orphaned|lists)\//.test(name))
  const tables = files.flatMap((file) => {
    const table = /\.(csv|tsv|txt|json)$/i.test(file.name) && tableIn(file, skips)
    return table ? [{ file, table }] : []
  })
  const films = filmsOf(tables.map(({ table }) => table))
  const found = tables.flatMap(({ file, table }): Found[] => {
    const service = serviceOf(table)
    if (!service) return []
    return [
      { source: service.name, entries: read(service, { file, table, skips, films }) },
    ]
  })
  for (const file of files) found.push(...listOf(await readAddresses(file, skips)))
  if (found.length === 0) {
    throw unreadable(
      all[0]!.name,
      'and the files beside it are of no service that is known here',
      'Unpack the archive and choose the file with your history.',
    )
  }
  const sources = [...new Set(found.map(({ source }) => source))]
  return {
    source: sources.join(', '),
    entries: found.flatMap(({ entries }) => entries),
  }
}

const listOf = (found: Found | undefined) => (found ? [found] : [])

interface Reading {
  readonly file: TextFile
  readonly table: Table
  readonly skips: SkipLog
  readonly films?: Films
}

function read(service: Service, { file, table, skips, films = new Map() }: Reading) {
  const name = file.name.toLowerCase()
  return service.read({ name, rows: rowsOf(table), skips, films })
}

const serviceOf = (table: Table) => findService(new Set(table.columns.keys()))

function findService(keys: ReadonlySet<string>): Service | undefined {
  return SERVICES.find(({ has, isExact }) =>
    has.some(
      (all) =>
        all.every((column) => keys.has(columnKey(column))) &&
        (!isExact || keys.size === all.length),
    ),
  )
}

/** What reads HTML and XML is loaded for them alone. */
async function readAddresses(
  { text }: TextFile,
  skips: SkipLog,
): Promise<Found | undefined> {
  if (!text.trimStart().startsWith('<')) return undefined
  const { readBookmarks, readOpml } = await import('./addresses.ts')
  const feeds = readOpml(text, skips)
  if (feeds) return { source: 'OPML', entries: feeds }
  const bookmarks = readBookmarks(text, skips)
  return bookmarks && { source: 'bookmarks', entries: bookmarks }
}

/** @returns undefined where it holds no table */
function tableIn({ text }: TextFile, skips: SkipLog): Table | undefined {
  const start = text.trimStart()
  if (start.startsWith('<')) return undefined
  if (start.startsWith('{') || start.startsWith('[')) return readJson(text)
  const table = readCsv(text, (keys) => findService(keys) !== undefined, skips)
  return table.columns.size > 0 ? table : undefined
}

/** @throws HearthError `bad-profile`, naming what the file seems to be */
function tableOf(file: TextFile, skips: SkipLog): Table {
  const { name, text } = file
  const start = text.trimStart()
  if (start === '') throw unreadable(name, 'is empty', EXPORT_AGAIN)
  if (start.startsWith('<')) {
    const what = /^<\?xml|^<(rss|feed)/i.test(start) ? 'an XML file' : 'a web page'
    throw unreadable(
      name,
      `seems to be ${what} without bookmarks or feeds`,
      EXPORT_AGAIN,
    )
  }
  const isJson = start.startsWith('{') || start.startsWith('[')
  if (isJson && isHearthProfile(text)) {
    throw unreadable(name, 'is a profile of Hearth', 'Add it with Import.')
  }
  const table = tableIn(file, skips)
  if (table && table.rows.length > 0) return table
  if (isJson && parseAny(text) === undefined) {
    throw unreadable(name, 'is damaged JSON', 'Download the export again.')
  }
  throw unreadable(
    name,
    isJson ? 'holds no list of entries' : 'has a header and no rows',
    EXPORT_AGAIN,
  )
}

const EXPORT_AGAIN = 'Choose the file that the service gave you as your export.'

function isHearthProfile(text: string): boolean {
  const value = parseAny(text)
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 'hearth-profile'
  )
}

/** Columns named in a message. */
const MAX_COLUMNS_NAMED = 6
const MAX_COLUMN_LENGTH = 30

function unknownTable({ name }: TextFile, table: Table) {
  const columns = table.names
    .slice(0, MAX_COLUMNS_NAMED)
    .map((column) => `“${column.trim().slice(0, MAX_COLUMN_LENGTH)}”`)
  const what =
    table.names.length > 1
      ? `is a table whose columns are not known: got ${columns.join(', ')}, expected a title, an address or an ISBN`
      : 'seems to be a plain text, expected a table or a list'
  return unreadable(name, what, EXPORT_AGAIN)
}

/** MovieLens keeps titles and other sites' ids in files of their own. */
function filmsOf(tables: readonly Table[]): Films {
  const films = new Map<
    string,
    { title?: string; year?: number; ids: ReturnType<typeof idsOf> }
  >()
  for (const table of tables) {
    const has = (...columns: string[]) =>
      columns.every((column) => table.columns.has(column))
    if (!has('movieid') || has('rating') || !(has('title') || has('imdbid'))) continue
    for (const row of rowsOf(table)) {
      const id = row.cell('movieId')
      const [, title, year] = FILM_TITLE.exec(row.cell('title')) ?? []
      const tmdb = row.cell('tmdbId')
      const ids = idsOf({ imdb: row.cell('imdbId'), tmdb: tmdb && `movie/${tmdb}` })
      const known = films.get(id)
      films.set(id, {
        ...known,
        ...(title ? { title } : {}),
        ...(year ? { year: Number(year) } : {}),
        ids: { ...known?.ids, ...ids },
      })
    }
  }
  return films
}
