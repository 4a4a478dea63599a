/**
 * What <hearth-feed>, <hearth-related> and lists of results share: asking for items (newest
 * answer wins), re-ranking around the hover card, reactions with undo, and capturing what
 * the visitor sees and opens.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Hearth, HearthError, ItemRecord } from '../index.ts'
import { warnOnce } from './attributes.ts'
import type { CardHost, ListedItem } from './card.ts'
import { HearthOpenEvent } from './events.ts'
import { HearthElement, messageOf } from './hearth-element.ts'
import { onOutdated } from './page-hearth.ts'
import type { ReactionControl } from './reaction-control.ts'
import { type ReactionKind, withReaction } from './reactions.ts'
import type { Reranking } from './reranking.ts'
import {
  brokenView,
  type ShelfView,
  type ShownShelf,
  shelfView,
  skeletonView,
} from './shelf.ts'
import { baseStyles } from './styles/base.ts'
import { actStyles, cardStyles, shelfStyles } from './styles/list.ts'
import { stateStyles } from './styles/list-states.ts'
import { watchLater } from './watch-later.ts'
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
  /** How a re-rank keeps things in place; here once the first list is. */
  #reranking: Reranking | undefined
  /** The newest answer, before the hover card was kept in place. */
  #answered: readonly ShownShelf[] = []
  #reactionControl: ReactionControl | undefined
  /** Whether what the visitor opens is recorded by `capture/`. */
  #isCaptured = false

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
    const capture = watchLater(hearth, async () => {
      const { captureEvents } = await import('./after-first-list.ts')
      const stop = captureEvents({
        root: this.renderRoot as ShadowRoot,
        record: (events) => void hearth.record(events).catch(() => {}), // the next one may be kept
        now: () => Date.now(),
      })
      this.#isCaptured = true
      return () => {
        this.#isCaptured = false
        stop()
      }
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
    const putRight = this.#reranking?.hold(this.shelves)
    super.update(changed)
    putRight?.()
  }

  protected override render(): TemplateResult {
    return html`
      <div class="lists">
        ${this.state === 'failed' ? this.#failure() : nothing} ${this.#list()}
        ${this.footer()}
      </div>
      <p class="announcement" role="status" aria-live="polite">${this.announcement}</p>
      <div role="status">${this.#reactionControl?.toast()}</div>
    `
  }

  #list() {
    const shelves = html`<div
      @pointerover=${this.#onPointer} @pointermove=${this.#onMove}
      @pointerdown=${this.#onMove}>
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
    // a visitor may be quicker than what watches them
    if (!this.#isCaptured) {
      const list = (event.target as Element).closest<HTMLElement>('[data-hearth-slate]')
      const { hearthSlate: slate } = list?.dataset ?? {}
      const click = { kind: 'click', item: item.id, at: Date.now() } as const
      // the next one may be kept
      void this.hearth?.record(slate ? { ...click, slate } : click).catch(() => {})
    }
    if (!this.dispatchEvent(new HearthOpenEvent(item))) event.preventDefault()
  }

  /** Likes, refuses or saves, or takes it back. */
  react(item: ListedItem, kind: ReactionKind, slate: string | undefined) {
    const press = () => this.#reactionControl?.press(item, kind, slate)
    if (this.#reactionControl) void press()
    else void this.#loadRest().then(press)
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
    const kept = this.#reranking?.release(event, this.shelves, this.#answered)
    if (kept) this.shelves = kept
  }

  #onMove = (event: PointerEvent) => this.#reranking?.note(event)

  #show(answered: readonly ShownShelf[]) {
    this.#answered = answered
    this.shelves = this.#reranking?.kept(this.shelves, answered) ?? answered
    void this.#loadRest()
  }

  /** What acts and re-ranks need. Never rejects: without it, a list is shown and read. */
  async #loadRest() {
    if (this.#reactionControl) return
    try {
      const rest = await import('./after-first-list.ts')
      this.#reranking ??= rest.createReranking(this.renderRoot as ShadowRoot)
      if (this.#reactionControl) return // another call was quicker
      rest.adoptStyles(this.renderRoot, rest.toastStyles)
      this.#reactionControl = rest.createReactionControl(this)
    } catch {
      // asked for again by the next list, or the next press
    }
  }
}
