/** One row of a table → the item it holds. */

import type { ItemRecord } from '../../pack/item.ts'
import { safeUrl } from '../../pack/safe-url.ts'
import { availableOf, flagOf, inStock } from './availability.ts'
import { categoriesOf } from './categories.ts'
import {
  addressOf,
  idOf,
  isEmpty,
  isUnreadable,
  numberOf,
  peopleOf,
  pictureOf,
  plainText,
  textOf,
} from './cell.ts'
import { cleanTitle, parseSeries } from './clean-title.ts'
import type { Warn } from './cleaning-log.ts'
import type { ItemColumn } from './columns.ts'
import { dateOf } from './dates.ts'
import { fillTemplate, type ItemColumns } from './item-columns.ts'
import { languageTagOf } from './language.ts'
import { isListingDate } from './listing-date.ts'
import { titleWithoutMarkup, withoutMarkup } from './markup.ts'
import { currencyOf, priceOf } from './price.ts'
import type { TableRow } from './table.ts'

/** Longest texts kept, in characters: what is longer is cut and counted. */
const MAX_TITLE_LENGTH = 500
const MAX_DESCRIPTION_LENGTH = 4000
/** Characters of a description that are looked at: markup may be most of them. */
const MAX_MARKUP_LENGTH = 64_000

/** A row's cell of each field: of several columns, the first that is filled. */
export interface Cells {
  readonly first: (field: ItemColumn) => unknown
  readonly all: (field: ItemColumn) => readonly unknown[]
  /** A column's cell as text. */
  readonly at: (index: number) => string | undefined
}

export function cellsOf(row: TableRow, { fields, also }: ItemColumns): Cells {
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

interface RowContext {
  readonly id: string
  readonly line: number
  readonly warn: Warn
  /** For a row that has none of its own. */
  readonly title?: string
}

/** @returns undefined for a row without a title, after a warning */
export function itemOf(
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
  if (clean.title === '') return void warn('rows without a title: skipped', line)
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
  const image = safeAddress(pictureOf(first('image')), refuse('images'))
  const dates = readDates(first, (what) => warn(what, line))
  const isListing = isListingDate(columns.known, first('kind'))
  const { year = isListing ? undefined : dates.publishedYear, published } = dates
  const price = priceOf(first('price'))
  if (price === undefined && isWritten(first('price'))) {
    warn('prices that cannot be read: left out', line)
  }
  const available = availableOf(first('available'))
  if (available === undefined && isWritten(first('available'))) {
    warn('availability that cannot be read: left out', line)
  }
  return withoutEmpty({
    id,
    title: clean.title,
    authors: distinct(all('authors').flatMap(peopleOf)),
    year: year ?? clean.year,
    genres: distinctNames(
      all('genres').flatMap((cell) => categoriesOf(cell, columns.known)),
    ),
    series: seriesOf(first) ?? clean.series,
    url,
    image,
    description,
    language: languageOf(first('language')),
    group: columns.mergesGroups
      ? undefined
      : (groupOf(first('group')) ?? (columns.groupsById ? id : undefined)),
    imageSize: image === undefined ? undefined : imageSizeOf(first),
    price: price?.price,
    currency: price && (currencyOf(plainText(first('currency'))) ?? price.currency),
    available: available ?? columnsInStock(at, columns.stock),
    published,
  })
}

function columnsInStock(at: Cells['at'], stock: ItemColumns['stock']) {
  if (!stock) return undefined
  const { tracker, quantity, policy } = stock
  return inStock({
    isTracked: at(tracker) !== undefined,
    quantity: numberOf(at(quantity)),
    policy: at(policy),
  })
}

/** A price of its own, not a variant's that may have none. */
const isWritten = (cell: unknown) => typeof cell !== 'object' && !isEmpty(cell)

/** Read as text or lists of texts; the other fields report what they cannot read. */
const TEXT_FIELDS = ['authors', 'genres', 'description', 'language'] as const

/** As its tag; what is no language that can be known stays as it is written. */
function languageOf(cell: unknown): string | undefined {
  const text = textOf(Array.isArray(cell) ? cell[0] : cell)
  return text === undefined ? undefined : (languageTagOf(text) ?? text)
}

/** A text or a number; of a list (`works: [{key}]`), its first. */
function groupOf(cell: unknown): string | undefined {
  if (Array.isArray(cell)) return groupOf(cell[0])
  if (typeof cell !== 'object' || cell === null) return idOf(cell) && textOf(cell)
  const { id, key } = cell as Readonly<Record<string, unknown>>
  return groupOf(id ?? key)
}

/** Of the object or list that holds the address, else of columns of their own. */
function imageSizeOf(first: Cells['first']): ItemRecord['imageSize'] | undefined {
  const sizes = { width: first('imageWidth'), height: first('imageHeight') }
  return sizeIn(first('image')) ?? sizeIn(sizes)
}

function sizeIn(cell: unknown): ItemRecord['imageSize'] | undefined {
  if (Array.isArray(cell)) {
    return sizeIn(cell.find((one) => addressOf(one) !== undefined))
  }
  if (typeof cell !== 'object' || cell === null) return undefined
  const fields = cell as Readonly<Record<string, unknown>>
  const [width, height] = [numberOf(fields.width), numberOf(fields.height)]
  return isSide(width) && isSide(height) ? { width, height } : undefined
}

const isSide = (side: number) => Number.isInteger(side) && side > 0 && side < 2 ** 16

/** On one line, without markup; '' where there is none. */
export function titleOf(cell: unknown): string {
  return plainText(titleWithoutMarkup(plainText(cell)))
}

function descriptionOf(cell: unknown): string {
  const text = textOf(cell)?.slice(0, MAX_MARKUP_LENGTH) ?? ''
  return plainText(withoutMarkup(text))
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)]
}

