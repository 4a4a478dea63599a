/**
 * The visitor's log as the engine sees it: the store's events, and what is derived from
 * them, derived again whenever the log or the hour changed. It knows its own changes from
 * those of others: another tab, or another engine on the same profile.
 */

import { countedEvents } from '../feedback/counted-time.ts'
import type { EventKind, IdentifiedEvent, LoggedEvent } from '../feedback/event.ts'
import type { StatedEffect } from '../feedback/preferences.ts'
import { reactionsOf } from '../feedback/reactions.ts'
import type { Taste } from '../feedback/taste.ts'
import { deriveTaste } from '../feedback/taste.ts'
import type { ProfileStore } from '../store/profile-store.ts'

/** Decay moves slowly: a taste this old is derived again, 10 minutes in ms. */
const TASTE_AGE_MS = 600_000

type Reactions = ReturnType<typeof reactionsOf>

/** How the log differs from what it was. */
export interface LogChange {
  /** Of the events that were added; absent where events are gone. */
  readonly kinds?: readonly EventKind[]
}

/** What a change of the store did to the log; each absent where it is nothing. */
export interface StoreChange<T> {
  readonly value: T
  readonly removed?: LogChange
  readonly added?: LogChange
}

export interface VisitorLog {
  events(): readonly LoggedEvent[]
  /** The same with the times they count as having: none ahead of now. */
  counted(): readonly LoggedEvent[]
  taste(): Taste
  reactions(): Reactions
  /** The newest event's seq, 0 for an empty log. */
  lastSeq(): number
  /** Rises with every change of the log: lists made from another version are stale. */
  version(): number
  append(events: readonly IdentifiedEvent[]): Promise<readonly LoggedEvent[]>
  /** Runs any other change of the store, and reads it again. */
  change<T>(work: () => Promise<T>): Promise<StoreChange<T>>
  /** Reads the store again. @returns what others changed; undefined for nothing */
  reload(): Promise<LogChange | undefined>
}

interface LogParts {
  /** An item's index in the pack; undefined for one that it does not hold. */
  readonly indexOf: (id: string) => number | undefined
  readonly now: () => number
  /** What stated preferences do to the pack, once `loadPreferences` has resolved. */
  readonly statedOf?: (events: readonly LoggedEvent[]) => StatedEffect | undefined
  readonly loadPreferences?: () => Promise<void>
}

/** Opens the log of `store`. @throws what `loadPreferences` does, where it holds any */
export async function openVisitorLog(
  store: ProfileStore,
  { indexOf, now, statedOf, loadPreferences }: LogParts,
): Promise<VisitorLog> {
  let events = await store.events()
  const prepareFor = async (next: readonly LoggedEvent[]) => {
    if (next.some(({ kind }) => kind === 'prefer')) await loadPreferences?.()
  }
  await prepareFor(events)
  let version = 1
  let derived:
    | {
        taste: Taste
        reactions: Reactions
        counted: readonly LoggedEvent[]
        at: number
      }
    | undefined
  /** Own changes under way: the store may hold them before the log does. */
  const underWay = new Set<Promise<unknown>>()

  function derive() {
    const at = now()
    if (!derived || Math.abs(at - derived.at) > TASTE_AGE_MS) {
      const counted = countedEvents(events, at)
      const stated = statedOf?.(counted)
      // what must never come teaches nothing either: no reason may name it
      const indexOfWanted = (id: string) => {
        const index = indexOf(id)
        return index !== undefined && stated?.hidden?.[index] ? undefined : index
      }
      derived = {
        taste: {
          ...deriveTaste(counted, indexOfWanted, at),
          ...(stated ? { stated } : {}),
        },
        reactions: reactionsOf(counted),
        counted,
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
  async function asOwn<T>(work: Promise<T>): Promise<T> {
    underWay.add(work)
    try {
      return await work
    } finally {
      underWay.delete(work)
    }
  }
  /** @returns how `next` differs from the events of now, and takes it */
  function take(next: readonly LoggedEvent[]): LogChange | undefined {
    const change = differenceOf(events, next)
    if (change) changeTo(next)
    else events = next // a pending event has another number once it is stored
    return change
  }
  async function appendNow(given: readonly IdentifiedEvent[]) {
    const logged = await store.append(given)
    const known = new Set(events.map(({ uid }) => uid))
    const fresh = logged.filter(({ uid }) => !known.has(uid) && known.add(uid))
    if (fresh.length > 0) changeTo([...events, ...fresh])
    return logged
  }
  async function changeNow<T>(work: () => Promise<T>): Promise<StoreChange<T>> {
    const value = await work()
    const next = await store.events()
    const uids = new Set(next.map(({ uid }) => uid))
    const left = events.filter(({ uid }) => uids.has(uid))
    const removed = differenceOf(events, left)
    const added = differenceOf(left, next)
    take(next)
    return { value, ...(removed ? { removed } : {}), ...(added ? { added } : {}) }
  }

  return {
    events: () => events,
    counted: () => derive().counted,
    taste: () => derive().taste,
    reactions: () => derive().reactions,
    lastSeq: () => events.at(-1)?.seq ?? 0,
    version: () => version,
    append: (given) => asOwn(appendNow(given)),
    change: (work) => asOwn(changeNow(work)),
    reload: async () => {
      for (;;) {
        await Promise.allSettled(underWay)
        const before = version
        const next = await store.events()
        await prepareFor(next).catch(() => {}) // the next change asks again
        // what this engine wrote meanwhile is no change by others: read again after it
        if (version === before && underWay.size === 0) return take(next)
      }
    },
  }
}

/** @returns undefined where both hold the same events in the same order */
function differenceOf(
  before: readonly LoggedEvent[],
  after: readonly LoggedEvent[],
): LogChange | undefined {
  const isSame =
    after.length === before.length &&
    after.every(({ uid }, i) => uid === before[i]!.uid)
  if (isSame) return undefined
  const uids = new Set(after.map(({ uid }) => uid))
  if (before.some(({ uid }) => !uids.has(uid))) return {}
  const known = new Set(before.map(({ uid }) => uid))
  return {
    kinds: after.filter(({ uid }) => !known.has(uid)).map(({ kind }) => kind),
  }
}
