/**
 * The mean rating, and how far each item and each user is off it, shrunk:
 *
 *   b_i = Σ (r − mean − b_u) / (n_i + item)     b_u = Σ (r − mean − b_i) / (n_u + user)
 *
 * in turn, a few rounds. Source: Koren 2010, §2.1 (the shrunk averages), refined in turn.
 */

import type { Random } from '../../../math/random.ts'
import type { RatedItem } from '../../../scoring/rating.ts'
import type { UserRatings } from '../../dataset/user-ratings.ts'

/** Ratings' worth of doubt, > 0. */
export interface Shrinkage {
  readonly item: number
  readonly user: number
}

export interface RatingBias {
  readonly mean: number
  /** [rows] 0 of an item nobody rated. */
  readonly item: Float32Array
}

/** The averages hardly move after the third. */
const ROUNDS = 3

/** @param isIn users to learn from; default all. Without a rating the mean is the middle. */
export function ratingBias(
  ratings: UserRatings,
  shrinkage: Shrinkage,
  isIn: (user: number) => boolean = () => true,
): RatingBias {
  const { indptr, rowCount, userCount } = ratings
  const users: number[] = []
  for (let user = 0; user < userCount; user++) {
    if (indptr[user + 1] > indptr[user] && isIn(user)) users.push(user)
  }
  const mean = meanOf(ratings, users)
  const item = new Float32Array(rowCount)
  const ofUser = new Float64Array(userCount)
  for (let round = 0; round < ROUNDS; round++) {
    itemsInto(item, ratings, { users, ofUser, mean, shrink: shrinkage.item })
    for (const user of users) {
      ofUser[user] = userBias(entriesOf(ratings, user), { mean, item }, shrinkage.user)
    }
  }
  return { mean, item }
}

interface RatedEntries {
  readonly rows: Uint32Array
  readonly ratings: Float32Array
}

/** How far one user's ratings are off the items' own, shrunk; 0 without any. */
export function userBias(
  { rows, ratings }: RatedEntries,
  { mean, item }: RatingBias,
  shrink: number,
): number {
  let sum = 0
  for (let n = 0; n < rows.length; n++) sum += ratings[n] - mean - item[rows[n]]
  return sum / (rows.length + shrink)
}

/** One user's rows and ratings: views, not copies. */
export function entriesOf(
  { rows, ratings, indptr }: UserRatings,
  user: number,
): RatedEntries {
  const [from, to] = [indptr[user], indptr[user + 1]]
  return { rows: rows.subarray(from, to), ratings: ratings.subarray(from, to) }
}

function meanOf(all: UserRatings, users: readonly number[]): number {
  let [sum, count] = [0, 0]
  for (const user of users) {
    const { ratings } = entriesOf(all, user)
    for (const rating of ratings) sum += rating
    count += ratings.length
  }
  return count > 0 ? sum / count : (all.low + all.high) / 2
}

function itemsInto(
  out: Float32Array,
  all: UserRatings,
  {
    users,
    ofUser,
    mean,
    shrink,
  }: {
    readonly users: readonly number[]
    readonly ofUser: Float64Array
    readonly mean: number
    readonly shrink: number
  },
): void {
  const sums = new Float64Array(out.length)
  const counts = new Uint32Array(out.length)
  for (const user of users) {
    const { rows, ratings } = entriesOf(all, user)
    for (let n = 0; n < rows.length; n++) {
      sums[rows[n]] += ratings[n] - mean - ofUser[user]
      counts[rows[n]]++
    }
  }
  for (let index = 0; index < out.length; index++)
    out[index] = sums[index] / (counts[index] + shrink)
}

// Users' ratings split into those a page would know and those it should predict: the
// newest fifth where there are times, a random fifth elsewhere.

/** Users with fewer ratings make no case. */
export const MIN_RATINGS = 5
const TARGET_SHARE = 0.2

export interface RatingCase {
  readonly user: number
  /** Newest first (random order without times); never empty. */
  readonly known: readonly RatedItem[]
  /** Never empty, shares no index with `known`. */
  readonly targets: readonly RatedItem[]
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

function newestFirst(all: UserRatings, user: number, random: Random): RatedItem[] {
  const { rows, ratings } = entriesOf(all, user)
  const { times, indptr } = all
  const order = random.shuffleInto(Array.from(rows, (_, place) => place))
  if (times) order.sort((a, b) => times[indptr[user] + b] - times[indptr[user] + a])
  return order.map((place) => ({ index: rows[place], rating: ratings[place] }))
}

// How much to doubt the averages of few ratings, chosen on users held out.

/** In ratings; on a catalogue of few ratings an item 1, of many 16 and more. */
const GRID = [0.5, 1, 2, 4, 8, 16, 32]

interface ChosenBias {
  readonly shrinkage: Shrinkage
  readonly bias: RatingBias
  /** Root mean squared error on the cases. */
  readonly rmse: number
}

/** @param isIn users to learn the biases from: none of the cases' */
export function chooseShrinkage(
  ratings: UserRatings,
  cases: readonly RatingCase[],
  isIn: (user: number) => boolean,
): ChosenBias {
  const tried = GRID.flatMap((item) =>
    GRID.map((user): ChosenBias => {
      const shrinkage = { item, user }
      const bias = ratingBias(ratings, shrinkage, isIn)
      const predict = biasPredictor(bias, { ...ratings, shrink: user })
      return { shrinkage, bias, rmse: rmseOf(cases, predict) }
    }),
  )
  return tried.reduce((best, next) => (next.rmse < best.rmse ? next : best))
}

/** mean + b_i + b_u, within the scale. */
export function biasPredictor(
  { mean, item }: RatingBias,
  { low, high, shrink }: { low: number; high: number; shrink: number },
) {
  return ({ known }: Pick<RatingCase, 'known'>): ((index: number) => number) => {
    const off = known.reduce(
      (sum, { index, rating }) => sum + rating - mean - item[index],
      0,
    )
    const user = off / (known.length + shrink)
    return (index) => Math.min(high, Math.max(low, mean + item[index] + user))
  }
}

/** Root mean squared error over all targets; 0 without any. */
export function rmseOf(
  cases: readonly RatingCase[],
  predictorOf: (of: RatingCase) => (index: number) => number,
): number {
  let [sum, count] = [0, 0]
  for (const each of cases) {
    const predict = predictorOf(each)
    for (const { index, rating } of each.targets) sum += (predict(index) - rating) ** 2
    count += each.targets.length
  }
  return count > 0 ? Math.sqrt(sum / count) : 0
}
