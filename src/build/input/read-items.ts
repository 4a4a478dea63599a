/** An owner's table of items → clean records, with every change counted. */

import { HearthError } from '../../errors.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { safeUrl } from '../../pack/safe-url.ts'
import {
  anyOf,
  availableOf,
  flagOf,
  isDraftStatus,
  isVariationKind,
} from './availability.ts'
import { categoriesOf } from './categories.ts'
import {
  addressOf,
  idOf,
  isEmpty,
  isInexact,
  isUnreadable,
  numberOf,
  peopleOf,
  plainText,
  textOf,
} from './cell.ts'
import { cleanTitle, parseSeries } from './clean-title.ts'
import {
  type CleaningReport,
  createCleaningLog,
  formatLeftOut,
  formatWarning,
  type LeftOut,
  type Warn,
} from './cleaning-log.ts'
import type { ColumnNames, ItemColumn } from './columns.ts'
import { dateOf } from './dates.ts'
import {
  fillTemplate,
  findItemColumns,
  type ItemColumns,
  type ShownColumns,
  showColumns,
} from './item-columns.ts'
import { titleWithoutMarkup, withoutMarkup } from './markup.ts'
import { currencyOf, priceOf } from './price.ts'
import { openTable, type Table, type TableRow } from './table.ts'

interface CleanItems {
  /** In file order, ids distinct. */
  readonly items: readonly ItemRecord[]
  readonly report: CleaningReport
  /** Which column was taken for what. */
  readonly columns: ShownColumns
}

export interface ReadItemsOptions {
  /** Sold-out items stay, marked as not available; default false: left out and counted. */
  readonly keepSoldOut?: boolean
}

/** Longest texts kept, in characters: what is longer is cut and counted. */
const MAX_TITLE_LENGTH = 500
const MAX_DESCRIPTION_LENGTH = 4000
/** Characters of a description that are looked at: markup may be most of them. */
const MAX_MARKUP_LENGTH = 64_000

/**
 * Reads and cleans items. A row without an id or a title is left out, of rows with one id
 * the first is kept, and a year or an address that cannot be used is left out of its item.
 * Drafts and sold-out items are left out, and variants merged into their product.
 *
 * @param named columns the owner named; the others are found by their usual names
 * @throws HearthError `bad-input` when the file cannot be read, has no title column, or
 *   leaves no item
 */
export async function readItems(
  path: string,
  named: ColumnNames<ItemColumn> = {},
  { keepSoldOut = false }: ReadItemsOptions = {},
): Promise<CleanItems> {
  const log = createCleaningLog(path)
  let rowsRead = 0
  const table = await openTable(path, (what, line) => {
    rowsRead++
    log.warn(what, line)
  })
  const columns = findItemColumns(table, named)
  const products = createProducts(columns, log.warn)
  for await (const row of table.rows) {
    rowsRead++
    products.add(row)
  }
  const { items, leftOut } = products.finish(keepSoldOut)
  const report = {
    ...log.report(rowsRead, items.length),
    ...(formatLeftOut(leftOut) !== undefined && { leftOut }),
    ...notesOf(table, columns, items),
  }
  if (items.length === 0) throw noItems(path, report)
  return { items, report, columns: showColumns(table, columns) }
}

/** What was decided without the owner, and what visitors will miss. */
function notesOf(
  table: Table,
  { fields, idFrom }: ItemColumns,
  items: readonly ItemRecord[],
): { notes?: readonly string[] } {
  const from = idFrom && table.columns[fields[idFrom]![0]!]
  const notes = [
    ...(idFrom
      ? [
          `no id column: each item's id is its ${idFrom} (${from}); another: --id COLUMN`,
        ]
      : []),
    ...(items.length > 0 && items.every(({ url }) => url === undefined)
      ? [
          'no item has an address, so cards lead nowhere: give --url COLUMN or a ' +
            'template, --url "/products/{id}"',
        ]
      : []),
  ]
  return notes.length === 0 ? {} : { notes }
}

/** A row's cell of each field: of several columns, the first that is filled. */
interface Cells {
  readonly first: (field: ItemColumn) => unknown
  readonly all: (field: ItemColumn) => readonly unknown[]
  /** A column's cell as text. */
  readonly at: (index: number) => string | undefined
}

function cellsOf(row: TableRow, { fields, also }: ItemColumns): Cells {
  const first = (field: ItemColumn) => {
    const indices = fields[field] ?? []
    const filled = indices.find((index) => !isEmpty(row.cells[index])) ?? indices[0]
    return filled === undefined ? undefined : row.cells[filled]
  }
  const all = (field: ItemColumn) => [
    first(field),
    ...(also[field] ?? []).map((index) => row.cells[index]),
  ]
  return {
    all,
    first,
    at: (index) => idOf(row.cells[index]) ?? textOf(row.cells[index]),
  }
}

