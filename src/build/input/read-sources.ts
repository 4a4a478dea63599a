/**
 * One source or several → one list of items. A source with titles has items of its own, and
 * one without adds to them by id; of an item that several have, the first one counts, and
 * the others fill what it leaves open. Of a table without titles, prices and stock win.
 */
import { HearthError } from '../../errors.ts'
import type { AttributeColumn } from '../../pack/attribute-column.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { chooseItemTable } from './choose-table.ts'
import { findClashes } from './clashing-titles.ts'
import type { CleaningReport, LeftOut } from './cleaning-log.ts'
import {
  type ColumnNames,
  columnKey,
  findColumns,
  ITEM_COLUMNS,
  type ItemColumn,
  namedColumn,
} from './columns.ts'
import { isInteractionTable } from './interaction-layout.ts'
import { findItemColumns, type ShownColumns } from './item-columns.ts'
import { findExport } from './known-exports.ts'
import { NO_ADDRESS, type ReadItemsOptions, readItems } from './read-items.ts'
import {
  idColumn,
  isFresher,
  readSideTable,
  withFresher,
  withMore,
} from './side-table.ts'
import { isFolder } from './sources/pages/open-folder.ts'
import { openTable, type Table, type TableRow } from './table.ts'

type ReadItems = Awaited<ReturnType<typeof readItems>>

/** What became of one source. */
export interface SourceRead {
  readonly report: CleaningReport
  readonly columns: ShownColumns
  /** `stock.csv: adds available, price to 118 of 120 items`; absent for a single source. */
  readonly summary?: string
}

export type ReadSources = Pick<
  ReadItems,
  'items' | 'bodies' | 'attributes' | 'totals'
> & {
  readonly sources: readonly [SourceRead, ...SourceRead[]]
}

/**
 * @param paths ≥ 1, in the order of their items
 * @param named columns the owner named; of several sources, each needs only those it has
 * @throws HearthError `bad-input` when a source cannot be read, holds interactions, or adds
 *   to no item, or nothing is left
 */
export async function readSources(
  paths: readonly string[],
  named: ColumnNames<ItemColumn> = {},
  options: ReadItemsOptions = {},
): Promise<ReadSources> {
  const [only] = paths
  if (only !== undefined && paths.length === 1) {
    const { report, columns, ...read } = await readItems(only, named, options)
    return { ...read, sources: [{ report, columns }] }
  }
  const opened = await Promise.all(
    paths.map((path) => peekSource(path, named, options)),
  )
  requireNames(opened, named)
  const joined = createJoined()
  const sources: (SourceRead & { readonly place: number })[] = []
  for (const kind of ['items', 'like items', 'side'] as const) {
    for (const [place, source] of opened.entries()) {
      if (source.kind !== kind) continue
      const isSide = kind === 'side' || (kind === 'like items' && joined.knows(source))
      const read = isSide
        ? await addSide(joined, source, options)
        : joined.append(
            await readItems(source.path, source.named, optionsOf(source, options)),
          )
      sources.push({ ...read, place })
    }
  }
  const inOrder = sources.sort((a, b) => a.place - b.place)
  return finish(joined.result(), inOrder, options.keepSoldOut === true)
}

/** Sold-out items stay until all sources are read; a column is only named where it is. */
function optionsOf(
  { table }: PeekedSource,
  options: ReadItemsOptions,
): ReadItemsOptions {
  const { popularity, ...others } = options
  const isThere =
    popularity === undefined ||
    popularity === 'none' ||
    table?.columns.map(columnKey).includes(columnKey(popularity))
  return { ...others, ...(isThere && { popularity }), keepSoldOut: true }
}

type SourceKind = 'items' | 'like items' | 'side'

/** A source before it is read: its columns and first rows. */
interface PeekedSource {
  readonly path: string
  readonly kind: SourceKind
  readonly table?: Pick<Table, 'path' | 'columns'>
  readonly rows: readonly TableRow[]
  /** The owner's names that it has. */
  readonly named: ColumnNames<ItemColumn>
}

const PEEKED_ROWS = 100

async function peekSource(
  path: string,
  named: ColumnNames<ItemColumn>,
  options: ReadItemsOptions,
): Promise<PeekedSource> {
  if (isFolder(path)) return { path, kind: 'items', rows: [], named: {} }
  const table = await openTable(path, () => {}, tableOptions(options))
  const rows: TableRow[] = []
  for await (const row of table.rows) if (rows.push(row) === PEEKED_ROWS) break
  const own = namesIn(table, named)
  return { path, table, rows, named: own, kind: kindOf(table, rows, own) }
}

