/** What a page shows of a taste: the attributes it is made of, and what was stated about them. */

import type { LoggedEvent } from '../feedback/event.ts'
import { findAttribute, preferencesOf } from '../feedback/preferences.ts'
import type { Taste } from '../feedback/taste.ts'
import type { AttributeBlock, Relation } from '../pack/pack.ts'
import { REFUSED_FROM } from '../scoring/score.ts'
import type {
  ShownPreference,
  TasteOfRelation,
  TasteShare,
  TasteSummary,
} from './hearth.ts'

/** Attributes of all relations shown at most. */
const SHOWN = 12
/** Values of one relation shown at most, liked and disliked each. */
const SHOWN_OF_RELATION = 8
/** As a page shows them: who made it first. */
const RELATION_ORDER: readonly Relation[] = [
  'author',
  'series',
  'genre',
  'tag',
  'years',
]

interface Sum {
  readonly value: number
  /** Σ of weights, those of refused items taken off. */
  weight: number
  liked: number
  refused: number
}

/**
 * The history's weights summed over genres, authors and series; refused items count against
 * what they hold, each as much as a full liking counts for it.
 */
export function tasteSummary(block: AttributeBlock, taste: Taste): TasteSummary {
  const liked = new Map<number, number>()
  const sums = new Map<number, Sum>()
  const add = (index: number, weight: number) => {
    for (let e = block.indptr[index]!; e < block.indptr[index + 1]!; e++) {
      const value = block.indices[e]!
      const sum = sums.get(value) ?? { value, weight: 0, liked: 0, refused: 0 }
      sum.weight += weight
      if (weight > 0) {
        sum.liked++
        liked.set(value, (liked.get(value) ?? 0) + weight)
      } else sum.refused++
      sums.set(value, sum)
    }
  }
  for (const { index, weight } of taste.history) add(index, weight)
  for (const [index, weight] of taste.negative) {
    if (weight >= REFUSED_FROM) add(index, -weight)
  }
  const strongest = Math.max(...liked.values())
  const attributes = [...liked]
    .sort(([a, sumA], [b, sumB]) => sumB - sumA || a - b)
    .slice(0, SHOWN)
    .map(([value, sum]) => ({ ...block.values[value]!, share: sum / strongest }))
  const relations = RELATION_ORDER.map((relation) =>
    ofRelation(
      relation,
      block,
      [...sums.values()].filter(
        ({ value }) => block.values[value]!.relation === relation,
      ),
    ),
  )
  return {
    attributes,
    relations: relations.filter((each) => each.liked.length + each.disliked.length > 0),
  }
}

function ofRelation(
  relation: Relation,
  block: AttributeBlock,
  sums: readonly Sum[],
): TasteOfRelation {
  const strongest = Math.max(...sums.map(({ weight }) => Math.abs(weight)))
  const shares = (sign: 1 | -1): TasteShare[] =>
    sums
      .filter(({ weight }) => weight * sign > 0)
      .sort((a, b) => sign * (b.weight - a.weight) || a.value - b.value)
      .slice(0, SHOWN_OF_RELATION)
      .map((sum) => ({
        ...block.values[sum.value]!,
        share: Math.abs(sum.weight) / strongest,
        items: sign === 1 ? sum.liked : sum.refused,
      }))
  return { relation, liked: shares(1), disliked: shares(-1) }
}

/** What is stated, each with the number of items of the catalogue that it is about. */
export function statedPreferences(
  block: AttributeBlock,
  events: readonly LoggedEvent[],
): ShownPreference[] {
  return preferencesOf(events).map((stated) => {
    const value = findAttribute(block, stated.attribute)
    if (value === undefined) return { ...stated, items: 0 }
    let items = 0
    for (const held of block.indices) if (held === value) items++
    return { ...stated, attribute: block.values[value]!, items }
  })
}
