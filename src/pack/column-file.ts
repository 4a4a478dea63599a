/**
 * An attribute column as a file of its own: JSON, one list, words that repeat listed once.
 *
 *   format, version   'hearth-column', 1
 *   name, type        as in the manifest
 *   rows              the items of the pack
 *   gaps              [values] only where most items have none: how many items without a
 *                     value come before each; without it, an item that has none holds null
 *   names             of a category or a list: its words
 *   values            numbers; ISO dates; 1 or 0; texts; numbers of `names`, of a list one
 *                     or several of them
 */
import { HearthError } from '../errors.ts'
import {
  type AttributeColumn,
  type ColumnType,
  type ColumnValue,
  isColumnValue,
} from './attribute-column.ts'
import { badPack } from './bad-pack.ts'
import {
  asInteger,
  asList,
  asObject,
  asTexts,
  inside,
  type Place,
  parseJson,
  refuse,
} from './json-check.ts'
import type { ColumnEntry, Manifest } from './pack.ts'
import type { ReadFile } from './pack-source.ts'
import { readPackFile } from './read-file.ts'

const COLUMN_FORMAT = 'hearth-column'
const COLUMN_VERSION = 1

/** A gap takes about two bytes, a null five: worth it where most items have none. */
const MAX_SPARSE_SHARE = 0.5

/** What stands for a value in the file. */
type Cell = string | number | readonly number[] | null

/**
 * @param rows the items of the pack
 * @throws HearthError `bad-argument` for another number of values, or a value not of the type
 */
export function encodeColumn(column: AttributeColumn, rows: number): Uint8Array {
  const { name, type, values } = column
  assertColumn(column, rows)
  const names = createNames()
  const cells = values.map((value) => cellOf(type, value, names.indexOf))
  const filled = cells.filter((cell) => cell !== null)
  const isSparse = filled.length < rows * MAX_SPARSE_SHARE
  const json = {
    format: COLUMN_FORMAT,
    version: COLUMN_VERSION,
    name,
    type,
    rows,
    ...(isSparse && { gaps: gapsOf(cells) }),
    ...(isNamed(type) && { names: names.list }),
    values: isSparse ? filled : cells,
  }
  return new TextEncoder().encode(JSON.stringify(json))
}

function assertColumn({ name, type, values }: AttributeColumn, rows: number) {
  const at = values.findIndex(
    (value) => value !== undefined && !isColumnValue(type, value),
  )
  if (name !== '' && values.length === rows && at < 0) return
  const got =
    at < 0
      ? `${values.length} values, expected a name and ${rows}`
      : `${JSON.stringify(values[at])} for item ${at}, expected a ${type}`
  throw new HearthError(
    'bad-argument',
    `invalid column ${JSON.stringify(name)}: got ${got}.`,
  )
}

const isNamed = (type: ColumnType) => type === 'category' || type === 'list'

/** Numbers words in the order they come. */
function createNames() {
  const numbers = new Map<string, number>()
  const list: string[] = []
  const indexOf = (word: string): number => {
    const known = numbers.get(word)
    if (known !== undefined) return known
    numbers.set(word, list.length)
    return list.push(word) - 1
  }
  return { list, indexOf }
}

function cellOf(
  type: ColumnType,
  value: ColumnValue | undefined,
  indexOf: (word: string) => number,
): Cell {
  if (value === undefined) return null
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number') return value
  if (typeof value === 'string') return type === 'category' ? indexOf(value) : value
  const numbers = value.map(indexOf)
  return numbers.length === 1 ? numbers[0]! : numbers
}

function gapsOf(cells: readonly Cell[]): number[] {
  const gaps: number[] = []
  let gap = 0
  for (const cell of cells) {
    if (cell === null) gap++
    else {
      gaps.push(gap)
      gap = 0
    }
  }
  return gaps
}

/**
 * Reads one column, whole.
 *
 * @param manifest from `readManifest`
 * @param name as in `manifest.columns`
 * @throws HearthError `bad-argument` for a column that the pack does not have, `bad-pack`
 *   for one that cannot be used
 */
export async function readColumn(
  manifest: Manifest,
  name: string,
  read: ReadFile,
): Promise<AttributeColumn> {
  const entry = manifest.columns?.find((column) => column.name === name)
  if (!entry) throw noColumn(manifest, name)
  return decodeColumn(await readPackFile(entry.file, read), entry, manifest.items)
}

function noColumn({ columns = [] }: Manifest, name: string): HearthError {
  const known = columns.map((column) => column.name).join(', ')
  return new HearthError(
    'bad-argument',
    `no such column: got ${JSON.stringify(name)}, expected ${known === '' ? 'none, as the pack has no columns of its own' : `one of ${known}`}.`,
  )
}

function decodeColumn(
  bytes: Uint8Array,
  { name, type, file }: ColumnEntry,
  rows: number,
): AttributeColumn {
  const place = { file: file.name, at: '' }
  const json = asObject(parseJson(file.name, bytes), place)
  const found = [json.format, json.version, json.name, json.type, json.rows]
  const expected = [COLUMN_FORMAT, COLUMN_VERSION, name, type, rows]
  if (found.some((value, i) => value !== expected[i])) {
    const shown = (list: readonly unknown[]) => JSON.stringify(list.map(String))
    throw badPack(file.name, `got ${shown(found)}, expected ${shown(expected)}.`)
  }
  const at = inside(place, 'values')
  const names = isNamed(type) ? asTexts(json.names, inside(place, 'names')) : []
  const toValue = valueReader(type, names)
  const isSparse = json.gaps !== undefined
  const cells = asList(json.values, at, isSparse ? undefined : rows)
  if (!isSparse) {
    const values = cells.map((cell) => (cell === null ? undefined : toValue(cell, at)))
    return { name, type, values }
  }
  const indices = indicesOf(json.gaps, inside(place, 'gaps'), {
    count: cells.length,
    rows,
  })
  const values = new Array<ColumnValue | undefined>(rows).fill(undefined)
  cells.forEach((cell, i) => {
    values[indices[i]!] = toValue(cell, at)
  })
  return { name, type, values }
}

/** The items that have a value, rising. */
function indicesOf(
  value: unknown,
  place: Place,
  { count, rows }: { readonly count: number; readonly rows: number },
): number[] {
  let index = -1
  return asList(value, place, count).map((gap) => {
    index += 1 + asInteger(gap, place, { min: 0, max: rows })
    return index < rows ? index : refuse(place, gap, `items below ${rows}`)
  })
}

function valueReader(type: ColumnType, names: readonly string[]) {
  const range = { min: 0, max: names.length - 1 }
  const nameAt = (cell: unknown, place: Place) => names[asInteger(cell, place, range)]!
  return (cell: unknown, place: Place): ColumnValue => {
    if (type === 'category') return nameAt(cell, place)
    if (type === 'list') {
      const numbers = Array.isArray(cell) ? cell : [cell]
      if (numbers.length === 0) return refuse(place, cell, 'one name or more')
      return numbers.map((number) => nameAt(number, place))
    }
    if (type === 'flag') return asInteger(cell, place, { min: 0, max: 1 }) === 1
    return isColumnValue(type, cell) ? cell : refuse(place, cell, `a ${type}`)
  }
}
