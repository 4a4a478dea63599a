/** An owner's table of items → clean records, with every change counted. */

import { HearthError } from '../../errors.ts'
import type { AttributeColumn } from '../../pack/attribute-column.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { ItemTotals } from '../dataset/dataset.ts'
import { given } from '../given.ts'
import { type AttributeOptions, createAttributeReader } from './attribute-columns.ts'
import { chooseItemTable } from './choose-table.ts'
import {
  type CleaningReport,
  createCleaningLog,
  formatLeftOut,
  formatWarning,
} from './cleaning-log.ts'
import type { ColumnNames, ItemColumn } from './columns.ts'
import { isHeaderless, withoutHeader } from './header-row.ts'
import {
  findItemColumns,
  type ItemColumns,
  isColumnName,
  type ShownColumns,
  showColumns,
  usedColumns,
} from './item-columns.ts'
import { oneMakerNotes } from './one-maker.ts'
import { createPageNotes } from './page-notes.ts'
import { peek } from './peek.ts'
import { createPopularityColumn } from './popularity-column.ts'
import { createProducts } from './products.ts'
import type { FolderOptions } from './sources/pages/folder-table.ts'
import { openTable, type Table } from './table.ts'

interface CleanItems {
  /** In file order, ids distinct. */
  readonly items: readonly ItemRecord[]
  readonly report: CleaningReport
  /** Which column was taken for what. */
  readonly columns: ShownColumns
  /** The other columns, in the table's order: [items] values each. */
  readonly attributes: readonly AttributeColumn[]
  /** [items] of a folder of pages: their texts, for the encoder. */
  readonly bodies?: readonly (string | undefined)[]
  /** How often each was chosen, where a column counts that. */
  readonly totals?: ItemTotals
}

export interface ReadItemsOptions {
  readonly attributes?: AttributeOptions
  /** Sold-out items stay, marked as not available; default false: left out and counted. */
  readonly keepSoldOut?: boolean
  /** How a folder of pages is read. */
  readonly folder?: FolderOptions
  /** The table of a database, or the sheet of a workbook; default: what looks like items. */
  readonly table?: string
  /** The column popularity is taken from, or `none`; default: one with a usual name. */
  readonly popularity?: string
}

/**
 * Reads and cleans items. A row without an id or a title is left out, of rows with one id
 * the first is kept, and a year or an address that cannot be used is left out of its item.
 * Drafts and sold-out items are left out, and variants merged into their product.
 *
 * @param named columns the owner named; the others are found by their usual names
 * @throws HearthError `bad-input` when the file cannot be read, has no title column, or
 *   leaves no item
 */
export async function readItems(
  path: string,
  named: ColumnNames<ItemColumn> = {},
  options: ReadItemsOptions = {},
): Promise<CleanItems> {
  const { keepSoldOut = false, table: tableName, folder = {} } = options
  const log = createCleaningLog(path)
  let rowsRead = 0
  const warn = (what: string, line: number) => {
    rowsRead++
    log.warn(what, line)
  }
  const choose = chooseItemTable(tableName)
  const how = {
    ...{ choose, followsKeys: true, folder },
    ...{ warnOfFault: log.warn, warnOfFile: log.warn },
  }
  const opened = await openTable(path, warn, how)
  const { table, sample, isUnnamed } = await lookAhead(opened)
  const columns = findItemColumns(table, named, { sample, isUnnamed })
  const reader = createAttributeReader(
    table,
    withSlugs(table, usedColumns(table, columns)),
    options.attributes,
  )
  const pages = createPageNotes(columns)
  const products = createProducts(columns, reader, (what, line) =>
    log.warn(what, line, pages.file()),
  )
  const counts = createPopularityColumn(table, options.popularity)
  for await (const row of table.rows) {
    rowsRead++
    pages.add(row)
    counts.add(row, products.add(row))
  }
  rowsRead += table.leftOut ?? 0
  const { items: records, others, leftOut } = products.finish(keepSoldOut)
  const { items, bodies } = pages.addTo(records)
  const report = {
    ...log.report(rowsRead, items.length),
    ...(table.leftOut !== undefined && { unit: 'page' as const }),
    ...(formatLeftOut(leftOut) !== undefined && { leftOut }),
    ...notesOf(table, columns, { items, isUnnamed }),
  }
  if (items.length === 0) throw noItems(path, report)
  const attributes = reader.finish(items, others)
  const unused = attributes.leftOut.map(({ name }) => name)
  const shown = { ...showColumns(table, columns), unused, attributes }
  return {
    items,
    report,
    columns: shown,
    attributes: attributes.columns,
    ...given('bodies', bodies),
    ...given('totals', counts.finish(items)),
  }
}

