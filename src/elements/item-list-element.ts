/**
 * What <hearth-feed>, <hearth-related> and lists of results share: asking for items (newest
 * answer wins), re-ranking around the hover card, reactions with undo, and capturing what
 * the visitor sees and opens.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Hearth, HearthError, ItemRecord } from '../index.ts'
import { warnOnce } from './attributes.ts'
import { captureEvents } from './capture/capture.ts'
import type { CardHost, ListedItem } from './card.ts'
import { HearthOpenEvent } from './events.ts'
import { createMoves, holdRows, places } from './flip.ts'
import { isRefusedInFrame } from './framed.ts'
import { HearthElement, messageOf } from './hearth-element.ts'
import {
  hoverCardOf,
  keepInPlace,
  orderOf,
  pointerSense,
  scrollBack,
} from './keep-in-place.ts'
import { onOutdated } from './page-hearth.ts'
import { createReactionControl, type ReactionKind, withReaction } from './reactions.ts'
import {
  brokenView,
  type ShelfView,
  type ShownShelf,
  shelfView,
  skeletonView,
} from './shelf.ts'
import { baseStyles } from './styles/base.ts'
import { actStyles, cardStyles, shelfStyles, stateStyles } from './styles/list.ts'
import {
  type ListWishes,
  NO_WISHES,
  optionsFor,
  WISHES,
  wishProperties,
} from './wishes.ts'

export abstract class ItemListElement extends HearthElement implements CardHost {
  static override styles = [baseStyles, shelfStyles, cardStyles, actStyles, stateStyles]
  static override properties = {
    ...HearthElement.properties,
    ...wishProperties,
    shelves: { state: true },
    announcement: { state: true },
    problem: { state: true },
  }

  declare filter: ListWishes['filter']
  declare exclude: ListWishes['exclude']
  declare boost: ListWishes['boost']
  declare threshold: ListWishes['threshold']
  declare fallback: ListWishes['fallback']
  /** What is shown. */
  declare protected shelves: readonly ShownShelf[]
  /** What a screen reader hears. */
  declare protected announcement: string
  declare private problem: string
  /** What the element was asked for cannot be made: it shows nothing. */
  protected isMistaken = false

  #latest = 0
  #moves = createMoves(window)
  #pointer = pointerSense()
  /** The newest answer, before the hover card was kept in place. */
  #answered: readonly ShownShelf[] = []
  #reactionControl = createReactionControl(this)

  constructor() {
    super()
    Object.assign(this, NO_WISHES)
    this.shelves = []
    this.announcement = ''
    this.problem = ''
  }

  /** The owner's wishes, by attributes and properties. */
  protected listOptions() {
    return optionsFor(this)
  }

  /** Asks for what to show. */
  protected abstract ask(hearth: Hearth): Promise<readonly ShownShelf[]>

  /** How many skeleton rows stand in until the first answer. */
  protected readonly skeletonRows: number = 1
  protected abstract skeletonCount(): number

  /** Below the list. */
  protected footer(): TemplateResult | typeof nothing {
    return nothing
  }

  /** Beside and after the heading of the shelf at `place`. */
  protected decorate(_place: number): Omit<ShelfView, 'shelf'> {
    return {}
  }

  protected override onHearth(hearth: Hearth): (() => void)[] {
    void this.refresh()
    const capture = captureEvents({
      root: this.renderRoot as ShadowRoot,
      record: (events) => void hearth.record(events).catch(() => {}), // the next one may be kept
      now: () => Date.now(),
    })
    return [capture, onOutdated(hearth, () => void this.refresh(true))]
  }

  /** Asks again. Never rejects: a failure shows as state="failed". */
  async refresh(isRerank = false): Promise<void> {
    const { hearth } = this
    if (!hearth || !this.isConnected) return
    const request = ++this.#latest
    try {
      const shelves = await this.ask(hearth)
      if (request !== this.#latest) return // a newer request has taken over
      this.#show(shelves)
      this.state = 'ready'
      this.isMistaken = false
      if (isRerank) this.announcement = this.summary()
    } catch (error) {
      if (request !== this.#latest) return
      this.#fail(error)
    }
  }

  #fail(error: unknown) {
    this.state = 'failed'
    this.problem = messageOf(error)
    if ((error as Partial<HearthError> | null)?.code !== 'bad-argument') {
      return warnOnce(this.problem)
    }
    // the owner's own mistake, a filter for one: what it should hide must not be shown, and
    // its visitors cannot mend it
    console.error(`Hearth: ${this.problem}`)
    this.problem = ''
    this.isMistaken = true
    this.#answered = []
    this.shelves = []
  }

  /** What a screen reader hears after a re-rank. */
  protected summary(): string {
    return this.messages.list.reranked()
  }

  /** Shows a later answer to what was asked last. */
  protected answer(shelves: readonly ShownShelf[]) {
    if (this.state === 'ready') this.#show(shelves)
  }

  /** Shows `shelves` until the first answer is here. */
  protected preview(shelves: readonly ShownShelf[]) {
    if (this.state === 'loading' && this.shelves.length === 0) this.#show(shelves)
  }

  protected override willUpdate(changed: PropertyValues) {
    super.willUpdate(changed)
    if (!this.hasUpdated) return
    // titles of shelves are made of messages when the list is asked for
    if (changed.has('messages')) void this.refresh()
    else if (WISHES.some((name) => changed.has(name))) void this.refresh(true)
  }

  protected override update(changed: PropertyValues) {
    if (!this.hasUpdated || !changed.has('shelves')) return super.update(changed)
    const root = this.renderRoot
    const before = places(root)
    const hover = hoverCardOf(root, this.shelves)
    const holdStill = holdRows(root)
    super.update(changed)
    holdStill()
    if (hover) scrollBack(root, hover, before)
    this.#moves.play(root, before)
  }

  protected override render(): TemplateResult {
    return html`
      ${this.state === 'failed' ? this.#failure() : nothing} ${this.#list()}
      ${this.footer()}
      <p class="announcement" role="status" aria-live="polite">${this.announcement}</p>
      <div role="status">${this.#reactionControl.toast()}</div>
    `
  }

  #list() {
    const shelves = html`<div
      @pointerover=${this.#onPointer} @pointermove=${this.#pointer.note}
      @pointerdown=${this.#pointer.note}>
      ${repeat(
        this.shelves,
        ({ key }) => key,
        (shelf, place) => shelfView({ shelf, ...this.decorate(place) }, this),
      )}
    </div>`
    // one template in every state: the cards stay the same nodes, and keep the focus
    return html`${shelves} ${this.state === 'loading' ? this.#bones() : nothing}`
  }

  #bones() {
    const isEmpty = this.shelves.length === 0
    const rows = this.skeletonRows - this.shelves.length
    const head = isEmpty ? this.decorate(0) : {}
    const bones = skeletonView({ ...head, rows, count: this.skeletonCount() })
    return isEmpty ? html`<slot>${bones}</slot>` : bones
  }

  #failure() {
    const hasOwn = this.shelves.length === 0 && this.childElementCount > 0
    if (hasOwn) return html`<slot></slot>`
    if (this.isMistaken) return nothing
    return brokenView(this.problem, this.#retry, this.messages)
  }

  #retry = () => {
    this.state = 'loading'
    this.hearth?.retry()
    void this.refresh()
  }

  open(event: Event, item: ItemRecord) {
    if (!this.dispatchEvent(new HearthOpenEvent(item))) event.preventDefault()
  }

  /** Likes, refuses or saves, or takes it back. */
  react(item: ListedItem, kind: ReactionKind, slate: string | undefined) {
    if (isRefusedInFrame(this)) return
    void this.#reactionControl.press(item, kind, slate)
  }

  /** Shows a reaction on every card of an item. */
  setReaction(id: string, reaction: ListedItem['reaction']) {
    const withIt = (shelf: ShownShelf): ShownShelf => ({
      ...shelf,
      items: shelf.items.map((item) =>
        item.id === id ? withReaction(item, reaction) : item,
      ),
    })
    this.shelves = this.shelves.map(withIt)
    this.#answered = this.#answered.map(withIt)
  }

  /** Lets cards go that were only kept in place, once the pointer is on another. */
  #onPointer = (event: PointerEvent) => {
    if (!this.#pointer.hasMoved(event)) return
    const kept = this.#kept()
    if (orderOf(kept) !== orderOf(this.shelves)) this.shelves = kept
  }

  #show(answered: readonly ShownShelf[]) {
    this.#answered = answered
    this.shelves = this.#kept()
  }

  #kept() {
    const hover = hoverCardOf(this.renderRoot, this.shelves)
    return keepInPlace(this.shelves, this.#answered, hover)
  }
}
