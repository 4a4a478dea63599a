/** When a shop put a product on sale is not when it was made: no year is taken from that. */
import { textOf } from './cell.ts'
import type { KnownExport } from './known-export.ts'

/** Exports whose only date is that of the page. */
const SHOPS: ReadonlySet<string> = new Set(['Shopify API', 'WooCommerce API'])

/** @param kind what the row is, where an export holds posts and products */
export function isListingDate(known: KnownExport | undefined, kind: unknown): boolean {
  if (known === undefined) return false
  if (known.name === 'WordPress') return textOf(kind) === 'product'
  return SHOPS.has(known.name)
}
