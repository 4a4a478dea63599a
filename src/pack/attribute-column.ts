/**
 * What a catalogue holds of its items beyond an `ItemRecord`: the owner's own columns, typed.
 * A page reads a column only where something names it (a filter, a rule), and then whole.
 */
import { type Place, refuse } from './json-check.ts'

/**
 *   text      a sentence or more, each its own
 *   category  a word or few, shared by many items
 *   number    a finite number
 *   date      ISO 8601: `2016-05-09` or `2016-05-09T10:00:00Z`
 *   flag      true or false
 *   list      several words
 */
export const COLUMN_TYPES = [
  'text',
  'category',
  'number',
  'date',
  'flag',
  'list',
] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

export type ColumnValue = string | number | boolean | readonly string[]

export interface AttributeColumn {
  /** As the owner's file calls it. */
  readonly name: string
  readonly type: ColumnType
  /** [items] undefined where the item has none. */
  readonly values: readonly (ColumnValue | undefined)[]
}

/** @throws HearthError `bad-pack` */
export function asColumnType(value: unknown, place: Place): ColumnType {
  const type = COLUMN_TYPES.find((known) => known === value)
  return type ?? refuse(place, value, `one of ${COLUMN_TYPES.join(', ')}`)
}

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)?$/

/** What is written of a day or a moment, checked for its form and its calendar. */
export function isColumnDate(value: unknown): value is string {
  return (
    typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value))
  )
}

/** Is it a value that a column of this type may have? A list has at least one word. */
export function isColumnValue(type: ColumnType, value: unknown): value is ColumnValue {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'date':
      return isColumnDate(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'list':
      return (
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((word) => typeof word === 'string')
      )
    default:
      return typeof value === 'string'
  }
}
