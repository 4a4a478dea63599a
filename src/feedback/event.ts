/** What a visitor did, as it is stored; and the check of every event that comes from outside. */
import { HearthError } from '../errors.ts'
import type { AttributeValue, Relation } from '../pack/pack.ts'
import { checkShown, type Shown } from './shown.ts'

const EVENT_KINDS = [
  'impression', // the item was seen in a slate (half of it for a second)
  'click', // its page was opened
  'dwell', // its page was looked at; value = seconds
  'finish', // read, watched or played to its end
  'like',
  'dislike', // "not for me"
  'save',
  'rate', // value = 1–5
  'search', // text = what was typed
  'prefer', // a maker or category is followed, wanted less, or never; about no item
  'reset', // what was learned from the events before it does not count any more
] as const

/** What a visitor did. */
export type EventKind = (typeof EVENT_KINDS)[number]

const PREFERENCES = ['follow', 'less', 'never'] as const

/** What a visitor wants of a maker or a category: more of it, less of it, none of it. */
export type Preference = (typeof PREFERENCES)[number]

/** Something a visitor did. Stored for ever as written; weighed when it is read. */
export interface FeedbackEvent {
  readonly kind: EventKind
  /** The item's id; absent for `search`, `prefer` and `reset`. */
  readonly item?: string
  /** Unix time, ms. */
  readonly at: number
  /** `dwell`: seconds ≥ 0. `rate`: 1–5. */
  readonly value?: number
  /** `search` only, at most 512 characters. */
  readonly text?: string
  /** `prefer` only: what it is about. */
  readonly attribute?: AttributeValue
  /** `prefer` only. */
  readonly preference?: Preference
  /** The `slate` of the list, or the `batch` of the history, it came of, 1–64 characters. */
  readonly slate?: string
  /** `impression` only: how it stood in a list that was made here. Older logs have none. */
  readonly shown?: Shown
}

/** An event as it is named everywhere: the same uid twice is one event. */
export interface IdentifiedEvent extends FeedbackEvent {
  /** Random, unique across devices: importing a log twice adds nothing. */
  readonly uid: string
}

/**
 * An event in the log. `seq` rises by arrival and is never reused. An event the disk has
 * not taken yet has a number above 2^52, and another one once it is stored; both remove it.
 */
export interface LoggedEvent extends IdentifiedEvent {
  readonly seq: number
}

/** What a caller gives; `at` and `uid` are filled in where they are absent. */
export interface EventInput {
  readonly kind: EventKind
  /** The item's id; absent for `search`, `prefer` and `reset`. */
  readonly item?: string
  /** Unix time, ms, from 0 to the year 2100. Default now. */
  readonly at?: number
  /** `dwell`: seconds, 0 to a day. `rate`: 1–5. */
  readonly value?: number
  /** `search` only, at most 512 characters; what is longer is cut. */
  readonly text?: string
  /** `prefer` only: a value of the catalogue, its name 1–512 characters, case does not matter. */
  readonly attribute?: AttributeValue
  /** `prefer` only: `follow`, `less` or `never`. */
  readonly preference?: Preference
  /** The `slate` of the list it came of, 1–64 characters. Default none. */
  readonly slate?: string
  /** `impression` only. Default: what the engine knows of its list, by its slate. */
  readonly shown?: Shown
  /** 1–64 characters, random; the same uid twice is one event. Default: made here. */
  readonly uid?: string
}

/** 1 January 2100, ms: later times are a broken clock or a hostile file. */
export const LATEST_AT = Date.UTC(2100, 0, 1)
/** UTF-16 units; a catalogue's longest ids are URLs. */
const ITEM_ID_MAX_LENGTH = 2048
/** UTF-16 units of a slate or a uid; a UUID has 36. */
const NAME_MAX_LENGTH = 64
/** UTF-16 units. */
export const TEXT_MAX_LENGTH = 512
/** A day: nobody reads one page for longer. */
const DWELL_MAX_SECONDS = 86_400

