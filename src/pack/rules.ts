/** The owner's hand on every list: written in the config, carried by the manifest. */
import { HearthError } from '../errors.ts'
import { asObject, inside, type Place, refuse } from './json-check.ts'

export interface Rules {
  /** Only items for which this filter holds are ever shown. */
  readonly filter?: string
  /** Ids that are never shown. */
  readonly hide?: readonly string[]
  /** Ids at the head of a list to which they may belong, in this order. */
  readonly pin?: readonly string[]
  /** Items for which this filter holds come after all others. */
  readonly bury?: string
  /** `by` is added to the score of items for which `filter` holds; negative lowers it. */
  readonly boost?: readonly { readonly filter: string; readonly by: number }[]
  /** Sold-out items are not shown. */
  readonly onlyInStock?: boolean
  /** Days since `published`, at most; items without a day stay. */
  readonly notOlderThanDays?: number
  /** Items of one maker in a list, at most. */
  readonly maxPerAuthor?: number
  /** Items of one category (the most specific) in a list, at most. */
  readonly maxPerCategory?: number
  /** Of the items of one `group`, a list shows the best. */
  readonly onePerGroup?: boolean
}

/** More than this is a mistake: a score is a sum of a few standard deviations. */
const MAX_BOOST = 100
const MAX_DAYS = 100_000
const MAX_PER_LIST = 1000

/** What a rule may be: whether it is that, and how an error calls it. */
interface Kind {
  readonly expected: string
  readonly accepts: (value: unknown) => boolean
}

const FILTER: Kind = {
  expected: 'a filter, as text',
  accepts: (value) => typeof value === 'string' && value.trim() !== '',
}
const IDS: Kind = {
  expected: 'a list of ids, as texts',
  accepts: (value) =>
    Array.isArray(value) && value.every((id) => typeof id === 'string' && id !== ''),
}
const FLAG: Kind = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
}
const AT_MOST: Kind = {
  expected: `a whole number from 1 to ${MAX_PER_LIST}`,
  accepts: (value) => Number.isInteger(value) && isWithin(value, 1, MAX_PER_LIST),
}
const DAYS: Kind = {
  expected: `a number of days above 0, at most ${MAX_DAYS}`,
  accepts: (value) => isWithin(value, Number.MIN_VALUE, MAX_DAYS),
}
const BOOSTS: Kind = {
  expected: `a list of {filter, by}, by from −${MAX_BOOST} to ${MAX_BOOST}`,
  accepts: (value) => Array.isArray(value) && value.every(isBoost),
}

/** In the order in which a manifest has them. */
const KINDS: Readonly<Record<keyof Rules, Kind>> = {
  filter: FILTER,
  hide: IDS,
  pin: IDS,
  bury: FILTER,
  boost: BOOSTS,
  onlyInStock: FLAG,
  notOlderThanDays: DAYS,
  maxPerAuthor: AT_MOST,
  maxPerCategory: AT_MOST,
  onePerGroup: FLAG,
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max
}

function isBoost(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { filter, by, ...others } = value as Record<string, unknown>
  const isKnown = Object.keys(others).length === 0
  return isKnown && FILTER.accepts(filter) && isWithin(by, -MAX_BOOST, MAX_BOOST)
}

interface Fault {
  readonly key: string
  readonly value: unknown
  readonly expected: string
}

function faultOf(rules: Readonly<Record<string, unknown>>): Fault | undefined {
  for (const [key, value] of Object.entries(rules)) {
    if (value === undefined) continue
    const kind = Object.hasOwn(KINDS, key) ? KINDS[key as keyof Rules] : undefined
    const expected = kind?.expected ?? `one of ${Object.keys(KINDS).join(', ')}`
    if (!kind?.accepts(value)) return { key, value: kind ? value : key, expected }
  }
  return undefined
}

/**
 * For what an owner wrote, before a pack is.
 *
 * @throws HearthError `bad-argument` for a rule that does not exist or is out of its range
 */
export function assertRules(rules: Rules) {
  const fault = faultOf({ ...rules })
  if (!fault) return
  const { key, value, expected } = fault
  const what = Object.hasOwn(KINDS, key) ? `invalid rule ${key}` : 'unknown rule'
  const shown = JSON.stringify(value)?.slice(0, 80) ?? String(value)
  throw new HearthError('bad-argument', `${what}: got ${shown}, expected ${expected}.`)
}

/**
 * The manifest's rules, in their order.
 *
 * @throws HearthError `bad-pack` for a rule that does not exist or is out of its range
 */
export function checkRules(value: unknown, place: Place): Rules {
  const rules = asObject(value, place)
  const fault = faultOf(rules)
  if (fault) refuse(inside(place, fault.key), fault.value, fault.expected)
  const present = Object.keys(KINDS).filter((key) => rules[key] !== undefined)
  return Object.fromEntries(
    present.map((key) => [key, key === 'boost' ? ordered(rules[key]) : rules[key]]),
  )
}

/** Boosts with their fields in one order, for the fingerprint. */
function ordered(boosts: unknown) {
  return (boosts as NonNullable<Rules['boost']>).map(({ filter, by }) => ({
    filter,
    by,
  }))
}
