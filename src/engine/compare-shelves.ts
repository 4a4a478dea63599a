/** The shelf for the visitor, drafted from two rankings that their opens compare. */
import { HearthError } from '../errors.ts'
import type { FeedbackEvent } from '../feedback/event.ts'
import { countOpens, type OpenCounts, TEAMS } from '../feedback/opens.ts'
import { createRandom } from '../math/random.ts'
import { teamDraft } from '../scoring/interleave.ts'
import type { RankedItem } from '../scoring/score.ts'
import { MIN_ITEMS, type RankedShelf } from './shelf-context.ts'

/** Apart from the other draws of the same seed. */
const COINS_SEED = 0x7ea5
/** A coin decides which of two neighbours of a draft comes first. */
const COIN = 0.5

/**
 * The shelves with `for-you` drafted from itself and from what is most widely chosen of what
 * it or the shelf `popular` holds; `popular` keeps the rest, and goes where that is too short.
 * Without either of them the shelves as they are.
 *
 * @param common every item index, the most widely chosen first
 * @param seed of the coins, an integer: the same one gives the same list
 */
export function comparedShelves(
  shelves: readonly RankedShelf[],
  common: ArrayLike<number>,
  seed: number,
): RankedShelf[] {
  const own = shelves.find(({ kind }) => kind === 'for-you')
  const popular = shelves.find(({ kind }) => kind === 'popular')
  if (!own || !popular) return [...shelves]
  const items = new Map(
    [...own.ranked, ...popular.ranked].map((item) => [item.index, item]),
  )
  const drafted = draft(own.ranked, inOrderOf(common, items), { items, seed })
  const taken = new Set(drafted.map(({ index }) => index))
  const left = popular.ranked.filter(({ index }) => !taken.has(index))
  return shelves.flatMap((shelf) => {
    if (shelf === own) return [{ ...shelf, ranked: drafted }]
    if (shelf !== popular) return [shelf]
    return left.length < MIN_ITEMS ? [] : [{ ...shelf, ranked: left }]
  })
}

/** Those of the items, as the order has them. */
function inOrderOf(
  order: ArrayLike<number>,
  items: ReadonlyMap<number, RankedItem>,
): number[] {
  return Array.from(order).filter((index) => items.has(index))
}

function draft(
  own: readonly RankedItem[],
  widely: readonly number[],
  parts: { readonly items: ReadonlyMap<number, RankedItem>; readonly seed: number },
): RankedItem[] {
  const { items, seed } = parts
  const ranking = own.map(({ index }) => index)
  const random = createRandom(seed ^ COINS_SEED)
  return teamDraft(ranking, widely, { count: own.length, random }).map(
    ({ index, team }) => ({
      ...items.get(index)!,
      isGuess: false, // its place is the draft's
      propensity: COIN,
      team: team === 'first' ? TEAMS.own : TEAMS.other,
    }),
  )
}

/** @throws HearthError `bad-argument` for a number of opens that there cannot be */
export function checkedOpens(
  events: readonly FeedbackEvent[],
  last?: number,
): OpenCounts {
  if (last === undefined) return countOpens(events)
  if (Number.isInteger(last) && last >= 1) return countOpens(events, last)
  throw new HearthError(
    'bad-argument',
    `invalid last: got ${last}, expected an integer of 1 or more.`,
  )
}
