/**
 * The calibration model: what makes a probability of the fused score, fitted on the held-out
 * people the fusion was fitted on, through the browser's own scoring of the written pack.
 *
 * The probability is a share that can be counted: of people known by as many events as the
 * visitor and with such a list, those whose other choices, before or after, hold the item at
 * that place. Nothing that is hidden counts as refused but what a person never chose.
 *
 * It is fitted apart for each bucket of the number of events, by groups of places, with
 * weights that fall with the place, as one fitted on all items is wrong at the top
 * (Sato 2024, RecSys, arXiv 2408.11596), and so that it keeps the order of each list, with
 * the number of events as its context (compare Bajger et al. 2026, MLPlatt, arXiv 2601.08345).
 */
import type { Calibration } from '../../../pack/calibration.ts'
import { FUSION_BUCKETS, type FusionWeights } from '../../../pack/pack.ts'
import { matcherOf } from '../../../scoring/match.ts'
import type { ScoreRequest, ScoringPack } from '../../../scoring/score.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import { evenly } from '../../splits/hold-out.ts'
import type { FusionTrial } from '../fusion/fusion.ts'
import { type Model, resolveSettings } from '../model.ts'
import { fitCurve } from './curve.ts'
import { momentOf, momentsIn } from './moments.ts'

export const calibrationModel = {
  defaults: { minPeople: 100, maxPeople: 600 } as CalibrationSettings,
  ranges: {
    minPeople: { min: 1, isWhole: true },
    maxPeople: { min: 1, isWhole: true },
  },
  fit,
  score: probabilities,
} satisfies Model<CalibrationInput, CalibrationSettings, Calibration>

interface CalibrationSettings {
  /**
   * People below whom a bucket has no curve: the share of a hundred is known to within .04
   * or so, one step of "1 in 4" or "1 in 5".
   */
  readonly minPeople: number
  /** People a bucket is fitted on at most: bounds time. */
  readonly maxPeople: number
}

export interface CalibrationInput {
  /** Packs, and people whom they were learned without. */
  readonly trials: readonly FusionTrial[]
  /** As the pack will have it. */
  readonly fusion: FusionWeights
  readonly onProgress?: (done: number) => void
}

/**
 * @returns undefined where no bucket has people enough
 * @throws HearthError `bad-argument` for a setting out of range
 */
function fit(
  { trials, fusion, onProgress }: CalibrationInput,
  changes?: Partial<CalibrationSettings>,
): Calibration | undefined {
  const { minPeople, maxPeople } = resolveSettings(calibrationModel, changes)
  const buckets = FUSION_BUCKETS.map((_, bucket) => {
    onProgress?.(bucket / FUSION_BUCKETS.length)
    const people = trials.flatMap(({ scoring, heldOut }) =>
      heldOut.flatMap((user) => {
        const eventCounts = momentsIn(bucket, user)
        return eventCounts.length > 0 ? [{ scoring, user, eventCounts }] : []
      }),
    )
    if (people.length < minPeople) return null
    const moments = evenly(people, maxPeople).flatMap(
      ({ scoring, user, eventCounts }) =>
        eventCounts.map((eventCount) =>
          momentOf(scoring, user, { eventCount, fusion }),
        ),
    )
    return fitCurve(moments)
  })
  onProgress?.(1)
  if (buckets.every((curve) => curve === null)) return undefined
  const held = trials.reduce((sum, { heldOut }) => sum + heldOut.length, 0)
  return { people: held, buckets }
}

/** [items] by the pack's own calibration; 0 where there is none. */
function probabilities(scoring: ScoringPack, request: ScoreRequest): Float32Array {
  const scores = scoreAll(scoring, request)
  const matchOf = matcherOf(scoring.pack.manifest.calibration, scores, request)
  return Float32Array.from(scores.score, (_, index) => matchOf?.(index) ?? 0)
}
