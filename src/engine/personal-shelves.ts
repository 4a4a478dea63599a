/** The shelves that are made for a visitor of whom something is known: `shelves.ts` asks for them. */
import type { HistoryEntry, Taste } from '../feedback/taste.ts'
import { takeInOrder } from '../scoring/curation.ts'
import { calibratedOrder } from '../scoring/popularity-mix.ts'
import { rankItems } from '../scoring/rank.ts'
import { renewOrder } from '../scoring/renew-order.ts'
import { returnScores } from '../scoring/returns.ts'
import type { RankedItem } from '../scoring/score.ts'
import {
  BECAUSE_SHELVES,
  belowLeast,
  type RankedShelf,
  type ShelfContext,
} from './shelf-context.ts'

/** From this many events on, one item of `for-you` is a guess made to learn. */
const GUESS_FROM_EVENTS = 3

export function forYou(
  context: ShelfContext,
  exclude: Uint8Array,
  pins: readonly number[],
): RankedShelf {
  const { scoring, scores, request, count, lambda, curation, limits } = context
  const { surprise, taste } = context
  const order = calibratedOrder(scoring.pack, scores.score, {
    ...{ history: taste.history, exclude, surprise },
  })
  const ranked = rankItems(scoring, scores, request, {
    ...{ count, exclude, lambda, curation, pins, order, isFilled: true },
    makeLimiter: () => limits.limiter({ count }),
    ...guessOf(context),
  })
  return { kind: 'for-you', key: 'for-you', ranked }
}

/** Whether one item of a list is a guess made to learn. */
function guessOf({ taste, random, draw }: ShelfContext) {
  if (taste.eventCount < GUESS_FROM_EVENTS) return {}
  return { guess: { random, ...(draw ? { draw } : {}) } }
}

/** The newest strong events: liked, saved, well rated, or opened if there is nothing else. */
export function anchorsOf(taste: Taste): HistoryEntry[] {
  const strong = taste.history.filter(
    ({ kind }) => kind !== 'click' && kind !== 'dwell',
  )
  const anchors = strong.length > 0 ? strong : taste.history
  return anchors.slice(0, BECAUSE_SHELVES)
}

export function becauseOf(
  context: ShelfContext,
  anchor: HistoryEntry,
  exclude: Uint8Array,
): RankedShelf {
  const { related, items, count, curation, limits, taste } = context
  const ranked = byPlace(related(anchor), taste)
  const byIndex = new Map(ranked.map((item) => [item.index, item]))
  const own = takeInOrder(byIndex.keys(), {
    ...{ count, buried: curation.buried },
    exclude: belowLeast(context, exclude),
    limiter: limits.limiter({ count }),
  })
  return {
    kind: 'because',
    key: `because:${items.record(anchor.index).id}`,
    anchor,
    ranked: own.map((index) => byIndex.get(index)!),
  }
}

/** Ranked items in the order of their places, what was passed over further back. */
function byPlace(
  ranked: readonly RankedItem[],
  taste: Pick<Taste, 'passed'>,
): readonly RankedItem[] {
  const order = ranked.map(({ index }) => index)
  const renewed = renewOrder(order, taste)
  if (renewed === order) return ranked
  const byIndex = new Map(ranked.map((item) => [item.index, item]))
  return renewed.map((index) => byIndex.get(index)!)
}

/**
 * What the visitor saved or opened, shown apart from what is new: first by what the pack's
 * return table gives the last events, then the rest, the newest first.
 */
export function toReturnTo(context: ShelfContext, refused: Uint8Array): RankedShelf {
  const { scoring, request, scores, taste, limits, count, toRanked } = context
  const worth = returnScores(scoring, request, scores)
  const begun = taste.history.filter(({ kind }) => kind !== 'finish')
  const order = new Set([...worth, ...begun].map(({ index }) => index))
  const limiter = limits.owners()
  const own = takeInOrder(order, { count, limiter, exclude: refused })
  return { kind: 'continue', key: 'continue', ranked: own.map(toRanked) }
}
