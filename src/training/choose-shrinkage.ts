/** How much to doubt the averages of few ratings, chosen on users held out. */
import { type RatingBias, ratingBias, type Shrinkage } from './rating-bias.ts'
import type { RatingCase } from './rating-cases.ts'
import type { UserRatings } from './user-ratings.ts'

/** In ratings; on a catalogue of few ratings an item 1, of many 16 and more. */
const GRID = [0.5, 1, 2, 4, 8, 16, 32]

export interface ChosenBias {
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
  return ({ known }: Pick<RatingCase, 'known'>): ((row: number) => number) => {
    const off = known.reduce(
      (sum, { row, rating }) => sum + rating - mean - item[row],
      0,
    )
    const user = off / (known.length + shrink)
    return (row) => Math.min(high, Math.max(low, mean + item[row] + user))
  }
}

/** Root mean squared error over all targets; 0 without any. */
export function rmseOf(
  cases: readonly RatingCase[],
  predictorOf: (of: RatingCase) => (row: number) => number,
): number {
  let [sum, count] = [0, 0]
  for (const each of cases) {
    const predict = predictorOf(each)
    for (const { row, rating } of each.targets) sum += (predict(row) - rating) ** 2
    count += each.targets.length
  }
  return count > 0 ? Math.sqrt(sum / count) : 0
}
