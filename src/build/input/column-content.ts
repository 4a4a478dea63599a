/** What a column holds, seen in the first rows: for tables whose names leave it open. */
import { addressOf, idOf, isEmpty, textOf } from './cell.ts'
import { dateOf } from './dates.ts'
import type { TableRow } from './table.ts'

/**
 *   phrase   a text a reader would call a name or a title
 *   text     longer than a title is
 *   code     one piece of letters and digits, as `A00001`
 *   number, date, url, image   what they are called
 *   other    anything else, or nothing
 */
type ContentKind =
  | 'phrase'
  | 'text'
  | 'code'
  | 'number'
  | 'date'
  | 'url'
  | 'image'
  | 'other'

export interface ColumnContent {
  readonly kind: ContentKind
  /** Share of rows where it holds something, 0–1. */
  readonly filled: number
  /** Share of what it holds that is there once, 0–1. */
  readonly distinct: number
}

/** Of the cells that hold something, those of one kind make it the column's. */
const MIN_SHARE = 0.8
/** Characters of a title; three quarters of a column's must be no longer. */
const MAX_TITLE_LENGTH = 120

const NUMBER = /^[-+]?[\d.,\s]*\d[\d.,\s%]*$/
const URL = /^(?:https?:)?\/\/\S+$/i
const IMAGE = /^\S*\.(?:jpe?g|png|webp|gif|svg|avif)(?:\?\S*)?$/i
/** One piece with a digit in it, or all in capitals. */
const CODE = /^(?=\S*\d)[\p{L}\d][\p{L}\d._:/-]*$|^[A-Z]{2,5}$/u
const LETTER = /\p{L}/u

/** @param index of the column */
export function contentOf(rows: readonly TableRow[], index: number): ColumnContent {
  const cells = rows.map(({ cells }) => cells[index]).filter((cell) => !isEmpty(cell))
  if (cells.length === 0) return { kind: 'other', filled: 0, distinct: 0 }
  const texts = cells.map((cell) => idOf(cell) ?? textOf(cell) ?? '')
  const kinds = texts.map(kindOf)
  const isMostly = (...kind: readonly ContentKind[]) =>
    kinds.filter((one) => kind.includes(one)).length >= cells.length * MIN_SHARE
  const simple = (['image', 'url', 'number', 'date', 'code'] as const).find((kind) =>
    isMostly(kind),
  )
  // titles may be dates, numbers or codes now and then: `1984`, `WALL-E`
  const words = texts.filter((text) => LETTER.test(text)).length
  const hasWords = words >= cells.length * MIN_SHARE && !isMostly('url', 'image')
  return {
    kind: simple ?? (hasWords ? lengthKind(texts) : 'other'),
    filled: cells.length / rows.length,
    distinct: new Set(texts).size / texts.length,
  }
}

function lengthKind(texts: readonly string[]): ContentKind {
  const short = texts.filter(({ length }) => length <= MAX_TITLE_LENGTH).length
  return short >= texts.length * 0.75 ? 'phrase' : 'text'
}

/** Of one cell's text. */
export function kindOf(text: string): ContentKind {
  if (IMAGE.test(text)) return 'image'
  if (URL.test(text) && addressOf(text) !== undefined) return 'url'
  if (NUMBER.test(text)) return 'number'
  if (CODE.test(text) && !/^\p{Lu}?\p{Ll}+$/u.test(text)) return 'code'
  if (/\d/.test(text) && text.length < 40 && typeof dateOf(text) === 'object')
    return 'date'
  return LETTER.test(text) ? 'phrase' : 'other'
}
