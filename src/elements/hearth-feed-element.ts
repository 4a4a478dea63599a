/**
 * <hearth-feed> — a visitor's shelves: for you, because you liked X, widely chosen,
 * something different.
 *
 * @attr pack, storage, backend, state - see HearthElement
 * @attr count - items a shelf, 1–50; 12 if absent or not a number
 * @attr surprise - present: shows the dial from familiar to surprising; its value 0–1 is
 *   where the dial starts, 0.2 by default
 * @attr filter - only items that pass, as "category = 'Shoes' and price < 50 and available"
 *   (docs/filters.md). Present and empty: filters will follow, so what they need is loaded
 *   with the page. One that cannot be read shows nothing, and is named on the console
 * @attr exclude - ids that must not come, with commas between
 * @attr boost - "category = 'Sale': +1; price < 20: 0.5": added to the score for the order
 * @attr threshold - least match (click probability) of an item, 0–1
 * @attr fallback - popular | none | ids with commas between: fills the first shelf where
 *   filter and threshold leave it short
 * @attr more - present: a button below the shelves shows more, as often as there is more
 * @prop filter, exclude, boost, threshold, fallback - the same, or as objects and lists
 * @prop hearth, messages, itemHref, tileOf - see HearthElement
 * @slot - shown until the first list arrives, and again if none can be made
 * @csspart shelf, head, heading, note, row, card, cover, title, link, by, price, why, actions,
 *   action, action-like, action-dislike, action-save, dial, toast, broken, more, none
 * @fires hearth-open - HearthOpenEvent, cancellable, when the visitor chooses an item
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { shelfTitle } from '../explain/messages/messages.ts'
import type { FirstBlock, Hearth, Shelf, Shelves } from '../index.ts'
import { countOf, surpriseOf } from './attributes.ts'
import type { ListedItem } from './card.ts'
import { ItemListElement } from './item-list-element.ts'
import type { ShelfView, ShownShelf } from './shelf.ts'
import { hasWishes, WISHES } from './wishes.ts'

/** What follows the shelves, so far. */
interface Following {
  readonly items: readonly ListedItem[]
  /** Of the last list that was added. */
  readonly slate: string
  /** Nothing more will come. */
  readonly isAll: boolean
}

const NOTHING_MORE: Following = { items: [], slate: '', isAll: false }
/** The key of the shelf that grows. */
const MORE = 'more'
export class HearthFeedElement extends ItemListElement {
  static override properties = {
    ...ItemListElement.properties,
    count: { type: String },
    surprise: { type: String },
    more: { type: Boolean },
    following: { state: true },
  }

  declare count: string | null
  declare surprise: string | null
  declare more: boolean
  /** What the button below has added. */
  declare private following: Following
  protected override readonly skeletonRows = 3
  #answer: Shelves | undefined
  #dial: number | undefined

  constructor() {
    super()
    this.count = null
    this.surprise = null
    this.more = false
    this.following = NOTHING_MORE
  }

