import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HearthError } from '../errors.ts'
import { checkSignal, LATEST_AT, TEXT_MAX_LENGTH } from './event.ts'

describe('checkSignal', () => {
  test.each([
    { kind: 'impression', at: 5, itemId: 'a' },
    { kind: 'click', at: 5, itemId: 'a' },
    { kind: 'dwell', at: 5, itemId: 'a', value: 12.5 },
    { kind: 'like', at: 5, itemId: 'a' },
    { kind: 'dislike', at: 5, itemId: 'a' },
    { kind: 'save', at: 5, itemId: 'a' },
    { kind: 'rate', at: 5, itemId: 'a', value: 4 },
    { kind: 'search', at: 5, text: 'the sea' },
  ])('a good $kind comes back as it was', (signal) => {
    expect(checkSignal(signal)).toEqual(signal)
  })

  test('drops every field the kind does not have', () => {
    const click = { kind: 'click', at: 5, itemId: 'a', value: 3, text: 'x', evil: {} }
    expect(checkSignal(click)).toEqual({ kind: 'click', at: 5, itemId: 'a' })
    const search = { kind: 'search', at: 5, itemId: 'a', text: ' sea ', value: 1 }
    expect(checkSignal(search)).toEqual({ kind: 'search', at: 5, text: 'sea' })
  })

  test('cuts a long text, never through a character', () => {
    const plain = checkSignal({ kind: 'search', at: 0, text: 'x'.repeat(600) })
    expect(plain.text).toHaveLength(TEXT_MAX_LENGTH)
    const waves = checkSignal({ kind: 'search', at: 0, text: `x${'🌊'.repeat(400)}` })
    expect(waves.text).toBe(`x${'🌊'.repeat(255)}`)
  })

  test.each([
    ['null', null, 'signal'],
    ['an array', [], 'signal'],
    ['an unknown kind', { kind: 'constructor', at: 1, itemId: 'a' }, 'kind'],
    ['no time', { kind: 'click', itemId: 'a' }, 'at'],
    ['a time that is NaN', { kind: 'click', at: Number.NaN, itemId: 'a' }, 'at'],
    ['a time after 2100', { kind: 'click', at: LATEST_AT + 1, itemId: 'a' }, 'at'],
    ['a time in text', { kind: 'click', at: '5', itemId: 'a' }, 'at'],
    ['no item', { kind: 'like', at: 1 }, 'itemId'],
    ['an empty item', { kind: 'like', at: 1, itemId: '' }, 'itemId'],
    ['an endless item', { kind: 'like', at: 1, itemId: 'x'.repeat(9999) }, 'itemId'],
    ['six stars', { kind: 'rate', at: 1, itemId: 'a', value: 6 }, 'value'],
    ['no stars', { kind: 'rate', at: 1, itemId: 'a' }, 'value'],
    ['negative reading', { kind: 'dwell', at: 1, itemId: 'a', value: -1 }, 'value'],
    ['a week of reading', { kind: 'dwell', at: 1, itemId: 'a', value: 6e5 }, 'value'],
    ['an empty search', { kind: 'search', at: 1, text: '  ' }, 'text'],
    ['a search for a number', { kind: 'search', at: 1, text: 7 }, 'text'],
  ])('refuses %s and names the field', (_name, value, field) => {
    expect(() => checkSignal(value)).toThrow(
      expect.objectContaining({
        code: 'bad-argument',
        message: expect.stringContaining(`wrong ${field} `),
      }),
    )
  })

  test('whatever it is given, it answers a signal it would accept again, or refuses', () => {
    const units = ['a', ' ', 'é', '🌊', '\ud83c', '\udf0a']
    const part = fc.string({ maxLength: 8, unit: fc.constantFrom(...units) })
    const longText = fc.tuple(part, fc.nat(120)).map(([text, n]) => text.repeat(n))
    const near = fc.record(
      {
        kind: fc.constantFrom('click', 'rate', 'dwell', 'search', 'nap'),
        at: fc.oneof(fc.double(), fc.nat()),
        itemId: fc.oneof(fc.string(), fc.constant(undefined)),
        value: fc.oneof(fc.double(), fc.integer({ min: 0, max: 6 })),
        text: longText,
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(near, fc.anything()), (value) => {
        try {
          const signal = checkSignal(value)
          expect(checkSignal(signal)).toEqual(signal)
        } catch (error) {
          expect(error).toBeInstanceOf(HearthError)
        }
      }),
    )
  })
})
