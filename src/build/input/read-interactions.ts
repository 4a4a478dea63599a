/** An owner's table of interactions → dense arrays, with every skipped row counted. */
import { HearthError } from '../../errors.ts'
import type { Interactions } from '../dataset/dataset.ts'
import { idOf, textOf } from './cell.ts'
import { chooseInteractionTable } from './choose-table.ts'
import {
  type CleaningReport,
  createCleaningLog,
  formatWarning,
  type Warn,
} from './cleaning-log.ts'
import type { ColumnNames } from './columns.ts'
import { compactDateOf, type EventTime, eventTimeOf } from './event-time.ts'
import { createWeightReader, withUnrated } from './event-weight.ts'
import type { InteractionColumn } from './interaction-columns.ts'
import { type InteractionLayout, interactionLayout } from './interaction-layout.ts'
import { describeLayout, type UserCounts } from './interaction-summary.ts'
import { type EventFields, idInside } from './nested-lines.ts'
import { openTable, type TableRow } from './table.ts'

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

/** Rows read ahead to learn from their content what a column holds. */
const PEEKED_ROWS = 200

/**
 * Reads interactions with items of the catalogue, in file order. Carts, orders and lists
 * give one a line. Skipped and counted: rows without a user, a session or an order, without
 * an item, of unknown items, with a weight that is no number (or, where the column is a
 * weight or a quantity, not above 0), of events that are no likes, or with a time that is
 * unreadable or in the future.
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
  const read = await readAll(path, rows, options)
  if (read.report.rowsKept === 0) throw noInteractions(path, read.report, read.unknown)
  return { interactions: read.interactions, report: read.report }
}

/** What a build would make of a file of interactions. */
export interface InteractionsDescription {
  /** Field → the name it goes by in the file: `product_id`, `products[].id`. */
  readonly columns: Readonly<Partial<Record<InteractionColumn, string>>>
  readonly unused: readonly string[]
  /** Lines for a person, as the build's report has them. */
  readonly understood: readonly string[]
  readonly users: number
  readonly hasRatings: boolean
  readonly hasTimes: boolean
  readonly report: CleaningReport
}

/**
 * Reads the file as a build does and describes what it found, even if no row could be used.
 *
 * @param rows item id → item index
 * @throws HearthError `bad-input` when the file cannot be read or has no user or item column
 */
export async function describeInteractions(
  path: string,
  rows: ReadonlyMap<string, number>,
  options: ReadInteractionsOptions,
): Promise<InteractionsDescription> {
  const { interactions, layout, report } = await readAll(path, rows, options)
  return {
    columns: layout.names,
    unused: layout.unused,
    understood: report.understood ?? [],
    users: interactions.userCount,
    hasRatings: interactions.hasRatings,
    hasTimes: interactions.times !== undefined,
    report,
  }
}

async function readAll(
  path: string,
  rows: ReadonlyMap<string, number>,
  { named = {}, now }: ReadInteractionsOptions,
) {
  const log = createCleaningLog(path)
  let rowsRead = 0
  const warn = (what: string, line: number) => {
    rowsRead++
    log.warn(what, line)
  }
  const table = await openTable(path, warn, { choose: chooseInteractionTable() })
  const iterator = table.rows[Symbol.asyncIterator]()
  const peeked = await peek(iterator)
  const layout = interactionLayout(table, peeked, { known: rows, named })
  const reader = createRowReader(layout, rows, now)
  const readRow = ({ cells, line }: TableRow) => {
    const events = layout.eventsOf(cells)
    rowsRead += Math.max(1, events.length)
    if (events.length === 0) log.warn('rows without an item: skipped', line)
    for (const event of events) reader.read(event, line, log.warn)
  }
  if (layout.firstRow) readRow({ cells: layout.firstRow, line: 1 })
  for (const row of peeked) readRow(row)
  for await (const row of { [Symbol.asyncIterator]: () => iterator }) readRow(row)
  const interactions = reader.finish(log.warn)
  const report: CleaningReport = {
    ...log.report(rowsRead, interactions.rows.length),
    understood: [...describeLayout(layout, reader.counts()), ...table.notes],
  }
  return { interactions, layout, report, unknown: reader.unknownId() }
}

async function peek(rows: AsyncIterator<TableRow>): Promise<TableRow[]> {
  const peeked: TableRow[] = []
  while (peeked.length < PEEKED_ROWS) {
    const next = await rows.next()
    if (next.done) break
    peeked.push(next.value)
  }
  return peeked
}

