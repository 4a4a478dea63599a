/** The card in hand: under the pointer, or with the focus. */
import type { Shelf } from '../engine/engine.ts'
import type { Places } from './flip.ts'
import type { Held } from './settle.ts'

/** @returns undefined where no card of `shelves` is in hand */
export function handOf(root: ParentNode, shelves: readonly Shelf[]): Held | undefined {
  const card =
    root.querySelector<HTMLElement>('[data-card]:hover') ??
    root.querySelector<HTMLElement>('[data-card]:focus-within')
  for (const { key, picks } of card ? shelves : []) {
    const pick = picks.find(({ item }) => `${key}/${item.id}` === card?.dataset.card)
    if (pick) return { shelf: key, itemId: pick.item.id, mark: pick.mark }
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
