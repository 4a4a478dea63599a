/**
 * The mean rating, and how far each item and each user is off it, shrunk:
 *
 *   b_i = Σ (r − mean − b_u) / (n_i + item)     b_u = Σ (r − mean − b_i) / (n_u + user)
 *
 * in turn, a few rounds. Source: Koren 2010, §2.1 (the shrunk averages), refined in turn.
 */
import type { UserRatings } from './user-ratings.ts'

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
  for (let row = 0; row < out.length; row++)
    out[row] = sums[row] / (counts[row] + shrink)
}
