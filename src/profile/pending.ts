/** Events the disk has not taken: kept while the page lives, offered again at each write. */
import type { LogEntry } from './idb-store.ts'
import type { LoggedEvent } from './profile-store.ts'

/**
 * Pending events are numbered from here, above every seq the disk gives (it counts from
 * 1), so that they are the newest and collide with none.
 */
export const PENDING_FROM = 2 ** 52

export interface Pending {
  /** Oldest first. */
  events(): readonly LoggedEvent[]
  add(entries: readonly LogEntry[]): readonly LoggedEvent[]
  /** The disk took all of them; `stored` are the same events under their new numbers. */
  settle(stored: readonly LoggedEvent[]): void
  /** The number an event goes by now. */
  currentSeq(seq: number): number
  remove(seqs: readonly number[]): void
  clear(): void
}

export function createPending(): Pending {
  let events: readonly LoggedEvent[] = []
  let next = PENDING_FROM
  const moved = new Map<number, number>()
  return {
    events: () => events,
    add: (entries) => {
      const added = entries.map(({ uid, signal }) => ({ seq: next++, uid, signal }))
      events = [...events, ...added]
      return added
    },
    settle: (stored) => {
      events.forEach(({ seq }, i) => {
        moved.set(seq, stored[i]?.seq ?? seq)
      })
      events = []
    },
    currentSeq: (seq) => moved.get(seq) ?? seq,
    remove: (seqs) => {
      const gone = new Set(seqs)
      events = events.filter(({ seq }) => !gone.has(seq))
    },
    clear: () => {
      events = []
      moved.clear()
    },
  }
}
