/** The file a visitor takes their profile along in. */
import { HearthError, messageOf } from '../errors.ts'
import type { IdentifiedEvent, LoggedEvent } from '../feedback/event.ts'
import { checkIdentified } from '../feedback/event.ts'
import type { ProfileFile } from './profile-store.ts'
import { flatten, type Unreadable } from './read-record.ts'

const PROFILE_FORMAT = 'hearth-profile'
const PROFILE_VERSION = 2
/**
 * More than any log holds, so that what Hearth exported it imports: thirty years of ninety events
 * a day. A larger file is a mistake or an attack.
 */
export const MAX_PROFILE_EVENTS = 1_000_000

/**
 * @param exportedAt Unix ms
 * @param unreadable records that are no events; they go along as they are
 */
export function toProfileFile(
  events: readonly LoggedEvent[],
  exportedAt: number,
  unreadable: readonly Unreadable[] = [],
): ProfileFile {
  return {
    format: PROFILE_FORMAT,
    version: PROFILE_VERSION,
    exportedAt,
    events: events.map(({ seq: _, ...event }) => event),
    ...(unreadable.length > 0
      ? { unreadable: unreadable.map(({ record }) => record) }
      : {}),
  }
}

/**
 * @param file what was parsed from the file's JSON; nothing about it is trusted
 * @returns its events in order, each uid once, fields that no event has left out
 * @throws HearthError `bad-profile`, naming what is wrong and the event it is wrong with
 */
export function parseProfileFile(file: unknown): IdentifiedEvent[] {
  if (!isRecord(file)) throw bad('the file', file, 'a JSON object')
  if (file.format !== PROFILE_FORMAT) {
    throw bad('the format', file.format, `"${PROFILE_FORMAT}"`)
  }
  const version = checkVersion(file.version)
  if (!Array.isArray(file.events))
    throw bad('the list of events', file.events, 'an array')
  if (file.events.length > MAX_PROFILE_EVENTS) {
    const most = `at most ${MAX_PROFILE_EVENTS}`
    throw bad('the number of events', file.events.length, most)
  }
  const byUid = new Map<string, IdentifiedEvent>()
  // not forEach: it would pass over the holes of a sparse list
  for (let i = 0; i < file.events.length; i++) {
    const entry = parseEntry(file.events[i], { index: i, version })
    if (!byUid.has(entry.uid)) byUid.set(entry.uid, entry)
  }
  return [...byUid.values()]
}

function checkVersion(version: unknown): number {
  if (version === 1 || version === PROFILE_VERSION) return version
  if (typeof version === 'number' && version > PROFILE_VERSION) {
    throw new HearthError(
      'bad-profile',
      `this profile is from a newer Hearth: got version ${version}, expected ${PROFILE_VERSION}. Update this site's Hearth, then import it again.`,
    )
  }
  throw bad('the version', version, `1 or ${PROFILE_VERSION}`)
}

function parseEntry(
  value: unknown,
  { index, version }: { index: number; version: number },
): IdentifiedEvent {
  const where = `event ${index}`
  if (!isRecord(value)) throw bad(where, value, 'an object')
  try {
    return checkIdentified(version === 1 ? flatten(value) : value)
  } catch (cause) {
    const message = `${where} is broken: ${messageOf(cause)} Nothing was imported.`
    throw new HearthError('bad-profile', message, { cause })
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function bad(what: string, got: unknown, expected: string): HearthError {
  const shown = typeof got === 'string' ? JSON.stringify(got.slice(0, 40)) : kindOf(got)
  return new HearthError(
    'bad-profile',
    `${what} is wrong: got ${shown}, expected ${expected}. Nothing was imported; choose a file that Hearth exported.`,
  )
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
