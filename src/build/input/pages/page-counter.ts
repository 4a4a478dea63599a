/** Counts the pages that are of no item, for the owner to see which they are. */
import { pageAddress } from './page-address.ts'

/** Pages that are counted apart, and shown. */
const MAX_PAGES = 100_000
const PAGES_SHOWN = 5

export function createPageCounter() {
  const pages = new Map<string, number>()
  return {
    add(address: string) {
      const { path } = pageAddress(address)
      const count = pages.get(path)
      if (count !== undefined || pages.size < MAX_PAGES)
        pages.set(path, (count ?? 0) + 1)
    },
    /** The most frequent ones, best first. */
    top: () => [...pages].sort((a, b) => b[1] - a[1]).slice(0, PAGES_SHOWN),
  }
}
