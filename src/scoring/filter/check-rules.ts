/** The rules of a config, checked before a pack is built with them. */
import { HearthError } from '../../errors.ts'
import type { Rules } from '../../pack/rules.ts'
import { checkFilter } from './check-filter.ts'
import { type NamedColumn, nearest } from './fields.ts'
import { parseFilter } from './parse-filter.ts'

type Check = (value: unknown, name: string, columns: readonly NamedColumn[]) => void

const CHECKS: Readonly<Record<keyof Rules, Check>> = {
  filter: checkText,
  hide: checkIds,
  pin: checkIds,
  bury: checkText,
  boost: checkBoosts,
  onlyInStock: checkFlag,
  notOlderThanDays: (value, name) => checkNumber(value, name, 0),
  maxPerAuthor: (value, name) => checkInteger(value, name),
  maxPerCategory: (value, name) => checkInteger(value, name),
  onePerGroup: checkFlag,
}

/**
 * Checks rules as a config has them: names, types and every filter.
 *
 * @param columns the owner's own columns, as the pack will have them
 * @returns the rules, typed
 * @throws HearthError `bad-input`, naming the rule, and the place in its filter
 */
export function checkRules(
  rules: unknown,
  columns: readonly NamedColumn[] = [],
): Rules {
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) {
    throw wrong('rules', rules, 'an object')
  }
  for (const [name, value] of Object.entries(rules)) {
    if (value === undefined) continue
    const check = CHECKS[name as keyof Rules]
    if (!check) {
      const names = Object.keys(CHECKS)
      const [near] = nearest(name, names)
      const hint = near
        ? `did you mean ${near}?`
        : `expected one of ${names.join(', ')}.`
      throw new HearthError('bad-input', `rules: unknown rule "${name}", ${hint}`)
    }
    check(value, `rules.${name}`, columns)
  }
  return rules as Rules
}

/** @throws HearthError `bad-input` for a text that is no filter over these columns */
function checkText(value: unknown, name: string, columns: readonly NamedColumn[]) {
  if (typeof value !== 'string' || value.trim() === '') {
    throw wrong(name, value, 'a filter as text, as "category = \'Shoes\'"')
  }
  const source = { text: value.trim(), label: name, code: 'bad-input' } as const
  checkFilter(parseFilter(source), columns, source)
}

function checkIds(value: unknown, name: string) {
  const isIds = Array.isArray(value) && value.every((id) => typeof id === 'string')
  if (!isIds) throw wrong(name, value, 'a list of ids, each a text')
}

function checkBoosts(value: unknown, name: string, columns: readonly NamedColumn[]) {
  if (!Array.isArray(value)) throw wrong(name, value, 'a list of { filter, by }')
  value.forEach((boost: unknown, place) => {
    const { filter, by } = (boost ?? {}) as { filter?: unknown; by?: unknown }
    checkText(filter, `${name}[${place}].filter`, columns)
    checkNumber(by, `${name}[${place}].by`)
  })
}

function checkFlag(value: unknown, name: string) {
  if (typeof value !== 'boolean') throw wrong(name, value, 'true or false')
}

function checkNumber(value: unknown, name: string, least = -Infinity) {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return
  throw wrong(name, value, least === 0 ? 'a number of 0 or more' : 'a number')
}

function checkInteger(value: unknown, name: string) {
  if (Number.isInteger(value) && (value as number) >= 1) return
  throw wrong(name, value, 'a whole number of 1 or more')
}

function wrong(name: string, value: unknown, expected: string): HearthError {
  const shown = JSON.stringify(value)?.slice(0, 60) ?? typeof value
  return new HearthError(
    'bad-input',
    `wrong ${name}: got ${shown}, expected ${expected}.`,
  )
}
