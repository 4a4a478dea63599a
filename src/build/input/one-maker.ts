/** A maker that nearly every item has: it tells a visitor nothing, and may be the shop itself. */
import type { ItemRecord } from '../../pack/item.ts'

/** Items from which a maker of nearly all of them is worth a line. */
const MIN_ITEMS = 10
const SHARE = 0.95

/** @returns `authors is "Acme" on 19 of 20 items`, with what to do; none where makers differ */
export function oneMakerNotes(items: readonly ItemRecord[]): string[] {
  if (items.length < MIN_ITEMS) return []
  const counts = new Map<string, number>()
  for (const { authors = [] } of items) {
    for (const name of authors) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= items.length * SHARE)
    .map(
      ([name, count]) =>
        `authors is "${name}" on ${count} of ${items.length} items: ` +
        'if another column holds the maker, --authors COLUMN',
    )
}
