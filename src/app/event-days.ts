/** The log as a person reads it: days, newest first, what was only seen folded in one line. */
import type { ShownEvent } from '../engine/engine.ts'
import type { SignalKind } from '../signals/signal.ts'

export interface Entry {
  readonly kind: SignalKind
  /** "liked", "read for 2 min"; `subject` follows. */
  readonly deed: string
  /** A title or what was typed; empty for the fold of impressions. */
  readonly subject: string
  readonly itemId?: string
  readonly at: number
  /** The events behind it: removing the entry removes these. */
  readonly seqs: readonly number[]
}

export interface Day {
  /** "Today", "Yesterday", or a date. */
  readonly label: string
  readonly entries: readonly Entry[]
}

/** @param events newest first, as the engine gives them */
export function eventDays(events: readonly ShownEvent[], now: number): Day[] {
  const days = new Map<number, ShownEvent[]>()
  for (const event of events) {
    const day = startOfDay(event.signal.at)
    days.set(day, [...(days.get(day) ?? []), event])
  }
  return [...days]
    .sort(([a], [b]) => b - a)
    .map(([day, those]) => ({ label: dayLabel(day, now), entries: entriesOf(those) }))
}

function entriesOf(events: readonly ShownEvent[]): Entry[] {
  const seen = events.filter(({ signal }) => signal.kind === 'impression')
  const done = events.filter(({ signal }) => signal.kind !== 'impression').map(entryOf)
  const items = new Set(seen.map(({ signal }) => signal.itemId)).size
  if (items === 0) return done
  const fold: Entry = {
    kind: 'impression',
    deed: `saw ${items} ${items === 1 ? 'book' : 'books'}`,
    subject: '',
    at: seen[0]!.signal.at,
    seqs: seen.map(({ seq }) => seq),
  }
  return [...done, fold]
}

function entryOf({ seq, signal, item }: ShownEvent): Entry {
  const { kind, at, itemId } = signal
  const subject =
    kind === 'search' ? `“${signal.text ?? ''}”` : (item?.title ?? itemId ?? '')
  const entry = {
    kind,
    deed: deedOf(kind, signal.value ?? 0),
    subject,
    at,
    seqs: [seq],
  }
  return itemId === undefined ? entry : { ...entry, itemId }
}

function deedOf(kind: SignalKind, value: number): string {
  if (kind === 'rate') return `read ${starsOf(value)}`
  if (kind === 'dwell') return `stayed ${durationOf(value)} with`
  const deeds = {
    impression: 'saw',
    click: 'opened',
    like: 'liked',
    dislike: 'not for me',
    save: 'saved',
    search: 'searched',
  }
  return deeds[kind]
}

/** "★★★★☆" */
export function starsOf(value: number): string {
  const stars = Math.min(5, Math.max(0, Math.round(value)))
  return '★'.repeat(stars) + '☆'.repeat(5 - stars)
}

const durationOf = (seconds: number) =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`

function startOfDay(at: number): number {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

function dayLabel(day: number, now: number): string {
  const ago = Math.round((startOfDay(now) - day) / 86_400_000)
  if (ago === 0) return 'Today'
  if (ago === 1) return 'Yesterday'
  const isNear = ago > 0 && ago < 7
  const form = isNear
    ? ({ weekday: 'long' } as const)
    : ({ day: 'numeric', month: 'long', year: 'numeric' } as const)
  return new Intl.DateTimeFormat('en', form).format(day)
}
