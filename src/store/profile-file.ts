/** The file a visitor takes their profile along in. */
import { HearthError, messageOf } from '../errors.ts'
import type { LoggedEvent } from '../feedback/event.ts'
import { checkSignal } from '../feedback/event.ts'
import type { LogEntry } from './idb-store.ts'
import type { ProfileFile } from './profile-store.ts'

export const PROFILE_FORMAT = 'hearth-profile'
export const PROFILE_VERSION = 1
/** Ten years of thirty events a day; a larger file is a mistake or an attack. */
export const MAX_PROFILE_EVENTS = 100_000
/** A UUID has 36 characters. */
const UID_MAX_LENGTH = 64

/** @param exportedAt Unix ms */
export function toProfileFile(
  events: readonly LoggedEvent[],
  exportedAt: number,
): ProfileFile {
  return {
    format: PROFILE_FORMAT,
    version: PROFILE_VERSION,
    exportedAt,
    events: events.map(({ uid, signal }) => ({ uid, signal })),
  }
}

/**
 * @param file what was parsed from the file's JSON; nothing about it is trusted
 * @returns its events in order, each uid once, fields that no event has left out
 * @throws HearthError `bad-profile`, naming what is wrong and the event it is wrong with
 */
export function parseProfileFile(file: unknown): LogEntry[] {
  if (!isRecord(file)) throw bad('the file', file, 'a JSON object')
  if (file.format !== PROFILE_FORMAT) {
    throw bad('the format', file.format, `"${PROFILE_FORMAT}"`)
  }
  checkVersion(file.version)
  if (!Array.isArray(file.events))
    throw bad('the list of events', file.events, 'an array')
  if (file.events.length > MAX_PROFILE_EVENTS) {
    const most = `at most ${MAX_PROFILE_EVENTS}`
    throw bad('the number of events', file.events.length, most)
  }
  const byUid = new Map<string, LogEntry>()
  // not forEach: it would pass over the holes of a sparse list
  for (let i = 0; i < file.events.length; i++) {
    const entry = parseEntry(file.events[i], i)
    if (!byUid.has(entry.uid)) byUid.set(entry.uid, entry)
  }
  return [...byUid.values()]
}

function checkVersion(version: unknown) {
  if (version === PROFILE_VERSION) return
  if (typeof version === 'number' && version > PROFILE_VERSION) {
    throw new HearthError(
      'bad-profile',
      `this profile is from a newer Hearth: got version ${version}, expected ${PROFILE_VERSION}. Update this site's Hearth, then import it again.`,
    )
  }
  throw bad('the version', version, `${PROFILE_VERSION}`)
}

function parseEntry(value: unknown, index: number): LogEntry {
  const where = `event ${index}`
  if (!isRecord(value)) throw bad(where, value, 'an object')
  const { uid } = value
  const isUid = typeof uid === 'string' && uid !== '' && uid.length <= UID_MAX_LENGTH
  if (!isUid) throw bad(`the uid of ${where}`, uid, `1 to ${UID_MAX_LENGTH} characters`)
  try {
    return { uid, signal: checkSignal(value.signal) }
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
