/**
 * When events count as having happened. A clock that ran ahead, or a file from one, leaves
 * events of days that have not come: they would be the newest until then. Such an event counts
 * as of the moment the log took it in, as far as the log tells: not before what arrived before it.
 */
import type { LoggedEvent } from './event.ts'

/** Clocks of two tabs, or a clock just set back by the network, differ by less, ms. */
const CLOCK_SLACK_MS = 60_000

/**
 * Pure; linear. The log itself keeps the times as they were written.
 * @param events in the order they arrived
 * @param now Unix ms
 * @returns the events with times up to `now`; the same array where none is ahead of it
 */
export function countedEvents(
  events: readonly LoggedEvent[],
  now: number,
): readonly LoggedEvent[] {
  const latest = now + CLOCK_SLACK_MS
  if (events.every(({ at }) => at <= latest)) return events
  let before = events.find(({ at }) => at <= latest)?.at ?? now
  return events.map((event) => {
    if (event.at > latest) return { ...event, at: before }
    before = Math.max(before, event.at)
    return event
  })
}
