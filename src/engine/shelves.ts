/**
 * One pass over the catalogue → the shelves of a page, within what the owner wants (see
 * `scoring/curation.ts`) and what a list may hold (`scoring/list-limits.ts`). An item is shown
 * once: each shelf takes its items from what the shelves before it left.
 */

import type { Taste } from '../feedback/taste.ts'
import { topK } from '../math/top-k.ts'
import { isByPopularity } from '../pack/pack.ts'
import { boosted, takeInOrder } from '../scoring/curation.ts'
import type { Limiter } from '../scoring/list-limits.ts'
import { curatedPick } from '../scoring/ranked-item.ts'
import { REFUSED_FROM } from '../scoring/score.ts'
import {
  belowLeast,
  MIN_ITEMS,
  type RankedShelf,
  type ShelfContext,
} from './shelf-context.ts'

/** `different` draws from this many of the most popular items. */
const DIFFERENT_POOL = 600
/** Weight of the noise against the personal components, in standard deviations. */
const NOISE = 0.35

/** All shelves of one page, in its order; a stranger gets the common ones alone. */
export function makeShelves(context: ShelfContext): RankedShelf[] {
  const { taste, curation, limits, personal } = context
  const { refused, known } = masksOf(context)
  const shelves: RankedShelf[] = []
  const least = curation.isFiltered ? 1 : MIN_ITEMS
  const add = (shelf: RankedShelf) => {
    const needed = shelves.length === 0 ? 1 : least
    if (shelf.ranked.length < Math.min(needed, context.scores.itemCount)) return
    shelves.push(shelf)
    for (const { index } of shelf.ranked) {
      known[index] = 1
      limits.know(index)
    }
  }
  add(firstShelf(context, refused, known))
  for (const anchor of personal?.anchorsOf(taste) ?? []) {
    if (!curation.forbidden[anchor.index]) {
      add(personal!.becauseOf(context, anchor, known))
    }
  }
  if (isKnown(taste)) add(popular(context, known, []))
  add(somethingDifferent(context, known))
  if (personal) add(personal.toReturnTo(context, refused))
  return shelves
}

/** The one list for this visitor: what is for them, or what everyone starts with. */
export function recommended(context: ShelfContext): RankedShelf {
  const { refused, known } = masksOf(context)
  return firstShelf(context, refused, known)
}

/** [items] each, 1 for what no list holds, and for that and all that is known. */
function masksOf({ taste, curation, shown }: ShelfContext) {
  // a copy and a few changes: a pass over all items for each list would be felt
  const refused = curation.hidden.slice()
  addRefused(refused, taste)
  for (const index of shown) refused[index] = 1
  return { refused, known: withHistory(refused, taste) }
}

/** Whether there is anything to make a list of this visitor's own from. */
const isKnown = ({ eventCount, stated }: Taste) =>
  eventCount > 0 || stated?.gains !== undefined

/** 1 for what was disliked, rated badly or must never come. */
function addRefused(mask: Uint8Array, { negative, stated }: Taste) {
  for (const [index, weight] of negative) if (weight >= REFUSED_FROM) mask[index] = 1
  stated?.hidden?.forEach((isHidden, index) => {
    mask[index]! |= isHidden
  })
}

function withHistory(refused: Uint8Array, { history }: Taste): Uint8Array {
  const known = refused.slice()
  for (const { index } of history) known[index] = 1
  return known
}

/** Pins head it, and the fallback fills it. Pins stay when opened, and go when refused. */
function firstShelf(
  context: ShelfContext,
  refused: Uint8Array,
  known: Uint8Array,
): RankedShelf {
  const pins = context.curation.pins.filter((index) => !refused[index])
  const { taste, personal } = context
  const make = personal && isKnown(taste) ? personal.forYou : popular
  const shelf = make(context, known, pins)
  return filled(context, shelf, known)
}

