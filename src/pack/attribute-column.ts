/**
 * What a catalogue holds of its items beyond an `ItemRecord`: the owner's own columns, typed.
 * A page reads a column only where something names it (a filter, a rule), and then whole.
 */

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
