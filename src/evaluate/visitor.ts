/** Who is measured, and after how many events. */
import type { HeldOutUser } from '../build/splits/hold-out.ts'

/** Length of every list that is measured. */
export const LIST_LENGTH = 20

/** Number of events a visitor has shown; `all` = the whole history. */
export type EventCount = number | 'all'

export interface Visitor extends HeldOutUser {
  /** Rows rated as bad, at any time; absent without ratings. */
  readonly disliked?: ReadonlySet<number>
}

/** The newest `k` events of the history, or all of it where that is fewer. */
export function historyOf({ history }: HeldOutUser, k: EventCount): Uint32Array {
  return k === 'all' ? history : history.subarray(0, k)
}
