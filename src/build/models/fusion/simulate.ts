/** A history played through the browser's own scoring, each component by itself. */
import { FUSED_COMPONENTS, type FusedComponent } from '../../../pack/pack.ts'
import { constantFusion } from '../../../scoring/fusion.ts'
import type { ScoreRequest, Scores, ScoringPack } from '../../../scoring/score.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import { userInput } from '../../../scoring/tower-input.ts'
import { forwardReference } from '../../../towers/reference.ts'

/** Every component with weight 1, so that `scoreAll` gives them as they are before fusion. */
const UNFUSED = constantFusion(
  Object.fromEntries(FUSED_COMPONENTS.map((component) => [component, 1])) as Record<
    FusedComponent,
    number
  >,
)

/**
 * What the browser would ask for a visitor who did nothing but choose these rows.
 * Feedback is left out: it is about items already seen, and those are not ranked here.
 *
 * @param history newest first; a row that comes again is an event, but no more history
 */
export function requestOf({ pack }: ScoringPack, history: Uint32Array): ScoreRequest {
  const rows = Array.from(new Set(history), (row) => ({ index: row, weight: 1 }))
  const taste = {
    eventCount: rows.length,
    history: rows,
    ...(rows.length < history.length ? { recent: Array.from(history) } : {}),
    positive: new Map<number, number>(),
    negative: new Map<number, number>(),
  }
  if (!pack.tower) return { taste }
  const userVector = forwardReference(pack.tower.user, userInput(pack, rows), 1)
  return { taste, userVector }
}

/** The components of every row for this history, not yet weighted. */
export function scoreComponents(scoring: ScoringPack, history: Uint32Array): Scores {
  return scoreAll(scoring, { ...requestOf(scoring, history), fusion: UNFUSED })
}

/** [rows] 1 on the history: seen items are not ranked. */
export function seenMask(rows: number, history: Uint32Array): Uint8Array {
  const seen = new Uint8Array(rows)
  for (const row of history) seen[row] = 1
  return seen
}
