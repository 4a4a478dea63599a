/**
 * The visitor's log as the engine sees it: the store's events, and what is derived from
 * them, derived again whenever the log or the hour changed.
 */

import type { LoggedEvent, Signal } from '../feedback/event.ts'
import { reactionsOf } from '../feedback/reactions.ts'
import type { Taste } from '../feedback/taste.ts'
import { deriveTaste } from '../feedback/taste.ts'
import type { ProfileStore } from '../store/profile-store.ts'

/** Decay moves slowly: a taste this old is derived again, 10 minutes in ms. */
const TASTE_AGE_MS = 600_000

type Reactions = ReturnType<typeof reactionsOf>

export interface VisitorLog {
  events(): readonly LoggedEvent[]
  taste(): Taste
  reactions(): Reactions
  /** The newest event's seq, 0 for an empty log. */
  lastSeq(): number
  /** Rises with every change of the log: lists made from another version are stale. */
  version(): number
  append(signals: readonly Signal[]): Promise<readonly LoggedEvent[]>
  /** Reads the store again. @returns whether the log is another one now */
  reload(): Promise<boolean>
}

/** Opens the log of `store`; `indexOf` gives an item's index in the pack. */
export async function openVisitorLog(
  store: ProfileStore,
  indexOf: (itemId: string) => number | undefined,
  now: () => number,
): Promise<VisitorLog> {
  let events = await store.events()
  let version = 1
  let derived: { taste: Taste; reactions: Reactions; at: number } | undefined

  function derive() {
    const at = now()
    if (!derived || at - derived.at > TASTE_AGE_MS) {
      derived = {
        taste: deriveTaste(events, indexOf, at),
        reactions: reactionsOf(events),
        at,
      }
    }
    return derived
  }
  function changeTo(next: readonly LoggedEvent[]) {
    events = next
    derived = undefined
    version++
  }

  return {
    events: () => events,
    taste: () => derive().taste,
    reactions: () => derive().reactions,
    lastSeq: () => events.at(-1)?.seq ?? 0,
    version: () => version,
    append: async (signals) => {
      const known = signals.map((signal) => findSame(events, signal))
      const fresh = signals.filter((_, i) => !known[i])
      if (fresh.length === 0) return known.filter((event) => event !== undefined)
      const logged = await store.append(fresh)
      const seqs = new Set(events.map((event) => event.seq))
      changeTo([...events, ...logged.filter((event) => !seqs.has(event.seq))])
      let next = 0
      return known.map((event) => event ?? logged[next++]!)
    },
    reload: async () => {
      const next = await store.events()
      const isSame =
        next.length === events.length &&
        next.every(({ uid }, i) => uid === events[i].uid)
      if (!isSame) changeTo(next)
      else events = next // a pending event has another number once it is stored
      return !isSame
    },
  }
}

/**
 * The event that already holds `signal`, if any: a call repeated after a worker died
 * must not count twice. Same kind, item, text and millisecond is the same signal.
 */
function findSame(events: readonly LoggedEvent[], signal: Signal) {
  for (let i = events.length - 1; i >= 0 && i >= events.length - 500; i--) {
    const other = events[i]!.signal
    const isSame =
      other.at === signal.at &&
      other.kind === signal.kind &&
      other.itemId === signal.itemId &&
      other.text === signal.text
    if (isSame) return events[i]
  }
  return undefined
}
