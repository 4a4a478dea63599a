import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HearthError } from '../errors.ts'
import { MAX_PROFILE_EVENTS, parseProfileFile, toProfileFile } from './profile-file.ts'

const click = { kind: 'click', at: 5, item: 'a' } as const
const file = (events: unknown, rest: object = {}) => ({
  ...{ format: 'hearth-profile', version: 2, exportedAt: 9, events },
  ...rest,
})

describe('a profile file', () => {
  test('holds every event without its number, and comes back the same', () => {
    const made = toProfileFile([{ seq: 4, uid: 'u', ...click }], 9)
    expect(made).toEqual(file([{ uid: 'u', ...click }]))
    expect(parseProfileFile(JSON.parse(JSON.stringify(made)))).toEqual(made.events)
  })

  test('may be empty', () => {
    expect(parseProfileFile(file([]))).toEqual([])
  })

  test('loses what no event has, and events given twice', () => {
    const events = [
      { uid: 'u', ...click, evil: 1, seq: 3, more: 'x' },
      { uid: 'u', kind: 'like', at: 6, item: 'b' },
    ]
    expect(parseProfileFile(file(events))).toEqual([{ uid: 'u', ...click }])
  })
})

test('a file of version 1 is still read', () => {
  const old = [
    { uid: 'u', signal: { kind: 'rate', at: 5, itemId: 'a', value: 4 } },
    { uid: 'v', signal: { kind: 'search', at: 6, text: 'the sea' } },
  ]
  expect(parseProfileFile(file(old, { version: 1 }))).toEqual([
    { uid: 'u', kind: 'rate', at: 5, item: 'a', value: 4 },
    { uid: 'v', kind: 'search', at: 6, text: 'the sea' },
  ])
  expect(() => parseProfileFile(file([{ uid: 'u' }], { version: 1 }))).toThrow(
    /event 0 is broken: wrong kind/,
  )
})

describe('refuses', () => {
  const sparse: unknown[] = []
  sparse[1] = { uid: 'u', ...click }
  test.each([
    ['text', 'hello', /the file is wrong: got "hello", expected a JSON object/],
    ['nothing', null, /the file is wrong/],
    ['a list', [], /the file is wrong: got a list/],
    ['a foreign format', file([], { format: 'bookmarks' }), /format.*got "bookmarks"/],
    ['a newer version', file([], { version: 3 }), /newer Hearth: got version 3/],
    ['a version in text', file([], { version: '1' }), /version is wrong: got "1"/],
    ['no events', file(undefined), /the list of events is wrong: got undefined/],
    ['a hole', file(sparse), /event 0 is wrong: got undefined/],
    ['no uid', file([{ ...click }]), /event 0 is broken: wrong uid/],
    [
      'an endless uid',
      file([{ uid: 'x'.repeat(65), ...click }]),
      /event 0 is broken: wrong uid/,
    ],
    [
      'a broken event',
      file([
        { uid: 'u', ...click },
        { uid: 'v', ...click, at: -1 },
      ]),
      /event 1 is broken: wrong at in an event: got -1/,
    ],
    [
      'too many events',
      file(new Array(MAX_PROFILE_EVENTS + 1)),
      /number of events is wrong: got 1000001, expected at most 1000000/,
    ],
  ])('refuses %s, with the reason', (_name, value, message) => {
    expect(() => parseProfileFile(value)).toThrow(
      expect.objectContaining({
        code: 'bad-profile',
        message: expect.stringMatching(message),
      }),
    )
  })

  test('anything else with the same error, and no other', () => {
    const events = fc.array(fc.oneof(fc.anything(), fc.record({ uid: fc.string() })))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          events.map((list) => file(list)),
        ),
        (value) => {
          try {
            parseProfileFile(value)
          } catch (error) {
            expect(error).toBeInstanceOf(HearthError)
            expect(error).toHaveProperty('code', 'bad-profile')
          }
        },
      ),
    )
  })
})
