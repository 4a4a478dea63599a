/** The door for signals from outside: page events, worker messages, imported files. */
import { HearthError } from '../errors.ts'

// Something a visitor did. Stored for ever as written; weighed when read.

export type SignalKind =
  | 'impression' // the item was seen in a slate (half of it for a second)
  | 'click' // its page was opened
  | 'dwell' // its page was read; value = seconds
  | 'like'
  | 'dislike' // "not for me"
  | 'save'
  | 'rate' // value = 1–5
  | 'search' // text = what was typed

export interface Signal {
  readonly kind: SignalKind
  /** Unix time, milliseconds. */
  readonly at: number
  /** Absent for `search`. */
  readonly itemId?: string
  /** `dwell`: seconds ≥ 0. `rate`: 1–5. */
  readonly value?: number
  /** `search` only, at most 512 characters. */
  readonly text?: string
}

/**
 * A signal in the log. `seq` rises by arrival and is never reused. An event the disk has
 * not taken yet has a number above 2^52, and another one once it is stored; both remove it.
 */
export interface LoggedEvent {
  readonly seq: number
  /** Random, unique across devices: importing a log twice adds nothing. */
  readonly uid: string
  readonly signal: Signal
}

/** What a caller gives; `at` defaults to now. */
export interface EventInput {
  readonly kind: SignalKind
  /** The item's id; absent for `search`. */
  readonly item?: string
  /** Unix time, ms. Default now. */
  readonly at?: number
  /** `dwell`: seconds ≥ 0. `rate`: 1–5. */
  readonly value?: number
  /** `search` only, at most 512 characters. */
  readonly text?: string
  /** The list it came of. */
  readonly slate?: string
  /** Random; the same uid twice is one event. Default: made here. */
  readonly uid?: string
}

const KINDS: ReadonlySet<string> = new Set<SignalKind>([
  'impression',
  'click',
  'dwell',
  'like',
  'dislike',
  'save',
  'rate',
  'search',
])

/** 1 January 2100, ms: later times are a broken clock or a hostile file. */
export const LATEST_AT = Date.UTC(2100, 0, 1)
/** UTF-16 units; a catalogue's longest ids are URLs. */
export const ITEM_ID_MAX_LENGTH = 2048
/** UTF-16 units. */
export const TEXT_MAX_LENGTH = 512
/** A day: nobody reads one page for longer. */
export const DWELL_MAX_SECONDS = 86_400

/**
 * Turns anything into a signal that may be stored: only the fields its kind has, each
 * within its range. Fields a kind does not have are dropped; a search text that is too
 * long is cut, never through a character.
 * @throws HearthError `bad-argument`, naming the field, if that cannot be done
 */
export function checkSignal(value: unknown): Signal {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong('signal', value, 'an object')
  }
  const fields = value as Readonly<Record<string, unknown>>
  const { kind } = fields
  if (!isKind(kind)) throw wrong('kind', kind, `one of ${[...KINDS].join(', ')}`)
  const at = numberIn('at', fields.at, [0, LATEST_AT])
  if (kind === 'search') return { kind, at, text: checkText(fields.text) }
  const itemId = checkItemId(fields.itemId)
  if (kind === 'dwell') {
    return { kind, at, itemId, value: numberIn('value', fields.value, DWELL_RANGE) }
  }
  if (kind === 'rate') {
    return { kind, at, itemId, value: numberIn('value', fields.value, STAR_RANGE) }
  }
  return { kind, at, itemId }
}

type Range = readonly [least: number, most: number]
const DWELL_RANGE: Range = [0, DWELL_MAX_SECONDS]
const STAR_RANGE: Range = [1, 5]

function isKind(kind: unknown): kind is SignalKind {
  return typeof kind === 'string' && KINDS.has(kind)
}

function numberIn(name: string, value: unknown, [least, most]: Range): number {
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw wrong(name, value, `a number from ${least} to ${most}`)
}

function checkItemId(value: unknown): string {
  const isUsable =
    typeof value === 'string' && value !== '' && value.length <= ITEM_ID_MAX_LENGTH
  if (isUsable) return value
  throw wrong('itemId', value, `a string of 1 to ${ITEM_ID_MAX_LENGTH} characters`)
}

function checkText(value: unknown): string {
  if (typeof value !== 'string') throw wrong('text', value, 'a string')
  const text = cutText(value.trim(), TEXT_MAX_LENGTH)
  if (text === '') throw wrong('text', value, 'at least one character')
  return text
}

/** The first `most` UTF-16 units, one fewer where the cut would halve a surrogate pair. */
function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 1)
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, isHighSurrogate ? most - 1 : most).trimEnd()
}

function wrong(name: string, value: unknown, expected: string): HearthError {
  return new HearthError(
    'bad-argument',
    `wrong ${name} in a signal: got ${shown(value)}, expected ${expected}.`,
  )
}

/** Short, and never throws: `value` may be hostile. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40))
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
