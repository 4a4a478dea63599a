/** An owner's interactions, or totals an item → dense arrays, every skipped row counted. */
import { HearthError } from '../../errors.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { Interactions, ItemTotals } from '../dataset/dataset.ts'
import { given } from '../given.ts'
import { findAccessLog, readAccessLog } from './access-log/read-access-log.ts'
import { adaptExport } from './analytics-exports.ts'
import { chooseInteractionTable } from './choose-table.ts'
import {
  type CleaningLog,
  type CleaningReport,
  createCleaningLog,
  formatWarning,
} from './cleaning-log.ts'
import type { ColumnNames } from './columns.ts'
import type { InteractionColumn } from './interaction-columns.ts'
import { type InteractionLayout, interactionLayout } from './interaction-layout.ts'
import { createRowReader } from './interaction-rows.ts'
import { describeLayout, describeTotals } from './interaction-summary.ts'
import { createTotals, type TotalsLayout } from './item-totals.ts'
import { openTables } from './joined-tables.ts'
import { createItemFinder, type ItemFinder } from './pages/item-finder.ts'
import { chained, peek } from './peek.ts'
import type { Table, TableRow } from './table.ts'

interface CleanInteractions {
  /** Empty where the file holds totals. */
  readonly interactions: Interactions
  /** Of a file that counts how often each item was chosen, and names no users. */
  readonly totals?: ItemTotals
  readonly report: CleaningReport
}

interface ReadInteractionsOptions {
  /** Columns the owner named; the others are found by their usual names. */
  readonly named?: ColumnNames<InteractionColumn>
  /** Unix ms: later times (a day's grace) are faults. */
  readonly now: number
  /** The catalogue, by index: its items are then also found by address and by title. */
  readonly items?: readonly ItemRecord[]
}

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
  path: string | readonly string[],
  rows: ReadonlyMap<string, number>,
  options: ReadInteractionsOptions,
): Promise<CleanInteractions> {
  const read = await readAll(path, rows, options)
  if (read.report.rowsKept === 0) throw noInteractions(read)
  const { interactions, totals, report } = read
  return { interactions, ...given('totals', totals), report }
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
  /** The columns of a file that holds totals an item, and no users. */
  readonly totals?: string
  readonly report: CleaningReport
}

/**
 * Reads the file as a build does and describes what it found, even if no row could be used.
 *
 * @param rows item id → item index
 * @throws HearthError `bad-input` when the file cannot be read or has no user or item column
 */
export async function describeInteractions(
  path: string | readonly string[],
  rows: ReadonlyMap<string, number>,
  options: ReadInteractionsOptions,
): Promise<InteractionsDescription> {
  const read = await readAll(path, rows, options)
  const { interactions, layout, report, totals } = read
  return {
    columns: layout.names,
    unused: layout.unused,
    understood: report.understood ?? [],
    users: interactions.userCount,
    hasRatings: interactions.hasRatings,
    hasTimes: interactions.times !== undefined,
    ...given('totals', totals?.from),
    report,
  }
}

interface ReadTable {
  readonly interactions: Interactions
  readonly totals?: ItemTotals
  readonly layout: Pick<InteractionLayout, 'names' | 'unused'>
  readonly report: CleaningReport
  /** The first item that is not in the catalogue. */
  readonly unknown?: string | undefined
  /** Of an access log: what its requests are of. */
  readonly requests?: string
}

