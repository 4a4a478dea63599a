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
 * `next` lacks stays as long as it is held, and a shelf that is new comes below the held
 * one, where it is seen, not above it, where the page would have to scroll to hide it.
 * Without a held card: `next` itself.
 */
export function settle(
  shown: readonly Shelf[],
  next: readonly Shelf[],
  held: Held | undefined,
): readonly Shelf[] {
  const place = shown.findIndex(({ key }) => key === held?.shelf)
  const before = shown[place]
  if (!held || !before?.picks.some(({ item }) => item.id === held.itemId)) return next
  const found = next.findIndex(({ key }) => key === before.key)
  const at = found >= 0 ? found : Math.min(place, next.length)
  const settled = settleShelf(before, next[found] ?? before, held)
  const isShown = (shelf: Shelf) => shown.some(({ key }) => key === shelf.key)
  const above = next.slice(0, at)
  return [
    ...above.filter(isShown),
    settled,
    ...above.filter((shelf) => !isShown(shelf)),
    ...next.slice(found >= 0 ? found + 1 : at),
  ]
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
