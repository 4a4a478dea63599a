/**
 * What the visitor stated about makers and categories, as against what they did with items:
 * the log's `prefer` events → what each item gains or loses by them, and which items they hide.
 *
 *   follow  +step of the relation      less  −step      never  the item is in no list
 *   gain(i) = Σ over the values of item i, cut to [−MAX_GAIN, MAX_GAIN]
 *
 * Derived, like taste: a preference whose events are removed is as if it had never been.
 */
import { MAX_ATTRIBUTES_PER_ITEM } from '../pack/attribute-block.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeBlock, AttributeValue, Relation } from '../pack/pack.ts'
import type { LoggedEvent, Preference } from './event.ts'

/** What the visitor stated about one attribute value, by the newest of its events. */
export interface StatedPreference {
  readonly attribute: AttributeValue
  readonly preference: Preference
  /** Unix ms of the newest event. */
  readonly at: number
  /** Every event about this value: remove them all to take it back. */
  readonly seqs: readonly number[]
}

/** What the stated preferences of a log do to a catalogue. */
export interface StatedEffect {
  /** Preferences that name something of this catalogue. */
  readonly count: number
  /** [items] what is added to the score, in its units; absent where nothing is. */
  readonly gains?: Float32Array
  /** [items] 1 = holds a value that must never come; absent where nothing does. */
  readonly hidden?: Uint8Array
  /** The followed values of an item, as numbers of the block, the largest gain first. */
  followsOf(
    index: number,
  ): readonly { readonly attribute: number; readonly gain: number }[]
  /** Whether the item holds a value that must never come, those of item `about` apart. */
  isHidden(index: number, about?: number): boolean
}

/**
 * What following a value of each relation is worth, in the units of the score (log-odds of a
 * click; a list's first item has about 2, its twelfth .3 less). Chosen by hand: a followed
 * maker is lifted into the list where anything else supports it, a followed genre, which holds
 * hundreds of items, decides among near equals.
 */
export const FOLLOW_GAINS: Readonly<Record<Relation, number>> = {
  author: 1,
  series: 1,
  tag: 0.5,
  genre: 0.5,
  years: 0.25,
}
/** The most that all stated preferences together add to an item, or take from it. */
export const MAX_GAIN = 1.5

const SIGNS = { follow: 1, less: -1, never: -Infinity } as const

/** By what two spellings of a value are one: without case, spaces squeezed. */
const keyOf = ({ relation, name }: AttributeValue) =>
  `${relation}\0${name.trim().replace(/\s+/g, ' ').toLowerCase()}`

/** @returns the newest statement of each attribute value, newest first */
export function preferencesOf(events: readonly LoggedEvent[]): StatedPreference[] {
  const stated = new Map<string, StatedPreference>()
  const seqsOf = new Map<string, number[]>()
  // by their own times: an imported log arrives late but is no newer for it
  const ordered = [...events].sort((a, b) => a.at - b.at || a.seq - b.seq)
  for (const { seq, at, attribute, preference } of ordered) {
    if (!attribute || !preference) continue
    const key = keyOf(attribute)
    const seqs = seqsOf.get(key) ?? []
    seqsOf.set(key, seqs)
    seqs.push(seq)
    stated.delete(key) // the newest is last
    stated.set(key, { attribute, preference, at, seqs })
  }
  return [...stated.values()].reverse()
}

/** Numbers of a block's values by `keyOf`; built once a block and kept as long as it. */
const numbers = new WeakMap<AttributeBlock, ReadonlyMap<string, number>>()

/** The number of a value in the block; undefined for one that the catalogue does not hold. */
export function findAttribute(
  block: AttributeBlock,
  attribute: AttributeValue,
): number | undefined {
  const known =
    numbers.get(block) ?? new Map(block.values.map((value, v) => [keyOf(value), v]))
  numbers.set(block, known)
  return known.get(keyOf(attribute))
}

/** Stated preferences as one catalogue understands them. */
export interface PreferenceReader {
  /** What those of a log do; undefined for a log without any. */
  effectOf(events: readonly LoggedEvent[]): StatedEffect | undefined
  /** Whether the catalogue holds the value. */
  names(attribute: AttributeValue): boolean
}

/**
 * Reads stated preferences for one catalogue; the same ones are not read twice.
 *
 * @param record of an item: where the block has no room for all its values, they are read there
 */
export function preferenceReader(
  block: AttributeBlock,
  record: (index: number) => ItemRecord,
): PreferenceReader {
  let last: readonly LoggedEvent[] = []
  let effect: StatedEffect | undefined
  return {
    effectOf: (events) => {
      const stated = events.filter(({ kind }) => kind === 'prefer')
      if (stated.length === 0) return undefined
      const isSame =
        stated.length === last.length &&
        stated.every(({ uid }, i) => uid === last[i]!.uid)
      if (!isSame || !effect) effect = effectOf(stated, block, record)
      last = stated
      return effect
    },
    names: (attribute) => findAttribute(block, attribute) !== undefined,
  }
}

function effectOf(
  events: readonly LoggedEvent[],
  block: AttributeBlock,
  record: (index: number) => ItemRecord,
): StatedEffect {
  const effects = new Map<number, number>()
  for (const { attribute, preference } of preferencesOf(events)) {
    const value = findAttribute(block, attribute)
    if (value === undefined) continue
    effects.set(value, SIGNS[preference] * FOLLOW_GAINS[attribute.relation])
  }
  const held = (index: number) =>
    valuesOf(block, index, record).filter((value) => effects.has(value))
  const count = block.indptr.length - 1
  const gains = new Float32Array(count)
  const hidden = new Uint8Array(count)
  for (let index = 0; effects.size > 0 && index < count; index++) {
    const gain = held(index).reduce((sum, value) => sum + effects.get(value)!, 0)
    if (gain === -Infinity) hidden[index] = 1
    else gains[index] = Math.min(MAX_GAIN, Math.max(-MAX_GAIN, gain))
  }
  const all = [...effects.values()]
  return {
    count: effects.size,
    ...(all.some(Number.isFinite) ? { gains } : {}),
    ...(all.includes(-Infinity) ? { hidden } : {}),
    followsOf: (index) =>
      held(index)
        .map((attribute) => ({ attribute, gain: effects.get(attribute)! }))
        .filter(({ gain }) => gain > 0)
        .sort((a, b) => b.gain - a.gain),
    isHidden: (index, about) => {
      const own = about === undefined ? [] : held(about)
      return held(index).some(
        (value) => effects.get(value) === -Infinity && !own.includes(value),
      )
    },
  }
}

/** All values of an item, also those that its eight places in the block had no room for. */
function valuesOf(
  block: AttributeBlock,
  index: number,
  record: (index: number) => ItemRecord,
): number[] {
  const values = [
    ...block.indices.subarray(block.indptr[index], block.indptr[index + 1]),
  ]
  if (values.length < MAX_ATTRIBUTES_PER_ITEM) return values
  const { genres = [], authors = [] } = record(index)
  const named = [
    ...genres.map((name) => ({ name, relation: 'genre' as const })),
    ...authors.map((name) => ({ name, relation: 'author' as const })),
  ]
  const others = named.map((attribute) => findAttribute(block, attribute))
  return [...new Set([...values, ...others])].filter((value) => value !== undefined)
}
