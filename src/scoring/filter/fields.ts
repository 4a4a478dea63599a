/** What a filter may name: the fields of an item, and the owner's own columns. */
import type { AttributeColumn, ColumnType } from '../../pack/attribute-column.ts'
import type { ItemRecord } from '../../pack/item.ts'

/** How a field's values are compared; a category is a text. */
export type FieldType = 'text' | 'list' | 'number' | 'date' | 'flag'

export type FieldValue = string | number | boolean | readonly string[] | undefined

interface ItemField {
  readonly type: FieldType
  /** Other names of it, the owner's words. */
  readonly also?: readonly string[]
  readonly read: (record: ItemRecord) => FieldValue
}

/** By name; the order is that of error messages. */
const ITEM_FIELDS: Readonly<Record<string, ItemField>> = {
  id: { type: 'text', read: ({ id }) => id },
  title: { type: 'text', also: ['name'], read: ({ title }) => title },
  author: {
    type: 'list',
    also: ['authors', 'maker', 'makers', 'brand', 'vendor', 'artist', 'director'],
    read: ({ authors }) => authors,
  },
  category: {
    type: 'list',
    also: ['categories', 'genre', 'genres'],
    read: ({ genres }) => genres,
  },
  year: { type: 'number', read: ({ year }) => year },
  series: { type: 'text', read: ({ series }) => series?.name },
  group: { type: 'text', read: ({ group }) => group },
  language: { type: 'text', also: ['lang'], read: ({ language }) => language },
  price: { type: 'number', read: ({ price }) => price },
  currency: { type: 'text', read: ({ currency }) => currency },
  // what is not stated to be sold out can be had, as on a card
  available: {
    type: 'flag',
    also: ['availability', 'in_stock'],
    read: ({ available }) => available !== false,
  },
  published: { type: 'date', also: ['date'], read: ({ published }) => published },
  description: { type: 'text', also: ['text'], read: ({ description }) => description },
  url: { type: 'text', also: ['link'], read: ({ url }) => url },
  image: { type: 'text', also: ['picture'], read: ({ image }) => image },
}

/** A field that a name stands for. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  /** Of an item's own field; absent for a column. */
  readonly read?: (record: ItemRecord) => FieldValue
}

/** A column as far as a filter has to know it before its values are read. */
export type NamedColumn = Pick<AttributeColumn, 'name' | 'type'>

const TYPES: Readonly<Record<ColumnType, FieldType>> = {
  text: 'text',
  category: 'text',
  list: 'list',
  number: 'number',
  date: 'date',
  flag: 'flag',
}

/**
 * The field of a name, without regard to case and accents: a column of the owner's by that
 * name, else a field of the item, else a field by another of its names.
 */
export function fieldOf(
  given: string,
  columns: readonly NamedColumn[],
): Field | undefined {
  const column =
    columns.find(({ name }) => name === given) ??
    columns.find(({ name }) => fold(name) === fold(given))
  if (column) return { name: column.name, type: TYPES[column.type] }
  const wanted = fold(given)
  const [name, field] =
    Object.entries(ITEM_FIELDS).find(
      ([own, { also = [] }]) => own === wanted || also.includes(wanted),
    ) ?? []
  return name && field ? { name, ...field } : undefined
}

/** `Did you mean "color"?`, or all names where none is near. */
export function suggestion(given: string, columns: readonly NamedColumn[]): string {
  const own = columns.map(({ name }) => name)
  const others = Object.entries(ITEM_FIELDS).flatMap(([name, { also = [] }]) => [
    name,
    ...also,
  ])
  const near = nearest(given, [...own, ...others])
  if (near.length > 0)
    return `did you mean ${near.map((name) => `"${name}"`).join(' or ')}?`
  return `expected one of ${[...own, ...Object.keys(ITEM_FIELDS)].slice(0, 40).join(', ')}`
}

/** At most two names that are near a mistyped one, the nearest first. */
export function nearest(given: string, names: readonly string[]): string[] {
  const wanted = fold(given)
  const allowed = wanted.length < 4 ? 1 : wanted.length < 8 ? 2 : 3
  return [...new Set(names)]
    .map((name) => ({ name, apart: editDistance(wanted, fold(name)) }))
    .filter(({ apart, name }) => apart <= Math.min(allowed, name.length - 1))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 2)
    .map(({ name }) => name)
}

/** Letters to add, drop or change (Levenshtein). */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const line = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      line[j] = Math.min(change, above[j]! + 1, line[j - 1]! + 1)
    }
    above = line
  }
  return above[b.length]!
}

const PLAIN = /^[\x20-\x7e]*$/

/** A text as it is compared: without case and accents. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase()
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

const DAY_MS = 86_400_000
const DAY = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d])/

/**
 * Days since 1970 of an ISO date; a time of day after it counts for nothing.
 * @param isWhole whether the day must be named; else `2016` and `2016-05` are its first day
 * @returns undefined for a text that is no date
 */
export function dayOf(text: string, isWhole = false): number | undefined {
  const [whole, year, month, day] = DAY.exec(text) ?? []
  if (whole === undefined || (isWhole && day === undefined)) return undefined
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`
  const at = Date.parse(`${date}T00:00:00Z`)
  const isDay = Number.isFinite(at) && new Date(at).toISOString().startsWith(date)
  return isDay ? at / DAY_MS : undefined
}

/** The day a Unix time, ms, falls on. */
export const dayAt = (ms: number): number => Math.floor(ms / DAY_MS)
