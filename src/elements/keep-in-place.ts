/**
 * A re-rank around the hover card: what is under the pointer or has the focus stays where
 * it is, while everything else moves.
 */
import type { Reaction } from '../index.ts'
import type { ListedItem } from './card.ts'
import type { Places } from './flip.ts'
import type { ShownShelf } from './shelf.ts'

/** The card under the pointer or with the focus. */
interface HoverCard {
  /** Its shelf's key. */
  readonly shelf: string
  readonly itemId: string
  /** What the visitor just said about it, if the new list does not hold it. */
  readonly reaction?: Reaction | undefined
}

/** @returns undefined where no card of `shelves` is under the pointer or has the focus */
export function hoverCardOf(
  root: ParentNode,
  shelves: readonly ShownShelf[],
): HoverCard | undefined {
  const card =
    root.querySelector<HTMLElement>('[data-card]:hover') ??
    root.querySelector<HTMLElement>('[data-card]:focus-within')
  for (const { key, items } of card ? shelves : []) {
    const item = items.find(({ id }) => `${key}/${id}` === card?.dataset.card)
    if (item) return { shelf: key, itemId: item.id, reaction: item.reaction }
  }
  return undefined
}

/**
 * `next`, but with the hover card at the place it has in `shown`; a card or a shelf that
 * `next` lacks stays as long as the pointer does, and a shelf that is new comes below the
 * card's own, where it is seen, not above it, where the page would have to scroll to hide
 * it. Without a hover card: `next` itself.
 */
export function keepInPlace(
  shown: readonly ShownShelf[],
  next: readonly ShownShelf[],
  hover: HoverCard | undefined,
): readonly ShownShelf[] {
  const place = shown.findIndex(({ key }) => key === hover?.shelf)
  const before = shown[place]
  if (!hover || !before?.items.some(({ id }) => id === hover.itemId)) return next
  const found = next.findIndex(({ key }) => key === before.key)
  const at = found >= 0 ? found : Math.min(place, next.length)
  const kept = keepInShelf(before, next[found] ?? before, hover)
  const isShown = (shelf: ShownShelf) => shown.some(({ key }) => key === shelf.key)
  const above = next.slice(0, at)
  return [
    ...above.filter(isShown),
    kept,
    ...above.filter((shelf) => !isShown(shelf)),
    ...next.slice(found >= 0 ? found + 1 : at),
  ]
}

function keepInShelf(
  before: ShownShelf,
  after: ShownShelf,
  hover: HoverCard,
): ShownShelf {
  const place = before.items.findIndex(({ id }) => id === hover.itemId)
  const isHovered = ({ id }: ListedItem) => id === hover.itemId
  const listed = after === before ? undefined : after.items.find(isHovered)
  const unlisted = {
    ...before.items[place]!,
    ...(hover.reaction ? { reaction: hover.reaction } : {}),
  }
  const others = after.items.filter((item) => !isHovered(item))
  const count = Math.max(after.items.length, place + 1)
  const items = [...others.slice(0, place), listed ?? unlisted, ...others.slice(place)]
  return { ...after, items: items.slice(0, count) }
}

/** Scrolls the page by what the hover card was pushed up or down. */
export function scrollBack(root: ParentNode, hover: HoverCard, before: Places) {
  const key = `${hover.shelf}/${hover.itemId}`
  const was = before.get(key)?.top
  const card = [...root.querySelectorAll<HTMLElement>('[data-card]')].find(
    (each) => each.dataset.card === key,
  )
  if (was === undefined || !card) return
  const drift = card.getBoundingClientRect().top - was
  if (Math.abs(drift) > 1) window.scrollBy({ top: drift, behavior: 'instant' })
}

/** Distinguishes two lists by what stands where. */
export const orderOf = (shelves: readonly ShownShelf[]) =>
  JSON.stringify(shelves.map(({ key, items }) => [key, items.map(({ id }) => id)]))

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
