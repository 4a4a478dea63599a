import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HearthError } from '../errors.ts'
import { checkEvent, checkIdentified, LATEST_AT, TEXT_MAX_LENGTH } from './event.ts'
import { identify, randomUid } from './identify.ts'

const SHOWN = {
  ...{ place: 3, propensity: 0.25, policy: 'guess' },
  parts: { cf: 1.234, popularity: -0.5 },
}
const seen = (shown: unknown) => ({ kind: 'impression', at: 1, item: 'a', shown })

describe('checkEvent', () => {
  test.each([
    { kind: 'impression', at: 5, item: 'a' },
    { kind: 'click', at: 5, item: 'a' },
    { kind: 'dwell', at: 5, item: 'a', value: 12.5 },
    { kind: 'like', at: 5, item: 'a' },
    { kind: 'dislike', at: 5, item: 'a' },
    { kind: 'save', at: 5, item: 'a' },
    { kind: 'rate', at: 5, item: 'a', value: 4 },
    { kind: 'search', at: 5, text: 'the sea' },
    { kind: 'like', at: 5, item: 'a', slate: 'k2x-1' },
    { kind: 'search', at: 5, text: 'the sea', slate: 'k2x-1' },
    { kind: 'impression', at: 5, item: 'a', slate: 'k2x-1', shown: SHOWN },
    {
      ...{ kind: 'impression', at: 5, item: 'a', slate: 'k2x-1' },
      shown: { ...SHOWN, chances: { shipped: 0, learned: 0.2 } },
    },
  ])('a good $kind comes back as it was', (event) => {
    expect(checkEvent(event)).toEqual(event)
  })

  test('drops every field the kind does not have', () => {
    const click = { kind: 'click', at: 5, item: 'a', value: 3, text: 'x', evil: {} }
    expect(checkEvent(click)).toEqual({ kind: 'click', at: 5, item: 'a' })
    const search = { kind: 'search', at: 5, item: 'a', text: ' sea ', value: 1 }
    expect(checkEvent(search)).toEqual({ kind: 'search', at: 5, text: 'sea' })
  })

  test('how an item was shown is kept of an impression alone, and only its own fields', () => {
    expect(checkEvent(seen({ ...SHOWN, evil: 1 }))).toEqual(seen(SHOWN))
    expect(checkEvent({ ...seen(SHOWN), kind: 'click' })).not.toHaveProperty('shown')
  })

  test('cuts a long text, never through a character', () => {
    const plain = checkEvent({ kind: 'search', at: 0, text: 'x'.repeat(600) })
    expect(plain.text).toHaveLength(TEXT_MAX_LENGTH)
    const waves = checkEvent({ kind: 'search', at: 0, text: `x${'🌊'.repeat(400)}` })
    expect(waves.text).toBe(`x${'🌊'.repeat(255)}`)
  })

  test.each([
    ['null', null, 'event'],
    ['an array', [], 'event'],
    ['an unknown kind', { kind: 'constructor', at: 1, item: 'a' }, 'kind'],
    ['no time', { kind: 'click', item: 'a' }, 'at'],
    ['a time that is NaN', { kind: 'click', at: Number.NaN, item: 'a' }, 'at'],
    ['a time after 2100', { kind: 'click', at: LATEST_AT + 1, item: 'a' }, 'at'],
    ['a time in text', { kind: 'click', at: '5', item: 'a' }, 'at'],
    ['no item', { kind: 'like', at: 1 }, 'item'],
    ['an empty item', { kind: 'like', at: 1, item: '' }, 'item'],
    ['an endless item', { kind: 'like', at: 1, item: 'x'.repeat(9999) }, 'item'],
    ['six stars', { kind: 'rate', at: 1, item: 'a', value: 6 }, 'value'],
    ['no stars', { kind: 'rate', at: 1, item: 'a' }, 'value'],
    ['negative reading', { kind: 'dwell', at: 1, item: 'a', value: -1 }, 'value'],
    ['a week of reading', { kind: 'dwell', at: 1, item: 'a', value: 6e5 }, 'value'],
    ['an empty search', { kind: 'search', at: 1, text: '  ' }, 'text'],
    ['shown as a number', seen(3), 'shown'],
    ['a place before the first', seen({ ...SHOWN, place: -1 }), 'shown.place'],
    ['a propensity of 0', seen({ ...SHOWN, propensity: 0 }), 'shown.propensity'],
    [
      'a propensity of NaN',
      seen({ ...SHOWN, propensity: Number.NaN }),
      'shown.propensity',
    ],
    [
      'a policy without end',
      seen({ ...SHOWN, policy: 'x'.repeat(17) }),
      'shown.policy',
    ],
    ['a huge part', seen({ ...SHOWN, parts: { cf: 1e308 } }), 'shown.parts'],
    [
      'a part that is NaN',
      seen({ ...SHOWN, parts: { cf: Number.NaN } }),
      'shown.parts',
    ],
    [
      'nine parts',
      seen({ ...SHOWN, parts: { ...new Array(9).fill(1) } }),
      'shown.parts',
    ],
    [
      'a chance above 1',
      seen({ ...SHOWN, chances: { shipped: 2, learned: 0 } }),
      'shown.chances',
    ],
    ['an empty slate', { kind: 'like', at: 1, item: 'a', slate: '' }, 'slate'],
    [
      'an endless slate',
      { kind: 'like', at: 1, item: 'a', slate: 'x'.repeat(65) },
      'slate',
    ],
    ['a search for a number', { kind: 'search', at: 1, text: 7 }, 'text'],
  ])('refuses %s and names the field', (_name, value, field) => {
    expect(() => checkEvent(value)).toThrow(
      expect.objectContaining({
        code: 'bad-argument',
        message: expect.stringContaining(`wrong ${field} `),
      }),
    )
  })

  test('whatever it is given, it answers an event it would accept again, or refuses', () => {
    const units = ['a', ' ', 'é', '🌊', '\ud83c', '\udf0a']
    const part = fc.string({ maxLength: 8, unit: fc.constantFrom(...units) })
    const longText = fc.tuple(part, fc.nat(120)).map(([text, n]) => text.repeat(n))
    const near = fc.record(
      {
        kind: fc.constantFrom('click', 'rate', 'dwell', 'search', 'nap'),
        at: fc.oneof(fc.double(), fc.nat()),
        item: fc.oneof(fc.string(), fc.constant(undefined)),
        value: fc.oneof(fc.double(), fc.integer({ min: 0, max: 6 })),
        text: longText,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), (value) => {
        try {
          const event = checkEvent(value)
          expect(checkEvent(event)).toEqual(event)
        } catch (error) {
          expect(error).toBeInstanceOf(HearthError)
        }
      }),
    )
  })
})

describe('a uid', () => {
  const click = { kind: 'click', at: 5, item: 'a' } as const

  test('stays with the event it was given to', () => {
    expect(checkIdentified({ ...click, uid: 'u' })).toEqual({ ...click, uid: 'u' })
    expect(identify({ ...click, uid: 'u' }, { now: () => 9 })).toEqual({
      ...{ ...click, uid: 'u' },
    })
  })

  test('and the time of an event that has none are made for it', () => {
    const made = identify(
      { kind: 'click', item: 'a' },
      { now: () => 9, uid: () => 'v' },
    )
    expect(made).toEqual({ kind: 'click', item: 'a', at: 9, uid: 'v' })
  })

  test('is 128 random bits, without what plain http does not have', () => {
    const uids = Array.from({ length: 100 }, randomUid)
    expect(new Set(uids).size).toBe(100)
    expect(uids.every((uid) => /^[0-9a-f]{32}$/.test(uid))).toBe(true)
  })

  test.each([[undefined], [''], ['x'.repeat(65)], [7]])('is refused: %s', (uid) => {
    expect(() => checkIdentified({ ...click, uid })).toThrow(/wrong uid in an event/)
  })
})
