/** Matched entries → events of the log, each with the time it happened and a name of its own. */

import { sha256 } from '@noble/hashes/sha2.js'
import type { EventInput, EventKind } from '../feedback/event.ts'
import type { HistoryEntry, HistoryKind } from './entry.ts'

/** What an entry becomes. */
export const EVENT_OF: Readonly<Record<HistoryKind, EventKind>> = {
  rated: 'rate',
  liked: 'like',
  finished: 'finish',
  opened: 'click',
  used: 'dwell',
  wanted: 'save',
  dismissed: 'dislike',
}

interface HistorySource {
  readonly source: string
  /** Names the import: the `slate` of its events. */
  readonly batch: string
  /** Unix ms: of entries without a date, and the latest an entry may be. */
  readonly at: number
}

type IdentifiedInput = EventInput & Required<Pick<EventInput, 'at' | 'uid'>>

/**
 * The event of an entry on the item `id`. Its uid is made of the source, the item and what was
 * done, so that one entry is one event however often its file is read.
 */
export function eventOfEntry(
  entry: HistoryEntry,
  id: string,
  { source, batch, at }: HistorySource,
): IdentifiedInput {
  const kind = EVENT_OF[entry.kind]
  const value = entry.stars ?? entry.seconds
  const event = {
    ...{ kind, item: id, slate: batch },
    at: Math.min(entry.at ?? at, at),
    ...(value === undefined ? {} : { value }),
  }
  return { ...event, uid: uidOf([source, id, kind, value ?? '', entry.at ?? '']) }
}

/** Bytes of a uid: 128 bits never meet by chance. */
const UID_BYTES = 16

function uidOf(pieces: readonly (string | number)[]): string {
  const hash = sha256(new TextEncoder().encode(JSON.stringify(pieces)))
  const hex = Array.from(hash.subarray(0, UID_BYTES), (byte) =>
    byte.toString(16).padStart(2, '0'),
  )
  return `h-${hex.join('')}`
}

const BATCH_START = 'history:'
/** Characters of a source in the name of a batch: a slate has 64. */
const MAX_SOURCE_LENGTH = 40

/** The name of an import, which its events carry as their `slate`. @param at Unix ms */
export function batchOf(source: string, at: number): string {
  return `${BATCH_START}${source.slice(0, MAX_SOURCE_LENGTH)}:${at.toString(36)}`
}
