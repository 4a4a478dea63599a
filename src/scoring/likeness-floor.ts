/**
 * Where a list of related items ends: at what is no more like the item than any two items of
 * the catalogue are. The measure is the catalogue's own, so that a shop of forty things and a
 * library of ten thousand each have an end.
 */
import { createRandom } from '../math/random.ts'
import type { Pack } from '../pack/pack.ts'
import type { ComponentWeights } from './fusion.ts'
import { cosineOf } from './mmr.ts'
import type { Component } from './score.ts'

/** Pairs drawn by chance for the background: its median is known to a thirtieth of its spread. */
const PAIRS = 2000
const PAIRS_SEED = 17
/** Spreads above the median of two items by chance: of unlike items one pair in 160 is there. */
const MIN_ABOVE = 2.5
/** Of a normal distribution, the share that lies more than one standard deviation below. */
const BELOW_ONE_SD = 0.159
/**
 * Standard deviations above the catalogue's mean that `cf` or `sequence` of an item have to
 * stand, for a link by people's choices alone. Rows are sparse: a real link stands far out.
 */
const MIN_LINK = 3
/** Share of what tells the item apart (its attributes by idf) that the other one has to have. */
const MIN_SHARED = 0.25

interface Background {
  readonly likeness: (a: number, b: number) => number
  /** A likeness above it is none by chance. */
  readonly floor: number
}

const known = new WeakMap<Pack, readonly Background[]>()

/** Cosines of texts and of towers, each with what two items by chance have. */
function backgroundsOf(pack: Pack): readonly Background[] {
  const before = known.get(pack)
  if (before) return before
  const tables = [pack.content?.vectors, pack.tower?.items]
  const made = tables.flatMap((table) =>
    table ? [backgroundOf(cosineOf(table), pack.itemCount)] : [],
  )
  known.set(pack, made)
  return made
}

/**
 * Median and lower spread: two items by chance are mostly unlike, and the pairs that are
 * alike, however many, widen only the upper side.
 */
function backgroundOf(likeness: Background['likeness'], itemCount: number): Background {
  const random = createRandom(PAIRS_SEED)
  const drawn = Float64Array.from({ length: PAIRS }, () => {
    const a = random.integer(itemCount)
    const b = (a + 1 + random.integer(Math.max(1, itemCount - 1))) % itemCount
    return likeness(a, b)
  }).sort()
  const median = drawn[PAIRS / 2]!
  const spread = median - drawn[Math.floor(PAIRS * BELOW_ONE_SD)]!
  return { likeness, floor: median + MIN_ABOVE * spread }
}

/** Whether two items are more alike than two by chance: in their texts or in their towers. */
export function areAlike(pack: Pack, a: number, b: number): boolean {
  return backgroundsOf(pack).some(({ likeness, floor }) => likeness(a, b) > floor)
}

/**
 * Whether an item belongs to what is like another one: alike, of the same maker or kind, or
 * linked by what people chose.
 *
 * @param components of the item, in the score of a visitor who opened the other one
 * @param weights of those components, in that score
 */
export function isRelated(
  pack: Pack,
  [a, b]: readonly [number, number],
  components: Readonly<Record<Component, number>>,
  weights: ComponentWeights,
): boolean {
  return (
    components.cf > MIN_LINK * weights.cf ||
    components.sequence > MIN_LINK * weights.sequence ||
    components.attributes > MIN_SHARED * weights.attributes ||
    areAlike(pack, a, b)
  )
}
