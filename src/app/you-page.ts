/** <app-you> — everything Hearth knows of the visitor, and every way to change it. */
import { html, nothing, type TemplateResult } from 'lit'
import type {
  EngineNotice,
  EngineState,
  ShownEvent,
  TasteSummary,
} from '../engine/engine.ts'
import { icon } from '../widget/icons.ts'
import { deviceLines } from './device-lines.ts'
import { type Day, type Entry, eventDays } from './event-days.ts'
import { PageElement, PageReadyEvent } from './page-element.ts'
import { ProfileToolsElement } from './profile-tools.ts'
import { hrefOf } from './router.ts'
import { deviceView, tasteView } from './you-views.ts'

interface Known {
  readonly events: readonly ShownEvent[]
  readonly taste: TasteSummary
}

/** Days shown before "Show older". */
const FIRST_DAYS = 3

export class YouPageElement extends PageElement {
  static override properties = {
    ...PageElement.properties,
    known: { state: true },
    device: { state: true },
    isLong: { state: true },
  }

  declare private known: Known | undefined
  declare private device: EngineState | undefined
  declare private isLong: boolean
  #leaveNotices: (() => void) | undefined

  constructor() {
    super()
    this.known = undefined
    this.device = undefined
    this.isLong = false
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#leaveNotices = this.visit.hearth.subscribe((notice: EngineNotice) => {
      if (notice.type === 'state') this.device = notice.state
    })
    void this.updateComplete.then(() => this.dispatchEvent(new PageReadyEvent('You')))
  }

  override disconnectedCallback() {
    this.#leaveNotices?.()
    super.disconnectedCallback()
  }

  protected override async load() {
    const { engine } = this.visit.hearth
    const [events, taste, device] = await Promise.all([
      engine.events(),
      engine.taste(),
      engine.state(),
    ])
    return () => {
      this.known = { events, taste }
      this.device = device
    }
  }

  protected override render(): TemplateResult {
    const { known, device } = this
    return html`
      <div class="head">
        <h1 tabindex="-1">What Hearth knows</h1>
        <p class="note">${known ? countLine(known.events) : nothing}</p>
      </div>
      ${this.problem ? this.#broken() : nothing}
      ${known ? this.#two(known, device) : logBones}
    `
  }

  #two({ events, taste }: Known, device: EngineState | undefined) {
    return html`<div class="two">
      <div>${this.#log(events)}</div>
      <div class="side">
        ${tasteView(taste)}
        <app-profile-tools .visit=${this.visit}></app-profile-tools>
        <p class="hint">Removing a signal removes what it taught. Export makes a file of
          all of them, for another browser or for keeping.</p>
        ${device ? deviceView(deviceLines(device, surroundings())) : nothing}
      </div>
    </div>`
  }

  #log(events: readonly ShownEvent[]) {
    const days = eventDays(events, Date.now())
    if (days.length === 0) return empty
    const shown = this.isLong ? days : days.slice(0, FIRST_DAYS)
    return html`${shown.map((day) => this.#day(day))}
      ${
        shown.length < days.length
          ? html`<button type="button" class="pill" @click=${() => (this.isLong = true)}>Show older</button>`
          : nothing
      }`
  }

  #day({ label, entries }: Day) {
    return html`<section>
      <h2 class="day">${label}</h2>
      <ul class="log">
        ${entries.map((entry) => this.#entry(entry))}
      </ul>
    </section>`
  }

  #entry(entry: Entry) {
    const { kind, deed, subject, itemId, at, seqs } = entry
    const what = itemId
      ? html`<a href=${hrefOf({ page: 'item', id: itemId })} dir="auto">${subject}</a>`
      : html`<b dir="auto">${subject}</b>`
    return html`<li>
      ${icon(kind === 'impression' ? 'seen' : kind === 'search' ? 'find' : kind)}
      <span>${deed} ${what}</span>
      <time datetime=${new Date(at).toISOString()}>${clockTime(at)}</time>
      <button
        type="button" class="quiet" aria-label="Remove: ${deed} ${subject}"
        @click=${() => this.#remove(seqs)}>Remove</button>
    </li>`
  }

  #remove(seqs: readonly number[]) {
    const { engine } = this.visit.hearth
    this.visit
      .change(() => engine.removeEvents(seqs))
      .catch((error: unknown) => {
        this.problem = String(error)
      })
  }

  #broken() {
    return html`<div class="broken" role="alert">
      <p>${this.problem}</p>
      <button type="button" class="pill" @click=${this.retry}>Retry</button>
    </div>`
  }
}

function countLine(events: readonly ShownEvent[]): string {
  const done = events.filter(({ signal }) => signal.kind !== 'impression').length
  return `${done} ${done === 1 ? 'signal' : 'signals'}, kept in this browser. Nothing has left it.`
}

const surroundings = () => ({
  isOnline: navigator.onLine,
  isKept: Boolean(navigator.serviceWorker?.controller),
})

const clockTime = (at: number) =>
  new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(at)

const empty = html`<div class="empty">
  <h2>Nothing yet</h2>
  <p>Like, save or open a book and it is listed here, where it can be taken back.</p>
  <p><a class="pill" href="#/">To the shelves</a></p>
</div>`

const logBones = html`<ul class="log bones" aria-hidden="true">
  ${Array.from({ length: 6 }, () => html`<li><i></i></li>`)}
</ul>`

/** Registers the page's elements; again is nothing. */
export function defineYou() {
  if (customElements.get('app-you')) return
  customElements.define('app-profile-tools', ProfileToolsElement)
  customElements.define('app-you', YouPageElement)
}
