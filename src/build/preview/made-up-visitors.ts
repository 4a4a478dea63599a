/**
 * People to try a pack with: each likes one thing that the catalogue has much of, a genre,
 * a series, a maker, or what goes with one item. None of them is anybody who exists.
 */

import { createJsScanner } from '../../math/scanner.ts'
import { topK } from '../../math/top-k.ts'
import type { ItemRecord } from '../../pack/item.ts'
import type { Pack } from '../../pack/pack.ts'
import { prepareScoring } from '../../scoring/prepare-scoring.ts'
import { scoreAll } from '../../scoring/score-all.ts'
import { requestOf, seenMask } from '../models/fusion/simulate.ts'

export interface MadeUpVisitor {
  /** What they like, as in "likes Sea stories". */
  readonly likes: string
  /** Ids of items, the one liked first foremost; at most MAX_LIKES. */
  readonly items: readonly string[]
}

export const MAX_LIKES = 30
const MAX_VISITORS = 6
/** Fewer items are no taste. */
const MIN_ITEMS = 3
/** A genre of more is the whole catalogue's. */
const MAX_SHARE = 0.6
/** Of a visitor's items, those that an earlier one likes too. */
const MAX_SHARED = 0.5

/**
 * @param items in the order of the pack
 * @param popularity [items] the most popular of a kind is liked first
 * @returns the same ones for the same catalogue; one who likes the first items, where they
 *   share nothing
 */
export function makeUpVisitors(
  items: readonly ItemRecord[],
  popularity: ArrayLike<number>,
): MadeUpVisitor[] {
  const order = items.map((_, index) => index)
  order.sort((a, b) => popularity[b] - popularity[a] || a - b)
  for (const kindsOf of [genresOf, seriesOf, makersOf]) {
    const visitors = distinct(groups(items, order, kindsOf), items.length)
    if (visitors.length > 0) return visitors
  }
  const first = order.slice(0, MAX_LIKES).map((index) => items[index].id)
  return [{ likes: 'what comes first', items: first }]
}

type KindsOf = (item: ItemRecord) => readonly string[]

const genresOf: KindsOf = ({ genres }) => genres ?? []
const seriesOf: KindsOf = ({ series }) => (series ? [series.name] : [])
const makersOf: KindsOf = ({ authors }) => authors ?? []

interface Group {
  readonly name: string
  /** Ids, the most popular first. */
  readonly ids: readonly string[]
}

/** Of all kinds, the largest first. */
function groups(
  items: readonly ItemRecord[],
  order: readonly number[],
  kindsOf: KindsOf,
): Group[] {
  const found = new Map<string, string[]>()
  for (const index of order) {
    for (const name of new Set(kindsOf(items[index]))) {
      const ids = found.get(name)
      if (ids) ids.push(items[index].id)
      else found.set(name, [items[index].id])
    }
  }
  const all = [...found].map(([name, ids]) => ({ name, ids }))
  return all.sort((a, b) => b.ids.length - a.ids.length || (a.name < b.name ? -1 : 1))
}

function distinct(all: readonly Group[], itemCount: number): MadeUpVisitor[] {
  const visitors: MadeUpVisitor[] = []
  const liked = new Set<string>()
  for (const { name, ids } of all) {
    if (visitors.length === MAX_VISITORS) break
    if (ids.length < MIN_ITEMS || ids.length > MAX_SHARE * itemCount) continue
    const items = ids.slice(0, MAX_LIKES)
    const shared = items.filter((id) => liked.has(id)).length
    if (shared > MAX_SHARED * items.length) continue
    for (const id of items) liked.add(id)
    visitors.push({ likes: name, items })
  }
  return visitors
}

/**
 * One who takes what is suggested first, again and again, from the most popular item on.
 *
 * @param items in the order of the pack
 * @returns undefined where nothing is known of what goes with what
 */
export function makeUpFollower(
  pack: Pack,
  items: readonly ItemRecord[],
): MadeUpVisitor | undefined {
  if (!pack.cf && !pack.sequence) return undefined
  const scoring = prepareScoring(pack, createJsScanner())
  const likes = [...topK(pack.popularity, 1)]
  while (likes.length < Math.min(MAX_LIKES, items.length)) {
    const newestFirst = Uint32Array.from(likes).reverse()
    const { score } = scoreAll(scoring, requestOf(scoring, newestFirst))
    likes.push(...topK(score, 1, seenMask(items.length, newestFirst)))
  }
  return {
    likes: `what goes with ${items[likes[0]].title}`,
    items: likes.map((index) => items[index].id),
  }
}
