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

/** @param events newest first, as the library gives them */
export function eventDays(
  events: readonly ShownEvent[],
  now: number,
  messages: ProfileMessages,
): Day[] {
  const days = new Map<number, ShownEvent[]>()
  for (const event of events) {
    const day = startOfDay(event.at)
    const others = days.get(day)
    if (others) others.push(event)
    else days.set(day, [event])
  }
  return [...days]
    .sort(([a], [b]) => b - a)
    .map(([day, those]) => ({
      label: dayLabel(day, now, messages),
      entries: entriesOf(those, messages),
    }))
}

function entriesOf(events: readonly ShownEvent[], messages: ProfileMessages): Entry[] {
  const seen = events.filter(({ kind }) => kind === 'impression')
  const done = events
    .filter(({ kind }) => kind !== 'impression')
    .map((event) => entryOf(event, messages))
  const items = new Set(seen.map(({ item }) => item)).size
  if (items === 0) return done
  const impressions: Entry = {
    kind: 'impression',
    done: messages.seen(items),
    subject: '',
    at: seen[0]!.at,
    hasClock: true,
    seqs: seen.map(({ seq }) => seq),
  }
  return [...done, impressions]
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

const DAY_MS = 86_400_000

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
