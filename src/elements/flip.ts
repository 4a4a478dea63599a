/** Cards move to their new places (FLIP): measured before, played after a re-rank. */

export type Places = ReadonlyMap<string, DOMRect>

export interface Moves {
  /** Moves cards from where they were; new ones fade in. Nothing under reduced motion. */
  play(root: ParentNode, before: Places): void
}

/** Longest move, ms. */
const MOVE_MS = 240
const ENTER_MS = 200
const EASING = 'cubic-bezier(0.2, 0.7, 0.2, 1)'
const ENTER: Keyframe[] = [
  { opacity: 0, scale: 0.97 },
  { opacity: 1, scale: 1 },
]

const cardsOf = (root: ParentNode) => [
  ...root.querySelectorAll<HTMLElement>('[data-card]'),
]

/** Where the cards (`[data-card]`) are now, in motion or not. */
export function places(root: ParentNode): Places {
  return new Map(
    cardsOf(root).map((card) => [card.dataset.card!, card.getBoundingClientRect()]),
  )
}

/**
 * Remembers how far the rows are scrolled; call the result after the change. Scroll snap
 * would follow the first card to its new place, and take the hover card along.
 */
export function holdRows(root: ParentNode): () => void {
  const rows = [...root.querySelectorAll('.row')].map((row) => ({
    row,
    left: row.scrollLeft,
  }))
  return () => {
    for (const { row, left } of rows) if (row.scrollLeft !== left) row.scrollLeft = left
  }
}

export function createMoves(view: Window): Moves {
  let running: Animation[] = []
  return {
    play: (root, before) => {
      for (const old of running) old.cancel() // new moves start where these were seen
      running = []
      const isCalm = view.matchMedia?.('(prefers-reduced-motion: reduce)').matches
      const cards = before.size === 0 || isCalm ? [] : cardsOf(root)
      // all measured before any moves: one layout, not one a card
      const now = cards.map((card) => card.getBoundingClientRect())
      running = cards.flatMap((card, k) => {
        const was = before.get(card.dataset.card!)
        const isSeen = isNear(now[k]!, view) || (was && isNear(was, view))
        return (isSeen && animate(card, now[k]!, was)) || []
      })
    },
  }
}

function animate(card: HTMLElement, now: DOMRect, was: DOMRect | undefined) {
  if (!was) return card.animate?.(ENTER, ENTER_MS)
  const [x, y] = [was.left - now.left, was.top - now.top]
  if (Math.abs(x) < 0.5 && Math.abs(y) < 0.5) return undefined
  const frames = [{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }]
  return card.animate?.(frames, { duration: MOVE_MS, easing: EASING })
}

const isNear = ({ top, bottom, left, right }: DOMRect, view: Window) =>
  bottom > -100 &&
  top < view.innerHeight + 100 &&
  right > -100 &&
  left < view.innerWidth + 100
