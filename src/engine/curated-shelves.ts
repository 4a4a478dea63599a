/** `shelves.ts` within what the owner wants: see `scoring/curation.ts`. */
import type { HistoryEntry } from '../feedback/taste.ts'
import {
  boosted,
  type Curation,
  createLimiter,
  takeInOrder,
} from '../scoring/curation.ts'
import { curatedPick, rankCurated } from '../scoring/rank-curated.ts'
import { renewOrder } from '../scoring/renew-order.ts'
import { returnScores } from '../scoring/returns.ts'
import type { RankedItem } from '../scoring/score.ts'
import type { Curator } from './curator.ts'
import {
  anchorsOf,
  byPlace,
  commonShelf,
  DIFFERENT_POOL,
  firstOf,
  guessOf,
  MIN_ITEMS,
  type RankedShelf,
  type ShelfContext,
  strangenessOf,
  withHistory,
  withRefused,
} from './shelves.ts'

export interface CuratedContext extends ShelfContext {
  readonly curation: Curation
  readonly curator: Curator
  /** Items like one item within the curation, best first, more than a shelf shows. */
  readonly relatedWithin: (index: number) => readonly RankedItem[]
  /** Item indices that must not come, pinned or not: what the list has shown before. */
  readonly shown?: Iterable<number>
}

/** As `makeShelves`; pins head the first shelf, and the fallback fills it. */
export function curatedShelves(context: CuratedContext): RankedShelf[] {
  const { taste, curation, curator } = context
  const { refused, known } = masksOf(context)
  const shelves: RankedShelf[] = []
  const least = curation.isFiltered ? 1 : MIN_ITEMS
  const add = (shelf: RankedShelf) => {
    const needed = shelves.length === 0 ? 1 : least
    if (shelf.ranked.length < Math.min(needed, context.scores.itemCount)) return
    shelves.push(shelf)
    const own = shelf.ranked.map(({ index }) => index)
    for (const index of own) known[index] = 1
    for (const index of curator.groupMates(own)) known[index] = 1
  }
  const pins = pinsOf(context, refused)
  add(firstShelf(context, known, pins))
  const isStranger = taste.eventCount === 0
  for (const anchor of anchorsOf(taste)) {
    if (!curation.forbidden[anchor.index]) add(because(context, anchor, known))
  }
  if (!isStranger) add(popular(context, known, []))
  add(different(context, known))
  add(toReturnTo(context, refused))
  return shelves
}

/** As `recommended`. */
export function curatedList(context: CuratedContext): RankedShelf {
  const { refused, known } = masksOf(context)
  return firstShelf(context, known, pinsOf(context, refused))
}

function masksOf(context: CuratedContext) {
  const { taste, curation, curator, shown = [] } = context
  // a copy and a few changes: a pass over all items for each list would be felt
  const refused = withRefused(curation.hidden.slice(), taste)
  for (const index of shown) refused[index] = 1
  const known = withHistory(refused, taste)
  const had = [...taste.history.map(({ index }) => index), ...shown]
  for (const index of curator.groupMates(had)) known[index] = 1
  return { refused, known }
}

/** Pins stay when they were opened, and go when they were refused. */
const pinsOf = ({ curation }: CuratedContext, refused: Uint8Array) =>
  curation.pins.filter((index) => !refused[index])

function firstShelf(
  context: CuratedContext,
  exclude: Uint8Array,
  pins: readonly number[],
): RankedShelf {
  const isKnown = context.taste.eventCount > 0
  const shelf = isKnown
    ? forYou(context, exclude, pins)
    : popular(context, exclude, pins)
  return filled(context, shelf, exclude)
}

function forYou(
  context: CuratedContext,
  exclude: Uint8Array,
  pins: readonly number[],
): RankedShelf {
  const { scoring, scores, request, count, lambda, curation } = context
  const ranked = rankCurated(scoring, scores, request, {
    ...{ count, exclude, lambda, curation, pins },
    ...guessOf(context),
  })
  return { kind: 'for-you', key: 'for-you', ranked }
}

