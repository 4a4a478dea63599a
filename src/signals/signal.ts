/** Something a visitor did. Stored for ever as written; weighed when read. */
export type SignalKind =
  | 'impression' // the item was seen in a slate (half of it for a second)
  | 'click' // its page was opened
  | 'dwell' // its page was read; value = seconds
  | 'like'
  | 'dislike' // "not for me"
  | 'save'
  | 'rate' // value = 1–5
  | 'search' // text = what was typed

export interface Signal {
  readonly kind: SignalKind
  /** Unix time, milliseconds. */
  readonly at: number
  /** Absent for `search`. */
  readonly itemId?: string
  /** `dwell`: seconds ≥ 0. `rate`: 1–5. */
  readonly value?: number
  /** `search` only, at most 512 characters. */
  readonly text?: string
}
