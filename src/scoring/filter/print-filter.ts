/** A filter's tree, or a filter as an object → its text: one form for caches and errors. */
import { HearthError } from '../../errors.ts'
import type {
  FieldTests,
  Filter,
  FilterNode,
  FilterTest,
  FilterValue,
  Literal,
  Operator,
} from './filter.ts'
import { isKeyword, parseFilter } from './parse-filter.ts'

/** `parseFilter` of what is returned gives the same tree, but for the places in it. */
export function printFilter(node: FilterNode): string {
  if (node.type === 'test') return printTest(node)
  if (node.type === 'not') {
    const inner = printFilter(node.node)
    return node.node.type === 'test' ? `not ${inner}` : `not (${inner})`
  }
  return node.nodes
    .map((each) =>
      each.type === 'test' || each.type === 'not'
        ? printFilter(each)
        : `(${printFilter(each)})`,
    )
    .join(` ${node.type} `)
}

function printTest({ field, operator, values }: FilterTest): string {
  const name = printName(field)
  const [first, second] = values.map(printLiteral)
  if (operator === 'holds') return name
  if (operator === 'exists' || operator === 'is missing') return `${name} ${operator}`
  if (operator === 'in') return `${name} in (${values.map(printLiteral).join(', ')})`
  if (operator === 'between') return `${name} between ${first} and ${second}`
  return `${name} ${operator} ${first}`
}

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_.]*(?:-[\p{L}_][\p{L}\p{M}\p{N}_.]*)*$/u

function printName(field: string): string {
  if (PLAIN_NAME.test(field) && !isKeyword(field)) return field
  return `\`${field.replace(/[\\`]/g, '\\$&')}\``
}

function printLiteral(literal: Literal): string {
  if (literal.type === 'number') return literal.text
  if (literal.type === 'flag') return String(literal.value)
  if (literal.type === 'text') return `'${literal.text.replace(/[\\']/g, '\\$&')}'`
  if (literal.days === 0) return 'today'
  const sign = literal.days < 0 ? '-' : '+'
  return `today ${sign} ${Math.abs(literal.days)} days`
}

const OPERATORS: Readonly<Record<Exclude<keyof FieldTests, 'exists'>, Operator>> = {
  eq: '=',
  ne: '!=',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  in: 'in',
  between: 'between',
  contains: 'contains',
  startsWith: 'starts with',
}

/**
 * A filter of either form as text; an empty object passes everything, as an empty text does.
 *
 * @throws HearthError `bad-argument` for an object that is no filter, naming its field
 */
export function filterText(filter: Filter): string {
  if (typeof filter === 'string') return filter.trim()
  const node = nodeOf(filter, 0)
  return node ? printFilter(node) : ''
}

function nodeOf(filter: unknown, depth: number): FilterNode | undefined {
  if (depth > 50) throw wrong('and', 'filters within filters within …', 'fewer')
  if (typeof filter === 'string') {
    const text = filter.trim()
    return text === '' ? undefined : parseFilter({ text })
  }
  if (!isObject(filter)) throw wrong('filter', filter, 'a text or an object')
  const nodes = Object.entries(filter).flatMap(
    ([name, given]) => fieldNode(name, given, depth) ?? [],
  )
  return nodes.length > 1 ? { type: 'and', nodes } : nodes[0]
}

function fieldNode(
  name: string,
  given: unknown,
  depth: number,
): FilterNode | undefined {
  if ((name === 'and' || name === 'or') && Array.isArray(given)) {
    if (given.length === 0) throw wrong(name, given, 'a list of at least one filter')
    const nodes = given.map((each) => nodeOf(each, depth + 1))
    // an empty filter passes everything: in an `or` nothing else matters then
    if (name === 'or' && nodes.includes(undefined)) return undefined
    const own = nodes.filter((node) => node !== undefined)
    return own.length > 1 ? { type: name, nodes: own } : own[0]
  }
  if (name === 'not' && (typeof given === 'string' || isObject(given))) {
    const node = nodeOf(given, depth + 1)
    if (!node) throw wrong('not', 'an empty filter', 'one that leaves something')
    return { type: 'not', node }
  }
  const make = (operator: Operator, values: readonly unknown[]): FilterTest => ({
    ...({ type: 'test', at: 0, field: name } as const),
    ...{ operator, values: values.map((value) => literalOf(name, value)) },
  })
  if (Array.isArray(given)) return make('in', someOf(name, given))
  if (!isObject(given) || 'today' in given) return make('=', [given])
  if (Object.keys(given).length === 0) throw wrong(name, given, 'a value or a test')
  const tests = Object.entries(given).map(([test, value]) => testNode(test, value))
  return tests.length > 1 ? { type: 'and', nodes: tests } : tests[0]

  function testNode(test: string, value: unknown): FilterNode {
    if (test === 'exists') return make(value === false ? 'is missing' : 'exists', [])
    const operator = OPERATORS[test as keyof typeof OPERATORS]
    if (!operator) {
      const known = [...Object.keys(OPERATORS), 'exists'].join(', ')
      throw wrong(`${name}.${test}`, value, `one of ${known}`)
    }
    if (operator === 'in') return make(operator, someOf(`${name}.in`, value))
    if (operator !== 'between') return make(operator, [value])
    if (Array.isArray(value) && value.length === 2) return make(operator, value)
    throw wrong(`${name}.between`, value, 'a list of two values')
  }
}

function someOf(name: string, given: unknown): readonly unknown[] {
  if (Array.isArray(given) && given.length > 0) return given
  throw wrong(name, given, 'a list of at least one value')
}

function literalOf(name: string, value: unknown): Literal {
  const at = 0
  if (typeof value === 'string') return { type: 'text', text: value, at }
  if (typeof value === 'boolean') return { type: 'flag', value, at }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return { type: 'number', text: String(value), at }
  }
  const { today } = (isObject(value) ? value : {}) as Partial<
    Record<'today', FilterValue>
  >
  if (Number.isInteger(today)) return { type: 'today', days: today as number, at }
  throw wrong(name, value, 'a text, a number, true, false or { today: days }')
}

/** A plain object: a date or a map, written by mistake, would pass everything. */
function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function wrong(name: string, value: unknown, expected: string): HearthError {
  const shown = JSON.stringify(value)?.slice(0, 60) ?? typeof value
  return new HearthError(
    'bad-argument',
    `filter: wrong ${name}: got ${shown}, expected ${expected}.`,
  )
}
