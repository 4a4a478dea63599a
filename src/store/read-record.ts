/** What a log takes in: events from a caller, and records that are stored, believed no more. */
import {
  checkEvent,
  checkIdentified,
  type FeedbackEvent,
  type IdentifiedEvent,
  type LoggedEvent,
} from '../feedback/event.ts'
import type { NewEvent } from './profile-store.ts'

/**
 * Pending events are numbered from here, above every seq the disk gives (it counts from
 * 1), so that they are the newest and collide with none.
 */
export const PENDING_FROM = 2 ** 52

/** A record that is no event of this version, and its number. */
export interface Unreadable {
  readonly seq: number
  readonly record: unknown
}

/** What stored records are: events, and what is set aside; both oldest first. */
export interface ReadRecords {
  readonly events: readonly LoggedEvent[]
  readonly unreadable: readonly Unreadable[]
}

/**
 * @param records in the order of their numbers
 * @param above all their numbers are, an integer ≥ 0. Default 0
 * @throws DOMException `DataError` for a record whose key is no number that the log gives: the
 *   store has to be made anew
 */
export function readRecords(records: readonly unknown[], above = 0): ReadRecords {
  const events: LoggedEvent[] = []
  const unreadable: Unreadable[] = []
  for (const record of records) {
    const { seq } = record as { readonly seq?: unknown }
    if (!isSeq(seq) || seq <= above)
      throw new DOMException('a key that is no number', 'DataError')
    const event = eventOf(seq, record)
    if (event) events.push(event)
    else unreadable.push({ seq, record })
  }
  return { events, unreadable }
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

/**
 * Events from a caller, checked and with a uid each.
 * @throws HearthError `bad-argument`, naming the field
 */
export function checkNew(
  events: readonly NewEvent[],
  uid: () => string,
): IdentifiedEvent[] {
  return events.map((event) =>
    event.uid === undefined
      ? { uid: uid(), ...checkEvent(event) }
      : checkIdentified(event),
  )
}

/**
 * An event as version 1 of the file and of the database held it, `{uid, signal: {kind, at,
 * itemId, …}}`, in today's form; other fields stay as they are. Old profiles are kept for ever.
 */
export function flatten<T extends object>(
  old: T,
): Omit<T, 'signal'> & Partial<FeedbackEvent> {
  const { signal, ...rest } = old as T & { readonly signal?: unknown }
  if (typeof signal !== 'object' || signal === null) return rest
  const { itemId, ...fields } = signal as { readonly itemId?: string }
  return { ...rest, ...fields, ...(itemId === undefined ? {} : { item: itemId }) }
}
