/** A stored record, as a log may hold it, is believed no more than one from a file. */
import { checkIdentified, type LoggedEvent } from '../feedback/event.ts'

/**
 * Pending events are numbered from here, above every seq the disk gives (it counts from
 * 1), so that they are the newest and collide with none.
 */
export const PENDING_FROM = 2 ** 52

/** A record that is no event of this version, and its number. */
export interface SetAside {
  readonly seq: number
  readonly record: unknown
}

/** What stored records are: events, and what is set aside; both oldest first. */
export interface ReadRecords {
  readonly events: readonly LoggedEvent[]
  readonly setAside: readonly SetAside[]
}

/**
 * @param records in the order of their numbers
 * @param above all their numbers are, an integer ≥ 0. Default 0
 * @throws DOMException `DataError` for a record whose key is no number that the log gives: the
 *   store has to be made anew
 */
export function readRecords(records: readonly unknown[], above = 0): ReadRecords {
  const events: LoggedEvent[] = []
  const setAside: SetAside[] = []
  for (const record of records) {
    const { seq } = record as { readonly seq?: unknown }
    if (!isSeq(seq) || seq <= above)
      throw new DOMException('a key that is no number', 'DataError')
    const event = eventOf(seq, record)
    if (event) events.push(event)
    else setAside.push({ seq, record })
  }
  return { events, setAside }
}

export function isSeq(seq: unknown): seq is number {
  return (
    Number.isSafeInteger(seq) && (seq as number) > 0 && (seq as number) < PENDING_FROM
  )
}

function eventOf(seq: number, record: unknown): LoggedEvent | undefined {
  try {
    return { seq, ...checkIdentified(record) }
  } catch {
    return undefined // set aside: kept, counted and shown
  }
}