/**
 * Turns anything into an event that may be stored: only the fields its kind has, each
 * within its range. Fields a kind does not have are dropped; a search text that is too
 * long is cut, never through a character.
 * @throws HearthError `bad-argument`, naming the field, if that cannot be done
 */
export function checkEvent(value: unknown): FeedbackEvent {
  const fields = fieldsOf(value)
  const { kind } = fields
  if (!isKind(kind)) throw wrong('kind', kind, `one of ${EVENT_KINDS.join(', ')}`)
  const at = numberIn('at', fields.at, [0, LATEST_AT])
  const slate = fields.slate === undefined ? {} : { slate: checkName('slate', fields) }
  if (kind === 'search') return { kind, at, text: checkText(fields.text), ...slate }
  if (kind === 'prefer') return { kind, at, ...checkPreference(fields), ...slate }
  if (kind === 'reset') return { kind, at }
  const item = checkItem(fields.item)
  if (kind === 'dwell' || kind === 'rate') {
    const range = kind === 'dwell' ? DWELL_RANGE : STAR_RANGE
    return { kind, item, at, value: numberIn('value', fields.value, range), ...slate }
  }
  if (kind === 'impression' && fields.shown !== undefined) {
    return { kind, item, at, ...slate, shown: checkShown(fields.shown, wrong) }
  }
  return { kind, item, at, ...slate }
}

/**
 * `checkEvent` with a uid of the event's own.
 * @throws HearthError `bad-argument`, naming the field
 */
export function checkIdentified(value: unknown): IdentifiedEvent {
  return { uid: checkName('uid', fieldsOf(value)), ...checkEvent(value) }
}

/** In the order of the pack's own list, which a page's first scripts do without. */
const RELATIONS = Object.keys({
  author: true,
  series: true,
  genre: true,
  years: true,
  tag: true,
} satisfies Record<Relation, true>) as Relation[]

type Range = readonly [least: number, most: number]
const DWELL_RANGE: Range = [0, DWELL_MAX_SECONDS]
const STAR_RANGE: Range = [1, 5]

function isKind(kind: unknown): kind is EventKind {
  return EVENT_KINDS.some((known) => known === kind)
}

function numberIn(name: string, value: unknown, [least, most]: Range): number {
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw wrong(name, value, `a number from ${least} to ${most}`)
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw new HearthError(
    'bad-argument',
    `wrong event given: got ${printed(value)}, expected an object.`,
  )
}

function checkPreference(fields: Readonly<Record<string, unknown>>) {
  const { relation, name } = Object(fields.attribute) as Partial<AttributeValue>
  const preference = PREFERENCES.find((known) => known === fields.preference)
  if (!RELATIONS.some((known) => known === relation)) {
    throw wrong('attribute.relation', relation, `one of ${RELATIONS.join(', ')}`)
  }
  if (!isStringUpTo(TEXT_MAX_LENGTH, name)) {
    throw wrong(
      'attribute.name',
      name,
      `a string of 1 to ${TEXT_MAX_LENGTH} characters`,
    )
  }
  if (!preference) {
    throw wrong('preference', fields.preference, `one of ${PREFERENCES.join(', ')}`)
  }
  return { attribute: { name, relation: relation! }, preference }
}

function checkItem(value: unknown): string {
  if (isStringUpTo(ITEM_ID_MAX_LENGTH, value)) return value
  throw wrong('item', value, `a string of 1 to ${ITEM_ID_MAX_LENGTH} characters`)
}

function checkName(
  name: 'slate' | 'uid',
  fields: Readonly<Record<string, unknown>>,
): string {
  const value = fields[name]
  if (isStringUpTo(NAME_MAX_LENGTH, value)) return value
  throw wrong(name, value, `a string of 1 to ${NAME_MAX_LENGTH} characters`)
}

function isStringUpTo(most: number, value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= most
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
    `wrong ${name} in an event: got ${printed(value)}, expected ${expected}.`,
  )
}

/** Short, and never throws: `value` may be hostile. */
function printed(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40))
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
