/** An item of a scored catalogue as a pick. */
import type { Curation } from './curation.ts'
import { matcherOf } from './match.ts'
import {
  COMPONENTS,
  type Component,
  type RankedItem,
  type ScoreRequest,
  type Scores,
  type ScoringPack,
} from './score.ts'

/** What the owner did to a ranked item goes with it, for its reasons. */
export function curatedPick(
  ranked: RankedItem,
  curation: Curation | undefined,
): RankedItem {
  const by = curation?.boost?.[ranked.index] ?? 0
  return by === 0 ? ranked : { ...ranked, boost: by }
}

/**
 * Any item of the scored request as a pick: its score and components. Make it once a request
 * and call it for each item to show.
 */
export function itemDescriber(
  { pack }: ScoringPack,
  scores: Scores,
  request: ScoreRequest,
): (index: number) => RankedItem {
  const matchOf = matcherOf(pack.manifest.calibration, scores, request)
  return (index) => {
    const components = componentsOf(scores, index)
    const score = scores.score[index]
    const match = matchOf?.(index)
    const number = match === undefined ? {} : { match }
    return { index, score, ...number, components, isGuess: false }
  }
}

function componentsOf(
  { components }: Scores,
  index: number,
): Record<Component, number> {
  const entries = COMPONENTS.map((component) => [
    component,
    components[component][index],
  ])
  return Object.fromEntries(entries) as Record<Component, number>
}
