/** Events as they happened: an imported log arrives late but is no newer for it. */
import type { LoggedEvent } from './profile-store.ts'

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
  return a.signal.at - b.signal.at || a.seq - b.seq
}
