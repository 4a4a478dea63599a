/** The visitor's history of another service: read, matched, shown, and added as events. Loaded when a file is chosen. */

import { HearthError } from '../errors.ts'
import { batchOf, eventOfEntry } from '../history/history-events.ts'
import type { ChosenHistory, HistoryPreview } from '../history/history-preview.ts'
import { matchHistory } from '../history/match.ts'
import { readHistory } from '../history/read-history.ts'
import type { ItemTable } from '../pack/items.ts'
import type { ProfileFile } from '../store/profile-store.ts'

interface HistoryParts {
  readonly items: ItemTable
  readonly host: string | undefined
  readonly pause: (() => Promise<void>) | undefined
  /** Unix ms. */
  readonly now: () => number
  /** Uids that the log holds. */
  readonly known: ReadonlySet<string>
}

/** @throws HearthError `bad-profile` for a file in which no history can be read */
export async function previewHistory(
  file: Blob | string,
  name: string | undefined,
  { items, host, pause, now, known }: HistoryParts,
): Promise<HistoryPreview> {
  if (typeof file !== 'string' && !(file instanceof Blob)) {
    throw new HearthError(
      'bad-argument',
      `wrong history: got ${file === null ? 'null' : typeof file}, expected a file or its text.`,
    )
  }
  const { source, entries, skipped } = await readHistory(file, name)
  const { matched, unmatched } = await matchHistory(entries, items, { pause, host })
  const at = now()
  const batch = batchOf(source, at)
  return {
    ...{ source, batch, at, entries: entries.length, unmatched, skipped },
    matched: matched.map(({ entry, index, isSure, why }) => {
      const item = items.record(index)
      const { uid, kind } = eventOfEntry(entry, item.id, { source, batch, at })
      return { entry, item, isSure, why, becomes: kind, isKnown: known.has(uid) }
    }),
  }
}

/**
 * What was chosen as a profile to import, which checks it: each event once; entries on items
 * that the pack does not hold are left out.
 * @throws HearthError `bad-argument` for what is no preview
 */
export function profileOf(chosen: ChosenHistory, items: ItemTable): ProfileFile {
  if (!Array.isArray(chosen?.matched) || typeof chosen.batch !== 'string') {
    throw noPreview()
  }
  const byUid = new Map<string, ProfileFile['events'][number]>()
  for (const { entry, item } of chosen.matched) {
    if (!entry || !item) throw noPreview()
    if (items.indexOf(item.id) === undefined) continue
    const event = eventOfEntry(entry, item.id, chosen)
    byUid.set(event.uid, event)
  }
  const events = [...byUid.values()].sort((a, b) => a.at - b.at)
  return { format: 'hearth-profile', version: 2, exportedAt: chosen.at, events }
}

function noPreview(): HearthError {
  return new HearthError(
    'bad-argument',
    'wrong history: got something else, expected what readHistory gave.',
  )
}