async function readAll(
  path: string | readonly string[],
  indices: ReadonlyMap<string, number>,
  { named = {}, now, items }: ReadInteractionsOptions,
): Promise<ReadTable> {
  const finder = createItemFinder(indices, items)
  const paths = [path].flat()
  const accessLog = paths.length === 1 ? await findAccessLog(paths[0]!) : undefined
  if (accessLog) {
    const options = { pages: finder.pages, itemCount: indices.size, now }
    const names = { user: 'address and agent', item: 'page', time: 'time' }
    const read = await readAccessLog(accessLog, options)
    const requests = read.report.understood?.slice(1, 3).join('; ')
    return { ...read, layout: { names, unused: [] }, ...given('requests', requests) }
  }
  const log = createCleaningLog(paths.join(' + '))
  const faults = { count: 0 }
  const warn = (what: string, line: number) => {
    faults.count++
    log.warn(what, line)
  }
  const opened = await openTables(paths, warn, { choose: chooseInteractionTable() })
  const { table, named: known = named } = adaptExport(opened, { finder, named })
  const { first, all } = await peek(table.rows)
  const layout = interactionLayout(table, first, { known: finder, named: known })
  const header = layout.firstRow ? [{ cells: layout.firstRow, line: 1 }] : []
  const rows = chained(header, all)
  const context = { table, layout, finder, log, faults }
  return layout.totals
    ? readTotals(rows, layout.totals, { ...context, itemCount: indices.size })
    : readEvents(rows, { ...context, now })
}

interface TableContext {
  readonly table: Table
  readonly layout: InteractionLayout
  readonly finder: ItemFinder
  readonly log: CleaningLog
  /** Rows that were no rows. */
  readonly faults: { readonly count: number }
}

async function readEvents(
  rows: AsyncIterable<TableRow>,
  { table, layout, finder, log, faults, now }: TableContext & { readonly now: number },
): Promise<ReadTable> {
  const reader = createRowReader(layout, finder, now)
  let rowsRead = 0
  for await (const { cells, line } of rows) {
    const events = layout.eventsOf(cells)
    rowsRead += Math.max(1, events.length)
    if (events.length === 0) log.warn('rows without an item: skipped', line)
    for (const event of events) reader.read(event, line, log.warn)
  }
  const interactions = reader.finish(log.warn)
  const counts = { ...reader.counts(), found: finder.counts() }
  const report: CleaningReport = {
    ...log.report(rowsRead + faults.count, interactions.rows.length),
    understood: [...describeLayout(layout, counts), ...table.notes],
  }
  return { interactions, layout, report, unknown: reader.unknownId() }
}

async function readTotals(
  rows: AsyncIterable<TableRow>,
  totalsLayout: TotalsLayout,
  {
    table,
    layout,
    finder,
    log,
    faults,
    itemCount,
  }: TableContext & { readonly itemCount: number },
): Promise<ReadTable> {
  const reader = createTotals(table.columns, totalsLayout, { finder, itemCount })
  let rowsRead = 0
  for await (const row of rows) {
    rowsRead++
    reader.add(row, log.warn)
  }
  const { totals, kept, unknown, ...found } = reader.finish()
  const what = { ...found, from: totals.from, itemCount, found: finder.counts() }
  const report: CleaningReport = {
    ...log.report(rowsRead + faults.count, kept),
    understood: [...describeTotals(layout, what), ...table.notes],
  }
  return { interactions: NO_INTERACTIONS, totals, layout, report, unknown }
}

const NO_INTERACTIONS: Interactions = {
  userCount: 0,
  users: new Uint32Array(0),
  rows: new Uint32Array(0),
  weights: new Float32Array(0),
  hasRatings: false,
}

function noInteractions({ report, unknown, requests, totals }: ReadTable) {
  const why = [
    ...(requests === undefined ? [] : [requests]),
    ...report.warnings.map(formatWarning),
  ].join('; ')
  const example = unknown === undefined ? '' : ` An unknown item is "${unknown}".`
  const expected =
    requests === undefined
      ? `${totals ? '' : 'users and '}ids of the catalogue, or addresses of its pages`
      : "pages of items: compare these paths with the items' addresses (--url)"
  return new HearthError(
    'bad-input',
    `no interactions in ${report.file}: read ${report.rowsRead} rows and could use none` +
      `${why === '' ? '' : ` (${why})`}.${example} Expected ${expected}.`,
  )
}