function tableOptions({ table, folder = {} }: ReadItemsOptions) {
  return { choose: chooseItemTable(table), followsKeys: true, folder }
}

/** The owner's names of columns that this table has; an address's template is for all. */
function namesIn(
  table: Pick<Table, 'columns'>,
  named: ColumnNames<ItemColumn>,
): ColumnNames<ItemColumn> {
  const keys = new Set(table.columns.map(columnKey))
  const own = Object.entries(named).filter(
    ([, name]) =>
      name.includes('{') || table.columns.includes(name) || keys.has(columnKey(name)),
  )
  return Object.fromEntries(own)
}

/** @throws HearthError `bad-input` for a name that no source has */
function requireNames(
  sources: readonly PeekedSource[],
  named: ColumnNames<ItemColumn>,
) {
  for (const [field, name] of Object.entries(named)) {
    const isThere = sources.some(({ named: own }) => Object.hasOwn(own, field))
    const first = sources.find(({ table }) => table)?.table
    if (!isThere && first) namedColumn(first, field, name)
  }
}

function kindOf(
  table: Table,
  rows: readonly TableRow[],
  named: ColumnNames<ItemColumn>,
): SourceKind {
  const { title } = findColumns(table, ITEM_COLUMNS, withoutTemplates(named))
  if (title !== undefined || findExport(table.columns)) return 'items'
  if (isInteractionTable(table, rows)) {
    throw new HearthError(
      'bad-input',
      `${table.path} holds interactions, not items: its columns are ` +
        `${table.columns.slice(0, 20).join(', ')}. Give it as --interactions ${table.path}.`,
    )
  }
  try {
    findItemColumns(table, named)
    return 'like items'
  } catch (error) {
    if (error instanceof HearthError) return 'side'
    throw error
  }
}

function withoutTemplates(named: ColumnNames<ItemColumn>): ColumnNames<ItemColumn> {
  const { url, ...others } = named
  return url === undefined || url.includes('{') ? others : named
}

type Joined = ReturnType<typeof createJoined>

/** Share of a table's rows that are of known items where it only adds to them. */
const SIDE_SHARE = 0.5

function createJoined() {
  const items: ItemRecord[] = []
  /** [items] the source each is from. */
  const files: string[] = []
  const indices = new Map<string, number>()
  const bodies: (string | undefined)[] = []
  const columns = new Map<string, AttributeColumn & { values: unknown[] }>()
  const totals: { counts: number[]; from: string | undefined } = {
    counts: [],
    from: undefined,
  }
  return {
    indices,
    knows({ table, rows }: PeekedSource): boolean {
      const found = table && idColumn(table, rows, indices)
      return found !== undefined && found.share >= SIDE_SHARE
    },
    append({ items: more, report, columns: shown, ...read }: ReadItems): SourceRead {
      const former = items.length
      const clashes = findClashes(report.file, more, (id) => {
        const known = indices.get(id)
        return known === undefined
          ? undefined
          : { title: items[known]!.title, file: files[known]! }
      })
      const places = more.map((item) => {
        const known = indices.get(item.id)
        if (clashes.ids.has(item.id)) return undefined
        if (known === undefined) {
          indices.set(item.id, items.length)
          files.push(report.file)
          return items.push(item) - 1
        }
        items[known] = withMore(items[known]!, item)
        return known
      })
      places.forEach((place, i) => {
        if (place !== undefined) bodies[place] ??= read.bodies?.[i]
      })
      for (const column of read.attributes) addColumn(columns, column, places)
      totals.from ??= read.totals?.from
      places.forEach((place, i) => {
        if (place !== undefined) totals.counts[place] ??= read.totals?.counts[i] ?? 0
      })
      const added = items.length - former
      const twice = more.length - added - clashes.ids.size
      const also = twice === 0 ? '' : `, and ${twice} that earlier sources have`
      const warnings = [...report.warnings, ...clashes.warnings]
      return {
        report: { ...report, warnings },
        columns: shown,
        summary: `${report.file}: ${added} ${added === 1 ? 'item' : 'items'}${also}`,
      }
    },
    /** Adds to items what they leave open, and sets what is fresher. */
    fill(additions: ReadonlyMap<number, ItemRecord>): Filled {
      const sets = { fields: new Set<string>(), items: 0 }
      const adds = { fields: new Set<string>(), items: 0 }
      for (const [index, addition] of additions) {
        const { id: _, title: __, ...more } = addition
        const item = items[index]!
        const names = Object.keys(more)
        const open = names.filter((name) => !(name in item))
        const fresher = names.filter((name) => name in item && isFresher(name, more))
        count(adds, open)
        count(sets, fresher)
        items[index] = withFresher(item, addition)
      }
      return { sets, adds }
    },
    result: () => ({
      items,
      bodies,
      totals,
      attributes: wholeColumns(columns, items.length),
    }),
  }
}

