/** How the towers are trained. Every field has a default, chosen on books (10,000 items). */
import { HearthError } from '../../../errors.ts'
import type { CheckpointFile } from '../../checkpoint.ts'
import type { OnProgress } from '../../dataset/dataset.ts'

export interface TowerOptions {
  /** Same seed, same towers. Any finite number. */
  readonly seed: number
  /** Width of the space users and items share, an integer of 1 or more. Default 64. */
  readonly dim?: number
  /** Passes over the users at most, an integer of 1 or more. Default 80. */
  readonly maxEpochs?: number
  /** Steps at most, in whole epochs, an integer of 1 or more. Default 2,000. */
  readonly maxSteps?: number
  /** Told after each epoch. Default: nobody is. */
  readonly onProgress?: OnProgress
  /** Kept after each epoch, gone on from at the start, removed at the end. Default: none. */
  readonly checkpoint?: CheckpointFile | undefined
  /** What differs from `towerRecipe`. */
  readonly recipe?: Partial<TowerRecipe>
}

export interface TowerRecipe {
  /** Width of the user tower's hidden layer; 0 = one layer only. */
  readonly hidden: number
  /** How strongly the untrained user tower repeats the pooled item vector, > 0. */
  readonly echo: number
  /** Adam's step size. */
  readonly rate: number
  /** Users a step. */
  readonly batch: number
  /** Chance that an item's id vector takes no part in a step, 0–1. */
  readonly idDropout: number
  /** Decoupled weight decay of the id vectors; the other weights take a tenth. */
  readonly idDecay: number
  /** Chance that a user shows only 1–5 rows in a step, 0–1. */
  readonly fewShare: number
  /** Share of its rows a user shows otherwise: uniform between these, 0–1. */
  readonly keepFrom: number
  readonly keepTo: number
  /** Rows a step's softmax is over at most: a larger catalogue is sampled, 1 or more. */
  readonly softmaxRows: number
  /** Epochs without a better validation recall before training stops. */
  readonly patience: number
}

export const towerRecipe: TowerRecipe = {
  hidden: 128,
  echo: 8,
  rate: 3e-3,
  batch: 256,
  idDropout: 0.3,
  idDecay: 0.1,
  fewShare: 0.7,
  keepFrom: 0.1,
  keepTo: 0.9,
  softmaxRows: 12_000,
  patience: 12,
}

const towerDefaults = {
  dim: 64,
  maxEpochs: 80,
  maxSteps: 2000,
  onProgress: (() => {}) as OnProgress,
}

/** @throws HearthError `bad-argument` for a width, count or share out of range */
export function resolveTowerOptions(options: TowerOptions) {
  const recipe = { ...towerRecipe, ...options.recipe }
  const resolved = { ...towerDefaults, ...options, recipe }
  const { dim, maxEpochs, maxSteps } = resolved
  const { batch, softmaxRows } = recipe
  const counts = { dim, maxEpochs, maxSteps, batch, softmaxRows }
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1) {
      throw invalid(name, value, 'an integer of 1 or more')
    }
  }
  const { idDropout, fewShare, keepFrom, keepTo } = recipe
  for (const [name, value] of Object.entries({
    idDropout,
    fewShare,
    keepFrom,
    keepTo,
  })) {
    if (!(value >= 0 && value <= 1)) throw invalid(name, value, 'a number from 0 to 1')
  }
  return resolved
}

function invalid(option: string, got: unknown, expected: string) {
  return new HearthError(
    'bad-argument',
    `invalid ${option}: got ${got}, expected ${expected}.`,
  )
}
