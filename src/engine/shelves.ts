/**
 * One pass over the catalogue → the shelves of a page. An item is shown once: each shelf
 * takes its items from what the shelves before it left.
 */

import type { HistoryEntry, Taste } from '../feedback/taste.ts'
import type { Random } from '../math/random.ts'
import { topK } from '../math/top-k.ts'
import type { ItemTable } from '../pack/items.ts'
import { isByPopularity } from '../pack/pack.ts'
import { REFUSED_FROM } from '../scoring/item-item.ts'
import { rankItems } from '../scoring/rank.ts'
import { renewOrder } from '../scoring/renew-order.ts'
import { returnScores } from '../scoring/returns.ts'
import type { RankedItem, ScoreRequest, Scores, ScoringPack } from '../scoring/score.ts'
import type { Shelf } from './hearth.ts'

/** A shelf with ranked indices in place of described items. */
export interface RankedShelf extends Pick<Shelf, 'kind' | 'key' | 'isByPopularity'> {
  readonly anchor?: HistoryEntry
  readonly ranked: readonly RankedItem[]
}

export interface ShelfContext {
  readonly scoring: ScoringPack
  readonly request: ScoreRequest
  readonly scores: Scores
  readonly items: ItemTable
  /** Items like one item, best first, more than a shelf shows. */
  readonly related: (index: number) => readonly RankedItem[]
  readonly taste: Taste
  /** The same stream at every list of a session: guesses do not flicker between clicks. */
  readonly random: Random
  /** [items] Gumbel noise, drawn once a session, for the shelf that explores. */
  readonly noise: Float32Array
  /** Every index in the order everyone is shown: the first screen's, then the most popular. */
  readonly common: Uint32Array
  /** Any item with its score and what supports it, as scored now. */
  readonly toRanked: (index: number) => RankedItem
  /** Items a shelf. */
  readonly count: number
  /** MMR's λ, 0–1. */
  readonly lambda: number
}

/** Most shelves that are made from one item. */
export const BECAUSE_SHELVES = 2
/** From this many events on, one item of `for-you` is a guess made to learn. */
const GUESS_FROM_EVENTS = 3
/** `different` draws from this many of the most popular items. */
export const DIFFERENT_POOL = 600
/** Weight of the noise against the personal components, in standard deviations. */
const NOISE = 0.35
/** A shorter shelf is left out. */
export const MIN_ITEMS = 3

/** All shelves of one page, in its order; a stranger gets the common ones alone. */
export function makeShelves(context: ShelfContext): RankedShelf[] {
  const { taste } = context
  const refused = refusedItems(context)
  const known = withHistory(refused, taste)

  const shelves: RankedShelf[] = []
  const add = (shelf: RankedShelf) => {
    if (shelf.ranked.length < Math.min(MIN_ITEMS, context.scores.itemCount)) return
    shelves.push(shelf)
    for (const { index } of shelf.ranked) known[index] = 1
  }
  if (taste.eventCount > 0) add(forYou(context, known))
  for (const anchor of anchorsOf(taste)) add(becauseOf(context, anchor, known))
  add(popular(context, known))
  add(somethingDifferent(context, known))
  add(toReturnTo(context, refused))
  return shelves
}

/** The one list for this visitor: what is for them, or what everyone starts with. */
export function recommended(
  context: ShelfContext,
  exclude: readonly number[],
): RankedShelf {
  const known = withHistory(refusedItems(context), context.taste)
  for (const index of exclude) known[index] = 1
  return context.taste.eventCount > 0 ? forYou(context, known) : popular(context, known)
}

/** [items] 1 for what was disliked or rated badly. */
function refusedItems({ taste, scores }: ShelfContext): Uint8Array {
  return withRefused(new Uint8Array(scores.itemCount), taste)
}

/** [items] `mask` itself, with 1 for what was disliked or rated badly. */
export function withRefused(mask: Uint8Array, { negative }: Taste): Uint8Array {
  for (const [index, weight] of negative) if (weight >= REFUSED_FROM) mask[index] = 1
  return mask
}

export function withHistory(refused: Uint8Array, { history }: Taste): Uint8Array {
  const known = refused.slice()
  for (const { index } of history) known[index] = 1
  return known
}

function forYou(context: ShelfContext, exclude: Uint8Array): RankedShelf {
  const { scoring, scores, request, count, lambda } = context
  const ranked = rankItems(scoring, scores, request, {
    ...{ count, exclude, lambda },
    ...guessOf(context),
  })
  return { kind: 'for-you', key: 'for-you', ranked }
}