// Rows that are one product, and products that are not shown.

/** An item while its rows are read. */
interface Product {
  item: ItemRecord
  readonly isDraft: boolean
}

interface Variation {
  readonly parent: string
  readonly item: ItemRecord
}

const ignore: Warn = () => {}

function createProducts(columns: ItemColumns, warn: Warn) {
  const { known, fields } = columns
  const products = new Map<string, Product>()
  const bySku = new Map<string, string>()
  const byGroup = new Map<string, string>()
  const waiting: Variation[] = []
  let variations = 0
  let merged = 0

  const mergeInto = (id: string, item: ItemRecord) => {
    const product = products.get(id)
    if (product) product.item = withVariant(product.item, item)
  }
  const addVariation = (cells: Cells, line: number) => {
    variations++
    const parent = textOf(cells.first('parent'))
    const item = itemOf(cells, columns, { id: '-', line, warn: ignore })
    if (parent !== undefined && item) waiting.push({ parent, item })
  }
  const add = (row: TableRow) => {
    const cells = cellsOf(row, columns)
    const { line } = row
    const isVariation =
      isVariationKind(cells.first('kind')) ||
      textOf(cells.first('parent')) !== undefined
    if (isVariation) return addVariation(cells, line)
    const id = fields.id ? idOf(cells.first('id')) : madeId(cells, columns)
    if (id === undefined) return warn(noId(cells.first('id')), line)
    if (known?.mergesRows && products.has(id)) {
      merged++
      const isPart = itemOf(cells, columns, { id, line, warn: ignore, title: '-' })
      return isPart && mergeInto(id, isPart)
    }
    const group = textOf(cells.first('group'))
    const first = group === undefined ? undefined : byGroup.get(group)
    const isDraft = isDraftRow(cells, columns)
    const quiet = isDraft || first !== undefined
    const item = itemOf(cells, columns, { id, line, warn: quiet ? ignore : warn })
    if (!item) return
    if (first !== undefined) {
      variations++
      return mergeInto(first, item)
    }
    const free = fields.id || columns.idFrom === 'url' ? id : freeId(id, products)
    if (products.has(free))
      return warn('rows with the id of an earlier row: skipped', line)
    products.set(free, { item: free === id ? item : { ...item, id: free }, isDraft })
    if (group !== undefined && !isDraft) byGroup.set(group, free)
    const sku = textOf(cells.first('sku'))
    if (sku !== undefined) bySku.set(sku, free)
  }
  const finish = (keepSoldOut: boolean) => {
    for (const { parent, item } of waiting) {
      const id = parent.replace(/^id:\s*/, '')
      mergeInto(products.has(id) ? id : (bySku.get(parent) ?? id), item)
    }
    const listed = [...products.values()].filter(({ isDraft }) => !isDraft)
    const inStock = listed.filter(({ item }) => item.available !== false)
    // where nothing is in stock, no stock is kept
    const kept = keepSoldOut || inStock.length === 0 ? listed : inStock
    const leftOut: LeftOut = {
      drafts: products.size - listed.length,
      soldOut: listed.length - kept.length,
      variations,
      merged,
    }
    return { items: kept.map(({ item }) => item), leftOut }
  }
  return { add, finish }
}

/** What a product's own row leaves open, by one of its variants; one in stock suffices. */
function withVariant(item: ItemRecord, variant: ItemRecord): ItemRecord {
  const { price, currency, image } = variant
  const available = anyOf([item.available, variant.available])
  return withoutEmpty({
    ...item,
    image: item.image ?? image,
    price: item.price ?? price,
    currency: item.price === undefined ? (currency ?? item.currency) : item.currency,
    available,
  })
}

function isDraftRow(cells: Cells, { known }: ItemColumns): boolean {
  const listed = cells.first('listed')
  const isUnlisted =
    flagOf(listed) === false || known?.unlistedFlags?.includes(plainText(listed))
  return (
    isUnlisted === true ||
    flagOf(cells.first('draft')) === true ||
    flagOf(cells.first('published')) === false ||
    isDraftStatus(cells.first('status'))
  )
}

/** Without an id column: from the address, else the title. */
function madeId(cells: Cells, { idFrom }: ItemColumns): string | undefined {
  const url = idFrom === 'url' ? addressOf(cells.first('url')) : undefined
  return url ?? (titleOf(cells.first('title')) || undefined)
}

/** Two items may have one title: `Emma`, `Emma (2)`. */
function freeId(id: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(id)) return id
  let count = 2
  while (taken.has(`${id} (${count})`)) count++
  return `${id} (${count})`
}

// One row.

interface RowContext {
  readonly id: string
  readonly line: number
  readonly warn: Warn
  /** For a row that has none of its own. */
  readonly title?: string
}

