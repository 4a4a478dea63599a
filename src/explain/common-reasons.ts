/** Reasons that need no history: how popular an item is, and what it is. */
import {
  type AttributeBlock,
  FLAG_COLD_START,
  isByPopularity,
  type Pack,
} from '../pack/pack.ts'
import type { RankedItem } from '../scoring/score.ts'
import { isMaker } from './makers.ts'
import type { Reason, ReasonContent } from './reason.ts'

/** Steps of "among the 50 most chosen". */
const AMONG = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const
/** What belongs to the most chosen: this share of the catalogue. */
export const TOP_SHARE = 0.1
/** Of a small catalogue, up to these, while they are less than half of it. */
const MIN_TOP = 10

/** How an item stands among those that were chosen. */
interface Standing {
  /** The least of the steps that it is among; absent where it is not of the most chosen. */
  readonly among?: number
  /** In the half that was chosen less, and below the mean. */
  readonly isLess: boolean
}

const known = new WeakMap<Float32Array, { falling: Float32Array; mean: number }>()

/**
 * By the number of known items that were chosen as often or oftener, so that a tie claims
 * nothing; of a cold-start item, by what is expected.
 */
export function standingOf(
  pack: Pick<Pack, 'popularity' | 'flags' | 'itemCount'>,
  index: number,
): Standing {
  const { falling, mean } = known.get(pack.popularity) ?? sorted(pack)
  const own = pack.popularity[index]!
  const rank = countFrom(falling, own)
  const top = Math.max(
    TOP_SHARE * pack.itemCount,
    Math.min(MIN_TOP, pack.itemCount / 2),
  )
  const among = own > 0 ? AMONG.find((step) => rank <= step && step <= top) : undefined
  const isLess = own < mean && rank > pack.itemCount / 2
  return { isLess, ...(among === undefined ? {} : { among }) }
}

function sorted({ popularity, flags }: Pick<Pack, 'popularity' | 'flags'>) {
  const chosen = popularity.filter((_, index) => !(flags[index]! & FLAG_COLD_START))
  const falling = chosen.sort().reverse()
  const mean = falling.reduce((sum, x) => sum + x, 0) / falling.length
  const made = { falling, mean }
  known.set(popularity, made)
  return made
}

/** How many of these are `value` or more. @param falling largest first */
function countFrom(falling: Float32Array, value: number): number {
  let low = 0
  let high = falling.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (falling[middle]! >= value) low = middle + 1
    else high = middle
  }
  return low
}

/** "Among the 50 most chosen", or what is expected of what nobody chose yet. */
export function popularContent(pack: Pack, index: number): ReasonContent | undefined {
  if (!isByPopularity(pack.manifest)) return undefined
  const { among } = standingOf(pack, index)
  if (among === undefined) return undefined
  return pack.flags[index]! & FLAG_COLD_START
    ? { kind: 'new-likely-popular', params: {} }
    : { kind: 'popular', params: { among } }
}

/** What it is: its category, else its maker, else nothing. */
export function catalogueContent(pack: Pack, index: number): ReasonContent {
  const attribute = kindOfItem(pack.attributes, index)
  return { kind: 'from-catalogue', params: attribute ? { attribute } : {} }
}

function kindOfItem({ values, indptr, indices }: AttributeBlock, index: number) {
  const own = [...indices.subarray(indptr[index], indptr[index + 1])].map(
    (attribute) => values[attribute]!,
  )
  const byRelation = ['genre', 'tag', 'author', 'series', 'years'].flatMap((relation) =>
    own.filter((value) => value.relation === relation),
  )
  return byRelation.find(({ relation, name }) => relation !== 'author' || isMaker(name))
}

/**
 * For a stranger's list: all that is known is what the item is, and how many chose it.
 *
 * @returns one reason, two where the owner moved the item up; never empty
 */
export function commonReasons(pack: Pack, ranked: RankedItem): Reason[] {
  const { index, isPinned, boost = 0 } = ranked
  if (isPinned) return [{ kind: 'pinned', params: {}, component: 'owner', share: 1 }]
  const popular = popularContent(pack, index)
  const weight = popular ? Math.max(0, ranked.components.popularity) : 0
  const by = Math.max(0, boost)
  const total = weight + by || 1
  const content = popular ?? catalogueContent(pack, index)
  const component = popular ? 'popularity' : 'record'
  const reasons: Reason[] = [{ ...content, component, share: weight / total }]
  if (by > 0) reasons.push({ ...boostedBy(by), share: by / total })
  return reasons.sort((a, b) => b.share - a.share)
}

/** The owner's boost as a reason without its share. */
export function boostedBy(by: number) {
  return { kind: 'boosted', params: { by }, component: 'owner' } as const
}
