/**
 * What <hearth-feed>, <hearth-related> and result lists share: asking the engine (newest
 * answer wins), re-ranking around the card in hand, reactions with undo, and following what
 * the visitor sees and opens.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Engine, Pick, Shelf } from '../engine/engine.ts'
import { messageOf } from '../errors.ts'
import type { ItemRecord } from '../pack/item.ts'
import { safeUrl } from '../pack/safe-url.ts'
import { captureSignals } from './capture/capture.ts'
import type { CardHost } from './card.ts'
import { HearthOpenEvent } from './events.ts'
import { createMoves, holdRows, places } from './flip.ts'
import { HearthElement } from './hearth-element.ts'
import { handOf, keepInPlace, orderOf, pointerSense, settle } from './keep-in-place.ts'
import { createReactionControl, type ReactionKind, withReaction } from './reactions.ts'
import type { Session } from './session.ts'
import { brokenView, type ShelfView, shelfView, skeletonView } from './shelf.ts'
import { baseStyles } from './styles/base.ts'
import { actStyles, cardStyles, shelfStyles, stateStyles } from './styles/list.ts'

export abstract class PickListElement extends HearthElement implements CardHost {
  static override styles = [baseStyles, shelfStyles, cardStyles, actStyles, stateStyles]
  static override properties = {
    ...HearthElement.properties,
    shelves: { state: true },
    said: { state: true },
    problem: { state: true },
  }

  /** What is shown. */
  declare protected shelves: readonly Shelf[]
  declare private said: string
  declare private problem: string

  #latest = 0
  #moves = createMoves(window)
  #pointer = pointerSense()
  /** The newest answer, before it was settled around the card in hand. */
  #answered: readonly Shelf[] = []
  #imageless = new Set<string>()
  #reactionControl = createReactionControl({
    requestUpdate: () => this.requestUpdate(),
    current: () => this.session,
    setReaction: (id, reaction) => {
      const remark = (shelf: Shelf) => withReaction(shelf, id, reaction)
      this.shelves = this.shelves.map(remark)
      this.#answered = this.#answered.map(remark)
    },
  })

  constructor() {
    super()
    this.shelves = []
    this.said = ''
    this.problem = ''
  }

  /** Asks the engine for what to show. */
  protected abstract ask(engine: Engine): Promise<readonly Shelf[]>

  /** How many skeleton rows stand in until the first answer. */
  protected readonly skeletonRows: number = 1
  protected abstract skeletonCount(): number

  /** Beside and after the heading of the shelf at `place`. */
  protected decorate(_place: number): Omit<ShelfView, 'shelf'> {
    return {}
  }

  protected override onSession(session: Session): (() => void)[] {
    void this.refresh()
    const capture = captureSignals({
      root: this.renderRoot as ShadowRoot,
      record: (signals) => void session.record(signals).catch(() => {}), // the next one may be kept
      now: () => Date.now(),
    })
    return [capture, session.onChange(() => void this.refresh(true))]
  }

  /** Asks again. Never rejects: a failure shows as state="failed". */
  async refresh(isAnswer = false): Promise<void> {
    const engine = this.session?.hearth.engine
    if (!engine) return
    const request = ++this.#latest
    try {
      const shelves = await this.ask(engine)
      if (request !== this.#latest) return // a newer request has taken over
      this.#show(shelves)
      this.state = 'ready'
      if (isAnswer) this.said = this.summary()
    } catch (error) {
      if (request !== this.#latest) return
      this.problem = messageOf(error)
      this.state = 'failed'
    }
  }

  /** What a screen reader hears after a re-rank. */
  protected summary(): string {
    return 'Re-ranked.'
  }

  /** Shows a later answer to what was asked last. */
  protected answer(shelves: readonly Shelf[]) {
    if (this.state === 'ready') this.#show(shelves)
  }

  /** Shows `shelves` until the engine has answered. */
  protected preview(shelves: readonly Shelf[]) {
    if (this.state === 'loading' && this.shelves.length === 0) this.#show(shelves)
  }

  protected override update(changed: PropertyValues) {
    if (!this.hasUpdated || !changed.has('shelves')) return super.update(changed)
    const root = this.renderRoot
    const before = places(root)
    const held = handOf(root, this.shelves)
    const holdStill = holdRows(root)
    super.update(changed)
    holdStill()
    if (held) keepInPlace(root, held, before)
    this.#moves.play(root, before)
  }

  protected override render(): TemplateResult {
    return html`
      ${this.state === 'failed' ? this.#failure() : nothing} ${this.#list()}
      <p class="said" role="status" aria-live="polite">${this.said}</p>
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
    return brokenView(this.problem, this.#retry)
  }

  #retry = () => {
    this.state = 'loading'
    this.session?.hearth.retry()
    void this.refresh()
  }

  imageOf(item: ItemRecord): string | undefined {
    const { id, image } = item
    return image && !this.#imageless.has(id) ? safeUrl(image) : undefined
  }

  imageFailed(item: ItemRecord) {
    this.#imageless.add(item.id)
    this.requestUpdate()
  }

  open(event: Event, item: ItemRecord) {
    if (!this.dispatchEvent(new HearthOpenEvent(item))) event.preventDefault()
  }

  /** Likes, refuses or saves, or takes it back. */
  reaction(pick: Pick, kind: ReactionKind) {
    void this.#reactionControl.press(pick, kind)
  }

  /** Lets go of cards that were only held in place, once the pointer is on another. */
  #onPointer = (event: PointerEvent) => {
    if (!this.#pointer.hasMoved(event)) return
    const settled = this.#settled()
    if (orderOf(settled) !== orderOf(this.shelves)) this.shelves = settled
  }

  #show(answered: readonly Shelf[]) {
    this.#answered = answered
    this.shelves = this.#settled()
  }

  #settled() {
    return settle(this.shelves, this.#answered, handOf(this.renderRoot, this.shelves))
  }
}
