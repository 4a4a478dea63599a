/** What the trainers learn from: a cleaned catalogue and, if there are any, interactions. */
import type { ItemRecord } from '../../pack/item.ts'

export interface Dataset {
  readonly name: string
  /** Row order of the pack. */
  readonly items: readonly ItemRecord[]
  readonly interactions?: Interactions
}

/** One entry an event, all arrays of the same length; users and rows are dense integers. */
export interface Interactions {
  readonly userCount: number
  readonly users: Uint32Array
  readonly rows: Uint32Array
  /** Rating in the file's own scale if `hasRatings`, else a weight (1 if absent). */
  readonly weights: Float32Array
  readonly hasRatings: boolean
  /** Unix ms; absent if the file has no times. */
  readonly times?: Float64Array
}

/** The positive interactions as one sorted row list a user (CSR), duplicates merged. */
export interface Positives {
  readonly userCount: number
  readonly rowCount: number
  /** [userCount + 1] */
  readonly indptr: Uint32Array
  readonly rows: Uint32Array
}

/**
 * Positives cut in time or at random *within* each user, as published splits are: whoever
 * is tested is trained on too. All parts number the same users and the same rows.
 */
export interface UserSplit {
  readonly name: string
  /** [rows] the ids of the items, in row order. */
  readonly itemIds: readonly string[]
  readonly train: Positives
  /** To choose settings by. */
  readonly valid?: Positives
  readonly test: Positives
}

/** Told while training: a stage's name and its share done, 0–1. */
export type OnProgress = (stage: string, done: number) => void
