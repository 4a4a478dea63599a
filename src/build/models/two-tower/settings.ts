/** How the towers are trained: the defaults were chosen on books (10,000 items). */
import { ABOVE_ZERO, type Ranges } from '../model.ts'

export interface TowerSettings {
  /** Width of the space that users and items share, an integer of 1 or more. */
  readonly dim: number
  /** Passes over the users at most, an integer of 1 or more. */
  readonly maxEpochs: number
  /** Steps at most, in whole epochs, an integer of 1 or more. */
  readonly maxSteps: number
  /** Users with two positives or more below which nothing worth its bytes is learned. */
  readonly minUsers: number
  /** Width of the user tower's hidden layer, an integer; 0 = one layer only. */
  readonly hidden: number
  /** How strongly the untrained user tower repeats the pooled item vector, > 0. */
  readonly echo: number
  /** Adam's step size, > 0. */
  readonly rate: number
  /** Users a step, an integer of 1 or more. */
  readonly batch: number
  /** Chance that an item's id vector takes no part in a step, 0–1. */
  readonly idDropout: number
  /** Decoupled weight decay of the id vectors, ≥ 0; the other weights take SHARED_DECAY of it. */
  readonly idDecay: number
  /** Chance that a user shows only 1–5 items in a step, 0–1. */
  readonly fewShare: number
  /** Share of its items a user shows otherwise: uniform between these, 0–1. */
  readonly keepFrom: number
  readonly keepTo: number
  /** Items a step's softmax is over at most, 1 or more: a larger catalogue is sampled. */
  readonly softmaxItems: number
  /** Epochs without a better validation recall before training stops, 1 or more. */
  readonly patience: number
}

export const towerDefaults: TowerSettings = {
  dim: 64,
  maxEpochs: 80,
  maxSteps: 2000,
  minUsers: 50,
  hidden: 128,
  echo: 8,
  rate: 3e-3,
  batch: 256,
  idDropout: 0.3,
  idDecay: 0.1,
  fewShare: 0.7,
  keepFrom: 0.1,
  keepTo: 0.9,
  softmaxItems: 12_000,
  patience: 12,
}

const COUNT = { min: 1, isWhole: true }
const SHARE = { min: 0, max: 1 }

export const towerRanges: Ranges<TowerSettings> = {
  dim: COUNT,
  maxEpochs: COUNT,
  maxSteps: COUNT,
  minUsers: COUNT,
  hidden: { min: 0, isWhole: true },
  echo: { min: ABOVE_ZERO },
  rate: { min: ABOVE_ZERO },
  batch: COUNT,
  idDropout: SHARE,
  idDecay: { min: 0 },
  fewShare: SHARE,
  keepFrom: SHARE,
  keepTo: SHARE,
  softmaxItems: COUNT,
  patience: COUNT,
}
