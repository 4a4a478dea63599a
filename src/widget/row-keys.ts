/**
 * Keys in rows of cards: ← and → walk the cards of a row, ↑ and ↓ the rows, Home and End
 * its ends. The actions of a card can be tabbed to while the card has the focus.
 */

export function onRowKey(event: KeyboardEvent) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const card = cardOf(event.target)
  const row = card?.parentElement
  if (!card || !row) return
  const to = target(event.key, card, row)
  const link = to?.querySelector<HTMLElement>('.link')
  if (!link) return
  event.preventDefault()
  link.focus({ preventScroll: true })
  to!.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
}

/** Only the card with the focus lets Tab into its buttons. */
export function onRowFocus(event: FocusEvent) {
  const card = cardOf(event.target)
  const root = card?.getRootNode() as ParentNode | undefined
  if (!card || !root) return
  for (const button of root.querySelectorAll<HTMLElement>('.acts button')) {
    button.tabIndex = card.contains(button) ? 0 : -1
  }
}

const cardOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-card]') : null

function target(key: string, card: HTMLElement, row: HTMLElement) {
  const cards = [...row.children]
  const place = cards.indexOf(card)
  const ahead = getComputedStyle(row).direction === 'rtl' ? -1 : 1
  if (key === 'ArrowRight') return cards[place + ahead]
  if (key === 'ArrowLeft') return cards[place - ahead]
  if (key === 'Home') return cards[0]
  if (key === 'End') return cards.at(-1)
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  const rows = [...(row.getRootNode() as ParentNode).querySelectorAll('.row')]
  const other = rows[rows.indexOf(row) + (key === 'ArrowDown' ? 1 : -1)]
  return other && nearest(other, card)
}

function nearest(row: Element, card: HTMLElement) {
  const x = card.getBoundingClientRect().left
  const distance = (other: Element) => Math.abs(other.getBoundingClientRect().left - x)
  return [...row.children].reduce((best, other) =>
    distance(other) < distance(best) ? other : best,
  )
}
