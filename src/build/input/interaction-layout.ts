/** Which column of a table of interactions holds which field, by name and by content. */
import { numberOf, textOf } from './cell.ts'
import {
  type ColumnMap,
  type ColumnNames,
  findColumns,
  requireColumn,
} from './columns.ts'
import { eventKindOf } from './event-kinds.ts'
import { compactDateOf } from './event-time.ts'
import {
  INTERACTION_COLUMNS,
  type InteractionColumn,
  namesOfField,
} from './interaction-columns.ts'
import {
  type Choice,
  chooseItem,
  type Found,
  type Head,
  hasOnly,
  type KnownItems,
  type Several,
  severalOf,
} from './item-column.ts'
import { type TotalsLayout, totalsLayout } from './item-totals.ts'
import {
  type EventFields,
  eventsOfLines,
  idsOfList,
  type KnownIds,
  lineNames,
  objectsIn,
} from './nested-lines.ts'
import type { TableRow } from './table.ts'
import { columnsWithoutHeader, type Matrix, matrixOf } from './unnamed-columns.ts'

export interface InteractionLayout {
  readonly columns: ColumnMap<InteractionColumn>
  /** Fields → the names they go by in the report: `product_id`, `products[].id`. */
  readonly names: Readonly<Partial<Record<InteractionColumn, string>>>
  readonly unused: readonly string[]
  /** Sentences about columns that look like more than could be read. */
  readonly notes: readonly string[]
  /** Are dates written `20171125`? */
  readonly hasCompactDates: boolean
  /** The first line, where it is no header but a row. */
  readonly firstRow?: readonly unknown[]
  /** Of a table without users, that counts how often each item was chosen. */
  readonly totals?: TotalsLayout
  /** One entry an interaction of the row; empty where the rows are totals. */
  readonly eventsOf: (cells: readonly unknown[]) => readonly EventFields[]
}

interface LayoutOptions {
  readonly known: KnownItems
  readonly named: ColumnNames<InteractionColumn>
}

/**
 * @param peeked the table's first rows
 * @throws HearthError `bad-input` without a column of users or of items
 */
export function interactionLayout(
  table: Head,
  peeked: readonly TableRow[],
  options: LayoutOptions,
): InteractionLayout {
  const { known, named } = options
  if (Object.keys(named).length === 0) {
    const unnamed = unnamedLayout(table, peeked, known)
    if (unnamed) return unnamed
  }
  const found: Found = { ...findColumns(table, INTERACTION_COLUMNS, named) }
  const notes: string[] = []
  chooseEvent(table, { found, peeked, named, notes })
  const several = chooseItem(table, { found, peeked, known, named })
  if (several === undefined) delete found.itemList
  const totals = several ? undefined : totalsOf(table, peeked, { found, named })
  if (totals) return totalsOnly(table, totals)
  chooseWeight(table, { found, named, several })
  requireColumn(table, withUser(found), 'user')
  if (several === undefined) requireColumn(table, found, 'item')
  const fields = (Object.entries(found) as [InteractionColumn, number][]).filter(
    ([field]) => field !== 'itemList',
  )
  const names = namesOf(table, { fields, peeked, known, several })
  const used = new Set(Object.values(found))
  return {
    columns: found,
    names,
    unused: table.columns.filter((_, at) => !used.has(at)),
    notes,
    hasCompactDates: hasOnly(peeked, found.time, (cell) => compactDateOf(cell) > 0),
    eventsOf: (cells) => {
      const record: EventFields = {}
      for (const [field, at] of fields) record[field] = cells[at]
      if (!several) return [record]
      const cell = cells[several.at]
      if (several.kind === 'lines') return eventsOfLines(cell, record, { known })
      return idsOfList(cell, known).map((item) => ({ ...record, item }))
    },
  }
}

/** A table without a header, or with items for one. */
function unnamedLayout(
  table: Head,
  peeked: readonly TableRow[],
  known: KnownIds,
): InteractionLayout | undefined {
  const rows = peeked.map(({ cells }) => cells)
  const columns = columnsWithoutHeader(table.columns, rows, known)
  if (columns) {
    const fields = Object.entries(columns) as [InteractionColumn, number][]
    const used = new Set(Object.values(columns))
    const name = (at: number) => `column ${at + 1}`
    return {
      columns,
      names: Object.fromEntries(fields.map(([field, at]) => [field, name(at)])),
      unused: [...table.columns.keys()].filter((at) => !used.has(at)).map(name),
      notes: ['the first line is no header: it is read as a row'],
      hasCompactDates: false,
      firstRow: table.columns,
      eventsOf: (cells) => [
        Object.fromEntries(fields.map(([field, at]) => [field, cells[at]])),
      ],
    }
  }
  const found = findColumns(table, INTERACTION_COLUMNS)
  const user = found.user ?? found.session
  const matrix = matrixOf(table.columns, rows, { known, user })
  return matrix && matrixLayout(table, matrix)
}

function matrixLayout(
  { columns }: Head,
  { user, items, hasRatings }: Matrix,
): InteractionLayout {
  const used = new Set([user, ...items])
  const isMet = (cell: unknown) =>
    hasRatings ? !Number.isNaN(numberOf(cell)) : numberOf(cell) > 0
  return {
    columns: { user },
    names: {
      user: columns[user] || 'column 1',
      item: `the names of ${items.length} columns`,
      ...(hasRatings && { rating: 'their cells' }),
    },
    unused: columns.filter((_, at) => !used.has(at)),
    notes: [],
    hasCompactDates: false,
    eventsOf: (cells) =>
      items
        .filter((at) => isMet(cells[at]))
        .map((at) => ({ user: cells[user], item: columns[at], rating: cells[at] })),
  }
}