/** Fills a shelf that is too short with what the caller named, within rules and overlay. */
function filled(
  context: ShelfContext,
  shelf: RankedShelf,
  known: Uint8Array,
): RankedShelf {
  const { curation, count, toRanked, shown, taste, limits } = context
  const missing = count - shelf.ranked.length
  if (missing <= 0) return shelf
  const limiter = limits.limiter({ count })
  for (const { index } of shelf.ranked) limiter.take(index)
  // what the caller's filter leaves out may come here, what the visitor knows may not
  const exclude = curation.isFiltered
    ? withHistory(curation.forbidden, taste)
    : known.slice()
  addRefused(exclude, taste)
  for (const index of shown) exclude[index] = 1
  for (const { index } of shelf.ranked) exclude[index] = 1
  const more = takeInOrder(curation.fallback, { count: missing, limiter, exclude })
  return { ...shelf, ranked: [...shelf.ranked, ...more.map(toRanked)] }
}

/** The shelf of what most visitors chose. */
function popular(
  context: ShelfContext,
  known: Uint8Array,
  pins: readonly number[],
): RankedShelf {
  const { scoring, curation, count, toRanked, limits, personal, taste } = context
  const { buried } = curation
  const exclude = belowLeast(context, known)
  const limiter = limits.limiter({ count })
  const head = pins.slice(0, count)
  const taken = [...head]
  const common = popularOrder(context)
  const order = personal?.renewOrder(common, taste) ?? common
  for (const index of head) limiter.take(index)
  const fill = (own: Limiter) => {
    for (const index of taken) exclude[index] = 1
    const left = count - taken.length
    taken.push(...takeInOrder(order, { count: left, limiter: own, buried, exclude }))
  }
  fill(limiter)
  if (taken.length < count) fill(limiter.loosened())
  return {
    kind: 'popular',
    key: 'popular',
    // where nobody's choices are known it is a varied order
    isByPopularity: isByPopularity(scoring.pack.manifest),
    ranked: taken.map((index, place) =>
      place < head.length
        ? { ...toRanked(index), isPinned: true }
        : curatedPick(toRanked(index), curation),
    ),
  }
}

/** The common order; with boosts, by popularity with them. */
function popularOrder({ curation, scores, common }: ShelfContext) {
  const { boost } = curation
  if (!boost) return common
  const worth = boosted(scores.components.popularity, boost)
  return [...common].sort((a, b) => worth[b]! - worth[a]!)
}

/**
 * Popular items far from everything in the history (different.ts), by Gumbel noise less the
 * personal components and what their views took. Sampling, so that there is something to learn
 * from.
 */
function somethingDifferent(context: ShelfContext, known: Uint8Array): RankedShelf {
  const { common, count, toRanked, curation, limits, taste, scoring, personal } =
    context
  const pool = firstOf(common, DIFFERENT_POOL, belowLeast(context, known))
  const worth = strangenessOf(context, pool)
  const { history } = taste
  const places =
    personal?.differentFirst(scoring.pack, pool, { worth, history }) ??
    topK(worth, worth.length)
  const taken = takeInOrder(
    mapped(places, (place) => pool[place]!),
    {
      ...{ count, buried: curation.buried, limiter: limits.limiter({ count }) },
    },
  )
  return {
    kind: 'different',
    key: 'different',
    ranked: taken.map((index) => ({
      ...curatedPick(toRanked(index), curation),
      isGuess: true,
    })),
  }
}

/** [pool] how far each is from the visitor's history and views, with the session's noise. */
function strangenessOf(
  { scores, noise, curation }: ShelfContext,
  pool: readonly number[],
): Float32Array {
  const { cf, content, attributes, feedback } = scores.components
  const { boost } = curation
  return Float32Array.from(
    pool,
    (index) =>
      NOISE * noise[index]! +
      feedback[index]! -
      cf[index]! -
      content[index]! -
      attributes[index]! +
      (boost?.[index] ?? 0),
  )
}

function* mapped<A, B>(values: Iterable<A>, turn: (value: A) => B): Generator<B> {
  for (const value of values) yield turn(value)
}

/** The first `count` items of `order` that are not excluded. */
function firstOf(order: Uint32Array, count: number, exclude: Uint8Array): number[] {
  const indices: number[] = []
  for (let at = 0; at < order.length && indices.length < count; at++) {
    if (!exclude[order[at]!]) indices.push(order[at]!)
  }
  return indices
}
