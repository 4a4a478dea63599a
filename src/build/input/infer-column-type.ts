/** The cells of a column that no field of an item uses → its type and its values. */
import type { ColumnType, ColumnValue } from '../../pack/attribute-column.ts'
import { flagOf } from './availability.ts'
import { isInexact, listOf, plainText, timeOf } from './cell.ts'
import { dateOf } from './dates.ts'
import { titleWithoutMarkup } from './markup.ts'
import { currencyOf, decimal } from './price.ts'
import { looksLikeCode } from './private-columns.ts'

/** A cell as it is kept while a table is read; undefined where it holds nothing. */
export type KeptCell = string | number | boolean | readonly string[] | undefined

export interface TypedColumn {
  readonly type: ColumnType
  /** [cells] undefined where a cell is empty or not of the type. */
  readonly values: readonly (ColumnValue | undefined)[]
  /** Cells that hold something which is not of the type. */
  readonly unread: number
}

/** Share of the filled cells that must be of a type; the others are left out. */
const NEARLY_ALL = 0.98

/**
 * The first of flag, number, date, list, category and text that nearly all filled cells
 * are. A code with a leading zero is no number, `12 kg` is one where all are in kg.
 *
 * @param name of the column: a barcode is no number either
 */
export function inferColumn(cells: readonly KeptCell[], name: string): TypedColumn {
  const filled = cells.filter((cell) => cell !== undefined)
  return (
    typed('flag', cells, isFlags(filled) ? flagOf : undefined) ??
    typed('number', cells, looksLikeCode(name) ? undefined : numberReader(filled)) ??
    typed('date', cells, dateReader(filled)) ??
    typed('list', cells, listReader(filled)) ??
    wordsOf(cells)
  )
}

/** Does the reader read nearly all cells that hold something? Then they are its type. */
function typed<T extends ColumnValue>(
  type: ColumnType,
  cells: readonly KeptCell[],
  read: ((cell: KeptCell) => T | undefined) | undefined,
): TypedColumn | undefined {
  if (!read) return undefined
  const values = cells.map((cell) => (cell === undefined ? undefined : read(cell)))
  const filled = cells.filter((cell) => cell !== undefined).length
  const good = values.filter((value) => value !== undefined).length
  return good > 0 && good >= NEARLY_ALL * filled
    ? { type, values, unread: filled - good }
    : undefined
}

/** Cells looked at before all are, evenly spread: most columns are not of most types. */
const SAMPLE = 300

/** A sample of what a column holds, in its order. */
export function sampleOf<T>(filled: readonly T[]): readonly T[] {
  const step = Math.ceil(filled.length / SAMPLE)
  return step <= 1 ? filled : filled.filter((_, i) => i % step === 0)
}

/** Both yes and no, or JSON's own: a column of ones alone is a number. */
function isFlags(filled: readonly KeptCell[]): boolean {
  if (filled.every((cell) => typeof cell === 'boolean')) return filled.length > 0
  if (filled.some((cell) => flagOf(cell) === undefined)) return false
  const isWord = filled.some((cell) => /\D/.test(String(cell)))
  return isWord || new Set(filled.map((cell) => flagOf(cell))).size === 2
}

// Numbers

