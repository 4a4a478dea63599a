/** One shelf: a heading and a row of cards that scrolls sideways. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ShelfKind } from '../index.ts'
import { type CardHost, cardView, type ListedItem } from './card.ts'
import { icon } from './icons.ts'
import type { ElementMessages } from './messages/en.ts'

/** One row of cards as an element shows it. */
export interface ShownShelf {
  /** Stable between re-ranks. */
  readonly key: string
  readonly title: string
  readonly items: readonly ListedItem[]
  /** Names the list it is from: goes with the events it leads to. */
  readonly slate?: string
  /** Of a shelf the library made. */
  readonly kind?: ShelfKind
  /** Beside the heading. */
  readonly note?: string | undefined
  /** The title of the item it speaks of, which ends (the start of) `title`. */
  readonly anchorTitle?: string | undefined
}

/**
 * Keys in rows of cards: ← and → walk the cards of a row, ↑ and ↓ the rows, Home and End
 * its ends. The actions of a card can be tabbed to while the card has the focus.
 */
function onRowKey(event: KeyboardEvent) {
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
function onRowFocus(event: FocusEvent) {
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

export interface ShelfView {
  readonly shelf: ShownShelf
  /** Beside the heading; default: the shelf's own. */
  readonly note?: string | undefined
  /** At the end of the heading's line. */
  readonly control?: TemplateResult | undefined
  /** All cards at once, in lines, instead of one row that scrolls. */
  readonly isGrid?: boolean
}

export function shelfView(view: ShelfView, host: CardHost): TemplateResult {
  const { shelf, note = shelf.note, control } = view
  const heading = `shelf-${encodeURIComponent(shelf.key)}`
  return html`<section class="shelf" part="shelf" aria-labelledby=${heading}>
    <div class="head" part="head">
      <h2 id=${heading} part="heading" dir="auto">${titleOf(shelf)}</h2>
      ${note ? html`<p class="note" part="note">${note}</p>` : nothing}
      ${control ?? nothing} ${view.isGrid ? nothing : pagers()}
    </div>
    <ul
      class=${view.isGrid ? 'grid' : 'row'} part="row" role="list" tabindex="-1"
      data-hearth-slate=${shelf.slate ?? nothing}
      @keydown=${onRowKey} @focusin=${onRowFocus} @scroll=${onScroll}>
      ${repeat(
        shelf.items,
        ({ id }) => id,
        (item) => {
          const place = { key: `${shelf.key}/${item.id}`, slate: shelf.slate }
          return cardView(item, place, host)
        },
      )}
    </ul>
  </section>`
}

interface SkeletonView {
  readonly rows: number
  /** Cards a row. */
  readonly count: number
  /** What the first heading's line will hold: it takes its room already. */
  readonly note?: string | undefined
  readonly control?: TemplateResult | undefined
}

/** Shelves of exact size while nothing is known yet. */
export function skeletonView({ rows, count, note, control }: SkeletonView) {
  const card = html`<li class="card bone">
    <div class="face"><div class="cover"></div></div>
    <div class="meta"><i class="w8"></i><i class="w5"></i><i class="w7"></i></div>
    <div class="acts"></div>
  </li>`
  const shelf = (place: number) => html`<section class="shelf">
    <div class="head">
      <h2 aria-hidden="true"><i></i>&nbsp;</h2>
      ${place === 0 && note ? html`<p class="note">${note}</p>` : nothing}
      ${place === 0 ? (control ?? nothing) : nothing}
    </div>
    <ul class="row" aria-hidden="true">${Array.from({ length: count }, () => card)}</ul>
  </section>`
  const places = Array.from({ length: Math.max(0, rows) }, (_, place) => shelf(place))
  return html`<div class="bones">${places}</div>`
}

/** One sentence and a way to try again. */
export const brokenView = (
  problem: string,
  retry: () => void,
  messages: ElementMessages,
) =>
  html`<div class="broken" part="broken" role="alert">
    <p>${messages.list.broken(problem)}</p>
    <button type="button" class="pill" @click=${retry}>${messages.retry}</button>
  </div>`

/** The anchor's title within the shelf's own, if it ends with (the start of) it. */
function titleOf({ title, anchorTitle }: ShownShelf) {
  if (!anchorTitle) return title
  for (let at = 1; at < title.length - 1; at++) {
    if (title[at - 1] !== ' ' || !anchorTitle.startsWith(title.slice(at))) continue
    return html`${title.slice(0, at)}<em>${title.slice(at)}</em>`
  }
  return title
}

/** For a pointer that cannot scroll sideways; the keyboard has the arrow keys. */
function pagers() {
  return html`<div class="pagers" aria-hidden="true">
    <button type="button" tabindex="-1" class="back" disabled @click=${(event: Event) => turn(event, -1)}>
      ${icon('left')}
    </button>
    <button type="button" tabindex="-1" @click=${(event: Event) => turn(event, 1)}>
      ${icon('right')}
    </button>
  </div>`
}

function turn(event: Event, way: 1 | -1) {
  const row = (event.currentTarget as Element).closest('.shelf')?.querySelector('.row')
  const ahead = row && getComputedStyle(row).direction === 'rtl' ? -way : way
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  const behavior = isCalm ? 'instant' : 'smooth'
  row?.scrollBy({ left: ahead * row.clientWidth, behavior })
}

function onScroll(event: Event) {
  const row = event.currentTarget as HTMLElement
  const [back, onward] =
    row.parentElement!.querySelectorAll<HTMLButtonElement>('.pagers button')
  const gone = Math.abs(row.scrollLeft)
  if (back) back.disabled = gone < 4
  if (onward) onward.disabled = gone + row.clientWidth > row.scrollWidth - 4
}
