/** The ids that rules name and the catalogue lacks: one mistyped pins and hides nothing. */
import { unknownNote } from '../pack/overlay.ts'
import type { Rules } from '../pack/rules.ts'

/**
 * A line for each rule that names such ids: "2 ids of rules.pin are not in the catalogue: a, b".
 * No error: what is hidden or pinned may be sold out today and back tomorrow.
 */
export function unknownRuleIds(
  { pin = [], hide = [] }: Rules,
  items: readonly { readonly id: string }[],
): string[] {
  const known = new Set(items.map(({ id }) => id))
  const unknown = (ids: readonly string[]) =>
    [...new Set(ids)].filter((id) => !known.has(id))
  return [
    ...unknownNote(unknown(pin), 'rules.pin'),
    ...unknownNote(unknown(hide), 'rules.hide'),
  ]
}
