/** Who did what in which order: the events of each user or session, one after another. */

import { createRandom } from '../../../math/random.ts'
import { SEQUENCE_WINDOW } from '../../../scoring/sequential.ts'
import type { Interactions, Positives } from '../../dataset/dataset.ts'
import { rowsOf } from '../../dataset/positives.ts'

/** Ordered lists of item indices (CSR): all of a user's events, or those of one session. */
export interface Sequences {
  readonly rowCount: number
  /** [sequences + 1] */
  readonly starts: Uint32Array
  /** Oldest first within a sequence; an item may come again. */
  readonly rows: Uint32Array
  /** The sequences themselves stand in the order of their last events. */
  readonly isInTimeOrder: boolean
}

/** @param lists item indices of one sequence each, oldest first */
export function toSequences(
  lists: readonly ArrayLike<number>[],
  options: Pick<Sequences, 'rowCount' | 'isInTimeOrder'>,
): Sequences {
  const starts = new Uint32Array(lists.length + 1)
  lists.forEach((list, s) => {
    starts[s + 1] = starts[s] + list.length
  })
  const rows = new Uint32Array(starts[lists.length])
  lists.forEach((list, s) => {
    rows.set(list, starts[s])
  })
  return { ...options, starts, rows }
}

/** The items of one sequence, oldest first: a view, not a copy. */
export function sequenceOf({ starts, rows }: Sequences, sequence: number): Uint32Array {
  return rows.subarray(starts[sequence], starts[sequence + 1])
}

/** The sequences from `start` up to `end`. */
export function sliceSequences(all: Sequences, start: number, end: number): Sequences {
  const from = all.starts[start]
  return {
    ...all,
    starts: all.starts.slice(start, end + 1).map((at) => at - from),
    rows: all.rows.slice(from, all.starts[end]),
  }
}

/**
 * The events of users in `positives`, in the order of their times, users by their last
 * event. Events on items that are not among the user's positives are left out, and an
 * item that follows itself at once counts as one event: it was the same page opened twice.
 * Events of one time stay in the file's order.
 *
 * @returns undefined if the interactions have no times
 */
export function ordersOf(
  { users, rows, times }: Interactions,
  positives: Positives,
): Sequences | undefined {
  if (!times) return undefined
  const events = Uint32Array.from(users.keys()).sort(
    (a, b) => users[a] - users[b] || times[a] - times[b] || a - b,
  )
  const lists: { rows: number[]; last: number }[] = []
  let user = -1
  for (const event of events) {
    if (!holds(rowsOf(positives, users[event]), rows[event])) continue
    if (users[event] !== user) lists.push({ rows: [], last: 0 })
    user = users[event]
    const list = lists[lists.length - 1]
    if (list.rows.at(-1) !== rows[event]) list.rows.push(rows[event])
    list.last = times[event]
  }
  lists.sort((a, b) => a.last - b.last)
  return toSequences(
    lists.map((list) => list.rows),
    { rowCount: positives.rowCount, isInTimeOrder: true },
  )
}

/** Whether a rising list holds `item`. */
function holds(sorted: Uint32Array, item: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < item) low = middle + 1
    else high = middle
  }
  return sorted[low] === item
}

// What a visitor did last, and what came next: what settings are evaluated on.

export interface SequenceCase {
  /** Items of the last events, newest first, at most SEQUENCE_WINDOW, never empty. */
  readonly recent: Uint32Array
  /** All items of the history, where it is longer than `recent`. */
  readonly seen?: Uint32Array
  readonly answer: number
}

/** The case of `list`'s item at `place` ≥ 1, all before it being known. */
export function caseAt(list: Uint32Array, place: number): SequenceCase {
  const known = list.slice(0, place).reverse()
  const recent = known.subarray(0, SEQUENCE_WINDOW)
  const answer = list[place]
  return known.length > recent.length
    ? { recent, seen: known, answer }
    : { recent, answer }
}

/** Sequences to train on, and cases of those held out. */
interface SequenceHoldOut {
  readonly train: Sequences
  readonly cases: readonly SequenceCase[]
}

interface HoldOutOptions {
  /** Of the sequences, 0–1: the newest where their order is known, else any. */
  readonly share: number
  /** Ceiling on the cases, spread over all there are. */
  readonly maxCases: number
  readonly seed: number
}

/** Every step of the held-out sequences but the first is a case. */
export function holdOutSequences(
  all: Sequences,
  { share, maxCases, seed }: HoldOutOptions,
): SequenceHoldOut {
  const ordered = all.isInTimeOrder ? all : shuffled(all, seed)
  const count = ordered.starts.length - 1
  const kept = count - Math.round(share * count)
  const heldOut = sliceSequences(ordered, kept, count)
  const places: [sequence: number, place: number][] = []
  for (let s = 0; s < count - kept; s++) {
    const { length } = sequenceOf(heldOut, s)
    for (let place = 1; place < length; place++) places.push([s, place])
  }
  return {
    train: sliceSequences(ordered, 0, kept),
    cases: sampleOf(places, maxCases, seed).map(([s, place]) =>
      caseAt(sequenceOf(heldOut, s), place),
    ),
  }
}

/** At most `most` of the list, drawn without replacement, in the list's order. */
export function sampleOf<T>(list: readonly T[], most: number, seed: number): T[] {
  if (list.length <= most) return [...list]
  const order = createRandom(seed).shuffleInto(Array.from(list.keys()))
  return order
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((at) => list[at])
}

function shuffled(all: Sequences, seed: number): Sequences {
  const count = all.starts.length - 1
  const order = createRandom(seed).shuffleInto(
    Array.from({ length: count }, (_, s) => s),
  )
  const starts = new Uint32Array(count + 1)
  const rows = new Uint32Array(all.rows.length)
  order.forEach((s, at) => {
    const list = sequenceOf(all, s)
    rows.set(list, starts[at])
    starts[at + 1] = starts[at] + list.length
  })
  return { ...all, starts, rows }
}
