/** The stranger's first screen: what most people like, from as many corners as there are. */
import type { ItemRecord } from '../catalogue/item-record.ts'

export const FIRST_COUNT = 48
/** Most of one author, and of one series. */
const PER_MAKER = 2
/** Most of one leading genre. */
const PER_GENRE = 12

/**
 * The most popular rows (catalogue order where popularity ties) with at most PER_MAKER of
 * an author or a series and PER_GENRE of a leading genre; if that leaves fewer than
 * `count`, the best of the others fill up.
 *
 * @param popularity [items]
 * @returns min(count, items) rows, best first
 */
export function chooseFirstRows(
  items: readonly ItemRecord[],
  popularity: Float32Array,
  count = FIRST_COUNT,
): number[] {
  const ranked = items.map((_, row) => row)
  ranked.sort((a, b) => popularity[b] - popularity[a] || a - b)
  const taken = new Map<string, number>()
  const chosen: number[] = []
  const others: number[] = []
  for (const row of ranked) {
    if (chosen.length === count) break
    const limits = limitsOf(items[row])
    const hasRoom = limits.every(([key, most]) => (taken.get(key) ?? 0) < most)
    if (!hasRoom) {
      others.push(row)
      continue
    }
    chosen.push(row)
    for (const [key] of limits) taken.set(key, (taken.get(key) ?? 0) + 1)
  }
  return [...chosen, ...others.slice(0, count - chosen.length)]
}

function limitsOf({
  authors = [],
  series,
  genres = [],
}: ItemRecord): [string, number][] {
  const limits = authors.map((name): [string, number] => [`author:${name}`, PER_MAKER])
  if (series) limits.push([`series:${series.name}`, PER_MAKER])
  if (genres[0] !== undefined) limits.push([`genre:${genres[0]}`, PER_GENRE])
  return limits
}
