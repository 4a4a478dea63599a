/** The log as a person reads it: days, newest first, with a day's impressions in one line. */
import type { ItemRecord, ShownEvent } from '../index.ts'
import type { ProfileMessages } from './messages/en.ts'

export interface Entry {
  readonly kind: ShownEvent['kind']
  /** "liked", "stayed 2 min with"; `subject` follows. */
  readonly done: string
  /** A title or what was typed; empty for a line of impressions. */
  readonly subject: string
  /** Absent for an item that the catalogue no longer holds. */
  readonly record?: ItemRecord
  readonly at: number
  /** False where only the day is known. */
  readonly hasClock: boolean
  /** The events behind it: removing the entry removes these. */
  readonly seqs: readonly number[]
}

export interface Day {
  /** "Today", "Yesterday", or a date. */
  readonly label: string
  readonly entries: readonly Entry[]
}

/** As much of a log as is shown at a time. */
export interface ShownDays {
  readonly days: readonly Day[]
  /** Whether the log holds older entries. */
  readonly hasMore: boolean
}

/** Most that is shown of a log: whole days, of the last of them as many entries as fit. */
export interface Page {
  readonly days: number
  readonly entries: number
}

/**
 * The newest days of a log. Only what is shown is made: a log of years has tens of thousands.
 * @param events newest first, as the library gives them
 */
export function eventDays(
  events: readonly ShownEvent[],
  { now, messages, page }: { now: number; messages: ProfileMessages; page: Page },
): ShownDays {
  const byDay = [...eventsByDay(events)].sort(([a], [b]) => b - a)
  const days: Day[] = []
  let left = page.entries
  let isCut = false
  for (const [day, those] of byDay) {
    if (days.length === page.days || left === 0) break
    const { entries, hasMore } = entriesOf(those, messages, left)
    left -= entries.length
    isCut = hasMore
    days.push({ label: dayLabel(day, now, messages), entries })
  }
  return { days, hasMore: isCut || days.length < byDay.length }
}

function eventsByDay(events: readonly ShownEvent[]): Map<number, ShownEvent[]> {
  const days = new Map<number, ShownEvent[]>()
  let day = Number.NaN
  let next = Number.NaN
  let those: ShownEvent[] = []
  for (const event of events) {
    // most follow one of the same day: a calendar is asked for the others alone
    if (!(event.at >= day && event.at < next)) {
      day = startOfDay(event.at)
      next = startOfDay(day + 36 * HOUR_MS)
      those = days.get(day) ?? []
      days.set(day, those)
    }
    those.push(event)
  }
  return days
}

/** @param most entries, at least 1; a day's impressions are one, its last */
function entriesOf(
  events: readonly ShownEvent[],
  messages: ProfileMessages,
  most: number,
): { entries: Entry[]; hasMore: boolean } {
  const seen = events.filter(({ kind }) => kind === 'impression')
  const others = events.filter(({ kind }) => kind !== 'impression')
  const done = others.slice(0, most).map((event) => entryOf(event, messages))
  const items = new Set(seen.map(({ item }) => item)).size
  if (others.length > most) return { entries: done, hasMore: true }
  if (items === 0) return { entries: done, hasMore: false }
  if (done.length === most) return { entries: done, hasMore: true }
  const impressions: Entry = {
    kind: 'impression',
    done: messages.seen(items),
    subject: '',
    at: seen[0]!.at,
    hasClock: true,
    seqs: seen.map(({ seq }) => seq),
  }
  return { entries: [...done, impressions], hasMore: false }
}

function entryOf(event: ShownEvent, messages: ProfileMessages): Entry {
  const { seq, kind, at, item, text = '', record, attribute } = event
  const subject =
    kind === 'search' ? `“${text}”` : (attribute?.name ?? record?.title ?? item ?? '')
  const done = doneWith(event, messages)
  const entry = { kind, done, subject, at, hasClock: hasClock(event), seqs: [seq] }
  return record ? { ...entry, record } : entry
}

function doneWith(
  { kind, value = 0, preference }: ShownEvent,
  messages: ProfileMessages,
): string {
  if (preference) return messages.preferred?.[preference] ?? preference
  return kind === 'rate' ? messages.rated(starsOf(value)) : messages.done(kind, value)
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A day that was brought without an hour is its noon in UTC. */
function hasClock({ slate = '', at }: ShownEvent): boolean {
  return !slate.startsWith('history:') || at % DAY_MS !== DAY_MS / 2
}

/** "★★★★☆" */
export function starsOf(value: number): string {
  const stars = Math.min(5, Math.max(0, Math.round(value)))
  return '★'.repeat(stars) + '☆'.repeat(5 - stars)
}

function startOfDay(at: number): number {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

function dayLabel(day: number, now: number, messages: ProfileMessages): string {
  const ago = Math.round((startOfDay(now) - day) / 86_400_000)
  if (ago === 0) return messages.today
  if (ago === 1) return messages.yesterday
  const isNear = ago > 0 && ago < 7
  const form = isNear
    ? ({ weekday: 'long' } as const)
    : ({ day: 'numeric', month: 'long', year: 'numeric' } as const)
  return new Intl.DateTimeFormat(messages.language, form).format(day)
}
