import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HearthError } from '../../errors.ts'
import type { ColumnValue } from '../../pack/attribute-column.ts'
import { type CheckedNode, type CheckedTest, checkFilter } from './check-filter.ts'
import { compileFilter } from './compile-filter.ts'
import { dayOf, fold } from './fields.ts'
import { CATALOGUE, COLUMNS, passing, RECORDS, TODAY } from './filter.test-data.ts'
import type { Filter, FilterNode, Literal, Operator } from './filter.ts'
import { parseFilter } from './parse-filter.ts'
import { filterText, printFilter } from './print-filter.ts'

describe('a filter', () => {
  test.each<[Filter, string[]]>([
    ["category = 'Shoes' and price < 50 and available", ['3']],
    [{ category: 'Shoes', price: { lt: 50 }, available: true }, ['3']],
    ["title = 'cafe TABLE'", ['1']],
    ["author = 'FLEET'", ['2', '4']],
    ['brand = "Ørsted"', ['1']],
    ["category != 'Gifts'", ['1', '2']],
    ["not category = 'Gifts'", ['1', '2', '4']],
    ["category in ('gifts', 'tables')", ['1', '3']],
    ["category not in ('gifts', 'tables')", ['2', '4']],
    ['price between 20 and 49.5', ['2', '3']],
    ['price >= 49.5 or year <= 1999', ['1', '2', '4']],
    ['price < 50 and (available or year = 1999)', ['3']],
    ["title contains 'shoe'", ['2']],
    ["title starts with 'g'", ['3']],
    ["title not contains 'shoe'", ['1', '3', '4']],
    ['year exists', ['1', '4']],
    ['year is missing', ['2', '3']],
    ['year is not missing', ['1', '4']],
    ['not available', ['2']],
    ['available = false', ['2']],
    ['available != true', ['2']],
    ['published = 2020-02-29', ['2']],
    ["published > '2020-02-29'", ['1']],
    ['published > today - 30 days', ['1']],
    ['published > today-1 day', []],
    ['published < today', ['1', '2']],
    [{ published: { gte: { today: -2 } } }, ['1']],
    ["material = 'wool'", ['2', '4']],
    ['material exists', ['1', '2', '4']],
    ["sizes = 'm'", ['2']],
    ["sizes != 'm'", ['3']],
    ['sizes is missing', ['1', '4']],
    ['weight > 0', ['1', '2']],
    ['not weight > 0', ['3', '4']],
    ['handmade', ['1', '4']],
    ['handmade = false', ['2']],
    ['`next delivery` <= today + 7 days', ['1']],
    ["`and` = 'x'", ['1']],
    ['id in (1, 3)', ['1', '3']],
    [{ id: ['1', 3] }, ['1', '3']],
    [{ or: [{ category: 'gifts' }, 'year = 1999'] }, ['3', '4']],
    [{ and: [{ price: { gt: 10, lt: 100 } }, { not: 'available' }] }, ['2']],
    [{ price: { between: [20, 49.5] }, title: { contains: "'S" } }, ['2']],
    [{ title: { startsWith: 'un' }, year: { exists: true } }, ['4']],
    [{ year: { exists: false } }, ['2', '3']],
    ["title = 'runner\\'s shoe'", ['2']],
  ])('%j', (filter, ids) => {
    expect(passing(filter)).toEqual(ids)
  })

  test('without a test passes everything, as text and as object', () => {
    expect(filterText('  ')).toBe('')
    expect(filterText({})).toBe('')
    expect(filterText({ or: [{}, { year: 1999 }] })).toBe('')
  })

  test('keywords have no case, and lines may be broken', () => {
    expect(passing("Category IN ('gifts')\n  Or YEAR = 1999")).toEqual(['3', '4'])
  })
})

test.each([
  ['price < ', 'filter: expected a value after "<" at character 9: "price < "'],
  [
    'price < cheap',
    'filter: got "cheap", expected a value: a text stands in quotes, as \'cheap\', after "<" at character 9: "price < cheap"',
  ],
  [
    "price < 'cheap'",
    'filter: "price" is a number: got \'cheap\', expected a number without quotes at character 9: "price < \'cheap\'"',
  ],
  [
    'colour = 1',
    'filter: unknown attribute "colour", expected one of Material, sizes, weight, handmade, next delivery, and, id, title, author, category, year, series, group, language, price, currency, available, published, description, url, image at character 1: "colour = 1"',
  ],
  [
    'available and\n  pric < 3',
    'filter: unknown attribute "pric", did you mean "price"? at line 2, character 3: "available and   pric < 3"',
  ],
  [
    'price',
    'filter: "price" is a number: expected a comparison after it at character 1: "price"',
  ],
  [
    "title < 'm'",
    'filter: "title" is a text, which has no "<": expected one of =, !=, in, contains, starts with, exists, is missing at character 1: "title < \'m\'"',
  ],
  [
    "published > '2020'",
    "filter: \"published\" is a date: got '2020', expected a day like '2020-01-31' or today - 30 days at character 13: \"published > '2020'\"",
  ],
  [
    "published > '2021-02-29'",
    "filter: \"published\" is a date: got '2021-02-29', expected a day like '2020-01-31' or today - 30 days at character 13: \"published > '2021-02-29'\"",
  ],
  ["title = 'x", 'filter: expected a closing \' at character 9: "title = \'x"'],
  [
    'price == 5',
    'filter: got "=", expected a value after "=" at character 8: "price == 5"',
  ],
  [
    'price 50',
    'filter: got "50", expected an operator, as = or <, "and", "or" or the end after "price" at character 7: "price 50"',
  ],
  [
    '(price < 50',
    'filter: expected "and", "or" or ")" after "50" at character 12: "(price < 50"',
  ],
  [
    'price < 50)',
    'filter: got ")", expected "and", "or" or the end after "50" at character 11: "price < 50)"',
  ],
  ['', 'filter: expected the name of an attribute at character 1: ""'],
  [
    'published > today - 3 weeks',
    'filter: got "weeks", expected "days" after "3" at character 23: "published > today - 3 weeks"',
  ],
])('refuses %j', (text, message) => {
  const refused = () => checkFilter(parseFilter({ text }), COLUMNS, { text })
  expect(refused).toThrow(new HearthError('bad-argument', message))
})

