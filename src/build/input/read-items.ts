/** An owner's table of items → clean records, with every change counted. */

import { HearthError } from '../../errors.ts'
import type { AttributeColumn } from '../../pack/attribute-column.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { type AttributeOptions, createAttributeReader } from './attribute-columns.ts'
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
  usedColumns,
} from './item-columns.ts'
import { createProducts } from './products.ts'
import { openTable, type Table } from './table.ts'

interface CleanItems {
  /** In file order, ids distinct. */
  readonly items: readonly ItemRecord[]
  readonly report: CleaningReport
  /** Which column was taken for what. */
  readonly columns: ShownColumns
  /** The other columns, in the table's order: [items] values each. */
  readonly attributes: readonly AttributeColumn[]
}

export interface ReadItemsOptions {
  readonly attributes?: AttributeOptions
  /** Sold-out items stay, marked as not available; default false: left out and counted. */
  readonly keepSoldOut?: boolean
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
  { keepSoldOut = false, attributes: choice }: ReadItemsOptions = {},
): Promise<CleanItems> {
  const log = createCleaningLog(path)
  let rowsRead = 0
  const table = await openTable(path, (what, line) => {
    rowsRead++
    log.warn(what, line)
  })
  const columns = findItemColumns(table, named)
  const reader = createAttributeReader(table, usedColumns(table, columns), choice)
  const products = createProducts(columns, reader, log.warn)
  for await (const row of table.rows) {
    rowsRead++
    products.add(row)
  }
  const { items, others, leftOut } = products.finish(keepSoldOut)
  const report = {
    ...log.report(rowsRead, items.length),
    ...(formatLeftOut(leftOut) !== undefined && { leftOut }),
    ...notesOf(table, columns, items),
  }
  if (items.length === 0) throw noItems(path, report)
  const attributes = reader.finish(items, others)
  const unused = attributes.leftOut.map(({ name }) => name)
  const shown = { ...showColumns(table, columns), unused, attributes }
  return { items, report, columns: shown, attributes: attributes.columns }
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
