/** Whether an item is there to be shown: in stock, listed, a product of its own. */
import { textOf } from './cell.ts'

const IN_STOCK = new Set(
  (
    'in stock|instock|available|yes|y|true|preorder|pre order|presale|backorder|' +
    'available for order|onbackorder|limitedavailability|limited availability|low stock|' +
    'instoreonly|onlineonly'
  ).split('|'),
)
const SOLD_OUT = new Set(
  (
    'out of stock|outofstock|sold out|soldout|unavailable|not available|discontinued|' +
    'no|n|false'
  ).split('|'),
)

/**
 * Words of shops and of schema.org, flags and amounts in stock.
 *
 * @returns undefined where nothing is stated, or nothing that can be understood
 */
export function availableOf(cell: unknown): boolean | undefined {
  if (typeof cell === 'boolean') return cell
  if (Array.isArray(cell)) return anyOf(cell.map(availableOf))
  if (typeof cell === 'object' && cell !== null) return availableOf(stockOf(cell))
  const text = textOf(cell)
  if (text === undefined) return undefined
  const amount = Number(text)
  if (Number.isFinite(amount)) return amount > 0
  const words = text.toLowerCase().replace(/^https?:\/\/schema\.org\//, '')
  const key = words.replace(/[\s_-]+/g, ' ')
  if (SOLD_OUT.has(key)) return false
  return IN_STOCK.has(key) || undefined
}

/** A variant, as shops' interfaces give them. */
function stockOf(variant: object): unknown {
  const fields = variant as Readonly<Record<string, unknown>>
  const { available, inventory_quantity: quantity } = fields
  if (available !== undefined || quantity === undefined) return available
  return inStock({
    isTracked: textOf(fields.inventory_management) !== undefined,
    quantity: Number(quantity),
    policy: textOf(fields.inventory_policy),
  })
}

interface Stock {
  readonly isTracked: boolean
  readonly quantity: number
  readonly policy: string | undefined
}

/** @returns undefined where the shop does not count it */
export function inStock({ isTracked, quantity, policy }: Stock): boolean | undefined {
  if (!isTracked || !Number.isFinite(quantity)) return undefined
  return quantity > 0 || policy?.toLowerCase() === 'continue'
}

/** One that is available suffices. */
export function anyOf(flags: readonly (boolean | undefined)[]): boolean | undefined {
  const stated = flags.filter((flag) => flag !== undefined)
  return stated.length === 0 ? undefined : stated.includes(true)
}

const NO = new Set(['0', '-1', 'false', 'no', 'n', 'f', 'off', 'нет', 'nein', 'non'])
const YES = new Set(['1', 'true', 'yes', 'y', 't', 'on', 'да', 'ja', 'oui', 'sí', 'si'])

/** A flag; undefined for everything that is none. */
export function flagOf(cell: unknown): boolean | undefined {
  if (typeof cell === 'boolean') return cell
  const text = textOf(cell)?.toLowerCase()
  if (text === undefined) return undefined
  return YES.has(text) || (NO.has(text) ? false : undefined)
}

const DRAFT_STATUS = new Set(
  'draft|archived|unpublished|private|pending|trash|hidden|inactive|disabled'.split(
    '|',
  ),
)

/** A status of something that visitors of the shop do not see. */
export function isDraftStatus(cell: unknown): boolean {
  const text = textOf(cell)?.toLowerCase()
  return text !== undefined && DRAFT_STATUS.has(text)
}

const VARIATION_KIND = new Set(
  'variation|variant|image|product_variation|product variation|not visible individually|sku|rule'.split(
    '|',
  ),
)

/** A type of row that is a size or colour of a product, not one itself. */
export function isVariationKind(cell: unknown): boolean {
  const kinds = (textOf(cell) ?? '').toLowerCase().split(',')
  return kinds.some((kind) => VARIATION_KIND.has(kind.trim()))
}
