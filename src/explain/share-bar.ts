import type { Part } from '../scoring/score.ts'
import type { Reason } from './reason.ts'

export interface ShareSegment {
  readonly part: Part
  /** Whole percent, 0–100. */
  readonly percent: number
}

/**
 * Reasons → the segments of a bar, in whole percents that sum to 100 (largest remainder;
 * ties: the earlier reason). Empty for no reasons.
 */
export function shareBar(reasons: readonly Reason[]): ShareSegment[] {
  const floors = reasons.map(({ share }) => Math.floor(share * 100))
  const missing = Math.max(0, 100 - floors.reduce((sum, floor) => sum + floor, 0))
  const byRemainder = reasons
    .map(({ share }, i) => ({ i, remainder: share * 100 - floors[i] }))
    .sort((a, b) => b.remainder - a.remainder)
  const raised = new Set(byRemainder.slice(0, missing).map(({ i }) => i))
  return reasons.map(({ part }, i) => ({
    part,
    percent: floors[i] + (raised.has(i) ? 1 : 0),
  }))
}
