import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HearthError } from '../errors.ts'
import { MAX_PROFILE_EVENTS, parseProfileFile, toProfileFile } from './profile-file.ts'

const click = { kind: 'click', at: 5, itemId: 'a' } as const
const file = (events: unknown, rest: object = {}) => ({
  ...{ format: 'hearth-profile', version: 1, exportedAt: 9, events },
  ...rest,
})

describe('a profile file', () => {
  test('holds every event without its number, and comes back the same', () => {
    const made = toProfileFile([{ seq: 4, uid: 'u', signal: click }], 9)
    expect(made).toEqual(file([{ uid: 'u', signal: click }]))
    expect(parseProfileFile(JSON.parse(JSON.stringify(made)))).toEqual(made.events)
  })

  test('may be empty', () => {
    expect(parseProfileFile(file([]))).toEqual([])
  })

  test('loses what no event has, and events told twice', () => {
    const events = [
      { uid: 'u', signal: { ...click, evil: 1 }, seq: 3, more: 'x' },
      { uid: 'u', signal: { kind: 'like', at: 6, itemId: 'b' } },
    ]
    expect(parseProfileFile(file(events))).toEqual([{ uid: 'u', signal: click }])
  })
})

describe('refuses', () => {
  const sparse: unknown[] = []
  sparse[1] = { uid: 'u', signal: click }
  test.each([
    ['text', 'hello', /the file is wrong: got "hello", expected a JSON object/],
    ['nothing', null, /the file is wrong/],
    ['a list', [], /the file is wrong: got a list/],
    ['a foreign format', file([], { format: 'bookmarks' }), /format.*got "bookmarks"/],
    ['a newer version', file([], { version: 2 }), /newer Hearth: got version 2/],
    ['a version in text', file([], { version: '1' }), /version is wrong: got "1"/],
    ['no events', file(undefined), /the list of events is wrong: got undefined/],
    ['a hole', file(sparse), /event 0 is wrong: got undefined/],
    ['no uid', file([{ signal: click }]), /uid of event 0/],
    [
      'an endless uid',
      file([{ uid: 'x'.repeat(65), signal: click }]),
      /uid of event 0/,
    ],
    [
      'a broken signal',
      file([
        { uid: 'u', signal: click },
        { uid: 'v', signal: { ...click, at: -1 } },
      ]),
      /event 1 is broken: wrong at in a signal: got -1/,
    ],
    [
      'too many events',
      file(new Array(MAX_PROFILE_EVENTS + 1)),
      /number of events is wrong: got 100001, expected at most 100000/,
    ],
  ])('%s, and says so', (_name, value, message) => {
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
