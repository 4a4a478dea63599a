/**
 * How a list changes under the visitor's eyes: what is under the pointer or has the focus stays
 * where it is, rows stay scrolled, cards move to their new places. Loaded once a list is shown:
 * the first one comes without.
 */
import { createMoves, holdRows, places } from './flip.ts'
import {
  hoverCardOf,
  keepInPlace,
  orderOf,
  pointerSense,
  scrollBack,
} from './keep-in-place.ts'
import type { ShownShelf } from './shelf.ts'

type Shelves = readonly ShownShelf[]

export interface Reranking {
  /** `answered` with the hover card kept where `shown` has it. */
  kept(shown: Shelves, answered: Shelves): Shelves
  /** Measures before a change of the document. @returns puts right what it moved */
  hold(shown: Shelves): () => void
  /** For every `pointermove` and `pointerdown`. */
  note(event: MouseEvent): void
  /** What to show once the pointer is on another card; nothing where all stands right. */
  release(event: MouseEvent, shown: Shelves, answered: Shelves): Shelves | undefined
}

export function createReranking(root: ShadowRoot): Reranking {
  const moves = createMoves(window)
  const pointer = pointerSense()
  const kept = (shown: Shelves, answered: Shelves) =>
    keepInPlace(shown, answered, hoverCardOf(root, shown))
  return {
    kept,
    note: pointer.note,
    hold: (shown) => {
      const before = places(root)
      const hover = hoverCardOf(root, shown)
      const holdStill = holdRows(root)
      const focused = root.activeElement as HTMLElement | null
      return () => {
        holdStill()
        // a card that is moved in the document loses the focus, if it is not lost itself
        if (focused !== root.activeElement) focused?.focus({ preventScroll: true })
        if (hover) scrollBack(root, hover, before)
        moves.play(root, before)
      }
    },
    release: (event, shown, answered) => {
      if (!pointer.hasMoved(event)) return undefined
      const next = kept(shown, answered)
      return orderOf(next) === orderOf(shown) ? undefined : next
    },
  }
}
