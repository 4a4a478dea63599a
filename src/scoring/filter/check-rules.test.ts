import { expect, test } from 'vitest'
import { HearthError } from '../../errors.ts'
import type { Rules } from '../../pack/rules.ts'
import { checkRules } from './check-rules.ts'

const columns = [{ name: 'material', type: 'category' }] as const

test('rules that a pack can carry are returned as they are', () => {
  const rules: Rules = {
    filter: "material != 'fur'",
    hide: ['7'],
    pin: ['1', '2'],
    bury: 'not available',
    boost: [{ filter: "category = 'Sale'", by: 0.5 }],
    onlyInStock: false,
    notOlderThanDays: 365,
    maxPerAuthor: 2,
    maxPerCategory: 3,
    onePerGroup: true,
  }
  expect(checkRules(rules, columns)).toEqual(rules)
})

test.each([
  [
    { filter: 'material = 3 and' },
    'rules.filter: expected the name of an attribute after "and" at character 17: "material = 3 and"',
  ],
  [
    { bury: "matrial = 'fur'" },
    'rules.bury: unknown attribute "matrial", did you mean "material"? at character 1: "matrial = \'fur\'"',
  ],
  [
    { boost: [{ filter: 'price > true', by: 1 }] },
    'rules.boost[0].filter: "price" is a number: got true, expected a number without quotes at character 9: "price > true"',
  ],
  [
    { boost: [{ filter: 'available', by: '1' }] },
    'invalid rule boost: got [{"filter":"available","by":"1"}], expected a list of {filter, by}, by from −100 to 100.',
  ],
  [
    { maxPerAuthor: 0 },
    'invalid rule maxPerAuthor: got 0, expected a whole number from 1 to 1000.',
  ],
  [[], 'invalid rules: got [], expected an object.'],
])('refuses %j', (rules, message) => {
  expect(() => checkRules(rules, columns)).toThrow(
    new HearthError('bad-input', message),
  )
})
