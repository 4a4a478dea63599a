/** The log → the visitor's taste, by item index, at one moment. */
import type { LoggedEvent } from './event.ts'
import {
  addFeedback,
  countKinds,
  type ItemFeedback,
  negativeOf,
  noFeedback,
  type PositiveKind,
  positiveOf,
  strongestKind,
  weightOf,
} from './item-feedback.ts'
import { passedOdds } from './passed-over.ts'
import type { StatedEffect } from './preferences.ts'
import { decay, strengthOf } from './weights.ts'

/**
 * What the log amounts to, by item index. Derived, never stored as truth: the same events,
 * pack and time give the same taste.
 */
export interface Taste {
  /**
   * Events in favour of an item of the history, each kind once an
   * item (a click and a like count two, two clicks one): the k of fusion.
   */
  readonly eventCount: number
  /**
   * The items the visitor showed interest in, newest first, one entry an item:
   * weight in (0, 1] = strength × decay, summed over the item's events and capped at 1.
   * An item disliked or rated badly last is left out.
   */
  readonly history: readonly HistoryEntry[]
  /**
   * Items of the last events in favour of an item of the history, newest first, an item that
   * came again more than once; successive events on one item count as one.
   */
  readonly recent: readonly number[]
  /** [few] e⁺ in [0, 1]: saved, finished, liked, rated well, returned to. */
  readonly positive: ReadonlyMap<number, number>
  /** e⁻ in [0, 1]: disliked, rated badly. */
  readonly negative: ReadonlyMap<number, number>
  /** Log odds < 0 that what was seen and passed over has lost: see passed-over.ts. */
  readonly passed: ReadonlyMap<number, number>
  /** Typed texts, newest first, with a decayed weight in (0, 1]. */
  readonly searches: readonly { readonly text: string; readonly weight: number }[]
  /** What was stated about makers and categories; absent where nothing was. */
  readonly stated?: StatedEffect
}

export interface HistoryEntry {
  readonly index: number
  readonly weight: number
  /** Unix ms of the newest event in favour of this item. */
  readonly at: number
  /** What the visitor did, strongest of its events. */
  readonly kind: PositiveKind
}

export const EMPTY_TASTE: Taste = {
  eventCount: 0,
  history: [],
  recent: [],
  positive: new Map(),
  negative: new Map(),
  passed: new Map(),
  searches: [],
}

// Events as they happened: an imported log arrives late but is no newer for it.

/**
 * @returns the events by time, then by arrival; the same array if it is in order already
 *   (linear time), as a log that was never imported into is
 */
export function inTimeOrder(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const isOrdered = events.every((event, i) => {
    const before = events[i - 1]
    return before === undefined || compareTimes(before, event) <= 0
  })
  return isOrdered ? events : [...events].sort(compareTimes)
}

function compareTimes(a: LoggedEvent, b: LoggedEvent): number {
  return a.at - b.at || a.seq - b.seq
}

/** Items of history: older ones weigh little, and each costs a look-up a score. */
export const MAX_HISTORY = 200
/** Last events in their order: as many as `sequence` looks back. */
const MAX_RECENT = 20
/** Typed texts taken along. */
const MAX_SEARCHES = 3
/** What was searched for is a wish of the day. */
const SEARCH_HALF_LIFE_DAYS = 1
/** A text below this weight is forgotten: a week after it was typed. */
const MIN_SEARCH_WEIGHT = 0.01

/**
 * Pure: the same events, items and time give the same taste, whatever order the events come
 * in (their own times order them, then their seq). Linear in the events, plus a sort of
 * the items touched. Nothing but the events given matters, so an event that was removed is
 * as if it had never been.
 * @param indexOf index of an item id; undefined for one the pack does not hold, whose events
 *   are ignored
 * @param now Unix ms
 */
export function deriveTaste(
  events: readonly LoggedEvent[],
  indexOf: (id: string) => number | undefined,
  now: number,
): Taste {
  const ordered = inTimeOrder(events)
  const byItem = gatherFeedback(ordered, indexOf, now)
  const history: HistoryEntry[] = []
  const positive = new Map<number, number>()
  const negative = new Map<number, number>()
  const passed = new Map<number, number>()
  let eventCount = 0
  for (const [index, feedback] of byItem) {
    const weight = weightOf(feedback)
    if (weight > 0) {
      history.push({ index, weight, at: feedback.at, kind: strongestKind(feedback) })
      eventCount += countKinds(feedback)
    }
    setAboveZero(positive, index, positiveOf(feedback))
    setAboveZero(negative, index, negativeOf(feedback))
    const odds = passedOdds(feedback.passed)
    if (odds < 0) passed.set(index, odds)
  }
  history.sort((a, b) => b.at - a.at || a.index - b.index)
  return {
    eventCount,
    history: history.slice(0, MAX_HISTORY),
    recent: newestItems(ordered, indexOf, new Set(history.map(({ index }) => index))),
    positive,
    negative,
    passed,
    searches: newestSearches(ordered, now),
  }
}

function gatherFeedback(
  ordered: readonly LoggedEvent[],
  indexOf: (id: string) => number | undefined,
  now: number,
): Map<number, ItemFeedback> {
  const byItem = new Map<number, ItemFeedback>()
  for (const event of ordered) {
    const index = event.item === undefined ? undefined : indexOf(event.item)
    if (index === undefined) continue
    const feedback = byItem.get(index) ?? noFeedback()
    byItem.set(index, feedback)
    addFeedback(feedback, event, now)
  }
  return byItem
}

/** Newest first, of `known` items; what follows itself at once is one event. */
function newestItems(
  ordered: readonly LoggedEvent[],
  indexOf: (id: string) => number | undefined,
  known: ReadonlySet<number>,
): number[] {
  const indices: number[] = []
  for (let i = ordered.length - 1; i >= 0 && indices.length < MAX_RECENT; i--) {
    const event = ordered[i]!
    if (event.item === undefined || strengthOf(event) <= 0) continue
    const index = indexOf(event.item)
    if (index === undefined || !known.has(index) || indices.at(-1) === index) continue
    indices.push(index)
  }
  return indices
}

/** Each text once, newest first. */
function newestSearches(
  ordered: readonly LoggedEvent[],
  now: number,
): Taste['searches'] {
  const weights = new Map<string, number>()
  for (let i = ordered.length - 1; i >= 0 && weights.size < MAX_SEARCHES; i--) {
    const { kind, text, at } = ordered[i]!
    if (kind !== 'search' || text === undefined || weights.has(text)) continue
    const weight = decay(now - at, SEARCH_HALF_LIFE_DAYS)
    if (weight < MIN_SEARCH_WEIGHT) break // all before it are older still
    weights.set(text, weight)
  }
  return Array.from(weights, ([text, weight]) => ({ text, weight }))
}

function setAboveZero(map: Map<number, number>, index: number, value: number) {
  if (value > 0) map.set(index, value)
}

/**
 * The taste as if this item had never been chosen: opening an item's page, which is recorded
 * first, must not be what recommends it there. A refusal still counts.
 */
export function tasteWithout(taste: Taste, index: number): Taste {
  if (!taste.history.some((entry) => entry.index === index)) return taste
  const positive = new Map(taste.positive)
  positive.delete(index)
  return {
    ...taste,
    history: taste.history.filter((entry) => entry.index !== index),
    recent: taste.recent.filter((other) => other !== index),
    positive,
  }
}
