/** The rules of a config, with their filters, checked before a pack is built with them. */
import { HearthError, messageOf } from '../../errors.ts'
import { assertRules, type Rules } from '../../pack/rules.ts'
import { checkFilter } from './check-filter.ts'
import type { NamedColumn } from './fields.ts'
import { parseFilter } from './parse-filter.ts'

/**
 * Checks rules as a config has them: their names, their ranges, and every filter against
 * what the catalogue has.
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
    const shown = JSON.stringify(rules)?.slice(0, 60) ?? typeof rules
    throw new HearthError(
      'bad-input',
      `invalid rules: got ${shown}, expected an object.`,
    )
  }
  try {
    assertRules(rules)
  } catch (cause) {
    throw new HearthError('bad-input', messageOf(cause), { cause })
  }
  for (const { label, text } of filtersOf(rules as Rules)) {
    const source = { text, label, code: 'bad-input' } as const
    checkFilter(parseFilter(source), columns, source)
  }
  return rules as Rules
}

/** Every filter that rules hold, with what an error calls it. */
export function filtersOf({
  filter,
  bury,
  boost = [],
}: Rules): { readonly label: string; readonly text: string }[] {
  return [
    ...(filter === undefined ? [] : [{ label: 'rules.filter', text: filter }]),
    ...(bury === undefined ? [] : [{ label: 'rules.bury', text: bury }]),
    ...boost.map(({ filter: text }, place) => ({
      label: `rules.boost[${place}].filter`,
      text,
    })),
  ]
}
