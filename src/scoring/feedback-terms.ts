/**
 * What the visitor's own feedback on an item adds to its score.
 *
 * First the formulas of a score, one item at a time, as they are written down. `scoreAll`
 * does the same over the whole catalogue at once and standardises Sim and Cos first; these
 * are what its tests and the worked examples compare with.
 */
import type { Pack } from '../pack/pack.ts'
import type { ComponentWeights } from './fusion.ts'
import type { TasteView } from './score.ts'

/** Standard deviations that full feedback (e = 1) is worth, each ≥ 0. */
interface FeedbackWeights {
  /** Raises r_cf by e⁺. Default 1. */
  readonly alpha: number
  /** Lowers r_cf by e⁻. Default 3. */
  readonly beta: number
  /** Raises r_cb by e⁺. Default 1. */
  readonly gamma: number
  /** Lowers r_cb by e⁻. Default 3. */
  readonly delta: number
}

/**
 * A dislike is worth three likes: a wrong item shown again costs more trust than a right
 * one ranked a little lower. Chosen by hand, not fitted.
 */
export const feedbackDefaults: FeedbackWeights = {
  alpha: 1,
  beta: 3,
  gamma: 1,
  delta: 3,
}

/** r_cf = Sim(u,i) + α·e⁺(u,i) − β·e⁻(u,i), with e⁺ and e⁻ in [0, 1]. */
export function collaborativeScore(
  sim: number,
  ePlus: number,
  eMinus: number,
  { alpha, beta }: Pick<FeedbackWeights, 'alpha' | 'beta'> = feedbackDefaults,
): number {
  return sim + alpha * ePlus - beta * eMinus
}

/** r_cb = Cos(u,i) + γ·e⁺(u,i) − δ·e⁻(u,i), with e⁺ and e⁻ in [0, 1]. */
export function contentScore(
  cosine: number,
  ePlus: number,
  eMinus: number,
  { gamma, delta }: Pick<FeedbackWeights, 'gamma' | 'delta'> = feedbackDefaults,
): number {
  return cosine + gamma * ePlus - delta * eMinus
}

/** r = w1·r_cf + w2·r_cb; w1 = w2 = ½ is the plain blend. */
export function blend(
  collaborative: number,
  content: number,
  { w1, w2 }: { readonly w1: number; readonly w2: number } = { w1: 0.5, w2: 0.5 },
): number {
  return w1 * collaborative + w2 * content
}

/** Minimum of w1 + w3: what a visitor refused must sink whatever was fitted. */
export const MIN_FEEDBACK_WEIGHT = 0.5

/**
 * What one unit of log odds is worth in a score: a score's spread among the items that a list
 * is chosen from, over that of their log odds. Found in simulated visits of two catalogues
 * (bench/RESULTS.md, *Views as evidence*); from 0.5 to 1.5 it differs little.
 */
export const ODDS_SCORE = 0.85
/** Below that it is out of every list anyway: no score is infinite. */
const MIN_ODDS = -100

/**
 * feedback = w1·(α·e⁺ − β·e⁻) + w3·(γ·e⁺ − δ·e⁻) + ODDS_SCORE·(log odds of its views), with
 * w1 and w3 the weights of cf and content where those blocks are there, never negative,
 * together at least MIN_FEEDBACK_WEIGHT.
 *
 * @param out [items], overwritten; zero where the visitor did nothing. Feedback outside
 *   [0, 1] is cut
 */
export function feedbackInto(
  pack: Pack,
  { positive, negative, passed }: TasteView,
  fused: ComponentWeights,
  out: Float32Array,
): void {
  out.fill(0)
  const { w1, w3 } = feedbackWeights(pack, fused)
  for (const index of new Set([...positive.keys(), ...negative.keys()])) {
    const ePlus = unitRange(positive.get(index))
    const eMinus = unitRange(negative.get(index))
    out[index] =
      w1 * collaborativeScore(0, ePlus, eMinus) + w3 * contentScore(0, ePlus, eMinus)
  }
  for (const [index, odds] of passed ?? []) {
    if (odds < 0) out[index] += ODDS_SCORE * Math.max(MIN_ODDS, odds)
  }
}

function feedbackWeights(
  pack: Pack,
  fused: ComponentWeights,
): { w1: number; w3: number } {
  const w1 = pack.cf ? Math.max(0, fused.cf) : 0
  const w3 = pack.content ? Math.max(0, fused.content) : 0
  const total = w1 + w3
  if (total >= MIN_FEEDBACK_WEIGHT) return { w1, w3 }
  if (total === 0) return { w1: MIN_FEEDBACK_WEIGHT / 2, w3: MIN_FEEDBACK_WEIGHT / 2 }
  const factor = MIN_FEEDBACK_WEIGHT / total
  return { w1: w1 * factor, w3: w3 * factor }
}

function unitRange(feedback: number | undefined): number {
  return feedback === undefined ? 0 : Math.min(1, Math.max(0, feedback))
}
