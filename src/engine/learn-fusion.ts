/** What this visitor's log teaches about the fusion; loaded once there is enough of it. */
import type { LoggedEvent } from '../feedback/event.ts'
import { createRandom } from '../math/random.ts'
import type { FusionWeights } from '../pack/pack.ts'
import { compareFusions } from '../scoring/fusion-guard.ts'
import { learnFusion, type Multipliers, multiplied } from '../scoring/online-fusion.ts'
import type { DrawGuess } from '../scoring/rank.ts'
import type { Scores } from '../scoring/score.ts'
import { AS_SHIPPED, DRAWS, drawThompson } from '../scoring/thompson-guess.ts'
import {
  areSame,
  type LoggedObservation,
  observationsOf,
  settled,
} from './fusion-observations.ts'
import type { LearningState } from './hearth.ts'

/** What lists are made with. */
export interface LearnedFusion {
  /** What it was learned from. */
  readonly observations: readonly LoggedObservation[]
  /** Names what ranks: see `Shown`. */
  readonly policy: 'shipped' | 'learned'
  readonly state: LearningState
  /** Absent: the pack's own. */
  readonly fusion?: FusionWeights
  /** What `fusion` multiplies the components by. Absent: nothing. */
  readonly used?: Multipliers
  /** How a guess among items of these scores is drawn. Absent: by the score alone. */
  readonly drawFrom?: (scores: Scores) => DrawGuess
}

/** Seen items below which the pack's fusion stands: three lists of ten. */
const MIN_VIEWS = 30
/** Taken items below which nothing tells the components apart. */
const MIN_TAKEN = 3
/** Of the draws that stand for the posterior: a replay gives the same. */
const DRAW_SEED = 0xf051

/**
 * Pure: the same events and fusion give the same.
 * @param events oldest first
 * @param before returned where the log teaches the same as it did then
 */
export function learnFromLog(
  events: readonly LoggedEvent[],
  fusion: FusionWeights,
  before?: LearnedFusion,
): LearnedFusion {
  const observations = settled(observationsOf(events))
  if (before && areSame(before.observations, observations)) return before
  const views = observations.length
  const taken = observations.filter(({ isTaken }) => isTaken).length
  if (views < MIN_VIEWS || taken < MIN_TAKEN) {
    const state: LearningState = { state: 'waiting', views, taken, guesses: 0 }
    return { policy: 'shipped', state, observations }
  }
  const posterior = learnFusion(observations)
  const { isWorse, ...verdict } = compareFusions(observations)
  const learned = posterior.mean
  const used = isWorse ? AS_SHIPPED : learned
  const random = createRandom(DRAW_SEED + views)
  const draws = isWorse
    ? [AS_SHIPPED]
    : Array.from({ length: DRAWS }, () => posterior.draw(random))
  const state: LearningState = {
    ...{ state: isWorse ? 'off' : 'on', views, taken },
    ...{ weights: learned, ...verdict },
  }
  return {
    ...{ policy: isWorse ? 'shipped' : 'learned', state, used, observations },
    ...(isWorse ? {} : { fusion: multiplied(fusion, learned) }),
    drawFrom: (scores: Scores): DrawGuess => {
      const weights = { used, learned, draws }
      return (candidates, order, stream) =>
        drawThompson(candidates, order, { random: stream, scores, weights })
    },
  }
}
