/**
 * The columns that no field of an item uses → attributes that a page can filter by. What
 * nobody can filter by, or nobody should read, is left out and said: a pack is public.
 */
import { HearthError } from '../../errors.ts'
import type { AttributeColumn } from '../../pack/attribute-column.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { isEmpty, isUnreadable, listOf, textOf } from './cell.ts'
import { namedColumn } from './columns.ts'
import { inferColumn, type KeptCell, sampleOf } from './infer-column-type.ts'
import {
  findOptionPairs,
  gatherOptions,
  type Option,
  optionsIn,
  optionsOf,
} from './option-columns.ts'
import {
  looksLikeOption,
  looksLikeRowNumber,
  looksLikeStock,
  looksPrivate,
} from './private-columns.ts'
import type { Table, TableRow } from './table.ts'

/** The owner's own choice of attributes, by the names of their columns. */
export interface AttributeOptions {
  /** Kept whatever they hold: private names and long texts too. */
  readonly keep?: readonly string[]
  readonly drop?: readonly string[]
}

export interface LeftOutColumn {
  readonly name: string
  /** `looks private` */
  readonly why: string
}

export interface FoundAttributes {
  /** In the order of the table; the options of variants last. */
  readonly columns: readonly AttributeColumn[]
  readonly leftOut: readonly LeftOutColumn[]
  /** Name → cells that are not of its column's type, and were left out. */
  readonly unread: ReadonlyMap<string, number>
}

/** What a row holds that may become attributes. */
export interface OtherCells {
  readonly cells: readonly KeptCell[]
  readonly options: readonly Option[]
}

export interface AttributeReader {
  read(row: TableRow): OtherCells
  /** @param rows [items][rows] as `read` gave them, its own first */
  finish(
    items: readonly ItemRecord[],
    rows: readonly (readonly OtherCells[])[],
  ): FoundAttributes
}

/** Columns kept: the manifest names each, and every visitor reads the manifest. */
const MAX_COLUMNS = 50
/** Characters a text has on average, at most: a page reads a column whole. */
const MAX_TEXT_LENGTH = 300
/** Rows after which a column of long texts is no longer kept in memory. */
const ROWS_TO_MEASURE = 500

interface Candidate {
  readonly index: number
  readonly name: string
  readonly isKept: boolean
  /** Of all cells read so far. */
  filled: number
  characters: number
  /** Cells of objects, whose fields have columns of their own where there are names. */
  objects: number
}

/**
 * @param used columns that fields of items use, whole or in part
 * @throws HearthError `bad-input` for a column of `options` that is not there,
 *   `bad-argument` for one that is to be kept and dropped
 */
export function createAttributeReader(
  table: Pick<Table, 'path' | 'columns'>,
  used: (index: number) => boolean,
  { keep = [], drop = [] }: AttributeOptions = {},
): AttributeReader {
  const indicesOf = (flag: string, names: readonly string[]) =>
    new Set(names.map((name) => namedColumn(table, flag, name)))
  const kept = indicesOf('keep', keep)
  const dropped = indicesOf('drop', drop)
  const both = [...kept].find((index) => dropped.has(index))
  if (both !== undefined) {
    throw new HearthError(
      'bad-argument',
      `column "${table.columns[both]}" is to be kept and dropped, expected one of both.`,
    )
  }
  const names = distinctNames(table.columns)
  const leftOut: LeftOutColumn[] = []
  const pairs = findOptionPairs(table.columns)
  const paired = new Set(pairs.flatMap(({ name, value }) => [name, value]))
  const candidates: Candidate[] = []
  for (const [index, name] of names.entries()) {
    const isKept = kept.has(index)
    if (paired.has(index) || (used(index) && !isKept)) continue
    const why = dropped.has(index) ? 'as asked' : isKept ? undefined : reasonOf(name)
    if (why !== undefined) leftOut.push({ name, why })
    else candidates.push({ index, name, isKept, filled: 0, characters: 0, objects: 0 })
  }
  return {
    read: ({ cells }) => ({
      cells: candidates.map((column) => readCell(column, cells[column.index])),
      options: [
        ...optionsOf(pairs, cells),
        ...candidates.flatMap(({ index }) => optionsIn(cells[index]) ?? []),
      ],
    }),
    finish(items, rows) {
      const found = candidates.map((column, at) => finishColumn(column, at, rows))
      const options = gatherOptions(rows.map((own) => own.map((row) => row.options)))
      const offered = [...options].map(([name, values]) => offeredColumn(name, values))
      return select([...found, ...offered], items, leftOut)
    },
  }
}

