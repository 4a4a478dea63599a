/**
 * <hearth-feed> — a visitor's shelves: for you, because you liked X, widely chosen,
 * something different.
 *
 * @attr pack, storage, backend, state - see HearthElement
 * @attr count - items a shelf, 1–50; 12 if absent or not a number
 * @attr surprise - present: shows the dial from familiar to surprising; its value 0–1 is
 *   where the dial starts, 0.2 by default
 * @prop hearth, messages, itemHref, tileOf - see HearthElement
 * @slot - shown until the first list arrives, and again if none can be made
 * @csspart shelf, head, heading, note, row, card, cover, title, link, by, price, why, actions,
 *   action, action-like, action-dislike, action-save, dial, toast, broken
 * @fires hearth-open - HearthOpenEvent, cancellable, when the visitor chooses an item
 */
import { html, type PropertyValues, type TemplateResult } from 'lit'
import { shelfTitle } from '../explain/messages/messages.ts'
import type { FirstBlock, Hearth, Shelf, Shelves } from '../index.ts'
import { countOf, surpriseOf } from './attributes.ts'
import { ItemListElement } from './item-list-element.ts'
import type { ShelfView, ShownShelf } from './shelf.ts'

export class HearthFeedElement extends ItemListElement {
  static override properties = {
    ...ItemListElement.properties,
    count: { type: String },
    surprise: { type: String },
  }

  declare count: string | null
  declare surprise: string | null
  protected override readonly skeletonRows = 3
  #answer: Shelves | undefined
  #dial: number | undefined

  constructor() {
    super()
    this.count = null
    this.surprise = null
  }

  protected override onHearth(hearth: Hearth) {
    const leave = super.onHearth(hearth)
    hearth.first().then(
      (first) => this.preview([this.#commonShelf(first)]),
      () => {}, // shelves() fails too, and shows why
    )
    return leave
  }

  protected override async ask(hearth: Hearth): Promise<readonly ShownShelf[]> {
    const surprise = this.#dial ?? surpriseOf(this.surprise)
    const answer = await hearth.shelves({ count: countOf(this.count), surprise })
    this.#answer = answer
    return answer.shelves.map((shelf) => this.#shown(shelf, answer.slate))
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
