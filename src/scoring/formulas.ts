/**
 * The formulas of a score, one item at a time, as they are written down. `scoreAll` does
 * the same over the whole catalogue at once and standardises Sim and Cos first; these
 * are what its tests and the worked examples compare with.
 */

/** Standard deviations that full evidence (e = 1) is worth, each ≥ 0. */
export interface EvidenceWeights {
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
 * one ranked a little lower. Judgement, not a fit.
 */
export const evidenceDefaults: EvidenceWeights = {
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
  { alpha, beta }: Pick<EvidenceWeights, 'alpha' | 'beta'> = evidenceDefaults,
): number {
  return sim + alpha * ePlus - beta * eMinus
}

/** r_cb = Cos(u,i) + γ·e⁺(u,i) − δ·e⁻(u,i), with e⁺ and e⁻ in [0, 1]. */
export function contentScore(
  cosine: number,
  ePlus: number,
  eMinus: number,
  { gamma, delta }: Pick<EvidenceWeights, 'gamma' | 'delta'> = evidenceDefaults,
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