function createRowReader(
  layout: InteractionLayout,
  indexOfId: ReadonlyMap<string, number>,
  now: number,
) {
  const weightReader = createWeightReader(layout)
  const userReader = createUserReader(layout)
  const dates = createTimeReader(layout, now)
  const users = growing((length) => new Uint32Array(length))
  const rows = growing((length) => new Uint32Array(length))
  const weights = growing((length) => new Float32Array(length))
  const lines = growing((length) => new Uint32Array(length))
  const hasTimes = layout.names.time !== undefined
  let unknown: string | undefined

  const read = (event: EventFields, line: number, warn: Warn) => {
    const user = userReader.find(event)
    if (user === undefined) return warn('rows without a user: skipped', line)
    const id = idOf(idInside(event.item))
    if (id === undefined) return warn('rows without an item: skipped', line)
    const index = indexOfId.get(id)
    if (index === undefined) {
      unknown ??= id
      return warn('rows of items that are not in the catalogue: skipped', line)
    }
    const weight = weightReader.read(event)
    if (weight === 'no like') return
    if (typeof weight === 'string') return warn(weight, line)
    users.push(userReader.numberOf(user))
    rows.push(index)
    weights.push(weight)
    if (!hasTimes) return
    dates.push(event.time)
    lines.push(line)
  }

  const finish = (warn: Warn): Interactions => {
    const all = {
      users: users.take(),
      rows: rows.take(),
      ...withUnrated(weights.take(), layout.names.rating !== undefined),
      ...(weightReader.hasStrengths() && { hasStrengths: true }),
    }
    if (!hasTimes) return withDenseUsers(all)
    const timed = { ...all, times: dates.take(), lines: lines.take() }
    return withDenseUsers(withGoodTimes(timed, warn))
  }
  return {
    read,
    finish,
    unknownId: () => unknown,
    counts: () => ({
      ...weightReader.counts(),
      users: userReader.counts(),
      dateOrder: dates.order(),
    }),
  }
}

/** Written where nobody was logged in, besides what exporters write for nothing. */
const NOBODY = new Set([
  ...['anonymous', 'anonym', 'guest', 'unknown', '(not set)', 'not set', '-', '--'],
  ...['nil', '<na>', '#n/a', 'nan', '(none)', '00000000-0000-0000-0000-000000000000'],
])

interface FoundUser {
  readonly source: keyof UserCounts
  readonly id: string
}

/** A row's user; where it has none, its session; where it has none either, its order. */
function createUserReader({ columns }: InteractionLayout) {
  const all = ['user', 'session', 'order'] as const
  const sources = all.filter((source) => columns[source] !== undefined)
  const numbers: Record<keyof UserCounts, Map<string, number>> = {
    ...{ user: new Map(), session: new Map(), order: new Map() },
  }
  const counts = { user: 0, session: 0, order: 0 }
  let users = 0
  const find = (event: EventFields): FoundUser | undefined => {
    for (const source of sources) {
      const id = idOf(idInside(event[source]))
      if (id === undefined) continue
      // who is known already is somebody: most rows of a long table end here
      if (numbers[source].has(id) || isSomebody(id)) return { source, id }
    }
    return undefined
  }
  return {
    find,
    /** @returns 0, 1, … in order of appearance */
    numberOf({ source, id }: FoundUser): number {
      counts[source]++
      const known = numbers[source].get(id)
      if (known !== undefined) return known
      numbers[source].set(id, users)
      return users++
    },
    counts: (): UserCounts => counts,
  }
}

function isSomebody(id: string): boolean {
  return textOf(id) !== undefined && !NOBODY.has(id.toLowerCase())
}

/**
 * Times as they come. Whether `5/6/2020` is in May or in June is known at the end: a day
 * above 12 anywhere decides it, and where none or both do, such dates are unreadable.
 */
function createTimeReader({ hasCompactDates }: InteractionLayout, now: number) {
  const times = growing((length) => new Float64Array(length))
  /** The other order, kept from the first date on that has two. */
  let other: Growing<Float64Array> | undefined
  let [isDayFirst, isMonthFirst] = [false, false]
  const order = () => {
    if (isDayFirst === isMonthFirst) return other ? 'unclear' : undefined
    return isDayFirst ? 'day first' : 'month first'
  }
  const usable = (time: number) => (time > now + DAY_MS ? Number.NaN : time)
  return {
    order,
    push(cell: unknown) {
      const compact = hasCompactDates ? compactDateOf(cell) : Number.NaN
      const time: EventTime = Number.isNaN(compact)
        ? eventTimeOf(cell)
        : { dayFirst: compact, monthFirst: compact }
      const { dayFirst, monthFirst } = time
      const isTwofold = !Object.is(dayFirst, monthFirst)
      if (isTwofold && Number.isNaN(monthFirst)) isDayFirst = true
      if (isTwofold && Number.isNaN(dayFirst)) isMonthFirst = true
      if (isTwofold && !other) {
        other = growing((length) => new Float64Array(length))
        for (const past of times.take()) other.push(past)
      }
      times.push(usable(dayFirst))
      other?.push(usable(monthFirst))
    },
    take(): Float64Array {
      const dayFirst = times.take()
      if (!other || order() === 'day first') return dayFirst
      const monthFirst = other.take()
      if (order() === 'month first') return monthFirst
      return dayFirst.map((time, i) => (time === monthFirst[i] ? time : Number.NaN))
    },
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
    ...(columns.hasUnrated && { hasUnrated: true }),
    ...(columns.hasStrengths && { hasStrengths: true }),
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
