/** What shelves are made of: the same for those of everybody and those of one's own. */
import type { HistoryEntry, Taste } from '../feedback/taste.ts'
import type { Random } from '../math/random.ts'
import type { ItemTable } from '../pack/items.ts'
import type { Curation } from '../scoring/curation.ts'
import type { differentFirst } from '../scoring/different.ts'
import type { ListLimits } from '../scoring/list-limits.ts'
import { matcherOf, withUnlikely } from '../scoring/match.ts'
import type { DrawGuess } from '../scoring/rank.ts'
import type { renewOrder } from '../scoring/renew-order.ts'
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
  /** Absent for a stranger, whose shelves need none of it. */
  readonly personal: PersonalShelves | undefined
  /** Items like one item within the curation, best first, more than a shelf shows. */
  readonly related: (anchor: HistoryEntry) => readonly RankedItem[]
  readonly taste: Taste
  /** The same stream at every list of a session: guesses do not flicker between clicks. */
  readonly random: Random
  /** How the guess is drawn. Default: by the score alone. */
  readonly draw?: DrawGuess | undefined
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
  /** The dial, 0 familiar … 1 surprising. */
  readonly surprise: number
  readonly curation: Curation
  /** What this visitor's lists may hold. */
  readonly limits: ListLimits
  /** Item indices that must not come, pinned or not: what the list has shown before. */
  readonly shown: readonly number[]
}

/** What makes the shelves of somebody of whom something is known (`personal-shelves.ts`). */
export interface PersonalShelves {
  readonly differentFirst: typeof differentFirst
  readonly renewOrder: typeof renewOrder
  readonly anchorsOf: (taste: Taste) => readonly HistoryEntry[]
  readonly forYou: (
    context: ShelfContext,
    exclude: Uint8Array,
    pins: readonly number[],
  ) => RankedShelf
  readonly becauseOf: (
    context: ShelfContext,
    anchor: HistoryEntry,
    exclude: Uint8Array,
  ) => RankedShelf
  readonly toReturnTo: (context: ShelfContext, refused: Uint8Array) => RankedShelf
}

/** A shorter shelf is left out. */
export const MIN_ITEMS = 3
/** Most shelves that are made from one item. */
export const BECAUSE_SHELVES = 2
/** [items] a copy, with what is left out of a shelf by its probability, too. */
export function belowLeast(context: ShelfContext, exclude: Uint8Array): Uint8Array {
  const { scoring, scores, request, curation } = context
  const matchOf = matcherOf(scoring.pack.manifest.calibration, scores, request)
  return withUnlikely(exclude, matchOf, curation.minMatch)
}
