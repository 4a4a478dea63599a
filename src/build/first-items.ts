/**
 * A new visitor's first screen: the most popular items where anything is known of that, else
 * a varied choice, never the file's order; of many makers, series and categories either way.
 */
import type { ItemRecord } from '../pack/item.ts'
import { clusterVectors, type UnitVectors } from './cluster-vectors.ts'

const FIRST_COUNT = 48
/** Items of one author, and of one series, at most. */
const MAX_PER_MAKER = 2
/** Items of one leading genre, at most. */
const MAX_PER_GENRE = 12

/**
 * The items in their order with at most MAX_PER_MAKER of an author or a series and
 * MAX_PER_GENRE of a leading genre; if that leaves fewer than `count`, the best of the others
 * fill up.
 *
 * @param ranked item indices, best first
 * @returns min(count, items) item indices, best first
 */
function withinLimits(
  items: readonly ItemRecord[],
  ranked: readonly number[],
  count: number,
): number[] {
  const taken = new Map<string, number>()
  const chosen: number[] = []
  const others: number[] = []
  for (const index of ranked) {
    if (chosen.length === count) break
    const limits = limitsOf(items[index]!)
    const hasRoom = limits.every(([key, most]) => (taken.get(key) ?? 0) < most)
    if (!hasRoom) {
      others.push(index)
      continue
    }
    chosen.push(index)
    for (const [key] of limits) taken.set(key, (taken.get(key) ?? 0) + 1)
  }
  return [...chosen, ...others.slice(0, count - chosen.length)]
}

function limitsOf({
  authors = [],
  series,
  genres = [],
}: ItemRecord): [string, number][] {
  const limits = authors.map((name): [string, number] => [
    `author:${name}`,
    MAX_PER_MAKER,
  ])
  if (series) limits.push([`series:${series.name}`, MAX_PER_MAKER])
  if (genres[0] !== undefined) limits.push([`genre:${genres[0]}`, MAX_PER_GENRE])
  return limits
}

interface FirstItemsOptions {
  /** Default 48. */
  readonly count?: number
  /** Text vectors, by which items without genres are grouped. */
  readonly vectors?: UnitVectors | undefined
  /** What decides where popularity ties. Default 'catalogue': the lower index. */
  readonly ties?: 'catalogue' | 'varied'
}

/**
 * The most popular items within the limits; where no item has any popularity, a varied
 * choice.
 *
 * @param popularity [items]
 * @returns min(count, items) item indices, best first
 */
export function chooseFirstItems(
  items: readonly ItemRecord[],
  popularity: Float32Array,
  { count = FIRST_COUNT, vectors, ties = 'catalogue' }: FirstItemsOptions = {},
): number[] {
  const isKnown = popularity.some((value) => value > 0)
  if (!isKnown) return withinLimits(items, variedOrder(items, vectors), count)
  const ranked =
    ties === 'varied' ? variedOrder(items, vectors) : items.map((_, index) => index)
  // sorting is stable: what ties stays as it was
  ranked.sort((a, b) => popularity[b]! - popularity[a]!)
  return withinLimits(items, ranked, count)
}

/** Items are distinguished by genres where at least this share of them has one. */
const MIN_WITH_GENRES = 0.5

/**
 * All items, one of each category in turn: the largest categories first, and in each the
 * items that show best (with a picture, with a text, in stock), then the newest.
 *
 * Where few have genres, groups of like texts stand for categories.
 */
export function variedOrder(
  items: readonly ItemRecord[],
  vectors?: UnitVectors,
): number[] {
  const ranked = items.map((_, index) => index)
  const appeal = items.map(appealOf)
  const newness = items.map(timeOf)
  const noise = items.map(({ id }) => hashOf(id))
  ranked.sort(
    (a, b) =>
      appeal[b]! - appeal[a]! || newness[b]! - newness[a]! || noise[a]! - noise[b]!,
  )
  const withGenres = items.filter(({ genres = [] }) => genres.length > 0).length
  if (withGenres < MIN_WITH_GENRES * items.length && vectors) {
    const groups = clusterVectors(vectors)
    return inTurn(ranked, (index) => String(groups[index]))
  }
  // the broadest category first, then the narrowest: `Clothing`, then `T-shirts`
  const broad = groupBy(ranked, (index) => items[index]!.genres?.at(-1) ?? '')
  const orders = broad.map((own) =>
    inTurn(own, (index) => items[index]!.genres?.[0] ?? ''),
  )
  return interleave(orders)
}

const HAS_PICTURE = 2
const HAS_TEXT = 1
const SOLD_OUT = -4

function appealOf({ image, description, available }: ItemRecord): number {
  return (
    (image === undefined ? 0 : HAS_PICTURE) +
    (description === undefined ? 0 : HAS_TEXT) +
    (available === false ? SOLD_OUT : 0)
  )
}

/** The day it came out in days, or its year; -Infinity where neither is known. */
function timeOf({ published, year }: ItemRecord): number {
  const day = published === undefined ? Number.NaN : Date.parse(published)
  if (!Number.isNaN(day)) return day
  return year === undefined ? -Number.MAX_VALUE : Date.UTC(year, 0)
}

/** FNV-1a: an order that has nothing to do with the file's or the alphabet's. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}

/** One of each group in turn, the larger groups first. */
function inTurn(
  indices: readonly number[],
  keyOf: (index: number) => string,
): number[] {
  return interleave(groupBy(indices, keyOf))
}

function groupBy(
  indices: readonly number[],
  keyOf: (index: number) => string,
): number[][] {
  const groups = new Map<string, number[]>()
  for (const index of indices) {
    const key = keyOf(index)
    const group = groups.get(key)
    if (group) group.push(index)
    else groups.set(key, [index])
  }
  // without a category comes last, whatever its size
  return [...groups]
    .sort(
      ([a, own], [b, other]) => +(a === '') - +(b === '') || other.length - own.length,
    )
    .map(([, group]) => group)
}

function interleave(lists: readonly (readonly number[])[]): number[] {
  const order: number[] = []
  let open = lists.filter((list) => list.length > 0)
  for (let round = 0; open.length > 0; round++) {
    for (const list of open) order.push(list[round]!)
    open = open.filter((list) => list.length > round + 1)
  }
  return order
}