/** `Notes`, `Notes (2)`; a column without a name goes by its place. */
function distinctNames(columns: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return columns.map((written, index) => {
    const name = written === '' ? `column ${index + 1}` : written
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

function reasonOf(name: string): string | undefined {
  if (looksPrivate(name)) return 'looks private'
  return looksLikeStock(name) ? 'a stock count' : undefined
}

/** Keeps the cell, unless its column has shown to be too long. */
function readCell(column: Candidate, cell: unknown): KeptCell {
  if (isEmpty(cell)) return undefined
  if (typeof cell === 'object' && (isUnreadable(cell) || optionsIn(cell))) {
    column.objects++
    return undefined
  }
  const kept = keptCell(cell)
  if (kept === undefined) return undefined
  column.filled++
  column.characters += String(kept).length
  return !column.isKept && column.filled > ROWS_TO_MEASURE && isTooLong(column)
    ? undefined
    : kept
}

function keptCell(cell: unknown): KeptCell {
  if (typeof cell === 'boolean') return cell
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined
  if (typeof cell === 'string') return textOf(cell)
  const list = Array.isArray(cell) ? listOf(cell) : listOf([cell])
  return list.length === 0 ? undefined : list
}

const isTooLong = ({ filled, characters }: Candidate) =>
  characters > MAX_TEXT_LENGTH * filled

const OBJECTS = 'objects'

/** A column as it would be kept, or why it is not. */
interface Finding {
  readonly name: string
  readonly isKept: boolean
  readonly column?: AttributeColumn
  readonly unread?: number
  readonly why?: string
}

function finishColumn(
  candidate: Candidate,
  at: number,
  rows: readonly (readonly OtherCells[])[],
): Finding {
  const { name, isKept, filled, objects } = candidate
  const why = (text: string) => ({ name, isKept, why: text })
  if (filled === 0) return why(objects > 0 ? OBJECTS : 'empty')
  if (isTooLong(candidate) && !isKept) return why('long texts')
  const cells = cellsOfProducts(name, rows, at)
  const { type, values, unread } = inferColumn(cells, name)
  const column = { name, type, values }
  const fault = isKept ? undefined : faultOf(column)
  return fault === undefined ? { name, isKept, column, unread } : why(fault)
}

/** The first row's; of what variants are offered in (sizes, colours), all of them. */
function cellsOfProducts(
  name: string,
  rows: readonly (readonly OtherCells[])[],
  at: number,
): KeptCell[] {
  const first = () =>
    rows.map((own) => own.find(({ cells }) => cells[at] !== undefined)?.cells[at])
  if (!looksLikeOption(name)) return first()
  const filled = rows.map((own) =>
    own.map(({ cells }) => cells[at]).filter((cell) => cell !== undefined),
  )
  const words = filled.map((cells) => [
    ...new Set(cells.flatMap((cell) => listOf(cell))),
  ])
  const isOffered = words.some(
    (list, item) => list.length > 1 && filled[item]!.length > 1,
  )
  return isOffered ? words.map((list) => (list.length > 0 ? list : undefined)) : first()
}

function offeredColumn(
  name: string,
  values: readonly (readonly string[] | undefined)[],
): Finding {
  return { name, isKept: false, column: { name, type: 'list', values } }
}

const ADDRESS = /^(?:https?:\/\/|www\.|\/\S+\.\w{2,4}$)\S*$/i
const EMAIL = /\S@\S+\.\w{2,}/
const ENCODED = /^(?:data:|[A-Za-z0-9+/=_-]{120,}$)/

/** Share of a column's values from which it is taken for what they are. */
const MANY = 0.2

function faultOf({ name, type, values }: AttributeColumn): string | undefined {
  const filled = values.filter((value) => value !== undefined)
  if (filled.length === 0) return 'empty'
  const first = String(filled[0])
  const isSame =
    filled.length === values.length && filled.every((value) => String(value) === first)
  if (isSame && values.length > 1) return `the same everywhere: ${first.slice(0, 30)}`
  if (type !== 'list' && isRowNumber(name, values)) return 'row numbers'
  if (type !== 'text' && type !== 'category' && type !== 'list') return undefined
  const sample = sampleOf(filled)
  const many = (pattern: RegExp) => {
    const found = sample.filter((value) => pattern.test(String(value))).length
    return found > MANY * sample.length
  }
  if (many(EMAIL)) return 'e-mail addresses'
  if (many(ADDRESS)) return 'addresses'
  return many(ENCODED) ? 'encoded data' : undefined
}

function isRowNumber(name: string, values: AttributeColumn['values']): boolean {
  if (values.length < 2 || !looksLikeRowNumber(name)) return false
  const numbers = values.map(Number)
  return numbers.every((value, i) => i === 0 || value > numbers[i - 1]!)
}

/** Without what repeats another, and at most as many as a manifest should name. */
function select(
  found: readonly Finding[],
  items: readonly ItemRecord[],
  named: readonly LeftOutColumn[],
): FoundAttributes {
  const columns: AttributeColumn[] = []
  const leftOut = [...named]
  const unread = new Map<string, number>()
  const taken = new Set<string>()
  const isParent = (name: string) =>
    found.some((other) => other.name.startsWith(`${name}.`))
  for (const { name, column, isKept, why, ...rest } of found) {
    if (why === OBJECTS && isParent(name)) continue
    const fault =
      why ??
      (isKept || column === undefined ? undefined : repeated(column, columns, items)) ??
      (columns.length >= MAX_COLUMNS
        ? `more than ${MAX_COLUMNS} columns`
        : undefined) ??
      (taken.has(name) ? 'a name used before' : undefined)
    if (fault !== undefined) leftOut.push({ name, why: fault })
    else if (column) {
      columns.push(column)
      taken.add(name)
      if (rest.unread) unread.set(name, rest.unread)
    }
  }
  return { columns, leftOut, unread }
}

/** Fields of an item that a column may repeat, and what they are called. */
const FIELDS: readonly (readonly [string, (item: ItemRecord) => unknown])[] = [
  ['id', ({ id }) => id],
  ['title', ({ title }) => title],
  ['description', ({ description }) => description],
  ['year', ({ year }) => year],
  ['price', ({ price }) => price],
  ['published', ({ published }) => published],
  ['language', ({ language }) => language],
  ['authors', ({ authors }) => authors],
  ['categories', ({ genres }) => genres],
]

function repeated(
  { values }: AttributeColumn,
  columns: readonly AttributeColumn[],
  items: readonly ItemRecord[],
): string | undefined {
  const field = FIELDS.find(([, fieldOf]) =>
    isAlike(values, (item) => fieldOf(items[item]!)),
  )
  if (field) return `repeats ${field[0]}`
  const twin = columns.find((other) => isAlike(values, (item) => other.values[item]))
  return twin && `repeats ${twin.name}`
}

/** Everywhere the same text, where either has one; the first difference decides. */
function isAlike(
  values: AttributeColumn['values'],
  other: (item: number) => unknown,
): boolean {
  return values.every((value, item) => {
    const twin = other(item)
    return value === undefined
      ? twin === undefined
      : twin !== undefined && String(value) === String(twin)
  })
}

// What was kept, for the owner to see and correct.

/** Columns listed: more would hide the others. */
const SHOWN = 30

/** `kept as attributes: Material (category, 12 values), Weight (number); left out: …` */
export function formatAttributes({
  columns,
  leftOut,
  unread,
}: FoundAttributes): string[] {
  const kept = columns.map((column) => {
    const others = unread.get(column.name) ?? 0
    const cells = others === 1 ? '1 cell' : `${others} cells`
    const more = others > 0 ? `; ${cells} of another kind left out` : ''
    return `${shortName(column.name)} (${kindOf(column)}${more})`
  })
  const filled = leftOut.filter(({ why }) => why !== 'empty')
  const empty = leftOut.length - filled.length
  const out = filled.map(({ name, why }) => `${shortName(name)} (${why})`)
  if (empty > 0) out.push(empty === 1 ? '1 empty column' : `${empty} empty columns`)
  const parts = [
    ...(kept.length > 0 ? [`kept as attributes: ${shownOf(kept)}`] : []),
    ...(out.length > 0 ? [`left out: ${shownOf(out)}`] : []),
  ]
  return parts
}

function kindOf(column: AttributeColumn): string {
  const values = valuesOf(column)
  if (values === undefined) return column.type
  return `${column.type}, ${values} ${values === 1 ? 'value' : 'values'}`
}

/** Different words of a category or a list. */
export function valuesOf({ type, values }: AttributeColumn): number | undefined {
  if (type !== 'category' && type !== 'list') return undefined
  return new Set(values.flat().filter((value) => value !== undefined)).size
}

const shortName = (name: string) => name.slice(0, 40)

function shownOf(list: readonly string[]): string {
  const more = list.length > SHOWN ? `, and ${list.length - SHOWN} more` : ''
  return list.slice(0, SHOWN).join(', ') + more
}
