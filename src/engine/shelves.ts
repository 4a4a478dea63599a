/**
 * One pass over the catalogue → the rows of the feed. A index of the pack is shown once a
 * feed: each shelf takes its picks from what the shelves before it left.
 */

import { because, shelfTitle } from '../explain/messages/en.ts'
import type { HistoryEntry, Taste } from '../feedback/taste.ts'
import type { Random } from '../math/random.ts'
import { topK } from '../math/top-k.ts'
import type { ItemTable } from '../pack/items.ts'
import { REFUSED_FROM } from '../scoring/item-item.ts'
import { rankItems } from '../scoring/rank.ts'
import { returnScores } from '../scoring/returns.ts'
import type { RankedItem, ScoreRequest, Scores, ScoringPack } from '../scoring/score.ts'
import type { ShelfKind } from './engine.ts'

export interface RankedShelf {
  readonly kind: ShelfKind
  readonly key: string
  readonly title: string
  readonly anchorRow?: number
  readonly rows: readonly RankedItem[]
}

export interface FeedContext {
  readonly scoring: ScoringPack
  readonly request: ScoreRequest
  readonly scores: Scores
  readonly items: ItemTable
  /** Rows like one index, best first, more than a shelf shows. */
  readonly related: (index: number) => readonly RankedItem[]
  readonly taste: Taste
  /** The same stream at every feed of a visit: guesses do not flicker between clicks. */
  readonly random: Random
  /** [rows] Gumbel noise, drawn once a visit, for the shelf that explores. */
  readonly noise: Float32Array
  /** Every index in the order everyone is shown: the first screen's, then the most read. */
  readonly common: Uint32Array
  /** Any index with its score and what speaks for it, as scored now. */
  readonly toRanked: (index: number) => RankedItem
  /** Picks a shelf. */
  readonly count: number
  /** MMR's λ, 0–1. */
  readonly lambda: number
}

/** Most shelves that speak of one liked item. */
export const BECAUSE_SHELVES = 2
/** From this many events on, one pick of "For you" is a guess made to learn. */
const GUESS_FROM_EVENTS = 3
/** "Something different" draws from this many of the most read items. */
const DIFFERENT_POOL = 600
/** Weight of the noise against the personal parts, in standard deviations. */
const NOISE = 0.35
/** A shelf shorter than this says nothing. */
const MIN_PICKS = 3

/** All shelves of one feed, in page order; a stranger gets the common ones alone. */
export function makeShelves(context: FeedContext): RankedShelf[] {
  const { taste } = context
  const taken = new Uint8Array(context.scores.itemCount)
  for (const index of taste.negative.keys()) {
    if (taste.negative.get(index)! >= REFUSED_FROM) taken[index] = 1
  }
  const known = Uint8Array.from(taken)
  for (const { index } of taste.history) known[index] = 1

  const shelves: RankedShelf[] = []
  const add = (shelf: RankedShelf) => {
    if (shelf.rows.length < Math.min(MIN_PICKS, context.scores.itemCount)) return
    shelves.push(shelf)
    for (const { index } of shelf.rows) known[index] = 1
  }
  if (taste.eventCount > 0) add(forYou(context, known))
  for (const anchor of anchorsOf(taste)) add(becauseOf(context, anchor, known))
  add(widelyRead(context, known))
  add(somethingDifferent(context, known))
  add(toReturnTo(context, taken))
  return shelves
}

function forYou(context: FeedContext, exclude: Uint8Array): RankedShelf {
  const { scoring, scores, request, count, lambda, random, taste } = context
  const guess = taste.eventCount >= GUESS_FROM_EVENTS ? { guess: { random } } : {}
  const rows = rankItems(scoring, scores, request, { count, exclude, lambda, ...guess })
  return { kind: 'for-you', key: 'for-you', title: shelfTitle('for-you'), rows }
}

/** The newest strong events: liked, saved, well rated, or opened if there is nothing else. */
function anchorsOf(taste: Taste): HistoryEntry[] {
  const strong = taste.history.filter(
    ({ kind }) => kind !== 'click' && kind !== 'dwell',
  )
  const anchors = strong.length > 0 ? strong : taste.history
  return anchors.slice(0, BECAUSE_SHELVES)
}

function becauseOf(
  { related, items, count }: FeedContext,
  { index, kind }: HistoryEntry,
  exclude: Uint8Array,
): RankedShelf {
  const record = items.record(index)
  const rows = related(index).filter((other) => !exclude[other.index])
  return {
    kind: 'because',
    key: `because:${record.id}`,
    title: because(kind, record.title),
    anchorRow: index,
    rows: rows.slice(0, count),
  }
}

function widelyRead(context: FeedContext, exclude: Uint8Array): RankedShelf {
  const { scoring, common, count, toRanked } = context
  const rows = firstOf(common, count, exclude)
  const isKnown = scoring.pack.manifest.provenance.interactions > 0
  return {
    kind: 'trending',
    key: 'trending',
    title: shelfTitle(isKnown ? 'trending' : 'start'),
    rows: rows.map((index) => toRanked(index)),
  }
}

/**
 * Well-read items far from everything in the history: popularity plus Gumbel noise,
 * less the personal parts. Sampling, so that there is something to learn from.
 */
function somethingDifferent(context: FeedContext, exclude: Uint8Array): RankedShelf {
  const { scores, noise, common, count, toRanked } = context
  const { cf, content, attributes } = scores.components
  const pool = firstOf(common, DIFFERENT_POOL, exclude)
  const strangeness = Float32Array.from(
    pool,
    (index) => NOISE * noise[index] - cf[index] - content[index] - attributes[index],
  )
  return {
    kind: 'different',
    key: 'different',
    title: shelfTitle('different'),
    rows: [...topK(strangeness, count)].map((place) => ({
      ...toRanked(pool[place]),
      isGuess: true,
    })),
  }
}

/**
 * What the visitor saved or opened, shown apart from what is new: what the pack's return
 * table says of the last events comes first, then the rest, the newest first.
 */
function toReturnTo(context: FeedContext, disliked: Uint8Array): RankedShelf {
  const { scoring, request, scores, taste } = context
  const worth = returnScores(scoring, request, scores)
  const rows = [...new Set([...worth, ...taste.history].map(({ index }) => index))]
    .filter((index) => !disliked[index])
    .slice(0, context.count)
    .map((index) => context.toRanked(index))
  return { kind: 'continue', key: 'continue', title: shelfTitle('continue'), rows }
}

/** The first `count` rows of `order` that are not excluded. */
function firstOf(order: Uint32Array, count: number, exclude: Uint8Array): number[] {
  const rows: number[] = []
  for (let at = 0; at < order.length && rows.length < count; at++) {
    if (!exclude[order[at]]) rows.push(order[at])
  }
  return rows
}
