/** Cards move to their new places (FLIP): measured before, played after a re-rank. */

export type Places = ReadonlyMap<string, DOMRect>

/** Longest move, ms. */
const MOVE_MS = 240
const ENTER_MS = 200
const EASING = 'cubic-bezier(0.2, 0.7, 0.2, 1)'

/** Where the cards (`[data-card]`) are now, in motion or not. */
export function places(root: ParentNode): Places {
  const found = new Map<string, DOMRect>()
  for (const card of root.querySelectorAll<HTMLElement>('[data-card]')) {
    found.set(card.dataset.card!, card.getBoundingClientRect())
  }
  return found
}

/** Moves cards from where they were; new ones fade in. Nothing under reduced motion. */
export function playMoves(root: ParentNode, before: Places, view: Window) {
  if (before.size === 0) return
  if (view.matchMedia?.('(prefers-reduced-motion: reduce)').matches) return
  for (const card of root.querySelectorAll<HTMLElement>('[data-card]')) {
    if (!card.animate) return
    for (const old of card.getAnimations()) old.cancel()
    const now = card.getBoundingClientRect()
    const was = before.get(card.dataset.card!)
    if (!isNear(now, view) && !(was && isNear(was, view))) continue
    if (was) move(card, was.left - now.left, was.top - now.top)
    else
      card.animate(
        [
          { opacity: 0, scale: 0.97 },
          { opacity: 1, scale: 1 },
        ],
        ENTER_MS,
      )
  }
}

function move(card: HTMLElement, x: number, y: number) {
  if (Math.abs(x) < 0.5 && Math.abs(y) < 0.5) return
  const from = `translate(${x}px, ${y}px)`
  card.animate([{ transform: from }, { transform: 'none' }], {
    duration: MOVE_MS,
    easing: EASING,
  })
}

const isNear = ({ top, bottom, left, right }: DOMRect, view: Window) =>
  bottom > -100 &&
  top < view.innerHeight + 100 &&
  right > -100 &&
  left < view.innerWidth + 100
