/** A history played through the browser's own scoring, each component by itself. */
import { FUSED_COMPONENTS, type FusedComponent } from '../../../pack/pack.ts'
import { constantFusion } from '../../../scoring/fusion.ts'
import type {
  ScoreRequest,
  Scores,
  ScoringPack,
  TasteView,
} from '../../../scoring/score.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import { userInput } from '../../../scoring/tower-input.ts'
import { forwardReference } from '../../../towers/forward.ts'

/** Every component with weight 1, so that `scoreAll` gives them as they are before fusion. */
const UNFUSED = constantFusion(
  Object.fromEntries(FUSED_COMPONENTS.map((component) => [component, 1])) as Record<
    FusedComponent,
    number
  >,
)

/**
 * The request of a visitor who did nothing but choose these items.
 * Feedback is left out: it is about items already seen, and those are not ranked here.
 *
 * @param history newest first; an item that comes again is one more event of the same history
 */
export function requestOf({ pack }: ScoringPack, history: Uint32Array): ScoreRequest {
  const taste = tasteOf(history)
  if (!pack.tower) return { taste }
  const userVector = forwardReference(
    pack.tower.user,
    userInput(pack, taste.history),
    1,
  )
  return { taste, userVector }
}

/** The taste of `requestOf`. */
export function tasteOf(history: Uint32Array): TasteView {
  const chosen = Array.from(new Set(history), (index) => ({ index, weight: 1 }))
  return {
    eventCount: chosen.length,
    history: chosen,
    ...(chosen.length < history.length ? { recent: Array.from(history) } : {}),
    positive: new Map<number, number>(),
    negative: new Map<number, number>(),
  }
}

/** The components of every item for this history, not yet weighted. */
export function scoreComponents(scoring: ScoringPack, history: Uint32Array): Scores {
  return scoreAll(scoring, { ...requestOf(scoring, history), fusion: UNFUSED })
}

/** [items] 1 on the history: seen items are not ranked. */
export function seenMask(items: number, history: Uint32Array): Uint8Array {
  const seen = new Uint8Array(items)
  for (const item of history) seen[item] = 1
  return seen
}
