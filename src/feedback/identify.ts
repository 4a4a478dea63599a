/**
 * What an event is given before it leaves the caller: its time and its uid. Apart from the check
 * of events, which a page's first scripts do without: the engine makes it.
 */
import type { EventInput, IdentifiedEvent } from './event.ts'

/** Fills in what a caller may leave out. */
export function identify(
  event: EventInput,
  { now, uid = randomUid }: { now: () => number; uid?: () => string },
): EventInput & Pick<IdentifiedEvent, 'at' | 'uid'> {
  return { ...event, at: event.at ?? now(), uid: event.uid ?? uid() }
}

/** 128 random bits, hexadecimal. Not `randomUUID`, which plain http does not have. */
export function randomUid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
