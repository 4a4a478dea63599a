/** What a new visitor is asked about: items that `scoring/elicitation.ts` chooses, and genres. */
import type { Taste } from '../feedback/taste.ts'
import type { ItemTable } from '../pack/items.ts'
import type { AttributeValue, Pack } from '../pack/pack.ts'
import { ELICITED_FROM, itemsToAsk } from '../scoring/elicitation.ts'
import { REFUSED_FROM } from '../scoring/score.ts'
import { checkCount } from './check-options.ts'
import type { Elicitation, ElicitOptions } from './hearth.ts'

const COUNT = 12
/** Categories offered at most: four lines on a phone. */
const CATEGORIES = 16
/** Items of the common order whose categories are counted: what most have heard of. */
const CATEGORIES_FROM = 1_000
/** A category that more than this share of the catalogue holds is no choice. */
const MAX_CATEGORY_SHARE = 0.5

interface ElicitContext {
  readonly items: ItemTable
  /** Every index in the order everyone is shown. */
  readonly common: Uint32Array
  readonly taste: Taste
}

/** @throws HearthError `bad-argument` for a count out of its range */
export function elicitFrom(
  pack: Pack,
  { items, common, taste }: ElicitContext,
  { count = COUNT, exclude = [] }: ElicitOptions,
): Omit<Elicitation, 'slate'> {
  checkCount(count)
  const shown = exclude.flatMap((id) => items.indexOf(id) ?? [])
  const refused = [...taste.negative].filter(([, weight]) => weight >= REFUSED_FROM)
  const liked = taste.history.map(({ index }) => index)
  const answered = new Set([...shown, ...liked, ...refused.map(([index]) => index)])
  const candidates = [...common.subarray(0, ELICITED_FROM)].filter(
    (index) => !taste.stated?.hidden?.[index],
  )
  const chosen = itemsToAsk(pack, {
    candidates,
    answered,
    liked,
    count,
    record: items.record,
  })
  return {
    items: chosen.map(items.record),
    attributes: categoriesOf(pack, common),
  }
}

/** The commonest categories of what is widely chosen, commonest first. */
function categoriesOf(
  { attributes, itemCount }: Pack,
  common: Uint32Array,
): AttributeValue[] {
  const { values, indptr, indices } = attributes
  const counts = new Map<number, number>()
  for (const index of common.subarray(0, CATEGORIES_FROM)) {
    for (let e = indptr[index]!; e < indptr[index + 1]!; e++) {
      const value = indices[e]!
      const { relation } = values[value]!
      if (relation !== 'genre' && relation !== 'tag') continue
      counts.set(value, (counts.get(value) ?? 0) + 1)
    }
  }
  const most = MAX_CATEGORY_SHARE * Math.min(CATEGORIES_FROM, itemCount)
  return [...counts]
    .filter(([, count]) => count > 1 && count <= most)
    .sort(([a, countA], [b, countB]) => countB - countA || a - b)
    .slice(0, CATEGORIES)
    .map(([value]) => values[value]!)
}
