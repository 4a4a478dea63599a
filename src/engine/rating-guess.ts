/** What the visitor might rate an item, from how they rated others. */
import type { ItemTable } from '../pack/items.ts'
import type { Pack } from '../pack/pack.ts'
import {
  LEAST_RATED,
  type RatedRow,
  ratingPredictor,
  toScale,
  toStars,
} from '../scoring/rating.ts'
import type { Reaction, RatingGuess } from './engine.ts'

/**
 * @param marks item id → what the visitor said of it
 * @returns undefined for an unknown item, or where the pack has no rating head
 */
export function guessRating(
  pack: Pack,
  { items, marks }: { items: ItemTable; marks: ReadonlyMap<string, Reaction> },
  itemId: string,
): RatingGuess | undefined {
  const { ratings: head } = pack
  const row = items.indexOf(itemId)
  if (!head || row === undefined) return undefined
  const rated = newestFirst(marks)
    .map(([id, stars]) => ({ row: items.indexOf(id), rating: toScale(head, stars) }))
    .filter((each): each is RatedRow => each.row !== undefined && each.row !== row)
  const known = { from: rated.length, least: LEAST_RATED }
  const predict = rated.length < LEAST_RATED ? undefined : ratingPredictor(pack, rated)
  return predict ? { ...known, stars: toStars(head, predict(row)) } : known
}

function newestFirst(marks: ReadonlyMap<string, Reaction>) {
  return [...marks]
    .flatMap(([id, { rated }]) => (rated ? [{ id, ...rated }] : []))
    .sort((a, b) => b.seq - a.seq)
    .map(({ id, stars }) => [id, stars] as const)
}
