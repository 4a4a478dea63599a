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
import type { SparseBlock } from '../pack/pack.ts'
import { entryBetween, latentBetween } from './item-item.ts'
import { cosineOf } from './mmr.ts'

/** Items compared with, evenly spaced; a smaller catalogue is compared with whole. */
const SAMPLE = 400
/** Near: among this share of the catalogue. A hundred books of ten thousand. */
export const NEAR_SHARE = 0.01
/** And apart from the rest: in a catalogue of two halves nothing is near within a half. */
export const NEAR_DEVIATIONS = 2.5
/** A deviation of likenesses below this is rounding. */
const ALIKE = 1e-6
/** Cuts kept a table: a long history and some hundred items looked at. */
const KEPT_CUTS = 1_000

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

/** The cosine of two rows if it stands out among the first one's; undefined if not. */
export function nearness(
  table: Int8Table | undefined,
  from: number,
  to: number,
): number | undefined {
  if (!table || from === to) return undefined
  const cosine = cosineOf(table)
  const value = cosine(from, to)
  const cut = keptCut(table, from, () => backgroundOf(table.rows, from, cosine))
  return value > 0 && value >= cut ? value : undefined
}

/**
 * Whether row `from` of an item-item block really holds `to`: an entry above 0, or, where
 * there is a low-rank term, a value that stands out among the row's.
 */
export function holdsPair(block: SparseBlock, from: number, to: number): boolean {
  if (entryBetween(block, from, to) > 0) return true
  if (!block.latent) return false
  const valueAt = (a: number, b: number) =>
    entryBetween(block, a, b) + latentBetween(block, a, b)
  const cut = keptCut(block, from, () => backgroundOf(block.columns, from, valueAt))
  const value = valueAt(from, to)
  return value > 0 && value >= cut
}

function backgroundOf(
  itemCount: number,
  from: number,
  likeness: (a: number, b: number) => number,
): number[] {
  return sampleOf(itemCount)
    .filter((index) => index !== from)
    .map((index) => likeness(from, index))
}

function keptCut(key: object, from: number, values: () => number[]): number {
  const cuts = known.get(key) ?? new Map<number, number>()
  known.set(key, cuts)
  const cut = cuts.get(from) ?? cutOf(values())
  if (cuts.size >= KEPT_CUTS && !cuts.has(from)) cuts.clear()
  cuts.set(from, cut)
  return cut
}
