/** The seam of explanations: a part put in words. */
import type { Part } from '../scoring/score.ts'

export interface Reason {
  readonly part: Part
  /** One plain sentence without a full stop, e.g. "because you liked Dune". */
  readonly text: string
  /** Share of the positive parts of this pick's score, 0–1; shares of a pick sum to 1. */
  readonly share: number
  /** The item it speaks of, so that the page can link it. */
  readonly itemId?: string
}
