/**
 * The fusion as this visitor's log has moved it. A function of the log alone, made when a
 * list is, so that what was removed is unlearned with the next one. What it takes to learn is
 * loaded once there is something to learn from.
 */
import type { FusionWeights } from '../pack/pack.ts'
import { lazily } from './lazily.ts'
import type { LearnedFusion } from './learn-fusion.ts'
import type { VisitorLog } from './visitor-log.ts'

export interface FusionLearner {
  /** To await before lists are made: `now` may need a script. Never rejects. */
  prepare(): Promise<void> | undefined
  now(): LearnedFusion
}

/** Events below which nothing can have been learned: a visitor's first lists load nothing. */
const MIN_EVENTS = 30
const NOTHING: LearnedFusion = {
  ...{ policy: 'shipped', observations: [] },
  state: { state: 'waiting', views: 0, taken: 0, guesses: 0 },
}

export function createFusionLearner(
  fusion: FusionWeights,
  log: VisitorLog,
): FusionLearner {
  let learn: typeof import('./learn-fusion.ts').learnFromLog | undefined
  let made: LearnedFusion = NOTHING
  let madeOf = 0
  const load = lazily(async () => {
    learn = (await import('./seldom.ts')).learnFromLog
  })
  return {
    prepare: () => {
      if (learn || log.events().length < MIN_EVENTS) return undefined
      return load().catch(() => {}) // asked for again by the next list
    },
    now: () => {
      if (!learn || madeOf === log.version()) return made
      made = learn(log.events(), fusion, made)
      madeOf = log.version()
      return made
    },
  }
}
