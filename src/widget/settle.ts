/** A re-rank around the card in hand: what is under the pointer or the focus stays put. */
import type { Mark, Pick, Shelf } from '../engine/engine.ts'

/** The card under the pointer or with the focus. */
export interface Held {
  /** Its shelf's key. */
  readonly shelf: string
  readonly itemId: string
  /** What the visitor just said about it, if the new list does not hold it. */
  readonly mark?: Mark | undefined
}

/**
 * `next`, but with the held card at the place it has in `shown`; a card or a shelf that
 * `next` lacks stays as long as it is held. Without a held card: `next` itself.
 */
export function settle(
  shown: readonly Shelf[],
  next: readonly Shelf[],
  held: Held | undefined,
): readonly Shelf[] {
  const place = shown.findIndex(({ key }) => key === held?.shelf)
  const before = shown[place]
  if (!held || !before?.picks.some(({ item }) => item.id === held.itemId)) return next
  if (next.some(({ key }) => key === before.key)) {
    return next.map((shelf) =>
      shelf.key === before.key ? settleShelf(before, shelf, held) : shelf,
    )
  }
  const at = Math.min(place, next.length)
  return [...next.slice(0, at), settleShelf(before, before, held), ...next.slice(at)]
}

function settleShelf(before: Shelf, after: Shelf, held: Held): Shelf {
  const place = before.picks.findIndex(({ item }) => item.id === held.itemId)
  const isHeld = ({ item }: Pick) => item.id === held.itemId
  const fresh = after === before ? undefined : after.picks.find(isHeld)
  const ghost = { ...before.picks[place]!, ...(held.mark ? { mark: held.mark } : {}) }
  const others = after.picks.filter((pick) => !isHeld(pick))
  const most = Math.max(after.picks.length, place + 1)
  const picks = [...others.slice(0, place), fresh ?? ghost, ...others.slice(place)]
  return { ...after, picks: picks.slice(0, most) }
}