/** Whether one item of a list is a guess made to learn. */
export function guessOf({ taste, random }: Pick<ShelfContext, 'taste' | 'random'>) {
  return taste.eventCount >= GUESS_FROM_EVENTS ? { guess: { random } } : {}
}

/** The newest strong events: liked, saved, well rated, or opened if there is nothing else. */
export function anchorsOf(taste: Taste): HistoryEntry[] {
  const strong = taste.history.filter(
    ({ kind }) => kind !== 'click' && kind !== 'dwell',
  )
  const anchors = strong.length > 0 ? strong : taste.history
  return anchors.slice(0, BECAUSE_SHELVES)
}

function becauseOf(
  { related, items, count, taste }: ShelfContext,
  anchor: HistoryEntry,
  exclude: Uint8Array,
): RankedShelf {
  const ranked = byPlace(related(anchor.index), taste).filter(
    (other) => !exclude[other.index],
  )
  return {
    kind: 'because',
    key: `because:${items.record(anchor.index).id}`,
    anchor,
    ranked: ranked.slice(0, count),
  }
}

/** Ranked items in the order of their places, what was passed over further back. */
export function byPlace(
  ranked: readonly RankedItem[],
  taste: Pick<Taste, 'passed'>,
): readonly RankedItem[] {
  const order = ranked.map(({ index }) => index)
  const renewed = renewOrder(order, taste)
  if (renewed === order) return ranked
  const byIndex = new Map(ranked.map((item) => [item.index, item]))
  return renewed.map((index) => byIndex.get(index)!)
}

function popular(context: ShelfContext, exclude: Uint8Array): RankedShelf {
  const { common, count, toRanked, taste } = context
  const order = renewOrder(common, taste)
  const ranked = firstOf(order, count, exclude).map((index) => toRanked(index))
  return commonShelf(context, ranked)
}

/** The shelf of what most visitors chose. */
export function commonShelf(
  { scoring }: Pick<ShelfContext, 'scoring'>,
  ranked: readonly RankedItem[],
): RankedShelf {
  return {
    kind: 'popular',
    key: 'popular',
    // where nobody's choices are known it is a varied order
    isByPopularity: isByPopularity(scoring.pack.manifest),
    ranked,
  }
}

/**
 * Popular items far from everything in the history: popularity plus Gumbel noise, less the
 * personal components and what their views took. Sampling, so that there is something to learn from.
 */
function somethingDifferent(context: ShelfContext, exclude: Uint8Array): RankedShelf {
  const { common, count, toRanked } = context
  const pool = firstOf(common, DIFFERENT_POOL, exclude)
  const strangeness = strangenessOf(context, pool)
  return {
    kind: 'different',
    key: 'different',
    ranked: [...topK(strangeness, count)].map((place) => ({
      ...toRanked(pool[place]),
      isGuess: true,
    })),
  }
}

/** [pool] how far each is from the visitor's history and views, with the session's noise. */
export function strangenessOf(
  { scores, noise }: Pick<ShelfContext, 'scores' | 'noise'>,
  pool: readonly number[],
): Float32Array {
  const { cf, content, attributes, feedback } = scores.components
  return Float32Array.from(
    pool,
    (index) =>
      NOISE * noise[index] +
      feedback[index] -
      cf[index] -
      content[index] -
      attributes[index],
  )
}

/**
 * What the visitor saved or opened, shown apart from what is new: first by what the pack's
 * return table gives the last events, then the rest, the newest first.
 */
function toReturnTo(context: ShelfContext, refused: Uint8Array): RankedShelf {
  const { scoring, request, scores, taste } = context
  const worth = returnScores(scoring, request, scores)
  const begun = taste.history.filter(({ kind }) => kind !== 'finish')
  const ranked = [...new Set([...worth, ...begun].map(({ index }) => index))]
    .filter((index) => !refused[index])
    .slice(0, context.count)
    .map((index) => context.toRanked(index))
  return { kind: 'continue', key: 'continue', ranked }
}

/** The first `count` items of `order` that are not excluded. */
export function firstOf(
  order: ArrayLike<number>,
  count: number,
  exclude: Uint8Array,
): number[] {
  const rows: number[] = []
  for (let at = 0; at < order.length && rows.length < count; at++) {
    if (!exclude[order[at]!]) rows.push(order[at]!)
  }
  return rows
}
