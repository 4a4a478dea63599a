/**
 * <hearth-feed> — a visitor's shelves: for you, because you liked X, widely read,
 * something different.
 *
 * @attr pack, device, memory, state - see HearthElement
 * @attr count - picks a shelf, 1–50; 12 if absent or not a number
 * @attr surprise - present: shows the dial from familiar to surprising; its value 0–1 is
 *   where the dial starts, 0.2 by default
 * @slot - shown until the first list arrives, and again if none can be made
 * @csspart shelf, head, heading, note, row, card, cover, title, link, by, why, actions,
 *   action, action-like, action-dislike, action-save, dial, toast, broken
 * @fires hearth-open - HearthOpenEvent, cancellable, when the visitor chooses an item
 */
import { html, type PropertyValues, type TemplateResult } from 'lit'
import type { Engine, Feed, Pick, Shelf } from '../engine/engine.ts'
import { shelfTitle } from '../explain/messages/en.ts'
import type { FirstBlock } from '../pack/pack.ts'
import { COMPONENTS } from '../scoring/score.ts'
import { countOf, surpriseOf } from './attributes.ts'
import { PickListElement } from './pick-list-element.ts'
import type { Session } from './session.ts'
import type { ShelfView } from './shelf.ts'

export class HearthFeedElement extends PickListElement {
  static override properties = {
    ...PickListElement.properties,
    count: { type: String },
    surprise: { type: String },
  }

  declare count: string | null
  declare surprise: string | null
  protected override readonly skeletonRows = 3
  #feed: Feed | undefined
  #dial: number | undefined

  constructor() {
    super()
    this.count = null
    this.surprise = null
  }

  protected override onSession(session: Session) {
    const leave = super.onSession(session)
    const asked = session.hearth.first()
    asked.then(
      (first) => this.preview([commonShelf(first, countOf(this.count))]),
      () => {}, // feed() fails too, and says why
    )
    return leave
  }

  protected override async ask(engine: Engine): Promise<readonly Shelf[]> {
    const surprise = this.#dial ?? surpriseOf(this.surprise)
    const feed = await engine.feed({ count: countOf(this.count), surprise })
    this.#feed = feed
    return feed.shelves
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
    return `Re-ranked from ${signals(this.#feed?.eventCount ?? 0)}.`
  }

  protected override decorate(place: number): Omit<ShelfView, 'shelf'> {
    const own = this.shelves.findIndex(({ kind }) => kind === 'for-you')
    if (place !== Math.max(own, 0)) return {}
    return {
      note: this.#feed ? noteOf(this.#feed) : 'making your shelves …',
      control: this.surprise === null ? undefined : this.#dialView(),
    }
  }

  #dialView(): TemplateResult {
    return html`<label class="dial" part="dial">
      <span>Familiar</span>
      <input
        type="range" min="0" max="1" step="0.05" aria-label="Familiar or surprising"
        .value=${String(this.#dial ?? surpriseOf(this.surprise))} @input=${this.#onDial} />
      <span>Surprising</span>
    </label>`
  }

  #onDial = (event: Event) => {
    this.#dial = (event.target as HTMLInputElement).valueAsNumber
    void this.refresh(true)
  }
}

/** "from 7 signals, re-ranked on this device in 4 ms" — measured by the engine. */
function noteOf({ eventCount, tookMs }: Feed): string {
  const time = tookMs < 1 ? 'under 1 ms' : `${Math.round(tookMs)} ms`
  if (eventCount === 0) return 'like something, and the shelves turn to you'
  return `from ${signals(eventCount)}, re-ranked on this device in ${time}`
}

const signals = (count: number) => `${count} ${count === 1 ? 'signal' : 'signals'}`

/** The stranger's shelf from the pack's first block: no scores yet, nothing claimed. */
function commonShelf({ items, isByPopularity }: FirstBlock, count: number): Shelf {
  const components = Object.fromEntries(
    COMPONENTS.map((name) => [name, 0]),
  ) as Pick['components']
  const picks = items.slice(0, count).map(
    (item): Pick => ({
      item,
      score: 0,
      match: 0.5,
      components,
      reasons: [],
      isGuess: false,
    }),
  )
  const title = shelfTitle(isByPopularity ? 'trending' : 'start')
  return { kind: 'trending', key: 'trending', title, picks }
}

declare global {
  interface HTMLElementTagNameMap {
    'hearth-feed': HearthFeedElement
  }
}