  protected override onHearth(hearth: Hearth) {
    const leave = super.onHearth(hearth)
    // the first items are nobody's choice, and no filter's
    if (hasWishes(this)) return leave
    hearth.first().then(
      (first) => first.items.length > 0 && this.preview([this.#commonShelf(first)]),
      () => {}, // shelves() fails too, and shows why
    )
    return leave
  }

  protected override async ask(hearth: Hearth): Promise<readonly ShownShelf[]> {
    const surprise = this.#dial ?? surpriseOf(this.surprise)
    const options = {
      count: countOf(this.count),
      surprise,
      ...(hasWishes(this) ? await this.listOptions() : {}),
    }
    const answer = await hearth.shelves(options)
    await this.#renewFollowing(hearth)
    this.#answer = answer
    const shelves = answer.shelves.map((shelf) => this.#shown(shelf, answer.slate))
    return [...shelves, ...this.#followingShelf(shelves)]
  }

  /** What was added may have been given a reason that the log no longer holds. */
  async #renewFollowing(hearth: Hearth) {
    const before = this.following
    if (before.items.length === 0) return
    const items = await hearth.items(before.items.map(({ id }) => id))
    if (before === this.following) this.following = { ...before, items }
  }

  /** What was added stays through a re-rank, but for what the shelves show now. */
  #followingShelf(shelves: readonly ShownShelf[]): ShownShelf[] {
    const shown = new Set(shelves.flatMap(({ items }) => items.map(({ id }) => id)))
    const items = this.following.items.filter(({ id }) => !shown.has(id))
    if (items.length === 0) return []
    const { slate } = this.following
    return [{ key: MORE, title: this.messages.list.more, items, slate }]
  }

  protected override footer() {
    const { list } = this.messages
    if (this.state !== 'ready') return nothing
    if (this.shelves.length === 0) {
      return html`<p class="none" part="none">${list.none}</p>`
    }
    if (!this.more || this.following.isAll) return nothing
    return html`<button type="button" class="pill more" part="more" @click=${this.#onMore}>
      ${list.showMore}
    </button>`
  }

  #onMore = async () => {
    const { hearth } = this
    const answer = this.#answer
    if (!hearth || !answer) return
    const before = this.shelves
    try {
      const { continued } = await import('./continued.ts')
      const { items, slate } = await continued(hearth, answer, {
        count: countOf(this.count),
        shown: new Set(before.flatMap(({ items }) => items.map(({ id }) => id))),
      })
      if (answer !== this.#answer) return // a re-rank came first
      const all = [...this.following.items, ...items]
      this.following = { items: all, slate, isAll: items.length === 0 }
    } catch {
      return this.refresh() // the engine was started anew, and knows no list
    }
    const shelves = before.filter(({ key }) => key !== MORE)
    this.answer([...shelves, ...this.#followingShelf(shelves)])
    this.announcement = this.messages.list.added(
      this.following.isAll ? 0 : this.#added(before),
    )
    if (this.following.isAll) await this.#keepFocus()
  }

  #added(before: readonly ShownShelf[]) {
    const count = (shelves: readonly ShownShelf[]) =>
      shelves.reduce((sum, { items }) => sum + items.length, 0)
    return count(this.shelves) - count(before)
  }

  /** The button is about to go: the focus moves to the last card. */
  async #keepFocus() {
    const button = this.renderRoot.querySelector('.more')
    if (!button?.matches(':focus')) return
    await this.updateComplete
    const links = this.renderRoot.querySelectorAll<HTMLElement>('.link')
    links[links.length - 1]?.focus({ preventScroll: true })
  }

  #shown(shelf: Shelf, slate: string): ShownShelf {
    const { key, kind, anchor, items } = shelf
    const title = shelfTitle(shelf, this.messages)
    const note = this.messages.list.notes[kind]
    return { key, kind, title, items, slate, note, anchorTitle: anchor?.item.title }
  }

  /** The stranger's shelf from the pack's first block: no scores yet, nothing claimed. */
  #commonShelf({ items, isByPopularity }: FirstBlock): ShownShelf {
    const kind = 'popular'
    const title = shelfTitle({ kind, isByPopularity }, this.messages)
    return { key: kind, kind, title, items: items.slice(0, countOf(this.count)) }
  }

  protected override willUpdate(changed: PropertyValues) {
    super.willUpdate(changed)
    // another filter, another list: what was added belongs to the former
    if (this.hasUpdated && WISHES.some((name) => changed.has(name))) {
      this.following = NOTHING_MORE
    }
    const isAsked = changed.has('count') || changed.has('surprise')
    if (this.hasUpdated && isAsked) void this.refresh()
  }

  protected override skeletonCount() {
    return Math.min(countOf(this.count), 8)
  }

  protected override summary() {
    return this.messages.list.reranked(this.#answer?.eventCount)
  }

  protected override decorate(place: number): Omit<ShelfView, 'shelf'> {
    if (this.shelves[place]?.key === MORE) return { isGrid: true }
    const own = this.shelves.findIndex(({ kind }) => kind === 'for-you')
    if (place !== Math.max(own, 0)) return {}
    const { list } = this.messages
    const answer = this.#answer
    return {
      note: answer ? list.note(answer.eventCount, answer.tookMs) : list.loading,
      control: this.surprise === null ? undefined : this.#dialView(),
    }
  }

  #dialView(): TemplateResult {
    const { dial, familiar, surprising } = this.messages.list
    return html`<label class="dial" part="dial">
      <span>${familiar}</span>
      <input
        type="range" min="0" max="1" step="0.05" aria-label=${dial}
        .value=${String(this.#dial ?? surpriseOf(this.surprise))} @input=${this.#onDial} />
      <span>${surprising}</span>
    </label>`
  }

  #onDial = (event: Event) => {
    this.#dial = (event.target as HTMLInputElement).valueAsNumber
    void this.refresh(true)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hearth-feed': HearthFeedElement
  }
}
