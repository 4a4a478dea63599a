/** Which column of a table of interactions names the items: by id, by address, by title, in lists. */
import { idOf, textOf } from './cell.ts'
import { type ColumnNames, columnKey } from './columns.ts'
import {
  type InteractionColumn,
  isOwnId,
  itemNames,
  namesOfField,
  PAGE_COLUMNS,
  TITLE_COLUMNS,
} from './interaction-columns.ts'
import { holdsLines, idInside, idsOfList, type KnownIds } from './nested-lines.ts'
import { isAddress } from './pages/page-address.ts'
import type { Table, TableRow } from './table.ts'

/** What is known of the catalogue's items: their ids and addresses, and their titles. */
export interface KnownItems extends KnownIds {
  hasTitle(text: string): boolean
  /** From now on `has` knows titles too. */
  useTitles(): void
}

export type Found = Partial<Record<InteractionColumn, number>>
export type Head = Pick<Table, 'path' | 'columns'>

/** A column that holds several items a row: lines with fields of their own, or ids alone. */
export interface Several {
  readonly kind: 'lines' | 'list'
  readonly at: number
}

export interface Choice {
  readonly found: Found
  readonly peeked: readonly TableRow[]
  readonly named: ColumnNames<InteractionColumn>
}

/**
 * The item is a column of ids, or, where a record has at most an id of its own, a list of
 * lines or of ids inside it. Then the record's id stands for the order.
 */
export function chooseItem(
  table: Head,
  { found, peeked, named, known }: Choice & { readonly known: KnownItems },
): Several | undefined {
  const { columns } = table
  if (named.item !== undefined) {
    const several = severalIn(table, found.item!, { peeked, known })
    const isTitle = holdsTitles(found.item!, peeked, known)
    if (!several && isTitle) known.useTitles()
    return several && withoutOwnId(table, found, several)
  }
  const isTaken = (at: number) =>
    Object.entries(found).some(
      ([field, index]) => index === at && field !== 'item' && field !== 'itemList',
    )
  const candidates = itemNames(columns).filter((at) => !isTaken(at))
  const scalars = candidates.filter(
    (at) => !isOwnId(columns[at]!) && !hasOnly(peeked, at, Array.isArray),
  )
  const hits = (at: number) =>
    peeked.some(({ cells }) => known.has(idOf(idInside(cells[at])) ?? ''))
  const isHit = scalars.some(hits)
  const several = isHit ? undefined : severalOf(table, found, peeked, known)
  if (several) return withoutOwnId(table, found, several)
  const isOwnHit = scalars.length === 0 && candidates.some(hits)
  const other =
    isHit || isOwnHit
      ? undefined
      : otherName(columns, scalars, { found, peeked, known, hits })
  const item = other ?? scalars.find(hits) ?? scalars[0] ?? candidates[0]
  if (item === undefined) delete found.item
  else found.item = item
  for (const [field, at] of Object.entries(found) as [InteractionColumn, number][]) {
    if (at === other && field !== 'item') delete found[field]
  }
  return undefined
}

/** Share of a column's cells that must be titles of items for it to hold titles. */
const MIN_TITLES = 0.3

function holdsTitles(
  at: number,
  peeked: readonly TableRow[],
  known: KnownItems,
): boolean {
  const cells = peeked.map(({ cells }) => idOf(idInside(cells[at])))
  const filled = cells.filter((cell) => cell !== undefined)
  const isId = filled.some((cell) => known.has(cell))
  const titles = filled.filter((cell) => known.hasTitle(cell))
  return !isId && titles.length > 0 && titles.length >= MIN_TITLES * filled.length
}

/** Where no column holds ids of items: one of their pages' addresses, or else of titles. */
function otherName(
  columns: readonly string[],
  scalars: readonly number[],
  {
    found,
    peeked,
    known,
    hits,
  }: Pick<Choice, 'found' | 'peeked'> & {
    readonly known: KnownItems
    readonly hits: (at: number) => boolean
  },
): number | undefined {
  const keys = columns.map(columnKey)
  const indicesOf = (names: readonly string[]) =>
    names.map((name) => keys.indexOf(name)).filter((at) => at >= 0)
  const isWho = (at: number) => at === found.user || at === found.session
  const pages = indicesOf(PAGE_COLUMNS).filter((at) => !isWho(at))
  const page = pages.find(hits)
  if (page !== undefined) return page
  const named = [...scalars, ...indicesOf(TITLE_COLUMNS)].filter((at) => !isWho(at))
  const title = named.find((at) => holdsTitles(at, peeked, known))
  if (title !== undefined) {
    known.useTitles()
    return title
  }
  const looksLikePages = (at: number) =>
    peeked.some(({ cells }) => isAddress(textOf(cells[at]) ?? ''))
  return scalars.length > 0 ? undefined : pages.find(looksLikePages)
}

function withoutOwnId({ columns }: Head, found: Found, several: Several): Several {
  delete found.item
  for (const [field, at] of Object.entries(found) as [InteractionColumn, number][]) {
    if (at === several.at) delete found[field]
  }
  found.itemList = several.at
  const id = columns.findIndex(isOwnId)
  if (found.order === undefined && id >= 0 && !Object.values(found).includes(id)) {
    found.order = id
  }
  return several
}

/** The column that holds several items, those with the usual names first. */
export function severalOf(
  { columns }: Head,
  found: Found,
  peeked: readonly TableRow[],
  known: KnownIds,
): Several | undefined {
  const usual = namesOfField(columns, 'itemList')
  const plural = itemNames(columns).filter((at) => !isOwnId(columns[at]!))
  const all = [...usual, ...plural, ...columns.keys()]
  const lines = all.find((at) => hasLines(columns[at]!, at, peeked))
  if (lines !== undefined) return { kind: 'lines', at: lines }
  const isUser = (at: number) => at === found.user || at === found.session
  const lists = [...usual, ...plural].filter((at) => !isUser(at))
  const list = lists.find((at) =>
    peeked.some(({ cells }) =>
      idsOfList(cells[at], known).some((id) => known.has(idOf(id) ?? '')),
    ),
  )
  return list === undefined ? undefined : { kind: 'list', at: list }
}

function hasLines(name: string, at: number, peeked: readonly TableRow[]): boolean {
  return peeked.some(({ cells }) => holdsLines(name, cells[at]))
}

/** In the column the owner named. */
function severalIn(
  { columns }: Head,
  at: number,
  { peeked, known }: { readonly peeked: readonly TableRow[]; readonly known: KnownIds },
): Several | undefined {
  if (hasLines(columns[at]!, at, peeked)) return { kind: 'lines', at }
  const isId = ({ cells }: TableRow) => known.has(idOf(cells[at]) ?? '')
  const isList = ({ cells }: TableRow) => idsOfList(cells[at], known).length > 1
  return !peeked.some(isId) && peeked.some(isList) ? { kind: 'list', at } : undefined
}

/** Do all cells of the column that hold something pass? No, where none does. */
export function hasOnly(
  peeked: readonly TableRow[],
  at: number | undefined,
  passes: (cell: unknown) => boolean,
): boolean {
  if (at === undefined) return false
  const cells = peeked.map((row) => row.cells[at])
  const filled = cells.filter(
    (cell) => cell !== undefined && cell !== null && cell !== '',
  )
  return filled.length > 0 && filled.every(passes)
}