interface Changed {
  readonly fields: Set<string>
  items: number
}

interface Filled {
  /** What items had, and the table wins. */
  readonly sets: Changed
  /** What they left open. */
  readonly adds: Changed
}

function count(changed: Changed, names: readonly string[]) {
  if (names.length > 0) changed.items++
  for (const name of names) changed.fields.add(name)
}

/** A column of the same name and type in an earlier source is the same column. */
function addColumn(
  columns: Map<string, AttributeColumn & { values: unknown[] }>,
  { name, type, values }: AttributeColumn,
  places: readonly (number | undefined)[],
) {
  const column = columns.get(name) ?? { name, type, values: [] }
  if (column.type !== type) return
  columns.set(name, column)
  places.forEach((place, i) => {
    if (place !== undefined) column.values[place] ??= values[i]
  })
}

function wholeColumns(
  columns: ReadonlyMap<string, AttributeColumn>,
  length: number,
): AttributeColumn[] {
  return [...columns.values()].map((column) => ({
    ...column,
    values: Array.from({ length }, (_, index) => column.values[index]),
  }))
}

async function addSide(
  joined: Joined,
  { path, named }: PeekedSource,
  options: ReadItemsOptions,
): Promise<SourceRead> {
  const table = await openTable(path, () => {}, tableOptions(options))
  const { report, columns, additions } = await readSideTable(
    table,
    joined.indices,
    withoutTemplates(named),
  )
  const { sets, adds } = joined.fill(additions)
  const done = [
    ...changed('sets', sets, 'of', joined.indices.size),
    ...changed('adds', adds, 'to', joined.indices.size),
  ]
  const what =
    done.length === 0
      ? `adds nothing new to ${additions.size} of ${joined.indices.size} items`
      : done.join('; ')
  const summary = `${path}: ${what}`
  return { report, columns, summary }
}

/** `sets price, available of 3 of 194 items` */
function changed(
  verb: string,
  { fields, items }: Changed,
  preposition: string,
  total: number,
): string[] {
  if (items === 0) return []
  const names = [...fields].map((name) => (name === 'genres' ? 'categories' : name))
  return [`${verb} ${names.join(', ')} ${preposition} ${items} of ${total} items`]
}

function finish(
  { items, bodies, attributes, totals }: ReturnType<Joined['result']>,
  sources: readonly SourceRead[],
  keepSoldOut: boolean,
): ReadSources {
  const inStock = items.map(({ available }) => available !== false)
  // where nothing at all is in stock, the shop does not count it
  const keepsAll = keepSoldOut || !inStock.includes(true)
  const isKept = (_: unknown, index: number) => keepsAll || inStock[index]!
  const kept = items.filter(isKept)
  const notes = (report: CleaningReport) => {
    const hasAddress = kept.some(({ url }) => url !== undefined)
    return report.notes?.filter((note) => note !== NO_ADDRESS || !hasAddress)
  }
  const [first, ...rest] = sources.map(({ report, columns, summary }): SourceRead => {
    const { notes: _, ...others } = report
    const left = notes(report)
    const clean = { ...others, ...(left && left.length > 0 && { notes: left }) }
    return { report: clean, columns, ...(summary !== undefined && { summary }) }
  })
  const soldOut = items.length - kept.length
  return {
    items: kept,
    ...(bodies.some(Boolean) && {
      bodies: Array.from(items, (_, index) => bodies[index]).filter(isKept),
    }),
    ...(totals.from !== undefined && {
      totals: {
        counts: Float64Array.from(totals.counts.filter(isKept)),
        from: totals.from,
      },
    }),
    attributes: attributes.map((column) => ({
      ...column,
      values: column.values.filter(isKept),
    })),
    sources: [soldOut === 0 ? first! : withSoldOut(first!, soldOut), ...rest],
  }
}

const NOTHING_LEFT_OUT: LeftOut = { drafts: 0, soldOut: 0, variations: 0, merged: 0 }

function withSoldOut(source: SourceRead, soldOut: number): SourceRead {
  const leftOut = { ...(source.report.leftOut ?? NOTHING_LEFT_OUT), soldOut }
  return { ...source, report: { ...source.report, leftOut } }
}
