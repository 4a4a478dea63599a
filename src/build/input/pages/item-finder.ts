/** What a cell of interactions calls an item (its id, its page, its title) → its index. */
import type { ItemRecord } from '../../../pack/item.ts'
import { isAddress } from './page-address.ts'
import { createPageMatcher, type PageMatcher } from './page-matcher.ts'

/** Cells that were found by each name. */
export interface FoundBy {
  readonly id: number
  readonly address: number
  readonly title: number
}

export interface ItemFinder {
  has(text: string): boolean
  /** @returns the item's index, counted by what found it */
  get(text: string): number | undefined
  /** Is it the title of one item, and of one alone? */
  hasTitle(text: string): boolean
  /** From now on what is no id and no address may be a title. */
  useTitles(): void
  readonly pages: PageMatcher
  counts(): FoundBy
}

/**
 * @param rows item id → item index
 * @param items the same items, by index; without them only ids are found
 */
export function createItemFinder(
  rows: ReadonlyMap<string, number>,
  items: readonly ItemRecord[] = [],
): ItemFinder {
  const pages = createPageMatcher(items.map(({ url }) => url))
  let titles: ReadonlyMap<string, number | undefined> | undefined
  let usesTitles = false
  const counts = { id: 0, address: 0, title: 0 }
  const titleOf = (text: string) => {
    titles ??= uniqueTitles(items)
    return titles.get(titleKey(text))
  }
  /** `12.0` is what programs write for 12 where a column has gaps. */
  const byId = (text: string) =>
    rows.get(text) ??
    (/^\d+\.0+$/.test(text) ? rows.get(text.split('.')[0]!) : undefined)
  const byAddress = (text: string) =>
    pages.size > 0 && isAddress(text) ? pages.find(text) : undefined
  const byTitle = (text: string) => (usesTitles ? titleOf(text) : undefined)
  return {
    pages,
    has: (text) => (byId(text) ?? byAddress(text) ?? byTitle(text)) !== undefined,
    get(text) {
      const id = byId(text)
      if (id !== undefined) {
        counts.id++
        return id
      }
      const address = byAddress(text)
      if (address !== undefined) {
        counts.address++
        return address
      }
      const title = byTitle(text)
      if (title !== undefined) counts.title++
      return title
    },
    hasTitle: (text) => titleOf(text) !== undefined,
    useTitles() {
      usesTitles = true
    },
    counts: () => counts,
  }
}

/** By title, and by title and year as `Dune (1965)`; undefined where two items share one. */
function uniqueTitles(
  items: readonly ItemRecord[],
): ReadonlyMap<string, number | undefined> {
  const titles = new Map<string, number | undefined>()
  items.forEach(({ title, year }, index) => {
    const names = year === undefined ? [title] : [title, `${title} (${year})`]
    for (const name of names.map(titleKey)) {
      titles.set(name, titles.has(name) ? undefined : index)
    }
  })
  return titles
}

function titleKey(title: string): string {
  return title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
}
