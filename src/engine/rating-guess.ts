/** What the visitor might rate an item, from how they rated others. */
import type { ItemTable } from '../pack/items.ts'
import type { Pack } from '../pack/pack.ts'
import {
  MIN_RATED,
  type RatedItem,
  ratingPredictor,
  toScale,
  toStars,
} from '../scoring/rating.ts'
import type { RatingGuess, Reaction } from './hearth.ts'

/**
 * @param reactions item id → the visitor's own feedback on it
 * @returns undefined for an unknown item, or where the pack has no rating head
 */
export function guessRating(
  pack: Pack,
  { items, reactions }: { items: ItemTable; reactions: ReadonlyMap<string, Reaction> },
  itemId: string,
): RatingGuess | undefined {
  const { ratings: head } = pack
  const index = items.indexOf(itemId)
  if (!head || index === undefined) return undefined
  const rated = newestFirst(reactions)
    .map(([id, stars]) => ({ index: items.indexOf(id), rating: toScale(head, stars) }))
    .filter(
      (each): each is RatedItem => each.index !== undefined && each.index !== index,
    )
  const known = { from: rated.length, least: MIN_RATED }
  const predict = rated.length < MIN_RATED ? undefined : ratingPredictor(pack, rated)
  return predict ? { ...known, stars: toStars(head, predict(index)) } : known
}

function newestFirst(reactions: ReadonlyMap<string, Reaction>) {
  return [...reactions]
    .flatMap(([id, { rated }]) => (rated ? [{ id, ...rated }] : []))
    .sort((a, b) => b.seq - a.seq)
    .map(({ id, stars }) => [id, stars] as const)
}