test.each<[unknown, string]>([
  [{ price: { below: 3 } }, 'filter: wrong price.below: got 3, expected one of eq,'],
  [{ price: null }, 'filter: wrong price: got null, expected a text, a number,'],
  [{ id: [] }, 'filter: wrong id: got [], expected a list of at least one value.'],
  [
    { price: { between: 3 } },
    'filter: wrong price.between: got 3, expected a list of two',
  ],
  [7, 'filter: wrong filter: got 7, expected a text or an object.'],
])('refuses the object %j', (filter, start) => {
  expect(() => filterText(filter as Filter)).toThrow(start)
})

test('brackets without end are refused, not a crash', () => {
  const text = `${'('.repeat(9000)}available${')'.repeat(9000)}`
  expect(() => parseFilter({ text })).toThrow(/at most 60 brackets/)
  expect(() => parseFilter({ text: 'not '.repeat(4000) })).toThrow(/at most 60/)
})

/** Without the places, which the text as it is printed has elsewhere. */
const placeless = (node: FilterNode) =>
  JSON.parse(JSON.stringify(node, (key, value) => (key === 'at' ? 0 : value)))

const fields = fc.oneof(
  fc.constantFrom(
    'price',
    'title',
    'next delivery',
    'and',
    'Größe',
    'a-b',
    '2nd',
    '`',
    '\\',
  ),
  fc.string({ minLength: 1 }),
)
const texts = fc.record({
  type: fc.constant('text' as const),
  text: fc.string(),
  at: fc.constant(0),
})
const numbers = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .map((value) => ({ type: 'number' as const, text: String(value), at: 0 }))
const literals: fc.Arbitrary<Literal> = fc.oneof(
  texts,
  numbers,
  fc.boolean().map((value) => ({ type: 'flag' as const, value, at: 0 })),
  fc
    .integer({ min: -999, max: 999 })
    .map((days) => ({ type: 'today' as const, days, at: 0 })),
)
const COUNTS: Readonly<Record<Operator, [number, number]>> = {
  ...{
    '=': [1, 1],
    '!=': [1, 1],
    '<': [1, 1],
    '<=': [1, 1],
    '>': [1, 1],
    '>=': [1, 1],
  },
  ...{ in: [1, 4], between: [2, 2], contains: [1, 1], 'starts with': [1, 1] },
  ...{ exists: [0, 0], 'is missing': [0, 0], holds: [0, 0] },
}
const tests = fc
  .tuple(fields, fc.constantFrom(...(Object.keys(COUNTS) as Operator[])))
  .chain(([field, operator]) => {
    const [minLength, maxLength] = COUNTS[operator]
    const values = fc.array(literals, { minLength, maxLength })
    return values.map((own) => ({
      type: 'test' as const,
      field,
      operator,
      values: own,
      at: 0,
    }))
  })
const trees = (leaf: fc.Arbitrary<FilterNode>): fc.Arbitrary<FilterNode> =>
  fc.letrec<{ node: FilterNode }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      tie('node').map((node) => ({ type: 'not' as const, node })),
      fc.record({
        type: fc.constantFrom('and' as const, 'or' as const),
        nodes: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  })).node

test('what is printed is read as the same filter', () => {
  fc.assert(
    fc.property(trees(tests), (tree) => {
      expect(placeless(parseFilter({ text: printFilter(tree) }))).toEqual(
        placeless(tree),
      )
    }),
  )
})

test('no text makes it throw anything but a HearthError', () => {
  const pieces = fc.constantFrom(
    ...[
      'price',
      'title',
      ' ',
      '<',
      '=',
      "'",
      '"',
      '`',
      '(',
      ')',
      'and',
      'or',
      'not',
      'in',
    ],
    ...[
      'today',
      '-',
      '3',
      'days',
      'is',
      'missing',
      'between',
      ',',
      '\n',
      '2020-01-01',
      'é',
    ],
  )
  const garbage = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((all) => all.join(' ')),
    fc.array(pieces).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(garbage, (text) => {
      try {
        compileFilter(checkFilter(parseFilter({ text }), COLUMNS, { text }), CATALOGUE)
      } catch (error) {
        expect(error).toBeInstanceOf(HearthError)
      }
    }),
    { numRuns: 500 },
  )
})