/**
 * Is it a table of interactions? One with a column of users or sessions and one of items,
 * or with a list of lines in each record.
 */
export function isInteractionTable(table: Head, peeked: readonly TableRow[]): boolean {
  const found = findColumns(table, INTERACTION_COLUMNS)
  const hasUser = found.user !== undefined || found.session !== undefined
  return (
    hasUser &&
    (found.item !== undefined || severalOf(table, found, peeked, NONE) !== undefined)
  )
}

const NONE: KnownIds = new Map()

/** Words of a column shown in a note, and letters of each. */
const WORDS_SHOWN = 3
const WORD_LENGTH = 30

/** Of several columns of event words, the first in which half of the words are known. */
function chooseEvent(
  { columns }: Head,
  { found, peeked, named, notes }: Choice & { readonly notes: string[] },
): void {
  if (named.event !== undefined || found.event === undefined) return
  const taken = new Set(Object.values(found).filter((at) => at !== found.event))
  const candidates = namesOfField(columns, 'event').filter((at) => !taken.has(at))
  const wordsOf = (at: number) =>
    peeked.map(({ cells }) => textOf(cells[at])).filter((word) => word !== undefined)
  const isEvents = (at: number) => {
    const words = wordsOf(at)
    const readable = words.filter((word) => eventKindOf(word) !== undefined)
    return readable.length > 0 && 2 * readable.length >= words.length
  }
  const at = candidates.find(isEvents)
  if (at !== undefined) {
    found.event = at
    return
  }
  const words = [...new Set(wordsOf(found.event))]
  const isGrade = words.length > 2 && words.every((word) => numberOf(word) >= 0)
  if (
    isGrade &&
    found.rating === undefined &&
    /feedback/i.test(columns[found.event]!)
  ) {
    found.rating = found.event
  } else if (words.length > 1) {
    const shown = words.slice(0, WORDS_SHOWN).map((word) => word.slice(0, WORD_LENGTH))
    notes.push(
      `${columns[found.event]} is not used: its words (${shown.join(', ')}) are no ` +
        'known events; all rows count alike',
    )
  }
  delete found.event
}

/** Any column that ends in "rating" where no usual name is there, but no average of many. */
const RATING_NAME = /rating$|^rating/i
const NO_RATING_NAME = /avg|average|mean|count|num|total|id$|date|time/i

/** One of rating, weight and quantity where several are there. */
function chooseWeight(
  { columns }: Head,
  {
    found,
    named,
    several,
  }: Omit<Choice, 'peeked'> & { readonly several: Several | undefined },
): void {
  const used = new Set(Object.values(found))
  if (found.rating === undefined) {
    const at = columns.findIndex(
      (name, index) =>
        !used.has(index) && RATING_NAME.test(name) && !NO_RATING_NAME.test(name),
    )
    if (at >= 0) found.rating = at
  }
  const isNamed = named.weight !== undefined
  if (found.event !== undefined && !isNamed) delete found.weight
  if (found.quantity !== undefined && found.weight !== undefined && !isNamed) {
    const isMoney = /value/i.test(columns[found.weight]!)
    if (isMoney || several) delete found.weight
    else delete found.quantity
  }
  if (found.rating !== undefined) {
    delete found.weight
    delete found.quantity
  }
}

/** Whatever tells one visitor from another, as the user. */
function withUser({ user, session, order, ...found }: Found): Found {
  const at = user ?? session ?? order
  return at === undefined ? found : { ...found, user: at }
}

/** A table without users, of an item and a count a row. */
function totalsOf(
  table: Head,
  peeked: readonly TableRow[],
  { found, named }: Pick<Choice, 'found' | 'named'>,
): TotalsLayout | undefined {
  const { user, session, order, item } = found
  const hasUser = user !== undefined || session !== undefined || order !== undefined
  if (hasUser || item === undefined) return undefined
  const count = named.weight === undefined ? undefined : found.weight
  return totalsLayout(table, peeked, { item, named: count })
}

function totalsOnly({ columns }: Head, totals: TotalsLayout): InteractionLayout {
  const used = new Set([totals.item, ...totals.counts.map(({ at }) => at)])
  return {
    columns: { item: totals.item },
    names: { item: columns[totals.item]! },
    unused: columns.filter((_, at) => !used.has(at)),
    notes: [],
    hasCompactDates: false,
    totals,
    eventsOf: () => [],
  }
}

function namesOf(
  { columns }: Head,
  {
    fields,
    peeked,
    known,
    several,
  }: {
    readonly fields: readonly (readonly [InteractionColumn, number])[]
    readonly peeked: readonly TableRow[]
    readonly known: KnownIds
    readonly several: Several | undefined
  },
): Partial<Record<InteractionColumn, string>> {
  const names: Partial<Record<InteractionColumn, string>> = {}
  for (const [field, at] of fields) names[field] = columns[at]!
  if (!several) return names
  const list = columns[several.at]!
  if (several.kind === 'list') return { ...names, item: `${list}[]` }
  const lines = peeked.flatMap(({ cells }) => objectsIn(cells[several.at]))
  const inner = lines.flatMap((line) => Object.entries(lineNames(line, known)))
  const prefixed = inner.map(([field, name]) => [field, `${list}[].${name}`])
  return { ...names, ...Object.fromEntries(prefixed) }
}
