/**
 * The fitted weights of a bucket against simpler ones, on users they were not fitted on:
 * where one part says nearly all, a search over all of them finds chance.
 */
import type { FusedPart } from '../catalogue/pack.ts'
import { type FusionCase, meanQuality } from './fusion-cases.ts'
import type { HeldOutUser } from './hold-out.ts'

/** Below so many users all are needed to fit by. */
const LEAST_TO_DIVIDE = 600
/** Every so many-th user checks. */
const CHECKING = 3
/** Cases below which nothing is checked. */
const LEAST_CASES = 50
/** What popularity keeps beside a part alone: it orders what the part leaves tied. */
const TIE = 0.001

/** @returns who the weights are fitted on, and who checks them: nobody if they are few */
export function divideUsers(heldOut: readonly HeldOutUser[]) {
  if (heldOut.length < LEAST_TO_DIVIDE) return { fitting: heldOut, checking: [] }
  const checks = (_: HeldOutUser, n: number) => n % CHECKING === 0
  return {
    fitting: heldOut.filter((user, n) => !checks(user, n)),
    checking: heldOut.filter(checks),
  }
}

/**
 * The best on `cases` of: `weights`, each part alone, and half of `weights` with half of
 * the best part alone. Ties go to the first.
 *
 * @param weights [parts] of sum 1
 * @param cases of users whom `weights` were not fitted on; too few leave `weights` as is
 */
export function checkWeights(
  weights: number[],
  cases: readonly FusionCase[],
  parts: readonly FusedPart[],
): number[] {
  if (cases.length < LEAST_CASES) return weights
  const alone = parts.map((part) =>
    parts.map((other) => (other === part ? 1 : other === 'popularity' ? TIE : 0)),
  )
  const single = bestOf(alone, cases)
  const halved = weights.map((w, p) => (w + single[p]) / 2)
  return bestOf([weights, halved, single], cases)
}

function bestOf(candidates: readonly number[][], cases: readonly FusionCase[]) {
  const qualities = candidates.map((weights) => meanQuality(cases, weights))
  return candidates[qualities.indexOf(Math.max(...qualities))]
}
