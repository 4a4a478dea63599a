/** A filter's names and values against what a catalogue has: mistakes are found before use. */

import {
  dayOf,
  type Field,
  type FieldType,
  fieldOf,
  type NamedColumn,
  suggestion,
} from './fields.ts'
import {
  type FilterNode,
  type FilterSource,
  type FilterTest,
  filterError,
  type Literal,
  type Operator,
} from './filter.ts'

/** A test whose field is known and whose values fit it. */
export interface CheckedTest {
  readonly type: 'test'
  readonly field: Field
  readonly operator: Operator
  readonly values: readonly Literal[]
}

export type CheckedNode =
  | { readonly type: 'and' | 'or'; readonly nodes: readonly CheckedNode[] }
  | { readonly type: 'not'; readonly node: CheckedNode }
  | CheckedTest

const OPERATORS: Readonly<Record<Operator, readonly FieldType[]>> = {
  '=': ['text', 'list', 'number', 'date', 'flag'],
  '!=': ['text', 'list', 'number', 'date', 'flag'],
  '<': ['number', 'date'],
  '<=': ['number', 'date'],
  '>': ['number', 'date'],
  '>=': ['number', 'date'],
  in: ['text', 'list', 'number', 'date'],
  between: ['number', 'date'],
  contains: ['text', 'list'],
  'starts with': ['text', 'list'],
  exists: ['text', 'list', 'number', 'date', 'flag'],
  'is missing': ['text', 'list', 'number', 'date', 'flag'],
  holds: ['flag'],
}

const NOUNS: Readonly<Record<FieldType, string>> = {
  text: 'a text',
  list: 'a list of texts',
  number: 'a number',
  date: 'a date',
  flag: 'true or false',
}

/**
 * @param node of `parseFilter(source)`
 * @throws HearthError with `source.code` for a name the catalogue lacks, an operator that
 *   the field cannot have, or a value of another type; each with its place
 */
export function checkFilter(
  node: FilterNode,
  columns: readonly NamedColumn[],
  source: FilterSource,
): CheckedNode {
  if (node.type === 'not') {
    return { type: 'not', node: checkFilter(node.node, columns, source) }
  }
  if (node.type !== 'test') {
    const nodes = node.nodes.map((each) => checkFilter(each, columns, source))
    return { type: node.type, nodes }
  }
  return checkTest(node, columns, source)
}

function checkTest(
  { field: name, operator, values, at }: FilterTest,
  columns: readonly NamedColumn[],
  source: FilterSource,
): CheckedTest {
  const field = fieldOf(name, columns)
  if (!field) {
    throw filterError(
      source,
      at,
      `unknown attribute "${name}", ${suggestion(name, columns)}`,
    )
  }
  const { type } = field
  if (!OPERATORS[operator].includes(type)) {
    const needs = operator === 'holds' ? 'a comparison after it' : otherOperators(type)
    const given = operator === 'holds' ? '' : `, which has no "${operator}"`
    throw filterError(
      source,
      at,
      `"${name}" is ${NOUNS[type]}${given}: expected ${needs}`,
    )
  }
  for (const literal of values) {
    if (isOfType(literal, type)) continue
    throw filterError(source, literal.at, mismatch(name, literal, type))
  }
  return { type: 'test', field, operator, values }
}

function otherOperators(type: FieldType): string {
  const able = Object.entries(OPERATORS).filter(
    ([operator, types]) => types.includes(type) && operator !== 'holds',
  )
  return `one of ${able.map(([operator]) => operator).join(', ')}`
}

function isOfType(literal: Literal, type: FieldType): boolean {
  if (type === 'flag') return literal.type === 'flag'
  if (type === 'number') return literal.type === 'number'
  if (type !== 'date') return literal.type === 'text' || literal.type === 'number'
  if (literal.type === 'today') return true
  return literal.type === 'text' && dayOf(literal.text, true) !== undefined
}

function mismatch(name: string, literal: Literal, type: FieldType): string {
  const expected = {
    flag: 'true or false',
    number: 'a number without quotes',
    date: "a day like '2020-01-31' or today - 30 days",
    text: 'a text in quotes',
    list: 'a text in quotes',
  }[type]
  return `"${name}" is ${NOUNS[type]}: got ${shownLiteral(literal)}, expected ${expected}`
}

function shownLiteral(literal: Literal): string {
  if (literal.type === 'text') return `'${literal.text}'`
  if (literal.type === 'number') return literal.text
  return literal.type === 'flag' ? String(literal.value) : 'today'
}

/** The columns that a checked filter reads, each once. */
export function columnsOf(node: CheckedNode): string[] {
  if (node.type === 'test') return node.field.read ? [] : [node.field.name]
  const nodes = node.type === 'not' ? [node.node] : node.nodes
  return [...new Set(nodes.flatMap(columnsOf))]
}

/** Whether what passes depends on the day. */
export function readsToday(node: CheckedNode): boolean {
  if (node.type === 'test') return node.values.some(({ type }) => type === 'today')
  return node.type === 'not' ? readsToday(node.node) : node.nodes.some(readsToday)
}
