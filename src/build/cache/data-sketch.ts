/**
 * How far two states of a catalogue are apart, from a sketch of each that takes kilobytes:
 * users have no names that last, so what they choose together is compared.
 */

import { createHash } from 'node:crypto'
import type { ItemRecord } from '../../pack/item.ts'
import type { Positives } from '../dataset/dataset.ts'
import { rowsOf } from '../dataset/positives.ts'

export interface DataSketch {
  /** Ids of the items, by index. */
  readonly ids: readonly string[]
  /** [items] of what a model reads of each. */
  readonly facts: readonly string[]
  /** The smallest hashes of pairs that users chose, rising, and how many users did. */
  readonly pairs: Uint32Array
  readonly counts: Uint32Array
}

/** Shares, 0–1. */
export interface Difference {
  /** Of the items: new, gone, or of other words. */
  readonly items: number
  /** Of the interactions; a choice that moves from one item to another counts twice. */
  readonly interactions: number
}

/** Pairs kept: a difference of 5 % is then known within about half of one. */
const PAIRS = 20_000
/** Items of a user that are paired: the same ones whatever else the user chose. */
const MAX_ITEMS = 40
const HASH_DIGITS = 16

interface SketchedData {
  readonly items: readonly ItemRecord[]
  /** As `Dataset` has them. */
  readonly bodies?: readonly (string | undefined)[] | undefined
  /** Absent without interactions. */
  readonly positives?: Positives | undefined
}

export function sketchOf({ items, bodies, positives }: SketchedData): DataSketch {
  const facts = items.map((item, index) => factsHash(item, bodies?.[index]))
  const ids = items.map(({ id }) => id)
  return { ids, facts, ...(positives ? sketchPairs(positives, ids) : noPairs) }
}

const noPairs = { pairs: new Uint32Array(0), counts: new Uint32Array(0) }

/** Of what models read: a price or an address that changes is no reason to learn again. */
function factsHash(item: ItemRecord, body: string | undefined): string {
  const { title, authors, year, genres, series, description } = item
  const read = [title, authors, year, genres, series, description, body]
  return createHash('sha256')
    .update(JSON.stringify(read))
    .digest('hex')
    .slice(0, HASH_DIGITS)
}

/** The smallest hashes are a sample of the pairs that is the same for the same pairs. */
function sketchPairs(positives: Positives, ids: readonly string[]) {
  const hashes = Uint32Array.from(ids, (id) =>
    createHash('sha256').update(id).digest().readUInt32LE(),
  )
  let counts = new Map<number, number>()
  let highest = 2 ** 32
  const add = (hash: number) => {
    if (hash >= highest) return
    counts.set(hash, (counts.get(hash) ?? 0) + 1)
    if (counts.size < 2 * PAIRS) return
    const kept = [...counts].sort((a, b) => a[0] - b[0])
    highest = kept[PAIRS][0]
    counts = new Map(kept.slice(0, PAIRS))
  }
  for (let user = 0; user < positives.userCount; user++) {
    const own = Uint32Array.from(rowsOf(positives, user), (item) => hashes[item])
    const paired = own.sort().subarray(0, MAX_ITEMS)
    for (let a = 0; a < paired.length; a++) {
      // with itself too: who chose one item counts
      for (let b = a; b < paired.length; b++) add(mixed(paired[a], paired[b]))
    }
  }
  const sorted = [...counts].sort((a, b) => a[0] - b[0]).slice(0, PAIRS)
  return {
    pairs: Uint32Array.from(sorted, ([hash]) => hash),
    counts: Uint32Array.from(sorted, ([, count]) => count),
  }
}

/** Two 32-bit hashes → one: the finaliser of MurmurHash3 (Appleby 2011) over both. */
function mixed(a: number, b: number): number {
  let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ (b + 0x7f4a7c15)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

export function differenceOf(before: DataSketch, after: DataSketch): Difference {
  const facts = new Map(before.ids.map((id, index) => [id, before.facts[index]]))
  const kept = after.ids.filter((id) => facts.has(id)).length
  const same = after.ids.filter((id, i) => facts.get(id) === after.facts[i]).length
  const gone = before.ids.length - kept
  return {
    items: (after.ids.length - same + gone) / Math.max(1, after.ids.length),
    interactions: pairDifference(before, after),
  }
}

/** Σ|a − b| / Σ(a + b) over the pairs that both sketches would hold. */
function pairDifference(before: DataSketch, after: DataSketch): number {
  const upTo = Math.min(endOf(before), endOf(after))
  const left = new Map<number, number>()
  let [apart, all] = [0, 0]
  before.pairs.forEach((pair, n) => {
    if (pair <= upTo) left.set(pair, before.counts[n])
  })
  after.pairs.forEach((pair, n) => {
    if (pair > upTo) return
    const count = left.get(pair) ?? 0
    apart += Math.abs(count - after.counts[n])
    all += count + after.counts[n]
    left.delete(pair)
  })
  for (const count of left.values()) {
    apart += count
    all += count
  }
  return all === 0 ? 0 : apart / all
}

/** A sketch that is not full holds every pair. */
function endOf({ pairs }: DataSketch): number {
  return pairs.length < PAIRS ? 2 ** 32 : pairs[pairs.length - 1]
}
