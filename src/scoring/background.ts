/**
 * What is near at all: how alike any two items of the catalogue are, as the measure for
 * "its text is close to Dune". A cosine means nothing by itself: in a catalogue of one
 * subject all texts have 0.6.
 *
 *   cut(from) = max(the value that 1 % of the catalogue reach, mean + 2.5 · deviation)
 *
 * both over a sample of the items, of their likeness to `from`.
 */

import type { Int8Table } from '../math/scanner.ts'
import type { Pack, SparseBlock } from '../pack/pack.ts'
import { entryBetween, latentBetween } from './item-item.ts'
import { cosineOf } from './mmr.ts'

/** Items compared with, evenly spaced; a smaller catalogue is compared with whole. */
const SAMPLE = 400
/** Near: among this share of the catalogue. A hundred books of ten thousand. */
export const NEAR_SHARE = 0.01
/** And apart from the rest: in a catalogue of two halves nothing is near within a half. */
export const NEAR_DEVIATIONS = 2.5
/** Least pair of an item that is stated, as a share of its strongest. Chosen by reading them. */
export const MIN_OF_STRONGEST = 0.1
/** A deviation of likenesses below this is rounding. */
const ALIKE = 1e-6
/** Cuts kept a table: a long history and some hundred items looked at. */
const KEPT_CUTS = 4_000
/** Above the number of groups of any catalogue. */
const MAX_GROUPS = 65_536

const known = new WeakMap<object, Map<number, number>>()

/** The sample of a catalogue: every item index, or some evenly spaced. */
export function sampleOf(itemCount: number): number[] {
  const count = Math.min(itemCount, SAMPLE)
  return Array.from({ length: count }, (_, i) => Math.floor((i * itemCount) / count))
}

/** The least value that stands out among these; Infinity where all are alike. */
export function cutOf(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const square = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
  const deviation = Math.sqrt(square)
  if (!(deviation > ALIKE)) return Infinity
  return Math.max(atShare(values, NEAR_SHARE), mean + NEAR_DEVIATIONS * deviation)
}

/** The value that a share of these reach. */
export function atShare(values: readonly number[], share: number): number {
  const falling = values.toSorted((a, b) => b - a)
  return falling[Math.floor(share * values.length)] ?? Infinity
}

/** The cosine of two items if it stands out among the first one's; undefined if not. */
export type Nearness = (from: number, to: number) => number | undefined

/**
 * The nearness of a table's items; make it once for many pairs.
 *
 * @param peers what an item is compared with. Default: the whole catalogue
 */
export function nearnessOf(table: Int8Table | undefined, peers?: Peers): Nearness {
  if (!table) return () => undefined
  const cosine = cosineOf(table)
  const all = peers ?? { groupOf: () => 0, members: () => sampleOf(table.rows) }
  const cuts = cutsOf(table)
  return (from, to) => {
    const value = from === to ? 0 : cosine(from, to)
    if (!(value > 0)) return undefined
    const group = all.groupOf(to)
    const cut = kept(cuts, from * MAX_GROUPS + group, () =>
      cutOf(backgroundOf(all.members(group), from, cosine)),
    )
    return value >= cut ? value : undefined
  }
}

/**
 * Items in groups that were chosen about as often, some 400 each. What people choose puts
 * popular items near each other and near every visitor; that an item is nearer than nearly
 * all that are as popular is a fact of the item.
 */
export interface Peers {
  groupOf(index: number): number
  /** The items of a group. */
  members(group: number): readonly number[]
}

const knownPeers = new WeakMap<Float32Array, Peers>()

/** Where popularity tells no items apart, one group: a sample of the catalogue. */
export function peersOf({ popularity }: Pick<Pack, 'popularity'>): Peers {
  const made = knownPeers.get(popularity) ?? groupByPopularity(popularity)
  knownPeers.set(popularity, made)
  return made
}

function groupByPopularity(popularity: Float32Array): Peers {
  if (popularity.every((value) => value === popularity[0])) {
    const all = sampleOf(popularity.length)
    return { groupOf: () => 0, members: () => all }
  }
  const order = [...popularity.keys()].sort((a, b) => popularity[b]! - popularity[a]!)
  const places = new Uint32Array(order.length)
  for (const [place, index] of order.entries()) places[index] = place
  const groups = Math.max(1, Math.round(order.length / SAMPLE))
  const startOf = (group: number) => Math.ceil((group * order.length) / groups)
  return {
    groupOf: (index) => Math.floor((places[index]! * groups) / order.length),
    members: (group) => order.slice(startOf(group), startOf(group + 1)),
  }
}

/**
 * Whether an item-item block really leads from `from` to `to`: by a pair that is not far below
 * the strongest of `from`, or, where there is a low-rank term, by a value that stands out
 * among all of `from`. Of an item's 300 pairs most are an accident of who chose what.
 */
export function holdsPair(block: SparseBlock, from: number, to: number): boolean {
  const cuts = cutsOf(block)
  const entry = entryBetween(block, from, to)
  const least = kept(cuts, 2 * from, () => MIN_OF_STRONGEST * strongestOf(block, from))
  if (entry > 0 && entry >= least) return true
  if (!block.latent) return false
  const valueAt = (a: number, b: number) =>
    entryBetween(block, a, b) + latentBetween(block, a, b)
  const value = valueAt(from, to)
  const cut = kept(cuts, 2 * from + 1, () =>
    cutOf(backgroundOf(sampleOf(block.columns), from, valueAt)),
  )
  return value > 0 && value >= cut
}

/** The largest pair of an item. */
function strongestOf(block: SparseBlock, from: number): number {
  const { indptr, indices } = block
  let most = 0
  for (let e = indptr[from]!; e < indptr[from + 1]!; e++) {
    most = Math.max(most, entryBetween(block, from, indices[e]!))
  }
  return most
}

function backgroundOf(
  sample: readonly number[],
  from: number,
  likeness: (a: number, b: number) => number,
): number[] {
  return sample.filter((index) => index !== from).map((index) => likeness(from, index))
}

/** What was computed of the items of a block, kept as long as it. */
function cutsOf(key: object): Map<number, number> {
  const cuts = known.get(key) ?? new Map<number, number>()
  known.set(key, cuts)
  return cuts
}

function kept(cuts: Map<number, number>, key: number, make: () => number): number {
  const known = cuts.get(key)
  if (known !== undefined) return known
  const made = make()
  if (cuts.size >= KEPT_CUTS) cuts.clear()
  cuts.set(key, made)
  return made
}