function itemOf(
  { first, all, at }: Cells,
  columns: ItemColumns,
  { id, line, warn, title: otherTitle = '' }: RowContext,
): ItemRecord | undefined {
  for (const field of TEXT_FIELDS) {
    if (isUnreadable(first(field))) warn(`${field}: not text, left out`, line)
  }
  for (const field of ['url', 'image'] as const) {
    const isOdd = !isEmpty(first(field)) && addressOf(first(field)) === undefined
    if (isOdd) warn(`${field}: not text, left out`, line)
  }
  const rawTitle = cut(titleOf(first('title')) || otherTitle, MAX_TITLE_LENGTH, () =>
    warn(`titles longer than ${MAX_TITLE_LENGTH} characters: cut`, line),
  )
  if (rawTitle === '') return void warn('rows without a title: skipped', line)
  const clean = cleanTitle(rawTitle)
  const description = cut(
    descriptionOf(first('description')),
    MAX_DESCRIPTION_LENGTH,
    () =>
      warn(`descriptions longer than ${MAX_DESCRIPTION_LENGTH} characters: cut`, line),
  )
  const refuse = (what: string) => () => warn(`unsafe ${what}: left out`, line)
  const written = columns.url
    ? fillTemplate(columns.url, (place) => {
        if (typeof place === 'number') return at(place)
        return place === 'id' ? id : clean.title
      })
    : addressOf(first('url'))
  const url = safeAddress(written, refuse('links'))
  const image = safeAddress(addressOf(first('image')), refuse('images'))
  const { year, published } = readDates(first, (what) => warn(what, line))
  const price = priceOf(first('price'))
  return withoutEmpty({
    id,
    title: clean.title,
    authors: distinct(all('authors').flatMap(peopleOf)),
    year: year ?? clean.year,
    genres: distinct(
      all('genres').flatMap((cell) => categoriesOf(cell, columns.known)),
    ),
    series: seriesOf(first) ?? clean.series,
    url,
    image,
    description,
    language: textOf(first('language')),
    price: price?.price,
    currency: price && (currencyOf(plainText(first('currency'))) ?? price.currency),
    available: availableOf(first('available')),
    published,
  })
}

/** Read as text or lists of texts; the other fields report what they cannot read. */
const TEXT_FIELDS = ['authors', 'genres', 'description', 'language'] as const

function titleOf(cell: unknown): string {
  return plainText(titleWithoutMarkup(plainText(cell)))
}

function descriptionOf(cell: unknown): string {
  const text = textOf(cell)?.slice(0, MAX_MARKUP_LENGTH) ?? ''
  return plainText(withoutMarkup(text))
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)]
}

/** The year of its own column counts before that of a date. */
function readDates(first: Cells['first'], warn: (what: string) => void) {
  const published0 = first('published')
  const dates = [
    first('year'),
    flagOf(published0) === undefined ? published0 : undefined,
  ]
    .map(dateOf)
    .filter((date) => date !== undefined)
  if (dates.includes('bad')) warn('years that cannot be read: left out')
  const read = dates.filter((date) => date !== 'bad')
  const published = read.find(({ day }) => day !== undefined)?.day
  return { year: read[0]?.year, published }
}

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

function safeAddress(text: string | undefined, refuse: () => void): string | undefined {
  if (text === undefined) return undefined
  const url = safeUrl(text)
  if (url === undefined) refuse()
  return url
}

/** From a series column: a name, `Name #2`, or an object `{name, position}`. */
function seriesOf(cell: Cells['first']): ItemRecord['series'] | undefined {
  const value = cell('series')
  const object = typeof value === 'object' && value !== null ? value : undefined
  const fields = { name: value, position: cell('position'), ...object }
  const name = titleWithoutMarkup(textOf(fields.name) ?? '')
  if (name === '') return undefined
  const parsed = parseSeries(name) ?? { name }
  const position = numberOf(fields.position)
  return Number.isFinite(position) ? { name: parsed.name, position } : parsed
}

type Loose = { readonly [K in keyof ItemRecord]?: ItemRecord[K] | undefined }

/** Drops what is empty, so that the same item always has the same bytes. */
function withoutEmpty(item: Loose & Pick<ItemRecord, 'id' | 'title'>): ItemRecord {
  const isEmpty = (value: unknown) =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  const kept = Object.entries(item).filter(([, value]) => !isEmpty(value))
  return Object.fromEntries(kept) as unknown as ItemRecord
}

function noItems(path: string, report: CleaningReport): HearthError {
  const leftOut = formatLeftOut(report.leftOut)
  const faults = report.warnings.map(formatWarning)
  const why = [...(leftOut === undefined ? [] : [leftOut]), ...faults].join('; ')
  return new HearthError(
    'bad-input',
    `no items in ${path}: read ${report.rowsRead} rows and could use none` +
      `${why === '' ? '' : ` (${why})`}. Expected one item a row.`,
  )
}
