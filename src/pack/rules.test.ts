import { expect, test } from 'vitest'
import { assertRules, checkRules, type Rules } from './rules.ts'
import { sampleRules } from './sample-source.test-data.ts'

const place = { file: 'manifest.json', at: 'rules' }

test('rules come out in one order, whatever order they came in', () => {
  const reversed = Object.fromEntries(Object.entries(sampleRules).reverse())
  const boost = [{ by: 0.5, filter: 'Signed' }]
  const checked = checkRules({ ...reversed, boost }, place)
  expect(JSON.stringify(checked)).toBe(JSON.stringify(sampleRules))
})

test('a rule that is not set is left out', () => {
  expect(checkRules({ filter: undefined, onlyInStock: false }, place)).toEqual({
    onlyInStock: false,
  })
})

test.each<[object, string]>([
  [
    { pinned: ['a'] },
    'unknown rule: got "pinned", expected one of filter, hide, pin, bury, boost, onlyInStock, notOlderThanDays, maxPerAuthor, maxPerCategory, onePerGroup.',
  ],
  [{ toString: 'a' }, 'unknown rule: got "toString"'],
  [{ filter: ' ' }, 'invalid rule filter: got " ", expected a filter, as text.'],
  [{ pin: 'a' }, 'invalid rule pin: got "a", expected a list of ids, as texts.'],
  [{ hide: [7] }, 'invalid rule hide: got [7]'],
  [{ boost: [{ filter: 'a', by: 101 }] }, 'invalid rule boost'],
  [{ boost: [{ filter: 'a', by: 1, only: true }] }, 'invalid rule boost'],
  [{ boost: [{ filter: 'a' }] }, 'invalid rule boost'],
  [
    { onlyInStock: 'yes' },
    'invalid rule onlyInStock: got "yes", expected true or false.',
  ],
  [{ notOlderThanDays: Number.NaN }, 'invalid rule notOlderThanDays'],
  [
    { maxPerAuthor: 1.5 },
    'invalid rule maxPerAuthor: got 1.5, expected a whole number',
  ],
  [{ onePerGroup: 1 }, 'invalid rule onePerGroup'],
])('%j is refused before it is written', (rules, message) => {
  expect(() => assertRules(rules as Rules)).toThrow(
    expect.objectContaining({
      code: 'bad-argument',
      message: expect.stringContaining(message),
    }),
  )
  expect(() => checkRules(rules, place)).toThrow(
    expect.objectContaining({ code: 'bad-pack' }),
  )
})
