/**
 * Raw exports of web analytics → a table of one row an event: Google Analytics 4 as BigQuery
 * has it (`event_params[]`, `items[]`), and Matomo's sessions (`actionDetails[]`).
 */
import { idOf } from './cell.ts'
import { type ColumnNames, columnKey } from './columns.ts'
import { eventKindOf } from './event-kinds.ts'
import type { InteractionColumn } from './interaction-columns.ts'
import { type JsonObject, objectsIn } from './nested-lines.ts'
import type { ItemFinder } from './pages/item-finder.ts'
import type { Table, TableRow } from './table.ts'

interface Adapted {
  readonly table: Table
  /** Which of its columns is what; absent where the table is as it was. */
  readonly named?: ColumnNames<InteractionColumn>
}

interface AdaptOptions {
  readonly finder: ItemFinder
  readonly named: ColumnNames<InteractionColumn>
}

/** One event of an item, or of a page. */
interface ExportedEvent {
  readonly user: unknown
  readonly event: string
  readonly time: unknown
  readonly quantity?: unknown
  /** What it may be of, the surest first: an id, a title, an address. */
  readonly items: readonly unknown[]
}

interface ExportFormat {
  readonly name: string
  /** All must be there. */
  readonly columns: readonly string[]
  /** Field → the name it goes by in the report. */
  readonly names: ColumnNames<InteractionColumn>
  /** @param skip called with the kind of each event that is of no item */
  eventsOf(row: JsonObject, skip: (kind: string) => void): ExportedEvent[]
}

/** Any other table, and one whose columns the owner named, is left as it is. */
export function adaptExport(table: Table, { finder, named }: AdaptOptions): Adapted {
  const keys = new Set(table.columns.map(columnKey))
  const format = FORMATS.find(({ columns }) => columns.every((name) => keys.has(name)))
  if (!format || Object.keys(named).length > 0) return { table }
  finder.useTitles()
  const notes = [...table.notes, `read as ${format.name}`]
  const { user, item, event, time, quantity } = format.names
  const columns = [user, item, event, time, quantity].map((name) => name!)
  const rows = adaptedRows(table, format, { finder, notes })
  return { table: { path: table.path, columns, rows, notes }, named: format.names }
}

async function* adaptedRows(
  table: Table,
  format: ExportFormat,
  { finder, notes }: { readonly finder: ItemFinder; readonly notes: string[] },
): AsyncGenerator<TableRow> {
  const skipped = new Map<string, number>()
  const skip = (kind: string) => skipped.set(kind, (skipped.get(kind) ?? 0) + 1)
  const { columns } = table
  for await (const { line, cells } of table.rows) {
    const row = Object.fromEntries(columns.map((name, at) => [name, cells[at]]))
    for (const { user, event, time, quantity, items } of format.eventsOf(row, skip)) {
      const ids = items.map(idOf).filter((id) => id !== undefined)
      const item = ids.find((id) => finder.has(id)) ?? ids[0]
      yield { line, cells: [user, item, event, time, quantity] }
    }
  }
  notes.push(...table.notes.filter((note) => !notes.includes(note)))
  const kinds = [...skipped].map(
    ([kind, count]) => `${count.toLocaleString('en-US')} ${kind}`,
  )
  if (kinds.length > 0) notes.push(`events of no item: ${kinds.join(', ')}`)
}

/** The typed value of one of GA4's parameters. */
function paramOf(params: readonly JsonObject[], key: string): unknown {
  const value = params.find((param) => param.key === key)?.value
  if (typeof value !== 'object' || value === null) return value
  const all = Object.values(value as JsonObject)
  return all.find((one) => one !== null && one !== undefined && one !== '')
}

const ga4: ExportFormat = {
  name: 'the BigQuery export of Google Analytics 4',
  columns: ['eventname', 'eventtimestamp', 'userpseudoid'],
  names: {
    user: 'user_pseudo_id',
    item: 'items[].item_id or page_location',
    event: 'event_name',
    time: 'event_timestamp',
    quantity: 'items[].quantity',
  },
  eventsOf(row, skip) {
    const kind = String(row.event_name ?? '')
    const common = {
      user: row.user_pseudo_id ?? row.user_id,
      event: kind,
      time: row.event_timestamp,
    }
    const page = paramOf(objectsIn(row.event_params), 'page_location')
    const items = objectsIn(row.items)
    // a list of products that was shown is no choice of any of them
    const isChoice = (eventKindOf(kind)?.strength ?? 0) > 0
    if (items.length > 0) {
      return items.map(({ item_id, item_name, quantity }) => ({
        ...{ ...common, quantity },
        items:
          isChoice && items.length === 1
            ? [item_id, item_name, page]
            : [item_id, item_name],
      }))
    }
    if (isChoice && page !== undefined) return [{ ...common, items: [page] }]
    skip(kind)
    return []
  },
}

/** Matomo's types of actions → words for events. */
const MATOMO_ORDERS: Readonly<Record<string, string>> = {
  ecommerceOrder: 'order',
  ecommerceAbandonedCart: 'add to cart',
}

const matomo: ExportFormat = {
  name: "sessions of Matomo's Live API",
  columns: ['actiondetails', 'visitorid'],
  names: {
    user: 'visitorId',
    item: 'actionDetails[].url or itemDetails[].itemSKU',
    event: 'actionDetails[].type',
    time: 'actionDetails[].timestamp',
    quantity: 'itemDetails[].quantity',
  },
  eventsOf(row, skip) {
    const user = row.visitorId ?? row.fingerprint
    return objectsIn(row.actionDetails).flatMap((action) => {
      const type = String(action.type ?? '')
      const time = action.timestamp ?? row.serverTimestamp
      const order = MATOMO_ORDERS[type]
      if (order !== undefined) {
        return objectsIn(action.itemDetails).map(({ itemSKU, itemName, quantity }) => ({
          ...{ user, time, quantity, event: order },
          items: [itemSKU, itemName],
        }))
      }
      if (type === 'action') {
        const items = [action.productViewSku, action.url]
        return [{ user, time, event: 'page view', items }]
      }
      skip(type)
      return []
    })
  },
}

const FORMATS: readonly ExportFormat[] = [ga4, matomo]
