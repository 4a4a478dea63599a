/** An owner's table of items → clean records, with every change counted. */

import { HearthError } from '../../errors.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { ItemTotals } from '../dataset/dataset.ts'
import { given } from '../given.ts'
import {
  type CleaningReport,
  createCleaningLog,
  formatLeftOut,
  formatWarning,
} from './cleaning-log.ts'
import type { ColumnNames, ItemColumn } from './columns.ts'
import {
  findItemColumns,
  type ItemColumns,
  type ShownColumns,
  showColumns,
} from './item-columns.ts'
import { createPopularityColumn } from './popularity-column.ts'
import { createProducts } from './products.ts'
import { openTable, type Table } from './table.ts'

interface CleanItems {
  /** In file order, ids distinct. */
  readonly items: readonly ItemRecord[]
  readonly report: CleaningReport
  /** Which column was taken for what. */
  readonly columns: ShownColumns
  /** How often each was chosen, where a column counts that. */
  readonly totals?: ItemTotals
}

export interface ReadItemsOptions {
  /** Sold-out items stay, marked as not available; default false: left out and counted. */
  readonly keepSoldOut?: boolean
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
  { keepSoldOut = false, popularity }: ReadItemsOptions = {},
): Promise<CleanItems> {
  const log = createCleaningLog(path)
  let rowsRead = 0
  const table = await openTable(path, (what, line) => {
    rowsRead++
    log.warn(what, line)
  })
  const columns = findItemColumns(table, named)
  const products = createProducts(columns, log.warn)
  const counts = createPopularityColumn(table, popularity)
  for await (const row of table.rows) {
    rowsRead++
    counts.add(row, products.add(row))
  }
  const { items, leftOut } = products.finish(keepSoldOut)
  const report = {
    ...log.report(rowsRead, items.length),
    ...(formatLeftOut(leftOut) !== undefined && { leftOut }),
    ...notesOf(table, columns, items),
  }
  if (items.length === 0) throw noItems(path, report)
  const totals = counts.finish(items)
  return {
    items,
    report,
    columns: showColumns(table, columns),
    ...given('totals', totals),
  }
}

/** What was decided without the owner, and what visitors will miss. */
function notesOf(
  table: Table,
  { fields, idFrom }: ItemColumns,
  items: readonly ItemRecord[],
): { notes?: readonly string[] } {
  const from = idFrom && table.columns[fields[idFrom]![0]!]
  const notes = [
    ...table.notes,
    ...(idFrom
      ? [
          `no id column: each item's id is its ${idFrom} (${from}); another: --id COLUMN`,
        ]
      : []),
    ...(items.length > 0 && items.every(({ url }) => url === undefined)
      ? [
          'no item has an address, so cards lead nowhere: give --url COLUMN or a ' +
            'template, --url "/products/{id}"',
        ]
      : []),
  ]
  return notes.length === 0 ? {} : { notes }
}

function noItems(path: string, report: CleaningReport): HearthError {
  const leftOut = formatLeftOut(report.leftOut)
  const faults = report.warnings.map(formatWarning)
  const why = [...(leftOut === undefined ? [] : [leftOut]), ...faults].join('; ')
  return new HearthError(
    'bad-input',
    `no items in ${path}: read ${report.rowsRead} rows and could use none` +
      `${why === '' ? '' : ` (${why})`}. Expected one item a row.`,
  )
}
