/**
 * WordPress's own export (WXR): every post, page, product, variation and picture is an entry,
 * and what belongs to a product lies in lists of keys and values → one entry an item.
 */
import type { JsonElement } from '../json-elements.ts'
import { isObject, type JsonObject } from './nested-columns.ts'

/** What visitors read; the rest is menus, revisions, blocks and settings. */
const SHOWN_TYPES: ReadonlySet<unknown> = new Set(['post', 'page', 'product'])
const TYPE = 'wp:post_type'

/**
 * Other feeds pass as they are. Of WordPress's, entries come after the last one, as their
 * pictures may follow them; `image`, `wp:price`, `wp:stock` and `wp:sku` are added,
 * `wp:parent` to a variation, and `wp:kind` to a product, whose `creator` is who typed it in.
 */
export async function* wordPressEntries(
  elements: AsyncIterable<JsonElement>,
): AsyncGenerator<JsonElement> {
  const pictures = new Map<string, unknown>()
  const kept: { line: number; value: JsonObject }[] = []
  for await (const element of elements) {
    const { value, line } = element
    if (!isObject(value) || value[TYPE] === undefined) {
      yield element
      continue
    }
    const type = value[TYPE]
    if (type === 'attachment') {
      pictures.set(String(value['wp:post_id']), value['wp:attachment_url'])
    }
    if (type === 'product_variation' || SHOWN_TYPES.has(type)) {
      kept.push({ line, value })
    }
  }
  for (const { line, value } of kept) yield { line, value: entryOf(value, pictures) }
}

function entryOf(entry: JsonObject, pictures: ReadonlyMap<string, unknown>) {
  const { 'wp:postmeta': meta, creator, ...fields } = entry
  const isProduct = fields[TYPE] === 'product'
  const isVariation = fields[TYPE] === 'product_variation'
  const values = new Map(
    [meta]
      .flat()
      .filter(isObject)
      .map((pair) => [pair['wp:meta_key'], pair['wp:meta_value']]),
  )
  const added = {
    image: pictures.get(String(values.get('_thumbnail_id'))),
    'wp:price': values.get('_price') ?? values.get('_regular_price'),
    'wp:stock': values.get('_stock_status'),
    'wp:sku': values.get('_sku'),
    creator: isProduct || isVariation ? undefined : creator,
    'wp:kind': isProduct ? 'product' : undefined,
    'wp:parent': isVariation ? fields['wp:post_parent'] : undefined,
  }
  const present = Object.entries(added).filter(([, value]) => value !== undefined)
  return { ...fields, ...Object.fromEntries(present) }
}
