/**
 * Users' ratings split into those a page would know and those it should predict: the
 * newest fifth where there are times, a random fifth elsewhere.
 */
import type { Random } from '../math/random.ts'
import type { RatedRow } from '../scoring/predict-rating.ts'
import { entriesOf } from './rating-bias.ts'
import type { UserRatings } from './user-ratings.ts'

/** Users with fewer ratings make no case. */
export const MIN_RATINGS = 5
const TARGET_SHARE = 0.2

export interface RatingCase {
  readonly user: number
  /** Newest first (random order without times); never empty. */
  readonly known: readonly RatedRow[]
  /** Never empty, shares no row with `known`. */
  readonly targets: readonly RatedRow[]
}

export function ratingCases(
  ratings: UserRatings,
  users: Iterable<number>,
  random: Random,
): RatingCase[] {
  const cases: RatingCase[] = []
  for (const user of users) {
    const own = newestFirst(ratings, user, random)
    if (own.length < MIN_RATINGS) continue
    const count = Math.max(1, Math.round(own.length * TARGET_SHARE))
    cases.push({ user, targets: own.slice(0, count), known: own.slice(count) })
  }
  return cases
}

function newestFirst(all: UserRatings, user: number, random: Random): RatedRow[] {
  const { rows, ratings } = entriesOf(all, user)
  const { times, indptr } = all
  const order = random.shuffleInto(Array.from(rows, (_, place) => place))
  if (times) order.sort((a, b) => times[indptr[user] + b] - times[indptr[user] + a])
  return order.map((place) => ({ row: rows[place], rating: ratings[place] }))
}
