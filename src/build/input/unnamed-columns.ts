/** Tables whose first line is no header, or whose header is the items themselves. */
import { idOf, numberOf } from './cell.ts'
import { eventTimeOf } from './event-time.ts'
import { type InteractionColumn, meaningOf } from './interaction-columns.ts'
import type { KnownIds } from './nested-lines.ts'

type Found = Partial<Record<InteractionColumn, number>>
type Cells = readonly unknown[]

/** A table with more columns has names for them. */
const MAX_UNNAMED = 6
/** Numbers from here on may be Unix times (1973). */
const MIN_UNIX_TIME = 1e8
const MAX_RATING = 10

/**
 * `196,242,3,881250949` in the place of a header: what each column holds, by its values.
 * The first is the user; the item's is the second if half of its values are known items,
 * else the one with the most; a rating follows the item.
 *
 * @param names what was read as the header
 * @param rows the rows below it
 * @returns undefined where the names are names
 */
export function columnsWithoutHeader(
  names: readonly string[],
  rows: readonly Cells[],
  known: KnownIds,
): Found | undefined {
  if (names.length < 2 || names.length > MAX_UNNAMED) return undefined
  const values = names.filter((name) => isNumber(name) || isTime(name))
  const hasNames = names.some((name) => name === '' || meaningOf(name) !== undefined)
  if (hasNames || 2 * values.length < names.length) return undefined
  const all = [names, ...rows]
  const column = (at: number) => all.map((cells) => cells[at])
  const indices = [...names.keys()]
  const time = indices.find((at) => at > 0 && column(at).every(isTime))
  const share = (at: number) =>
    column(at).filter((cell) => known.has(idOf(cell) ?? '')).length / all.length
  const others = indices.filter((at) => at > 0 && at !== time)
  const best = others.reduce((a, b) => (share(b) > share(a) ? b : a), others[0] ?? 1)
  const item = others.includes(1) && share(1) >= 0.5 ? 1 : best
  if (share(item) === 0) return undefined
  const rating = item + 1 < names.length && item + 1 !== time ? item + 1 : undefined
  const isRating = rating !== undefined && holdsRatings(column(rating))
  return {
    ...{ user: 0, item },
    ...(isRating && { rating }),
    ...(time !== undefined && { time }),
  }
}

function holdsRatings(cells: readonly unknown[]): boolean {
  const values = cells.map(numberOf)
  const isRating = (value: number) => value > 0 && value <= MAX_RATING
  return values.every(isRating) && new Set(values).size > 1
}

function isNumber(cell: unknown): boolean {
  return !Number.isNaN(numberOf(cell))
}

function isTime(cell: unknown): boolean {
  const { dayFirst } = eventTimeOf(cell)
  return !Number.isNaN(dayFirst) && !(numberOf(cell) < MIN_UNIX_TIME)
}

export interface Matrix {
  readonly user: number
  /** The columns named for items. */
  readonly items: readonly number[]
  /** Are the cells ratings? Else a 1 is a like and a 0 is none. */
  readonly hasRatings: boolean
}

/** Share of the columns that must be items for the table to be a matrix. */
const MIN_ITEM_COLUMNS = 0.5

/** One row a user and one column an item, with a rating or a 1 where they met. */
export function matrixOf(
  names: readonly string[],
  rows: readonly Cells[],
  { known, user }: { readonly known: KnownIds; readonly user: number | undefined },
): Matrix | undefined {
  const items = [...names.keys()].filter((at) => at !== user && known.has(names[at]!))
  if (items.length < 2 || items.length < MIN_ITEM_COLUMNS * (names.length - 1))
    return undefined
  const by = user ?? [...names.keys()].find((at) => !items.includes(at))
  if (by === undefined) return undefined
  const cells = rows.flatMap((row) => items.map((at) => numberOf(row[at])))
  const filled = cells.filter((value) => !Number.isNaN(value))
  return { user: by, items, hasRatings: filled.some((value) => value > 1) }
}
