/** What popularity gives every item, and the scores of a stranger, which are that alone. */
import { standardiseInto } from '../math/standardise.ts'
import type { Pack } from '../pack/pack.ts'
import { weightsFor } from './fusion.ts'
import {
  COMPONENTS,
  type ScoreRequest,
  type Scores,
  type ScoringPack,
} from './score.ts'

/** Popularity's z never changes, its weight hardly: each is computed once a pack. */
const popularityScores = new WeakMap<Pack, Map<number, Float32Array>>()
/** Weights kept of a pack: a fitted one, that of related items, and the next bucket's. */
const KEPT_WEIGHTS = 4

/** w5·z(log popularity). @param out [items], overwritten */
export function popularityInto(pack: Pack, weight: number, out: Float32Array) {
  const known = popularityScores.get(pack) ?? new Map<number, Float32Array>()
  popularityScores.set(pack, known)
  const scores = known.get(weight) ?? standardiseInto(pack.popularity.slice(), weight)
  if (known.size >= KEPT_WEIGHTS && !known.has(weight)) known.clear()
  known.set(weight, scores)
  out.set(scores)
}

/**
 * As `scoreAll` of a visitor of whom nothing is known, without the code of the other components.
 *
 * @param into overwritten and returned
 */
export function scoreStranger(
  { pack }: ScoringPack,
  { fusion = pack.manifest.fusion, taste }: Pick<ScoreRequest, 'fusion' | 'taste'>,
  into: Scores,
): Scores {
  const { components, score } = into
  for (const component of COMPONENTS) components[component].fill(0)
  popularityInto(
    pack,
    weightsFor(fusion, taste.eventCount).popularity,
    components.popularity,
  )
  score.set(components.popularity)
  return into
}
