/**
 * Which items of a catalogue may be shown: a filter as text or as an object, and the tree
 * both become. `docs/filters.md` has the grammar; `parse-filter.ts` reads it,
 * `compile-filter.ts` makes a mask over the items of it.
 *
 *     category = 'Shoes' and price < 50 and available
 *     { category: 'Shoes', price: { lt: 50 }, available: true }
 */
import { type ErrorCode, HearthError } from '../../errors.ts'

/** A filter, in either form. */
export type Filter = string | FilterObject

/** What a field is compared with; `{ today: -30 }` is the day 30 days before today. */
export type FilterValue = string | number | boolean | { readonly today: number }

/** Tests of one field: all of them must hold. */
export interface FieldTests {
  readonly eq?: FilterValue
  readonly ne?: FilterValue
  readonly lt?: FilterValue
  readonly lte?: FilterValue
  readonly gt?: FilterValue
  readonly gte?: FilterValue
  readonly in?: readonly FilterValue[]
  /** Both ends included. */
  readonly between?: readonly [FilterValue, FilterValue]
  readonly contains?: string
  readonly startsWith?: string
  /** Whether the item has a value at all. */
  readonly exists?: boolean
}

/**
 * A filter as data: every field must pass its tests. A value stands for `eq`, a list for
 * `in`; `and`, `or` and `not` take filters of either form.
 */
export type FilterObject =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | { readonly [field: string]: FilterValue | readonly FilterValue[] | FieldTests }

/** Added to the score of the items that pass, for the order alone. */
export interface Boost {
  readonly filter: Filter
  /** In the score's own unit, standard deviations or so; negative lowers. */
  readonly by: number
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>='
/** `holds` is a flag's bare name. */
export type Operator =
  | Comparison
  | 'in'
  | 'between'
  | 'contains'
  | 'starts with'
  | 'exists'
  | 'is missing'
  | 'holds'

/** A value as it was written, with its place in the text, from 0. */
export type Literal = { readonly at: number } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly text: string }
  | { readonly type: 'flag'; readonly value: boolean }
  | { readonly type: 'today'; readonly days: number }
)

export type FilterNode =
  | { readonly type: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly type: 'not'; readonly node: FilterNode }
  | FilterTest

/** One comparison of one field. */
export interface FilterTest {
  readonly type: 'test'
  readonly field: string
  readonly operator: Operator
  /** None, one, two (`between`) or more (`in`). */
  readonly values: readonly Literal[]
  /** Place of the field's name, from 0. */
  readonly at: number
}

/** What an error names: which of the owner's filters it is, and its text. */
export interface FilterSource {
  readonly text: string
  /** Default `filter`. */
  readonly label?: string
  /** Default `bad-argument`. */
  readonly code?: ErrorCode
}

/** Characters shown before and after the place of an error. */
const SHOWN = 40

/** `filter: expected a value after "<" at character 9: "price < "` */
export function filterError(
  { text, label = 'filter', code = 'bad-argument' }: FilterSource,
  at: number,
  what: string,
): HearthError {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const character = at - (before.lastIndexOf('\n') + 1) + 1
  const place =
    line > 1 ? `line ${line}, character ${character}` : `character ${character}`
  return new HearthError(code, `${label}: ${what} at ${place}: ${shown(text, at)}`)
}

/** The text around a place, quoted. */
function shown(text: string, at: number): string {
  const start = at - SHOWN <= 0 ? 0 : at - SHOWN
  const end = Math.min(text.length, at + SHOWN)
  const cut = text.slice(start, end).replace(/\s/g, ' ')
  return `"${start > 0 ? '…' : ''}${cut}${end < text.length ? '…' : ''}"`
}
