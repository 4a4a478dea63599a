import { describe, expect, test } from 'vitest'
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeBlock, AttributeValue } from '../pack/pack.ts'
import { checkEvent, type LoggedEvent, type Preference } from './event.ts'
import {
  FOLLOW_GAINS,
  findAttribute,
  MAX_GAIN,
  preferenceReader,
  preferencesOf,
} from './preferences.ts'

const LE_GUIN = { relation: 'author', name: 'Ursula K. Le Guin' } as const
const ROMANCE = { relation: 'genre', name: 'romance' } as const
const FANTASY = { relation: 'genre', name: 'fantasy' } as const
const EARTHSEA = { relation: 'series', name: 'Earthsea' } as const

const VALUES: readonly AttributeValue[] = [LE_GUIN, ROMANCE, FANTASY, EARTHSEA]
/** Item 0: Le Guin, fantasy, Earthsea; 1: romance; 2: romance, fantasy; 3: nothing. */
const block: AttributeBlock = {
  values: VALUES,
  indptr: Uint32Array.of(0, 3, 4, 6, 6),
  indices: Uint16Array.of(0, 2, 3, 1, 1, 2),
}
const record = (index: number): ItemRecord => ({ id: `i${index}`, title: `T${index}` })

let seq = 0
const stated = (
  attribute: AttributeValue,
  preference: Preference,
  at = ++seq,
): LoggedEvent => ({
  kind: 'prefer',
  attribute,
  preference,
  at,
  seq: ++seq,
  uid: `u${seq}`,
})

const effectOf = (...events: LoggedEvent[]) =>
  preferenceReader(block, record).effectOf(events)

describe('what is stated', () => {
  test('is the newest of each value by its own time, whatever order it arrives in', () => {
    const events = [
      stated(LE_GUIN, 'never', 900),
      stated({ ...LE_GUIN, name: ' ursula k.  le guin ' }, 'follow', 1000),
      stated(LE_GUIN, 'less', 100),
      stated(ROMANCE, 'never', 500),
    ]
    expect(
      preferencesOf(events).map(({ attribute, preference, seqs }) => [
        attribute.relation,
        preference,
        seqs.length,
      ]),
    ).toEqual([
      ['author', 'follow', 3],
      ['genre', 'never', 1],
    ])
  })

  test('is found in a catalogue whatever its spelling, and only under its own relation', () => {
    expect(findAttribute(block, { relation: 'genre', name: 'Romance ' })).toBe(1)
    expect(findAttribute(block, { relation: 'tag', name: 'romance' })).toBeUndefined()
  })
})

describe('what it does', () => {
  test('follow adds the gain of its relation and less takes it, on the items that hold it', () => {
    const { author, genre } = FOLLOW_GAINS
    expect([...effectOf(stated(LE_GUIN, 'follow'))!.gains!]).toEqual([author, 0, 0, 0])
    expect([...effectOf(stated(ROMANCE, 'less'))!.gains!]).toEqual([
      0,
      -genre,
      -genre,
      0,
    ])
    const both = effectOf(stated(ROMANCE, 'less'), stated(FANTASY, 'follow'))!
    expect([...both.gains!]).toEqual([genre, -genre, 0, 0])
  })

  test('all of it together is bounded', () => {
    const all = effectOf(
      stated(LE_GUIN, 'follow'),
      stated(FANTASY, 'follow'),
      stated(EARTHSEA, 'follow'),
    )!
    expect(all.gains![0]).toBe(MAX_GAIN)
    expect(FOLLOW_GAINS.author + FOLLOW_GAINS.series).toBeGreaterThan(MAX_GAIN)
  })

  test('never hides, whatever else of the item is followed', () => {
    const effect = effectOf(stated(ROMANCE, 'never'), stated(FANTASY, 'follow'))!
    expect([...effect.hidden!]).toEqual([0, 1, 1, 0])
    expect(effect.count).toBe(2)
    expect(effectOf(stated(ROMANCE, 'never'))!.gains).toBeUndefined()
  })

  test('beside an item that holds the value itself, others of it are not hidden', () => {
    const effect = effectOf(stated(ROMANCE, 'never'), stated(FANTASY, 'never'))!
    expect(effect.isHidden(1)).toBe(true)
    expect(effect.isHidden(1, 2)).toBe(false)
    expect(effect.isHidden(2, 1)).toBe(true) // by fantasy, which item 1 is not
  })

  test('names what is followed of an item, the largest gain first, and not what is less', () => {
    const effect = effectOf(
      stated(FANTASY, 'follow'),
      stated(LE_GUIN, 'follow'),
      stated(EARTHSEA, 'less'),
    )!
    expect(effect.followsOf(0).map(({ attribute }) => attribute)).toEqual([0, 2])
    expect(effect.followsOf(3)).toEqual([])
  })

  test('reaches a genre that the eight places of an item had no room for', () => {
    const full: AttributeBlock = {
      values: [...VALUES, ...'abcdefgh'].map((value) =>
        typeof value === 'string' ? { relation: 'tag', name: value } : value,
      ),
      indptr: Uint32Array.of(0, 8),
      indices: Uint16Array.from({ length: 8 }, (_, i) => i + 4),
    }
    const reader = preferenceReader(full, () => ({
      ...{ id: 'i0', title: 'T0', genres: ['romance'] },
    }))
    expect(reader.effectOf([stated(ROMANCE, 'never')])!.hidden).toEqual(
      Uint8Array.of(1),
    )
  })

  test('is nothing for a log without any, or of another catalogue', () => {
    expect(effectOf()).toBeUndefined()
    const other = effectOf(stated({ relation: 'author', name: 'Nobody' }, 'never'))!
    expect(other.count).toBe(0)
    expect(other.hidden).toBeUndefined()
    expect(other.gains).toBeUndefined()
  })
})

describe('an event of it', () => {
  const given = { kind: 'prefer', at: 5, attribute: LE_GUIN, preference: 'follow' }

  test('keeps what it is about and drops the rest', () => {
    const attribute = { ...LE_GUIN, more: 1 }
    expect(checkEvent({ ...given, attribute, item: 'a', value: 3 })).toEqual(given)
  })

  test.each([
    [{ ...given, attribute: undefined }, 'attribute.relation'],
    [
      { ...given, attribute: { relation: 'colour', name: 'red' } },
      'attribute.relation',
    ],
    [{ ...given, attribute: { relation: 'genre', name: '' } }, 'attribute.name'],
    [
      { ...given, attribute: { relation: 'genre', name: 'x'.repeat(513) } },
      'attribute.name',
    ],
    [{ ...given, preference: 'maybe' }, 'preference'],
  ])('is refused, naming the field: %j', (event, field) => {
    expect(() => checkEvent(event)).toThrow(`wrong ${field} in an event`)
  })
})
