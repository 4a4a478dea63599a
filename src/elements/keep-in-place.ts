/** A re-rank around the card in hand: what is under the pointer or the focus stays put. */
import type { Pick, Reaction, Shelf } from '../engine/engine.ts'
import type { Places } from './flip.ts'

// The card in hand: under the pointer, or with the focus.

/** @returns undefined where no card of `shelves` is in hand */
export function handOf(root: ParentNode, shelves: readonly Shelf[]): Held | undefined {
  const card =
    root.querySelector<HTMLElement>('[data-card]:hover') ??
    root.querySelector<HTMLElement>('[data-card]:focus-within')
  for (const { key, picks } of card ? shelves : []) {
    const pick = picks.find(({ item }) => `${key}/${item.id}` === card?.dataset.card)
    if (pick) return { shelf: key, itemId: pick.item.id, reaction: pick.reaction }
  }
  return undefined
}

/** Scrolls the page by what the card in hand was pushed up or down. */
export function keepInPlace(root: ParentNode, held: Held, before: Places) {
  const key = `${held.shelf}/${held.itemId}`
  const was = before.get(key)?.top
  const card = [...root.querySelectorAll<HTMLElement>('[data-card]')].find(
    (each) => each.dataset.card === key,
  )
  if (was === undefined || !card) return
  const drift = card.getBoundingClientRect().top - was
  if (Math.abs(drift) > 1) window.scrollBy({ top: drift, behavior: 'instant' })
}

/** Tells two lists apart by what stands where. */
export const orderOf = (shelves: readonly Shelf[]) =>
  JSON.stringify(
    shelves.map(({ key, picks }) => [key, picks.map(({ item }) => item.id)]),
  )

/**
 * Tells a pointer that has moved from cards that moved under it: a re-rank slides other
 * cards through the place where the pointer rests, and each fires `pointerover`.
 */
export function pointerSense() {
  let at = ''
  const placeOf = ({ screenX, screenY }: MouseEvent) => `${screenX},${screenY}`
  return {
    /** For every `pointermove` and `pointerdown`. */
    note: (event: MouseEvent) => {
      at = placeOf(event)
    },
    hasMoved: (event: MouseEvent) => placeOf(event) !== at,
  }
}

/** The card under the pointer or with the focus. */
export interface Held {
  /** Its shelf's key. */
  readonly shelf: string
  readonly itemId: string
  /** What the visitor just said about it, if the new list does not hold it. */
  readonly reaction?: Reaction | undefined
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
  const ghost = {
    ...before.picks[place]!,
    ...(held.reaction ? { reaction: held.reaction } : {}),
  }
  const others = after.picks.filter((pick) => !isHeld(pick))
  const most = Math.max(after.picks.length, place + 1)
  const picks = [...others.slice(0, place), fresh ?? ghost, ...others.slice(place)]
  return { ...after, picks: picks.slice(0, most) }
}
