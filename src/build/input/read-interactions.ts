/** An owner's table of interactions → dense arrays, with every skipped row counted. */
import { HearthError } from '../../errors.ts'
import type { Interactions } from '../dataset/dataset.ts'
import { idOf, numberOf, timeOf } from './cell.ts'
import {
  type CleaningReport,
  createCleaningLog,
  formatWarning,
  type Warn,
} from './cleaning-log.ts'
import {
  type ColumnMap,
  type ColumnNames,
  findColumns,
  INTERACTION_COLUMNS,
  type InteractionColumn,
  requireColumn,
} from './columns.ts'
import { openTable, type Table, type TableRow } from './table.ts'

// Typed arrays that grow, so that a long table takes the memory of its numbers alone.

type Numeric = Uint32Array | Float32Array | Float64Array

export interface Growing<T extends Numeric> {
  readonly length: number
  push(value: number): void
  /** A copy of exactly what was pushed. */
  take(): T
}

const FIRST_CAPACITY = 1024

/** @param make makes an empty array of a given length */
function growing<T extends Numeric>(make: (length: number) => T): Growing<T> {
  let values = make(FIRST_CAPACITY)
  let length = 0
  return {
    get length() {
      return length
    },
    push(value) {
      if (length === values.length) {
        const larger = make(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    take: () => values.slice(0, length) as T,
  }
}

interface CleanInteractions {
  readonly interactions: Interactions
  readonly report: CleaningReport
}

interface ReadInteractionsOptions {
  /** Columns the owner named; the others are found by their usual names. */
  readonly named?: ColumnNames<InteractionColumn>
  /** Unix ms: later times (a day's grace) are faults. */
  readonly now: number
}

const DAY_MS = 86_400_000

/** Share of unreadable times above which the column is not taken for times at all. */
const MAX_BAD_TIMES = 0.5

/**
 * Reads interactions with items of the catalogue, in file order. Skipped and counted: rows
 * without a user or an item, of unknown items, with a weight that is no number (or, where
 * the column is a weight, not above 0), or with a time that is unreadable or in the future.
 *
 * @param rows item id → item index
 * @throws HearthError `bad-input` when the file cannot be read, has no user or item column,
 *   or leaves no interaction
 */
export async function readInteractions(
  path: string,
  rows: ReadonlyMap<string, number>,
  options: ReadInteractionsOptions,
): Promise<CleanInteractions> {
  const log = createCleaningLog(path)
  let rowsRead = 0
  const table = await openTable(path, (what, line) => {
    rowsRead++
    log.warn(what, line)
  })
  const reader = createRowReader(table, rows, options)
  for await (const row of table.rows) {
    rowsRead++
    reader.read(row, log.warn)
  }
  const interactions = reader.finish(log.warn)
  const report = log.report(rowsRead, interactions.rows.length)
  if (report.rowsKept === 0) throw noInteractions(path, report, reader.unknownId())
  return { interactions, report }
}

function createRowReader(
  table: Table,
  itemIndices: ReadonlyMap<string, number>,
  { named, now }: ReadInteractionsOptions,
) {
  const columns = findColumns<InteractionColumn>(table, INTERACTION_COLUMNS, named)
  const userAt = requireColumn(table, columns, 'user')
  const itemAt = requireColumn(table, columns, 'item')
  const weightOf = weightReader(columns)
  const userNumbers = new Map<string, number>()
  const users = growing((length) => new Uint32Array(length))
  const rows = growing((length) => new Uint32Array(length))
  const weights = growing((length) => new Float32Array(length))
  const times = growing((length) => new Float64Array(length))
  const lines = growing((length) => new Uint32Array(length))
  let unknown: string | undefined

  const read = ({ cells, line }: TableRow, warn: Warn) => {
    const user = idOf(cells[userAt])
    if (user === undefined) return warn('rows without a user: skipped', line)
    const id = idOf(cells[itemAt])
    if (id === undefined) return warn('rows without an item: skipped', line)
    const index = itemIndices.get(id)
    if (index === undefined) {
      unknown ??= id
      return warn('rows of items that are not in the catalogue: skipped', line)
    }
    const weight = weightOf(cells)
    if (typeof weight === 'string') return warn(weight, line)
    users.push(numberFor(userNumbers, user))
    rows.push(index)
    weights.push(weight)
    if (columns.time === undefined) return
    const time = timeOf(cells[columns.time])
    times.push(time > now + DAY_MS ? Number.NaN : time)
    lines.push(line)
  }

  const finish = (warn: Warn): Interactions => {
    const all = {
      users: users.take(),
      rows: rows.take(),
      weights: weights.take(),
      hasRatings: columns.rating !== undefined,
    }
    const timed = { ...all, times: times.take(), lines: lines.take() }
    const kept = columns.time === undefined ? all : withGoodTimes(timed, warn)
    return withDenseUsers(kept)
  }
  return { read, finish, unknownId: () => unknown }
}

/** Reads a row's rating or weight: the number, or what is wrong with it. */
function weightReader(columns: ColumnMap<InteractionColumn>) {
  const { rating, weight } = columns
  const at = rating ?? weight
  return (cells: readonly unknown[]): number | string => {
    if (at === undefined) return 1
    const value = Math.fround(numberOf(cells[at]))
    if (!Number.isFinite(value))
      return 'rows whose rating or weight is no number: skipped'
    if (rating === undefined && value <= 0)
      return 'rows whose weight is not above 0: skipped'
    return value
  }
}

type Columns = Omit<Interactions, 'userCount' | 'times'> & {
  readonly times?: Float64Array
}
type TimedColumns = Columns & {
  readonly times: Float64Array
  readonly lines: Uint32Array
}

/** Leaves out rows of unusable times (NaN), or the times if most of them are unusable. */
function withGoodTimes({ lines, ...columns }: TimedColumns, warn: Warn): Columns {
  const { times } = columns
  const bad = times.reduce((count, time) => count + (Number.isNaN(time) ? 1 : 0), 0)
  if (bad === 0) return columns
  const ignored = bad > times.length * MAX_BAD_TIMES
  const what = ignored
    ? 'times in the future or that cannot be read: the time column is ignored'
    : 'rows whose time is in the future or cannot be read: skipped'
  times.forEach((time, i) => {
    if (Number.isNaN(time)) warn(what, lines[i]!)
  })
  if (ignored) {
    const { times: _, ...untimed } = columns
    return untimed
  }
  const isGood = (_: number, i: number) => !Number.isNaN(times[i]!)
  return {
    users: columns.users.filter(isGood),
    rows: columns.rows.filter(isGood),
    weights: columns.weights.filter(isGood),
    times: times.filter(isGood),
    hasRatings: columns.hasRatings,
  }
}

/** Numbers users 0, 1, … in order of appearance, without gaps. */
function withDenseUsers(columns: Columns): Interactions {
  const numbers = new Map<number, number>()
  const users = columns.users.map((user) => numberFor(numbers, user))
  return { ...columns, users, userCount: numbers.size }
}

function numberFor<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  const number = numbers.size
  numbers.set(key, number)
  return number
}

function noInteractions(path: string, report: CleaningReport, unknownId?: string) {
  const why = report.warnings.map(formatWarning).join('; ')
  const example = unknownId === undefined ? '' : ` An unknown item is "${unknownId}".`
  return new HearthError(
    'bad-input',
    `no interactions in ${path}: read ${report.rowsRead} rows and could use none` +
      `${why === '' ? '' : ` (${why})`}.${example} Expected users and ids of the catalogue.`,
  )
}