/** `beauty` and `Beauty` are one: as written first. */
function distinctNames(names: readonly string[]): string[] {
  const known = new Map<string, string>()
  for (const name of names) {
    const key = name.toLowerCase()
    if (!known.has(key)) known.set(key, name)
  }
  return [...known.values()]
}

const LOST_DAYS = {
  'no such day': 'dates that no calendar has: only their year is kept',
  'either order': 'dates with the day or the month first: only their year is kept',
} as const

/** `year` is that of its own column, which counts before that of a date. */
function readDates(first: Cells['first'], warn: (what: string) => void) {
  const published0 = first('published')
  const dates = [
    first('year'),
    flagOf(published0) === undefined ? published0 : undefined,
  ].map(dateOf)
  for (const [at, what] of ['years', 'dates'].entries()) {
    const date = dates[at]
    if (date === 'bad') warn(`${what} that cannot be read: left out`)
    else if (date?.lost) warn(LOST_DAYS[date.lost])
  }
  const [ofYear, ofDate] = dates.map((date) => (date === 'bad' ? undefined : date))
  const read = [ofYear, ofDate].filter((date) => date !== undefined)
  // a column of years may write them as the first day of each
  const isYear = (day: string) => day.endsWith('-01-01') && !first('published')
  const published = read.find(({ day }) => day !== undefined && !isYear(day))?.day
  return { year: ofYear?.year, publishedYear: ofDate?.year, published }
}

function cut(text: string, maxLength: number, onCut: () => void): string {
  if (text.length <= maxLength) return text
  onCut()
  // Not in the middle of a surrogate pair.
  const start = text
    .slice(0, maxLength)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()
  // a slice would keep all of the text it is cut from in memory, for as long as the item
  return Buffer.from(start).toString()
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
export function withoutEmpty(
  item: Loose & Pick<ItemRecord, 'id' | 'title'>,
): ItemRecord {
  const isEmpty = (value: unknown) =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  const kept = Object.entries(item).filter(([, value]) => !isEmpty(value))
  return Object.fromEntries(kept) as unknown as ItemRecord
}
