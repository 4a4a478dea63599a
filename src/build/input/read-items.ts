/** An owner's table of items → clean records, with every change counted. */

import { HearthError } from '../../errors.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { safeUrl } from '../../pack/safe-url.ts'
import {
  idOf,
  isInexact,
  isUnreadable,
  listOf,
  numberOf,
  peopleOf,
  plainText,
  textOf,
  yearOf,
} from './cell.ts'
import { cleanTitle, parseSeries } from './clean-title.ts'
import {
  type CleaningReport,
  createCleaningLog,
  formatWarning,
  type Warn,
} from './cleaning-log.ts'
import {
  type ColumnNames,
  findColumns,
  ITEM_COLUMNS,
  type ItemColumn,
  requireColumn,
} from './columns.ts'
import { openTable, type TableRow } from './table.ts'

interface CleanItems {
  /** In file order, ids distinct. */
  readonly items: readonly ItemRecord[]
  readonly report: CleaningReport
}

/** Longest texts kept, in characters: what is longer is cut and counted. */
const MAX_TITLE_LENGTH = 500
const MAX_DESCRIPTION_LENGTH = 4000

/**
 * Reads and cleans items. A row without an id or a title is left out, of rows with one id
 * the first is kept, and a year or an address that cannot be used is left out of its item.
 *
 * @param named columns the owner named; the others are found by their usual names
 * @throws HearthError `bad-input` when the file cannot be read, has no id or title column,
 *   or leaves no item
 */
export async function readItems(
  path: string,
  named: ColumnNames<ItemColumn> = {},
): Promise<CleanItems> {
  const log = createCleaningLog(path)
  let rowsRead = 0
  const table = await openTable(path, (what, line) => {
    rowsRead++
    log.warn(what, line)
  })
  const columns = findColumns<ItemColumn>(table, ITEM_COLUMNS, named)
  requireColumn(table, columns, 'id')
  requireColumn(table, columns, 'title')
  const items = new Map<string, ItemRecord>()
  for await (const row of table.rows) {
    rowsRead++
    const cell = (field: ItemColumn) => cellOf(row, columns[field])
    const item = itemOf(cell, row.line, log.warn)
    if (!item) continue
    if (items.has(item.id))
      log.warn('rows with the id of an earlier row: skipped', row.line)
    else items.set(item.id, item)
  }
  const report = log.report(rowsRead, items.size)
  if (items.size === 0) throw noItems(path, report)
  return { items: [...items.values()], report }
}

type Cell = (field: ItemColumn) => unknown

function cellOf(row: TableRow, index: number | undefined): unknown {
  return index === undefined ? undefined : row.cells[index]
}

function itemOf(cell: Cell, line: number, warn: Warn): ItemRecord | undefined {
  const id = idOf(cell('id'))
  if (id === undefined) return void warn(noId(cell('id')), line)
  for (const field of TEXT_FIELDS) {
    if (isUnreadable(cell(field))) warn(`${field}: not text, left out`, line)
  }
  const rawTitle = cut(plainText(cell('title')), MAX_TITLE_LENGTH, () =>
    warn(`titles longer than ${MAX_TITLE_LENGTH} characters: cut`, line),
  )
  if (rawTitle === '') return void warn('rows without a title: skipped', line)
  const clean = cleanTitle(rawTitle)
  const description = cut(
    textOf(cell('description')) ?? '',
    MAX_DESCRIPTION_LENGTH,
    () =>
      warn(`descriptions longer than ${MAX_DESCRIPTION_LENGTH} characters: cut`, line),
  )
  const url = addressOf(cell('url'), () => warn('unsafe links: left out', line))
  const image = addressOf(cell('image'), () => warn('unsafe images: left out', line))
  const year = readYear(cell('year'), line, warn) ?? clean.year
  return withoutEmpty({
    id,
    title: clean.title,
    authors: peopleOf(cell('authors')),
    year,
    genres: listOf(cell('genres')),
    series: seriesOf(cell) ?? clean.series,
    url,
    image,
    description,
    language: textOf(cell('language')),
  })
}

/** Read as text or lists of texts; the other fields report what they cannot read. */
const TEXT_FIELDS = [
  'authors',
  'genres',
  'description',
  'url',
  'image',
  'language',
] as const

function noId(cell: unknown): string {
  return isInexact(cell)
    ? 'rows whose id is too long for a JSON number (write it as text): skipped'
    : 'rows without an id: skipped'
}

function cut(text: string, maxLength: number, onCut: () => void): string {
  if (text.length <= maxLength) return text
  onCut()
  // Not in the middle of a surrogate pair.
  return text
    .slice(0, maxLength)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
}

function addressOf(cell: unknown, refuse: () => void): string | undefined {
  const text = textOf(cell)
  if (text === undefined) return undefined
  const url = safeUrl(text)
  if (url === undefined) refuse()
  return url
}

function readYear(cell: unknown, line: number, warn: Warn): number | undefined {
  const year = yearOf(cell)
  if (year !== 'bad') return year
  warn('years that cannot be read: left out', line)
  return undefined
}

/** From a series column: a name, `Name #2`, or an object `{name, position}`. */
function seriesOf(cell: Cell): ItemRecord['series'] | undefined {
  const value = cell('series')
  const object = typeof value === 'object' && value !== null ? value : undefined
  const fields = { name: value, position: cell('position'), ...object }
  const name = textOf(fields.name)
  if (name === undefined) return undefined
  const parsed = parseSeries(name) ?? { name }
  const position = numberOf(fields.position)
  return Number.isFinite(position) ? { name: parsed.name, position } : parsed
}

type Loose = { readonly [K in keyof ItemRecord]: ItemRecord[K] | undefined }

/** Drops what is empty, so that the same item always has the same bytes. */
function withoutEmpty(item: Loose & Pick<ItemRecord, 'id' | 'title'>): ItemRecord {
  const isEmpty = (value: unknown) =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  const kept = Object.entries(item).filter(([, value]) => !isEmpty(value))
  return Object.fromEntries(kept) as unknown as ItemRecord
}

function noItems(path: string, report: CleaningReport): HearthError {
  const why = report.warnings.map(formatWarning).join('; ')
  return new HearthError(
    'bad-input',
    `no items in ${path}: read ${report.rowsRead} rows and could use none` +
      `${why === '' ? '' : ` (${why})`}. Expected one item a row.`,
  )
}
