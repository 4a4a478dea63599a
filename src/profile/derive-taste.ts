/** What the log says about the visitor, in the pack's rows, at one moment. */
import { decay } from '../signals/decay.ts'
import { strengthOf } from '../signals/strength.ts'
import {
  addEvidence,
  countKinds,
  type ItemEvidence,
  negativeOf,
  noEvidence,
  positiveOf,
  strongestKind,
  weightOf,
} from './item-evidence.ts'
import type { LoggedEvent } from './profile-store.ts'
import type { HistoryEntry, Taste } from './taste.ts'
import { inTimeOrder } from './time-order.ts'

/** Rows of history: older ones weigh little, and every row costs a look-up a score. */
export const MAX_HISTORY = 200
/** Last events in their order: as many as `sequence` looks back. */
export const MAX_RECENT = 20
/** Typed texts taken along. */
export const MAX_SEARCHES = 3
/** What was searched for is a wish of the day. */
export const SEARCH_HALF_LIFE_DAYS = 1
/** A text below this weight is forgotten: a week after it was typed. */
export const SEARCH_LEAST_WEIGHT = 0.01

/**
 * Pure: the same events, rows and time give the same taste, whatever order the events come
 * in (their own times order them, then their seq). Linear in the events, plus a sort of
 * the rows touched. Nothing but the events given matters, so an event that was removed is
 * as if it had never been.
 * @param rowOf row of an item id; undefined for one the pack does not hold, whose events
 *   are ignored
 * @param now Unix ms
 */
export function deriveTaste(
  events: readonly LoggedEvent[],
  rowOf: (id: string) => number | undefined,
  now: number,
): Taste {
  const ordered = inTimeOrder(events)
  const byRow = gatherEvidence(ordered, rowOf, now)
  const history: HistoryEntry[] = []
  const positive = new Map<number, number>()
  const negative = new Map<number, number>()
  let eventCount = 0
  for (const [row, evidence] of byRow) {
    const weight = weightOf(evidence)
    if (weight > 0) {
      history.push({ row, weight, at: evidence.at, kind: strongestKind(evidence) })
      eventCount += countKinds(evidence)
    }
    setAboveZero(positive, row, positiveOf(evidence))
    setAboveZero(negative, row, negativeOf(evidence))
  }
  history.sort((a, b) => b.at - a.at || a.row - b.row)
  return {
    eventCount,
    history: history.slice(0, MAX_HISTORY),
    recent: newestRows(ordered, rowOf, new Set(history.map(({ row }) => row))),
    positive,
    negative,
    searches: newestSearches(ordered, now),
  }
}

function gatherEvidence(
  ordered: readonly LoggedEvent[],
  rowOf: (id: string) => number | undefined,
  now: number,
): Map<number, ItemEvidence> {
  const byRow = new Map<number, ItemEvidence>()
  for (const { signal } of ordered) {
    const row = signal.itemId === undefined ? undefined : rowOf(signal.itemId)
    if (row === undefined) continue
    const evidence = byRow.get(row) ?? noEvidence()
    byRow.set(row, evidence)
    addEvidence(evidence, signal, now)
  }
  return byRow
}

/** Newest first, of `known` rows; what follows itself at once is one event. */
function newestRows(
  ordered: readonly LoggedEvent[],
  rowOf: (id: string) => number | undefined,
  known: ReadonlySet<number>,
): number[] {
  const rows: number[] = []
  for (let i = ordered.length - 1; i >= 0 && rows.length < MAX_RECENT; i--) {
    const { signal } = ordered[i]!
    if (signal.itemId === undefined || strengthOf(signal) <= 0) continue
    const row = rowOf(signal.itemId)
    if (row === undefined || !known.has(row) || rows.at(-1) === row) continue
    rows.push(row)
  }
  return rows
}

/** Each text once, newest first. */
function newestSearches(
  ordered: readonly LoggedEvent[],
  now: number,
): Taste['searches'] {
  const weights = new Map<string, number>()
  for (let i = ordered.length - 1; i >= 0 && weights.size < MAX_SEARCHES; i--) {
    const { kind, text, at } = ordered[i]!.signal
    if (kind !== 'search' || text === undefined || weights.has(text)) continue
    const weight = decay(now - at, SEARCH_HALF_LIFE_DAYS)
    if (weight < SEARCH_LEAST_WEIGHT) break // all before it are older still
    weights.set(text, weight)
  }
  return Array.from(weights, ([text, weight]) => ({ text, weight }))
}

function setAboveZero(map: Map<number, number>, row: number, value: number) {
  if (value > 0) map.set(row, value)
}
