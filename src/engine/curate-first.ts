/** The first screen within what the owner wants, before the rest of the pack is here. */

import { type Overlay, overlaid } from '../pack/overlay.ts'
import type { FirstBlock, Manifest } from '../pack/pack.ts'
import { checkFilter, columnsOf } from '../scoring/filter/check-filter.ts'
import { compileFilter } from '../scoring/filter/compile-filter.ts'
import { dayAt, dayOf } from '../scoring/filter/fields.ts'
import { parseFilter } from '../scoring/filter/parse-filter.ts'

/**
 * Without the items that rules and overlay hide, and with the overlay's prices.
 *
 * @param now Unix time, ms
 * @returns no items where a rule reads a column: its file is not here yet
 */
export function curateFirst(
  first: FirstBlock,
  { rules = {}, columns = [] }: Pick<Manifest, 'rules' | 'columns'>,
  { overlay, now }: { readonly overlay: Overlay | undefined; readonly now: number },
): FirstBlock {
  const items = overlay
    ? first.items.map((record) => overlaid(record, overlay))
    : first.items
  const hidden = new Set([...(rules.hide ?? []), ...(overlay?.hidden ?? [])])
  const today = dayAt(now)
  const mask = maskOf()
  if (!mask) return { ...first, indices: [], items: [] }
  const { onlyInStock, notOlderThanDays } = rules
  const places = items.flatMap(({ id, available, published }, place) => {
    if (!mask[place] || hidden.has(id)) return []
    if (onlyInStock && available === false) return []
    const day = published === undefined ? undefined : dayOf(published)
    const isOld =
      notOlderThanDays !== undefined && (day ?? Infinity) < today - notOlderThanDays
    return isOld ? [] : [place]
  })
  return {
    ...first,
    indices: places.map((place) => first.indices[place]!),
    items: places.map((place) => items[place]!),
  }

  function maskOf(): Uint8Array | undefined {
    if (!rules.filter) return new Uint8Array(items.length).fill(1)
    const source = {
      text: rules.filter,
      label: 'rules.filter',
      code: 'bad-pack',
    } as const
    const node = checkFilter(parseFilter(source), columns, source)
    if (columnsOf(node).length > 0) return undefined
    return compileFilter(node, {
      ...{ itemCount: items.length, record: (place) => items[place]!, today },
      column: () => [],
    })
  }
}
