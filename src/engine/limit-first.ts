/** The first screen as the lists that follow it are, before the rest of the pack is here. */
import type { AttributeBlock, FirstBlock } from '../pack/pack.ts'
import type { Rules } from '../pack/rules.ts'
import { createListLimits } from '../scoring/list-limits.ts'

/** A screen's worth: what every list shows by default. */
const SCREEN = 12

/**
 * Without later volumes, other editions, and more of a maker than a list holds, so that the
 * list made of the whole pack begins with the same items.
 */
export function limitFirst(first: FirstBlock, limits: Rules = {}): FirstBlock {
  const { items } = first
  const attributes: AttributeBlock = {
    values: [],
    indptr: new Uint32Array(items.length + 1),
    indices: new Uint16Array(0),
  }
  const pack = { attributes, itemCount: items.length }
  const limitsOf = createListLimits(pack, (place) => items[place]!)
  const limiter = limitsOf({ history: [], limits }).limiter({ count: SCREEN })
  const places = items.flatMap((_, place) => {
    if (!limiter.admits(place)) return []
    limiter.take(place)
    return [place]
  })
  // a shop of one brand has its whole screen: the pack knows, this block cannot
  if (places.length < Math.min(SCREEN, items.length)) return first
  return {
    ...first,
    indices: places.map((place) => first.indices[place]!),
    items: places.map((place) => items[place]!),
  }
}