const NUMBER =
  /^([^\d\s+-]{0,3})\s*([+-]?(?:\d{1,3}(?:[ ,.'\u00A0\u202F]\d{3})+|\d+)(?:[.,]\d+)?)\s*(\D{0,12})$/
/** Longer digits in a text name something. */
const MAX_DIGITS = 11

function splitNumber(cell: KeptCell): { value: number; unit: string } | undefined {
  if (typeof cell === 'number') {
    return isInexact(cell) ? undefined : { value: cell, unit: '' }
  }
  if (typeof cell !== 'string') return undefined
  const [, before = '', digits = '', after = ''] = NUMBER.exec(cell) ?? []
  if (digits === '' || (before !== '' && currencyOf(before) === undefined))
    return undefined
  const sign = digits.startsWith('-') ? -1 : 1
  const value = sign * Number(decimal(digits.replace(/^[+-]/, '')))
  // `1 Season` and `2 Seasons` are one unit
  const unit = `${before}${after.trim().toLowerCase().replace(/s$/, '')}`
  return Number.isFinite(value) ? { value: value + 0, unit } : undefined
}

/** @returns undefined where the cells are no numbers, or of several units */
function numberReader(filled: readonly KeptCell[]) {
  const texts = filled.filter((cell) => typeof cell === 'string')
  const isCode = texts.some(
    (text) => /^0\d/.test(text) || (/^\d+$/.test(text) && text.length > MAX_DIGITS),
  )
  if (isCode) return undefined
  const unit = splitNumber(sampleOf(filled).find((cell) => splitNumber(cell)))?.unit
  if (unit === undefined) return undefined
  return (cell: KeptCell) => {
    const number = splitNumber(cell)
    return number?.unit === unit ? number.value : undefined
  }
}

// Dates

const SLASHED = /^(\d\d?)\/(\d\d?)\/(\d{4})\b/

/** Days, or moments where some are not at midnight. */
function dateReader(filled: readonly KeptCell[]) {
  const texts = filled.filter((cell) => typeof cell === 'string')
  if (texts.length < filled.length) return undefined
  const sample = sampleOf(texts)
  const dated = sample.filter((text) => typeof dateOf(text) === 'object').length
  if (dated < MOST * sample.length) return undefined
  const order = slashOrder(texts)
  const hasTimes = texts.some(
    (text) => !(momentOf(text) ?? 'T00:00:00Z').endsWith('T00:00:00Z'),
  )
  return (cell: KeptCell) => {
    if (typeof cell !== 'string') return undefined
    const text = order ? cell.replace(SLASHED, order) : cell
    const found = dateOf(text)
    const day = typeof found === 'object' ? found.day : undefined
    return day !== undefined && hasTimes ? (momentOf(text) ?? day) : day
  }
}

/** ISO 8601 with a time → the same in UTC, without milliseconds. */
function momentOf(text: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d/.test(text)) return undefined
  const time = timeOf(text)
  return Number.isNaN(time)
    ? undefined
    : new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** What makes ISO days of `5/9/2016`, where any date of the column tells day from month. */
function slashOrder(texts: readonly string[]): string | undefined {
  const pairs = texts
    .map((text) => SLASHED.exec(text))
    .filter((match) => match !== null)
  if (pairs.some(([, first]) => Number(first) > 12)) return '$3-$2-$1'
  return pairs.some(([, , second]) => Number(second) > 12) ? '$3-$1-$2' : undefined
}

// Lists and words

/** A word of a list: longer, it is a sentence that happens to have a comma. */
const MAX_WORD_LENGTH = 40
/** Share of cells with several words from which a separator is one. */
const MOST = 0.5
/** Words of a comma's list are repeated: each is there so often, on average. */
const MIN_REPEATS = 1.5

/** @returns undefined where the cells are no lists */
function listReader(filled: readonly KeptCell[]) {
  const isArray = (cell: KeptCell) =>
    Array.isArray(cell) || (typeof cell === 'string' && /^\[.*\]$/s.test(cell))
  if (filled.some(isArray)) {
    const areAll = filled.filter(isArray).length >= NEARLY_ALL * filled.length
    const several = filled.some((cell) => isArray(cell) && listOf(cell).length > 1)
    return areAll && several ? wordsIn : undefined
  }
  const texts = filled.map((cell) => unmarked(String(cell)))
  const separator = ['|', ';', ','].find((mark) => isSeparator(texts, mark))
  return separator === undefined
    ? undefined
    : (cell: KeptCell) => wordsIn(unmarked(String(cell)).split(separator))
}

function unmarked(text: string): string {
  return /[<&]/.test(text) ? plainText(titleWithoutMarkup(text)) : text
}

/** At least one word, or undefined. */
function wordsIn(cell: KeptCell): readonly string[] | undefined {
  const words = listOf(cell)
  return words.length > 0 ? words : undefined
}

function isSeparator(texts: readonly string[], mark: string): boolean {
  const sample = sampleOf(texts)
  if (
    sample.filter((text) => text.includes(mark)).length <
    (MOST / 2) * sample.length
  ) {
    return false
  }
  const split = texts.map((text) => text.split(mark).map((word) => word.trim()))
  const several = split.filter(({ length }) => length > 1)
  if (several.length < MOST * texts.length || several.length === 0) return false
  const words = split.flat()
  if (words.some((word) => word.length > MAX_WORD_LENGTH)) return false
  return mark !== ',' || words.length >= MIN_REPEATS * new Set(words).size
}

/** Few words, each shared by many items, or each item's own text. */
function wordsOf(cells: readonly KeptCell[]): TypedColumn {
  const values = cells.map((cell) => {
    if (cell === undefined) return undefined
    const text = Array.isArray(cell) ? listOf(cell).join(', ') : String(cell)
    const plain = unmarked(text)
    return plain === '' ? undefined : plain
  })
  return { type: isCategory(values) ? 'category' : 'text', values, unread: 0 }
}

/** Are there more different values than that? */
function hasMoreThan(values: readonly string[], most: number): boolean {
  const distinct = new Set<string>()
  return values.some((value) => distinct.add(value).size > most)
}

/** Longer values are sentences. */
const MAX_CATEGORY_LENGTH = 80
/** So few items may all differ in their category: 40 do not make it a text. */
const FEW_ITEMS = 40
const MAX_SHORT_LENGTH = 25

function isCategory(values: readonly (string | undefined)[]): boolean {
  const filled = values.filter((value) => value !== undefined)
  const longest = filled.reduce((most, { length }) => Math.max(most, length), 0)
  if (longest > MAX_CATEGORY_LENGTH) return false
  if (!hasMoreThan(filled, filled.length / 2)) return true
  const isCode = filled.some((value) => /\d/.test(value))
  return filled.length <= FEW_ITEMS && longest <= MAX_SHORT_LENGTH && !isCode
}
