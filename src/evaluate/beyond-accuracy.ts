/**
 * Whether lists show more than what everybody sees anyway: their novelty, their popularity
 * beside that of what their visitors chose, the best sellers and the makers in them.
 */
import type { Positives } from '../build/dataset/dataset.ts'
import { topK } from '../math/top-k.ts'
import type { AttributeBlock } from '../pack/pack.ts'
import { attributesOf } from '../scoring/attributes.ts'
import type { FiguresJson } from './json.ts'
import type { Visitor } from './visitor.ts'

/** How many users chose each item. */
export interface Choosers {
  /** [items] */
  readonly counts: Float32Array
  readonly users: number
  /** The items that most users chose, at most `TOP`. */
  readonly top: ReadonlySet<number>
}

/** The best sellers that a list should not be made of. */
const TOP = 50

/** @param positives each user's items, each once */
export function choosersOf({ rows, rowCount, userCount }: Positives): Choosers {
  const counts = new Float32Array(rowCount)
  for (const row of rows) counts[row]++
  return { counts, users: userCount, top: new Set(topK(counts, TOP)) }
}

/**
 * Mean self-information of a list, in bits:
 *
 *   mean over the list of −log2((n_i + 1) / (users + 1))
 *
 * n_i users chose item i; one more is added so that what nobody chose is finite. Zhou et al.
 * 2010 (PNAS 107), *Solving the apparent diversity-accuracy dilemma*: novelty.
 *
 * @returns 0 (everybody chose all of it) to log2(users + 1); 0 for an empty list
 */
export function noveltyOf(
  list: ArrayLike<number>,
  { counts, users }: Choosers,
): number {
  return meanOver(list, (row) => -Math.log2((counts[row] + 1) / (users + 1)))
}

/**
 * How much more popular the lists are than what their visitors chose:
 *
 *   GAP(lists) / GAP(histories) − 1,  GAP = mean over visitors of mean over items of n_i
 *
 * Abdollahpouri et al. 2019 (RMSE workshop at RecSys), *The unfairness of popularity bias in
 * recommendation*.
 *
 * @param histories [visitors] all that is known of each, whatever the list was made from
 * @returns 0 (as popular as they choose) and up, below 0 for less popular; undefined where
 *   nobody chose anything
 */
export function popularityLift(
  lists: readonly ArrayLike<number>[],
  histories: readonly ArrayLike<number>[],
  { counts }: Choosers,
): number | undefined {
  const popularity = (row: number) => counts[row]
  const shown = mean(lists.map((list) => meanOver(list, popularity)))
  const chosen = mean(histories.map((history) => meanOver(history, popularity)))
  return chosen > 0 ? shown / chosen - 1 : undefined
}

/** Different makers among the items of a list; those without one count for none. */
export function makersOf(list: ArrayLike<number>, attributes: AttributeBlock): number {
  const makers = new Set<number>()
  for (let place = 0; place < list.length; place++) {
    for (const attribute of attributesOf(attributes, list[place])) {
      if (attributes.values[attribute].relation === 'author') makers.add(attribute)
    }
  }
  return makers.size
}

export interface Known {
  /** Without, no novelty, popularity lift or share of best sellers. */
  readonly choosers?: Choosers
  /** Without makers in it, none are counted. */
  readonly attributes?: AttributeBlock
}

/** The figures of one row of a table, as far as there is something to measure them by. */
export function beyondAccuracy(
  lists: readonly Uint32Array[],
  visitors: readonly Visitor[],
  { choosers, attributes }: Known,
): FiguresJson {
  const hasMakers = attributes?.values.some(({ relation }) => relation === 'author')
  const makers = hasMakers && lists.map((list) => makersOf(list, attributes!))
  return {
    ...(choosers ? popularityFigures(lists, visitors, choosers) : {}),
    ...(makers ? { 'makers@20': mean(makers) } : {}),
  }
}

function popularityFigures(
  lists: readonly Uint32Array[],
  visitors: readonly Visitor[],
  choosers: Choosers,
): FiguresJson {
  const histories = visitors.map(({ history }) => history)
  const lift = popularityLift(lists, histories, choosers)
  const isTop = (row: number) => (choosers.top.has(row) ? 1 : 0)
  return {
    'novelty@20': mean(lists.map((list) => noveltyOf(list, choosers))),
    ...(lift === undefined ? {} : { 'popularity-lift@20': lift }),
    'top-50@20': mean(lists.map((list) => meanOver(list, isTop))),
  }
}

/** 0 without items. */
function meanOver(list: ArrayLike<number>, of: (row: number) => number): number {
  let sum = 0
  for (let place = 0; place < list.length; place++) sum += of(list[place])
  return list.length === 0 ? 0 : sum / list.length
}

/** 0 without values. */
function mean(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.length === 0 ? 0 : sum / values.length
}
