/**
 * One pass over the catalogue: a visitor's taste → every item's score and its components.
 *
 *   score = w1·z(Sim) + w2·z(u·i + bias) + w3·z(Cos) + w4·z(sequence)
 *         + w5·z(log popularity) + w6·kg + feedback
 *   feedback = w1·(α·e⁺ − β·e⁻) + w3·(γ·e⁺ − δ·e⁻) + log odds of its views
 *              + what was stated (feedback/preferences.ts)
 *
 * z standardises over the catalogue (sequence by a typical visitor's spread, see
 * sequential.ts), so α … δ are in standard deviations. w depends on the visitor's
 * number of events (fusion.ts). A component without input (an empty history, a
 * block the pack lacks) is zero everywhere, and so is every component of an absent weight.
 */

import { assertLength, HearthError } from '../errors.ts'
import { AS_IT_IS, type Standard, standardOf } from '../math/standardise.ts'
import type { FusedComponent, Pack } from '../pack/pack.ts'
import { attributeScoresInto } from './attributes.ts'
import { contentQuery, isUsable } from './content-query.ts'
import { feedbackInto } from './feedback-terms.ts'
import { weightsFor } from './fusion.ts'
import { itemItemScoresInto, userWeights, withSkips } from './item-item.ts'
import { popularityInto } from './popularity-scores.ts'
import {
  createScores,
  type ScoreRequest,
  type Scores,
  type ScoringPack,
  type WeightedItem,
} from './score.ts'
import { attributeWeights, sequenceInto } from './sequential.ts'

/**
 * Scores every item.
 *
 * An empty taste scores by popularity alone. Numbers that are not finite never leave
 * here: a user vector or typed text that holds one is left out.
 *
 * @param into overwritten and returned: fresh memory for a large catalogue costs about as
 *   much as the scan (`bench/click.ts`). Default: new, the caller's own
 * @throws HearthError `bad-argument` if a vector has the wrong length or an index is not in
 *   the pack
 */
export function scoreAll(
  scoring: ScoringPack,
  request: ScoreRequest,
  into: Scores = createScores(scoring.pack.itemCount),
): Scores {
  const { pack } = scoring
  checkRequest(pack, request)
  const weights = weightsFor(request.fusion ?? pack.manifest.fusion, eventsOf(request))
  const share = request.skipShare ?? pack.manifest.learning?.skipShare ?? 0
  const user = withSkips(userWeights(request.taste), request.taste, share)
  const { components } = into
  const standardOn = (name: FusedComponent, fill: (out: Float32Array) => boolean) => {
    if (weights[name] !== 0 && fill(components[name])) {
      return standardOf(components[name], weights[name])
    }
    components[name].fill(0)
    return AS_IT_IS
  }
  const standards = {
    cf: standardOn('cf', (out) => fillCf(scoring, user, out)),
    tower: standardOn('tower', (out) => fillTower(scoring, request, out)),
    content: standardOn('content', (out) => fillContent(scoring, request, out)),
    sequence: sequenceInto(pack, request.taste, weights.sequence, components.sequence),
  }
  popularityInto(pack, weights.popularity, components.popularity)
  attributesInto(pack, user, weights.attributes, components.attributes)
  feedbackInto(pack, request.taste, weights, components.feedback)
  request.taste.stated?.gains?.forEach((gain, index) => {
    components.feedback[index] += gain
  })
  finishInto(into, standards)
  return into
}

function fillCf(
  { pack, latent }: ScoringPack,
  user: readonly WeightedItem[],
  out: Float32Array,
): boolean {
  if (!pack.cf || user.length === 0) return false
  itemItemScoresInto(pack.cf, user, out, latent ? { taken: latent } : {})
  return true
}

function fillTower(
  { pack, tower }: ScoringPack,
  { taste, userVector }: ScoreRequest,
  out: Float32Array,
): boolean {
  if (!pack.tower || !tower || !isUsable(userVector)) return false
  if (taste.history.length === 0) return false
  tower.scanInto(userVector, out)
  const { bias } = pack.tower
  for (let index = 0; index < out.length; index++) out[index] += bias[index]
  return true
}

function fillContent(
  scoring: ScoringPack,
  request: ScoreRequest,
  out: Float32Array,
): boolean {
  const query = contentQuery(scoring.pack, request)
  if (!query || !scoring.content) return false
  scoring.content.scanInto(query, out)
  return true
}

function attributesInto(
  pack: Pack,
  user: readonly WeightedItem[],
  weight: number,
  out: Float32Array,
) {
  const history = weight === 0 ? [] : attributeWeights(pack, user)
  attributeScoresInto(pack.attributes, history, out, weight)
}

/**
 * Standardises what still is not, and sums up. Written out: one pass over the items for all
 * components, not two a component (`bench/click.ts`).
 */
function finishInto(
  { components, score }: Scores,
  standards: Readonly<Record<'cf' | 'tower' | 'content' | 'sequence', Standard>>,
): void {
  const { cf, tower, content, sequence, popularity, attributes, feedback } = components
  const { mean: cfMean, factor: cfFactor } = standards.cf
  const { mean: towerMean, factor: towerFactor } = standards.tower
  const { mean: contentMean, factor: contentFactor } = standards.content
  const { mean: sequenceMean, factor: sequenceFactor } = standards.sequence
  for (let index = 0; index < score.length; index++) {
    const fromCf = (cf[index] - cfMean) * cfFactor
    const fromTower = (tower[index] - towerMean) * towerFactor
    const fromContent = (content[index] - contentMean) * contentFactor
    const fromSequence = (sequence[index] - sequenceMean) * sequenceFactor
    cf[index] = fromCf
    tower[index] = fromTower
    content[index] = fromContent
    sequence[index] = fromSequence
    score[index] =
      fromCf +
      fromTower +
      fromContent +
      fromSequence +
      popularity[index] +
      attributes[index] +
      feedback[index]
  }
}

/** A history that came without a count still counts as many events as it has entries. */
function eventsOf({ taste }: ScoreRequest): number {
  return Number.isFinite(taste.eventCount) ? taste.eventCount : taste.history.length
}

function checkRequest(pack: Pack, { taste, userVector, textQuery }: ScoreRequest) {
  if (userVector && pack.tower) {
    assertLength('userVector', userVector, pack.tower.items.dim)
  }
  if (textQuery && pack.content) {
    assertLength('textQuery', textQuery, pack.content.vectors.dim)
  }
  for (const { index } of taste.history) checkIndex(pack, index)
  for (const index of taste.positive.keys()) checkIndex(pack, index)
  for (const index of taste.negative.keys()) checkIndex(pack, index)
  for (const index of taste.passed?.keys() ?? []) checkIndex(pack, index)
}

function checkIndex({ itemCount }: Pack, index: number) {
  if (Number.isInteger(index) && index >= 0 && index < itemCount) return
  throw new HearthError(
    'bad-argument',
    `unknown index: got ${index}, expected 0–${itemCount - 1}.`,
  )
}
