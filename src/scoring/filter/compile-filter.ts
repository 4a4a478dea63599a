/**
 * A checked filter and a catalogue → a mask over the items. Made once a filter: a click then
 * costs what leaving out any other item costs.
 *
 * A comparison with a missing value is false, `!=` included; its `not` is therefore true.
 * A list passes if any of its members does; `!=`, if it has members and none is equal.
 */
import type { ColumnValue } from '../../pack/attribute-column.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { CheckedNode, CheckedTest } from './check-filter.ts'
import { dayOf, type FieldValue, fold } from './fields.ts'
import type { Literal } from './filter.ts'

/** What a filter is evaluated over. */
export interface FilteredCatalogue {
  readonly itemCount: number
  readonly record: (index: number) => ItemRecord
  /** [items] the values of a column; it was read before. */
  readonly column: (name: string) => readonly (ColumnValue | undefined)[]
  /** Days since 1970. */
  readonly today: number
}

/** @returns [items] 1 where the filter holds, else 0 */
export function compileFilter(
  node: CheckedNode,
  catalogue: FilteredCatalogue,
): Uint8Array {
  if (node.type === 'test') return testMask(node, catalogue)
  if (node.type === 'not') {
    const mask = compileFilter(node.node, catalogue)
    for (let index = 0; index < mask.length; index++) mask[index] ^= 1
    return mask
  }
  const [first, ...others] = node.nodes
  const mask = compileFilter(first!, catalogue)
  for (const other of others) {
    const next = compileFilter(other, catalogue)
    if (node.type === 'and') for (let i = 0; i < mask.length; i++) mask[i] &= next[i]!
    else for (let i = 0; i < mask.length; i++) mask[i] |= next[i]!
  }
  return mask
}

function testMask(test: CheckedTest, catalogue: FilteredCatalogue): Uint8Array {
  const { itemCount, record, column, today } = catalogue
  const { read, name } = test.field
  const values = read ? undefined : column(name)
  const holds = testOf(test, today)
  const mask = new Uint8Array(itemCount)
  for (let index = 0; index < itemCount; index++) {
    const value = read ? read(record(index)) : values![index]
    if (holds(value as FieldValue)) mask[index] = 1
  }
  return mask
}

type Test = (value: FieldValue) => boolean

function testOf({ field, operator, values }: CheckedTest, today: number): Test {
  if (operator === 'exists') return (value) => !isMissing(value)
  if (operator === 'is missing') return isMissing
  if (operator === 'holds') return (value) => value === true
  if (field.type === 'flag') {
    const wanted =
      (values[0] as Literal & { type: 'flag' }).value === (operator === '=')
    return (value) => value === wanted
  }
  if (field.type === 'number') {
    const holds = numberTest(operator, values.map(numberOf))
    return (value) =>
      typeof value === 'number' && Number.isFinite(value) && holds(value)
  }
  if (field.type !== 'date') return textTest(operator, values.map(textOf))
  const holds = numberTest(
    operator,
    values.map((value) => literalDay(value, today)),
  )
  const holdsOn = remembering((text) => {
    const day = dayOf(text)
    return day !== undefined && holds(day)
  })
  return (value) => typeof value === 'string' && holdsOn(value)
}

const isMissing = (value: FieldValue) =>
  value === undefined ||
  value === '' ||
  (typeof value === 'number' && !Number.isFinite(value)) ||
  (Array.isArray(value) && value.length === 0)

function numberTest(
  operator: CheckedTest['operator'],
  values: readonly number[],
): (value: number) => boolean {
  const [first = 0, second = 0] = values
  switch (operator) {
    case '=':
      return (value) => value === first
    case '!=':
      return (value) => value !== first
    case '<':
      return (value) => value < first
    case '<=':
      return (value) => value <= first
    case '>':
      return (value) => value > first
    case '>=':
      return (value) => value >= first
    case 'between':
      return (value) => value >= first && value <= second
    default:
      return (value) => values.includes(value)
  }
}

function textTest(operator: CheckedTest['operator'], values: readonly string[]): Test {
  const wanted = new Set(values)
  const [first = ''] = values
  const holds = remembering((text) => {
    if (operator === 'contains') return fold(text).includes(first)
    if (operator === 'starts with') return fold(text).startsWith(first)
    return wanted.has(fold(text))
  })
  const any: Test = (value) =>
    typeof value === 'string'
      ? holds(value)
      : ((value as readonly string[]) ?? []).some(holds)
  if (operator !== '!=') return (value) => !isMissing(value) && any(value)
  return (value) => !isMissing(value) && !any(value)
}

/** Texts whose answer is kept: categories repeat, titles do not. */
const REMEMBERED = 2_000

/** Each text is tested once. */
function remembering(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const holds = test(text)
    if (known.size < REMEMBERED) known.set(text, holds)
    return holds
  }
}

const textOf = (literal: Literal) => fold((literal as { text: string }).text)
const numberOf = (literal: Literal) => Number((literal as { text: string }).text)

function literalDay(literal: Literal, today: number): number {
  if (literal.type === 'today') return today + literal.days
  return dayOf((literal as { text: string }).text) ?? Number.NaN
}
