/**
 * What the log says about a visitor, in the pack's rows. Derived, never stored as truth:
 * the same events, pack and time give the same taste.
 */
export interface Taste {
  /**
   * Events that say something positive about an item of the history, each kind once an
   * item (a click and a like count two, two clicks one): the k of fusion.
   */
  readonly eventCount: number
  /**
   * The items the visitor showed interest in, newest first, one entry a row:
   * weight in (0, 1] = strength × decay, summed over the item's events and capped at 1.
   * An item disliked or rated badly last is left out.
   */
  readonly history: readonly HistoryEntry[]
  /**
   * Rows of the last events that speak for an item of the history, newest first, an item
   * that came again among them more than once; events on one item in a row count as one.
   */
  readonly recent: readonly number[]
  /** [few] e⁺ in [0, 1]: saved, finished, liked, rated well, returned to. */
  readonly positive: ReadonlyMap<number, number>
  /** e⁻ in [0, 1]: disliked, rated badly, shown often without a click. */
  readonly negative: ReadonlyMap<number, number>
  /** Typed texts, newest first, with a decayed weight in (0, 1]. */
  readonly searches: readonly { readonly text: string; readonly weight: number }[]
}

export interface HistoryEntry {
  readonly row: number
  readonly weight: number
  /** Unix ms of the newest event that speaks for this row. */
  readonly at: number
  /** What the visitor did, strongest of its events. */
  readonly kind: 'click' | 'dwell' | 'like' | 'save' | 'rate'
}

export const EMPTY_TASTE: Taste = {
  eventCount: 0,
  history: [],
  recent: [],
  positive: new Map(),
  negative: new Map(),
  searches: [],
}
