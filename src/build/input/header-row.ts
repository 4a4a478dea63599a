/** A table of items whose first line is an item already, and no header. */
import { kindOf } from './column-content.ts'
import { chained } from './peek.ts'
import type { Table, TableRow } from './table.ts'

const MIN_ALIKE = 0.8

/**
 * Whether the names of the columns are a row themselves: one is an address, a picture, a
 * number or a date as the cells below it are, or the only one that is there is no name.
 *
 * @param isName is it a name that a column may have?
 */
export function isHeaderless(
  columns: readonly string[],
  sample: readonly TableRow[],
  isName: (name: string) => boolean,
): boolean {
  if (sample.length === 0 || columns.some((name) => name !== '' && isName(name))) {
    return false
  }
  if (columns.some((name, index) => isValue(name, index, sample))) return true
  const named = columns.filter((name) => name !== '')
  const hasUnnamed = named.length < columns.length
  const isUnnamedEmpty = columns.every(
    (name, index) => name !== '' || sample.every(({ cells }) => !cells[index]),
  )
  return named.length === 1 && hasUnnamed && isUnnamedEmpty
}

function isValue(name: string, index: number, sample: readonly TableRow[]): boolean {
  const kind = kindOf(name)
  if (!['url', 'image', 'number', 'date'].includes(kind)) return false
  // years may be the names of columns: then the cells are no years
  const texts = sample.map(({ cells }) => String(cells[index] ?? '').trim())
  const filled = texts.filter((text) => text !== '')
  const isYear = (text: string) => /^(?:1[5-9]|20)\d\d$/.test(text)
  const alike = filled.filter(
    (text) => kindOf(text) === kind && (!isYear(name) || isYear(text)),
  )
  return filled.length > 0 && alike.length >= filled.length * MIN_ALIKE
}

/** The table with names for its columns, and its first line as a row. */
export function withoutHeader(table: Table): Table {
  const { columns, rows } = table
  return {
    ...table,
    columns: columns.map((_, index) => `column ${index + 1}`),
    rows: chained([{ line: 1, cells: columns }], rows),
  }
}
