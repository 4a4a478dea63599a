/** The rating head as a pack holds it, or why there is none. */
import type { Pack } from '../catalogue/pack.ts'
import type { RatingHead } from '../catalogue/rating-head.ts'
import type { Interactions, OnProgress } from './dataset.ts'
import { fitRatings, LEAST_RATING_USERS, type RatingReport } from './fit-ratings.ts'
import type { HoldOut } from './hold-out.ts'
import { MIN_RATINGS } from './rating-cases.ts'
import { userRatings } from './user-ratings.ts'

export interface LearnRatingsOptions {
  readonly interactions?: Interactions
  readonly seed?: number
  readonly onProgress?: OnProgress
}

export interface LearnedRatings {
  readonly head?: RatingHead
  readonly report?: RatingReport
  /** What an owner should know. */
  readonly note: string
}

/** @param pack as a browser would read it, learned without the held-out users */
export function learnRatings(
  pack: Pack,
  { heldOut }: Pick<HoldOut, 'heldOut'>,
  { interactions, seed = 1, onProgress }: LearnRatingsOptions,
): LearnedRatings {
  const off = (why: string) => ({ note: `Predicted ratings are off: ${why}` })
  if (!interactions?.hasRatings) return off('the interactions have no ratings.')
  const ratings = userRatings(interactions, pack.rows)
  if (!ratings) return off('all ratings are the same.')
  const fitted = fitRatings(pack, ratings, {
    heldOut: heldOut.map(({ user }) => user),
    seed,
    onProgress: (done) => onProgress?.('fitting the ratings', done),
  })
  if (!fitted) {
    return off(
      `fewer than ${LEAST_RATING_USERS} users of ${MIN_RATINGS} ratings to fit them on.`,
    )
  }
  const { users, rmse, biasRmse } = fitted.report
  const [ours, plain] = [rmse, biasRmse].map((error) => error.toFixed(3))
  return {
    ...fitted,
    note: `Ratings are predicted within ${ours} (root mean square) for ${users} users held out; from averages alone ${plain}.`,
  }
}