/** A page's slug is there for addresses alone: `--url "/blog/{slug}/"`. */
function withSlugs({ columns, leftOut }: Table, isUsed: (index: number) => boolean) {
  return (index: number): boolean =>
    isUsed(index) || (leftOut !== undefined && columns[index] === 'slug')
}

/** The table with its first rows looked at, and its header taken for a row where it is one. */
async function lookAhead(opened: Table) {
  const { first: sample, all } = await peek(opened.rows)
  const table = { ...opened, rows: all }
  const isPages = table.leftOut !== undefined
  const isUnnamed = !isPages && isHeaderless(table.columns, sample, isColumnName)
  return { table: isUnnamed ? withoutHeader(table) : table, sample, isUnnamed }
}

export const NO_ADDRESS =
  'no item has an address, so cards lead nowhere: give --url COLUMN or a ' +
  'template, --url "/products/{id}"'

/** What was decided without the owner, and what visitors will miss. */
function notesOf(
  table: Table,
  { fields, idFrom, guessed }: ItemColumns,
  { items, isUnnamed }: { items: readonly ItemRecord[]; isUnnamed: boolean },
): { notes?: readonly string[] } {
  const from = idFrom && table.columns[fields[idFrom]![0]!]
  const nameOf = (field: ItemColumn) => table.columns[fields[field]![0]!]
  const notes = [
    ...table.notes,
    ...(isUnnamed ? ['it has no header: its first line is read as a row'] : []),
    ...guessed.map(
      (field) =>
        `no ${field} column by its name: ${nameOf(field)} is taken by what it holds; another: --${field} COLUMN`,
    ),
    ...(idFrom
      ? [
          `no id column: each item's id is its ${idFrom} (${from}); another: --id COLUMN`,
        ]
      : []),
    ...sharedAddresses(items),
    ...(items.length > 0 && items.every(({ url }) => url === undefined)
      ? [NO_ADDRESS]
      : []),
    ...oneMakerNotes(items),
  ]
  return notes.length === 0 ? {} : { notes }
}

/** Addresses that a note names. */
const ADDRESSES_SHOWN = 3

/** Cards of different items that lead to one page. */
function sharedAddresses(items: readonly ItemRecord[]): string[] {
  const counts = new Map<string, number>()
  for (const { url } of items) if (url) counts.set(url, (counts.get(url) ?? 0) + 1)
  const shared = [...counts].filter(([, count]) => count > 1)
  if (shared.length === 0) return []
  const all = shared.reduce((sum, [, count]) => sum + count, 0)
  const shown = shared.slice(0, ADDRESSES_SHOWN).map(([url]) => url.slice(0, 80))
  const more = shared.length > ADDRESSES_SHOWN ? ', …' : ''
  const what = shared.length === 1 ? 'one address' : `${shared.length} addresses`
  return [`${all} items share ${what}: ${shown.join(', ')}${more}`]
}

function noItems(path: string, report: CleaningReport): HearthError {
  const leftOut = formatLeftOut(report.leftOut)
  const faults = report.warnings.map(formatWarning)
  const notes = report.unit === 'page' ? (report.notes ?? []) : []
  const why = [...(leftOut === undefined ? [] : [leftOut]), ...notes, ...faults].join(
    '; ',
  )
  return new HearthError(
    'bad-input',
    `no items in ${path}: read ${report.rowsRead} ${report.unit ?? 'row'}s and could use none` +
      `${why === '' ? '' : ` (${why})`}. Expected one item a ${report.unit ?? 'row'}.`,
  )
}
