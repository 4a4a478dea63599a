/**
 * How near predicted ratings come to those that held-out users gave: each one's other
 * ratings are known, a fifth of all (the newest where there are times) is to be
 * predicted. Beside it the baseline mean + b_i + b_u, its shrinkages chosen on a
 * validation split of the same kind.
 */
import type { Pack } from '../catalogue/pack.ts'
import { createRandom } from '../math/random.ts'
import { ratingPredictor } from '../scoring/predict-rating.ts'
import { biasPredictor, chooseShrinkage } from '../training/choose-shrinkage.ts'
import type { Dataset, Interactions } from '../training/dataset.ts'
import { ratingBias } from '../training/rating-bias.ts'
import { type RatingCase, ratingCases } from '../training/rating-cases.ts'
import { type UserRatings, userRatings } from '../training/user-ratings.ts'
import type { RatedEvent } from './rating-figures.ts'

export interface RatingsInput {
  /** Trained on `train` alone. */
  readonly pack: Pack
  readonly train: Dataset
  /** All interactions, those of the held-out users among them. */
  readonly interactions: Interactions
  readonly heldOut: Iterable<number>
  readonly seed: number
  /** Of each one's other ratings so many are known, the newest. Default: all. */
  readonly known?: number
}

/** Share of the training users that the baseline is tuned on. */
const TUNING_SHARE = 0.2

/** @returns [users] each one's target events; undefined where the pack predicts no ratings */
export function measureRatings({
  pack,
  train,
  interactions,
  heldOut,
  seed,
  known: most = Infinity,
}: RatingsInput): RatedEvent[][] | undefined {
  const all = userRatings(interactions, pack.rows)
  const known = train.interactions && userRatings(train.interactions, pack.rows)
  if (!pack.ratings || !all || !known) return undefined
  const cases = ratingCases(all, heldOut, createRandom(seed))
  const baseline = tuneBaseline(known, seed)
  return cases.map(({ known: others, targets }) => {
    const read = others.slice(0, most)
    const predict = ratingPredictor(pack, read)!
    const plain = baseline({ known: read })
    return targets.map(({ row, rating }) => ({
      ...{ rating, predicted: predict(row), plain: plain(row) },
    }))
  })
}

/** The baseline of these users, its shrinkages chosen on a fifth of them. */
function tuneBaseline(
  known: UserRatings,
  seed: number,
): (of: Pick<RatingCase, 'known'>) => (row: number) => number {
  const random = createRandom(seed)
  const users = random.shuffleInto(
    Array.from({ length: known.userCount }, (_, user) => user),
  )
  const rated = users.filter((user) => known.indptr[user + 1] > known.indptr[user])
  const aside = rated.slice(0, Math.round(rated.length * TUNING_SHARE))
  const isAside = new Set(aside)
  const cases = ratingCases(known, aside, random)
  const { shrinkage } = chooseShrinkage(known, cases, (user) => !isAside.has(user))
  const bias = ratingBias(known, shrinkage)
  return biasPredictor(bias, { ...known, shrink: shrinkage.user })
}
