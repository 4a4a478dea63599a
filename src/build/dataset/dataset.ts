/** What the models learn from: a cleaned catalogue and, if there are any, interactions. */
import type { AttributeColumn } from '../../pack/attribute-column.ts'
import type { ItemRecord } from '../../pack/item.ts'

export interface Dataset {
  readonly name: string
  /** In the order of the pack: an item's place is its index everywhere. */
  readonly items: readonly ItemRecord[]
  /** The owner's other columns, in the file's order. */
  readonly columns?: readonly AttributeColumn[]
  /** [items] text that the encoder reads beside the record, which no visitor is shown. */
  readonly bodies?: readonly (string | undefined)[]
  readonly interactions?: Interactions
  /** Popularity where there are no interactions. */
  readonly totals?: ItemTotals
}

/** How often each item was chosen, by numbers the owner has. */
export interface ItemTotals {
  /** [items] ≥ 0 */
  readonly counts: Float64Array
  /** The columns they come from, as the report names them. */
  readonly from: string
}

/** One entry an event, all arrays of the same length; users and items are dense integers. */
export interface Interactions {
  readonly userCount: number
  readonly users: Uint32Array
  /** Item indices. */
  readonly rows: Uint32Array
  /** Rating in the file's own scale if `hasRatings`, else a weight (1 if absent). */
  readonly weights: Float32Array
  readonly hasRatings: boolean
  /**
   * Are some weights NaN: interactions without a rating among others with one? They are
   * positive, and no rating is predicted from them. Absent: none is.
   */
  readonly hasUnrated?: boolean
  /** Are the weights strengths of events of several kinds, 1 the strongest? */
  readonly hasStrengths?: boolean
  /** Unix ms; absent if the file has no times. */
  readonly times?: Float64Array
}

/** The positive interactions, a sorted list of item indices a user (CSR), duplicates merged. */
export interface Positives {
  readonly userCount: number
  /** Items of the catalogue. */
  readonly rowCount: number
  /** [userCount + 1] */
  readonly indptr: Uint32Array
  /** Item indices, rising within a user. */
  readonly rows: Uint32Array
  /** Of each entry, 0–1: its strongest event. Absent: all events are of one strength. */
  readonly strengths?: Float32Array
}

/**
 * Positives split in time or at random *within* each user, as published splits are: whoever
 * is tested is trained on too. All parts number the same users and the same items.
 */
export interface UserSplit {
  readonly name: string
  /** [items] the ids of the items, by index. */
  readonly itemIds: readonly string[]
  readonly train: Positives
  /** To choose settings by. */
  readonly valid?: Positives
  readonly test: Positives
}

/** Called while training with a stage's name and its share done, 0–1. */
export type OnProgress = (stage: string, done: number) => void