test('no value makes the object form throw anything but a HearthError', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 3 }), (value) => {
      try {
        filterText(value as Filter)
      } catch (error) {
        expect(error).toBeInstanceOf(HearthError)
      }
    }),
  )
})

/** The obvious evaluation of one item. */
function naive(node: CheckedNode, index: number): boolean {
  if (node.type === 'not') return !naive(node.node, index)
  if (node.type === 'test') return naiveTest(node, index)
  const passes = (each: CheckedNode) => naive(each, index)
  return node.type === 'and' ? node.nodes.every(passes) : node.nodes.some(passes)
}

function naiveTest({ field, operator, values }: CheckedTest, index: number): boolean {
  const { read, name } = field
  const own = read
    ? read(RECORDS[index]!)
    : COLUMNS.find((column) => column.name === name)!.values[index]
  const members = (
    Array.isArray(own) ? own : own === undefined ? [] : [own]
  ) as ColumnValue[]
  const known = members
    .map((value) => (field.type === 'date' ? dayOf(String(value)) : value))
    .filter((value) => value !== undefined && !Number.isNaN(value))
    .map(
      (value) => (typeof value === 'string' ? fold(value) : value) as number | string,
    )
  if (operator === 'is missing' && field.type === 'date') return own === undefined
  if (operator === 'exists' && field.type === 'date') return own !== undefined
  if (operator === 'is missing') return known.length === 0
  if (operator === 'exists') return known.length > 0
  const wanted = values.map((literal) => {
    if (literal.type === 'flag') return literal.value
    if (literal.type === 'today') return TODAY + literal.days
    if (field.type === 'number') return Number(literal.text)
    return field.type === 'date' ? dayOf(literal.text)! : fold(literal.text)
  }) as (number | string)[]
  const [a, b] = wanted
  if (operator === '!=') return known.length > 0 && known.every((value) => value !== a)
  return known.some((value) => {
    if (operator === 'holds') return (value as unknown) === true
    if (operator === '=') return value === a
    if (operator === '<') return value < a!
    if (operator === '<=') return value <= a!
    if (operator === '>') return value > a!
    if (operator === '>=') return value >= a!
    if (operator === 'in') return wanted.includes(value)
    if (operator === 'between') return value >= a! && value <= b!
    if (operator === 'contains') return String(value).includes(String(a))
    return String(value).startsWith(String(a))
  })
}

const text = (...all: string[]) =>
  fc.constantFrom(...all).map((own) => ({ type: 'text' as const, text: own, at: 0 }))
const amount = fc
  .constantFrom('20', '49.5', '0.4', '2024', '0')
  .map((own) => ({ type: 'number' as const, text: own, at: 0 }))
const day = fc.oneof(
  text('2020-02-29', '2026-06-02', '2026-05-30'),
  fc
    .integer({ min: -40, max: 40 })
    .map((days) => ({ type: 'today' as const, days, at: 0 })),
)
const flag = fc.boolean().map((value) => ({ type: 'flag' as const, value, at: 0 }))
const fitting = (
  names: readonly string[],
  operators: readonly Operator[],
  values: fc.Arbitrary<Literal>,
) =>
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...operators))
    .chain(([field, operator]) => {
      const [minLength, maxLength] = COUNTS[operator]
      return fc
        .array(values, { minLength, maxLength })
        .map((own) => ({ type: 'test' as const, field, operator, values: own, at: 0 }))
    })
const ORDERED = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'between',
  'exists',
  'is missing',
] as const
const WORDED = [
  '=',
  '!=',
  'in',
  'contains',
  'starts with',
  'exists',
  'is missing',
] as const
const sound = fc.oneof(
  fitting(['price', 'year', 'weight'], ORDERED, amount),
  fitting(['published', 'next delivery'], ORDERED, day),
  fitting(
    ['title', 'author', 'category', 'material', 'sizes', 'group'],
    WORDED,
    text('fleet', 'M', 'wool', 'shoes', 'Cafe', 'g', ''),
  ),
  fitting(
    ['available', 'handmade'],
    ['=', '!=', 'holds', 'exists', 'is missing'],
    flag,
  ),
)

test('the mask is what testing each item by itself gives', () => {
  fc.assert(
    fc.property(trees(sound), (tree) => {
      const node = checkFilter(tree, COLUMNS, { text: printFilter(tree) })
      const mask = compileFilter(node, CATALOGUE)
      expect([...mask]).toEqual(RECORDS.map((_, index) => +naive(node, index)))
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['a date', new Date(0)],
  ['a map', new Map([['price', 5]])],
  ['a list of none', { or: [] }],
  ['no test', { price: {} }],
])('%s is no filter: it would pass everything', (_, filter) => {
  expect(() => filterText(filter as unknown as Filter)).toThrow(/^filter: wrong /)
})
