/** A history as the library gives it: read and matched, to be chosen from. Plain data. */

import type { EventKind } from '../feedback/event.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { HistoryEntry, SkippedLines } from './entry.ts'
import type { MatchReason } from './match.ts'

/** An entry of a visitor's history that was found in the catalogue. */
export interface HistoryMatch {
  readonly entry: HistoryEntry
  readonly item: ItemRecord
  /** False: to be asked about before it is added. */
  readonly isSure: boolean
  readonly why: MatchReason
  /** The kind of event it becomes. */
  readonly becomes: EventKind
  /** The log has that event already: adding it changes nothing. */
  readonly isKnown: boolean
}

/** A history as it was read from a file; nothing is stored yet. */
export interface HistoryPreview {
  /** The service, as `Goodreads`; `a table` for none that is known. */
  readonly source: string
  /** Entries that were read. */
  readonly entries: number
  /** In the file's order. */
  readonly matched: readonly HistoryMatch[]
  /** Entries of which nothing is here. */
  readonly unmatched: readonly HistoryEntry[]
  /** Lines that could not be read, by reason. */
  readonly skipped: readonly SkippedLines[]
  /** Names this import: its events carry it as their `slate`. */
  readonly batch: string
  /** Unix ms: when it was read, which entries without a date are taken to be of. */
  readonly at: number
}

/** A preview with the matches to be added. */
export type ChosenHistory = Pick<HistoryPreview, 'source' | 'batch' | 'at' | 'matched'>

/** What was added of a history. */
export interface AddedHistory {
  /** Events of this import in the log; fewer than were chosen where some were there before. */
  readonly added: number
  /** For `undoHistory`. */
  readonly batch: string
}
