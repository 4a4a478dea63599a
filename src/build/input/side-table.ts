/**
 * A table without titles → what it adds to items that other tables have, by their ids: prices,
 * stock, categories. A row has one item; an item may have several rows.
 */
import { HearthError } from '../../errors.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { anyOf } from './availability.ts'
import { idOf } from './cell.ts'
import { type CleaningReport, createCleaningLog } from './cleaning-log.ts'
import {
  type ColumnNames,
  columnKey,
  ITEM_COLUMNS,
  type ItemColumn,
  namedColumn,
} from './columns.ts'
import { isOwnId } from './interaction-columns.ts'
import {
  findSideColumns,
  type ItemColumns,
  type ShownColumns,
  showColumns,
  usedColumns,
} from './item-columns.ts'
import { cellsOf, itemOf, withoutEmpty } from './item-row.ts'
import { peek } from './peek.ts'
import type { Table, TableRow } from './table.ts'

type KnownIds = ReadonlyMap<string, number>

export interface SideTable {
  readonly report: CleaningReport
  readonly columns: ShownColumns
  /** Item index → what its rows hold, under its id. */
  readonly additions: ReadonlyMap<number, ItemRecord>
}

/**
 * Reads a table's rows and joins those of one item.
 *
 * @param known id → item index
 * @throws HearthError `bad-input` when no column holds ids of items, or nothing but ids
 */
export async function readSideTable(
  table: Table,
  known: KnownIds,
  named: ColumnNames<ItemColumn> = {},
): Promise<SideTable> {
  const log = createCleaningLog(table.path)
  const { first: peeked, all } = await peek(table.rows)
  const id =
    named.id === undefined
      ? idColumn(table, peeked, known)?.at
      : namedColumn(table, 'id', named.id)
  if (id === undefined) throw noIds(table, peeked)
  const columns = findSideColumns(table, id, named)
  if (Object.keys(columns.fields).length < 2) throw nothingToAdd(table)
  const additions = new Map<number, ItemRecord>()
  let rowsRead = 0
  let rowsKept = 0
  const add = (row: TableRow) => {
    rowsRead++
    const cells = cellsOf(row, columns)
    const text = idOf(row.cells[id])
    if (text === undefined) return log.warn('rows without an id: skipped', row.line)
    const index = known.get(text)
    if (index === undefined) {
      return log.warn('rows of items that no other source has: skipped', row.line)
    }
    const context = { id: text, line: row.line, warn: log.warn, title: '-' }
    const record = itemOf(cells, columns, context)
    if (!record) return
    rowsKept++
    const former = additions.get(index)
    additions.set(index, former ? withRow(former, record) : record)
  }
  for await (const row of all) add(row)
  if (additions.size === 0) throw noIds(table, peeked)
  const report = { ...log.report(rowsRead, rowsKept), notes: table.notes }
  return { report, columns: shownColumns(table, columns), additions }
}

/** What is not added is not kept: attributes are those of tables with items of their own. */
function shownColumns(table: Table, columns: ItemColumns): ShownColumns {
  const isUsed = usedColumns(table, columns)
  const unused = table.columns.filter((_, index) => !isUsed(index))
  const shown = showColumns(table, columns)
  const rest = unused.length === 0 ? '' : `; not used: ${unused.join(', ')}`
  return { ...shown, unused, text: shown.text + rest }
}

/** The column whose values are most often ids of items; a row's own id only where no other. */
export function idColumn(
  table: Pick<Table, 'columns'>,
  rows: readonly TableRow[],
  known: KnownIds,
): { at: number; share: number } | undefined {
  const keys = table.columns.map(columnKey)
  const aliases: readonly string[] = ITEM_COLUMNS.id
  const candidates = [...keys.keys()].filter(
    (at) => aliases.includes(keys[at]!) || /[\s_-]id$/i.test(table.columns[at]!),
  )
  const shareOf = (at: number) =>
    rows.filter(({ cells }) => known.has(idOf(cells[at]) ?? '')).length / rows.length
  const rank = (at: number) => (isOwnId(table.columns[at]!) ? 1 : 0)
  const ranked = candidates
    .map((at) => ({ at, share: shareOf(at) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || rank(a.at) - rank(b.at))
  return ranked[0]
}

/** Two rows of one item: lists are joined, of the rest the first counts; one in stock suffices. */
function withRow(former: ItemRecord, row: ItemRecord): ItemRecord {
  return withoutEmpty({
    ...withMore(former, row),
    authors: distinct([...(former.authors ?? []), ...(row.authors ?? [])]),
    genres: distinct([...(former.genres ?? []), ...(row.genres ?? [])]),
    available: anyOf([former.available, row.available]),
  })
}

/** An item with what it leaves open, from another record; a price has its own currency. */
export function withMore(
  item: ItemRecord,
  { currency, ...more }: ItemRecord,
): ItemRecord {
  const own = item.price === undefined ? currency : undefined
  return withoutEmpty({ ...more, currency: own, ...item })
}

/** What an owner keeps in a table apart because it changes more often than the items. */
const FRESHER: readonly string[] = ['price', 'available']

/** Does a field of a table without titles win over the item's own? A currency goes with its price. */
export function isFresher(field: string, { price, currency }: Partial<ItemRecord>) {
  if (field === 'currency') return price !== undefined && currency !== undefined
  return FRESHER.includes(field)
}

/** An item with what a table without titles adds to it, prices and stock set anew. */
export function withFresher(item: ItemRecord, addition: ItemRecord): ItemRecord {
  const fresh = Object.entries(addition).filter(([name]) => isFresher(name, addition))
  return { ...withMore(item, addition), ...Object.fromEntries(fresh) }
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

function noIds(table: Table, rows: readonly TableRow[]): HearthError {
  const seen = rows[0]?.cells.map((cell) => idOf(cell)?.slice(0, 40) ?? '') ?? []
  return new HearthError(
    'bad-input',
    `cannot join ${table.path}: it has no titles, and no column holds ids of items of the ` +
      `other sources. Its columns: ${table.columns.slice(0, 20).join(', ')}; its first ` +
      `row: ${seen.slice(0, 20).join(', ')}. Name the column with --id COLUMN.`,
  )
}

function nothingToAdd(table: Table): HearthError {
  return new HearthError(
    'bad-input',
    `nothing to add in ${table.path}: it has ids of items, and no column of prices, stock, ` +
      `categories or the like: got ${table.columns.slice(0, 20).join(', ')}.`,
  )
}