/** Fills a shelf that is too short with what the caller named, within rules and overlay. */
function filled(
  context: CuratedContext,
  shelf: RankedShelf,
  known: Uint8Array,
): RankedShelf {
  const { curation, count, toRanked, shown = [], taste } = context
  const missing = count - shelf.ranked.length
  if (missing <= 0) return shelf
  const limiter = createLimiter(curation)
  for (const { index } of shelf.ranked) limiter.take(index)
  // what the caller's filter leaves out may come here, what the visitor knows may not
  const exclude = curation.isFiltered
    ? withHistory(curation.forbidden, taste)
    : known.slice()
  withRefused(exclude, taste)
  for (const index of shown) exclude[index] = 1
  for (const { index } of shelf.ranked) exclude[index] = 1
  const more = takeInOrder(curation.fallback, { count: missing, limiter, exclude })
  return { ...shelf, ranked: [...shelf.ranked, ...more.map(toRanked)] }
}

/** [items] what is left out of a shelf by its score, too. */
function belowLeast({ curation, scores }: CuratedContext, exclude: Uint8Array) {
  if (curation.minScore === -Infinity) return exclude
  return exclude.map((out, index) =>
    out || scores.score[index]! < curation.minScore ? 1 : 0,
  )
}

function popular(
  context: CuratedContext,
  known: Uint8Array,
  pins: readonly number[],
): RankedShelf {
  const { curation, count, toRanked } = context
  const { buried } = curation
  const exclude = belowLeast(context, known).slice()
  for (const index of pins) exclude[index] = 1
  const limiter = createLimiter(curation)
  for (const index of pins.slice(0, count)) limiter.take(index)
  const head = pins
    .slice(0, count)
    .map((index) => ({ ...toRanked(index), isPinned: true }))
  const left = count - head.length
  const others = takeInOrder(popularOrder(context), {
    ...{ count: left, limiter, buried, exclude },
  })
  const ranked = [
    ...head,
    ...others.map((index) => curatedPick(toRanked(index), curation)),
  ]
  return commonShelf(context, ranked)
}

/** The common order; with boosts, by popularity with them. */
function popularOrder(context: CuratedContext): Iterable<number> {
  const { curation, scores, common, taste } = context
  const { boost } = curation
  if (!boost) return renewOrder(common, taste)
  const worth = boosted(scores.components.popularity, boost)
  const order = [...common].sort((a, b) => worth[b]! - worth[a]!)
  return renewOrder(order, taste)
}

function because(
  context: CuratedContext,
  anchor: HistoryEntry,
  exclude: Uint8Array,
): RankedShelf {
  const { relatedWithin, items, count, curation, taste } = context
  const related = byPlace(relatedWithin(anchor.index), taste)
  const byIndex = new Map(related.map((ranked) => [ranked.index, ranked]))
  const limiter = createLimiter(curation)
  const { buried } = curation
  const own = takeInOrder(byIndex.keys(), { count, limiter, buried, exclude })
  return {
    kind: 'because',
    key: `because:${items.record(anchor.index).id}`,
    anchor,
    ranked: own.map((index) => byIndex.get(index)!),
  }
}

function different(context: CuratedContext, known: Uint8Array): RankedShelf {
  const { curation, common, count, toRanked } = context
  const exclude = belowLeast(context, known)
  const pool = firstOf(common, DIFFERENT_POOL, exclude)
  const strangeness = strangenessOf(context, pool)
  const worth = new Map(
    pool.map((index, place) => [
      index,
      strangeness[place]! + (curation.boost?.[index] ?? 0),
    ]),
  )
  const order = [...pool].sort((a, b) => worth.get(b)! - worth.get(a)!)
  const limiter = createLimiter(curation)
  const own = takeInOrder(order, { count, limiter, buried: curation.buried })
  return {
    kind: 'different',
    key: 'different',
    ranked: own.map((index) => ({
      ...curatedPick(toRanked(index), curation),
      isGuess: true,
    })),
  }
}

function toReturnTo(context: CuratedContext, refused: Uint8Array): RankedShelf {
  const { scoring, request, scores, taste, curation, count, toRanked } = context
  const worth = returnScores(scoring, request, scores)
  const order = new Set([...worth, ...taste.history].map(({ index }) => index))
  const limiter = createLimiter(curation)
  const own = takeInOrder(order, { count, limiter, exclude: refused })
  return { kind: 'continue', key: 'continue', ranked: own.map(toRanked) }
}
