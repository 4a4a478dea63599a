/**
 * <hearth-search> — a box that finds items by keywords at once and semantically after.
 *
 * @attr pack, storage, backend, state - see HearthElement
 * @attr placeholder - in the empty box; "Search" if absent
 * @attr label - for screen readers; the placeholder if absent
 * @attr count - results in the list, 1–50; 6 if absent
 * @attr filter, exclude, boost, threshold, fallback - see <hearth-feed>
 * @prop hearth, messages, itemHref, tileOf - see HearthElement
 * @prop value - what is in the box
 * @csspart box, input, results, result, mode, understood, chip
 * @fires hearth-open - HearthOpenEvent, cancellable, when a result is chosen
 * @fires hearth-search - HearthSearchEvent, when Enter is pressed on the text
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import { reasonText } from '../explain/messages/messages.ts'
import type { EventInput, Hearth, ItemRecord, RecommendedItem } from '../index.ts'
import { countOf } from './attributes.ts'
import { byLine, sentence } from './card.ts'
import { HearthOpenEvent, HearthSearchEvent } from './events.ts'
import { HearthElement } from './hearth-element.ts'
import { icon } from './icons.ts'
import type { ElementMessages } from './messages/en.ts'
import {
  modeLine,
  NO_SEARCH,
  type SearchSession,
  type SearchStatus,
  searchSession,
} from './search-session.ts'
import { baseStyles } from './styles/base.ts'
import { searchStyles } from './styles/search.ts'
import { type FaceHost, faceView } from './tile.ts'
import { type ListWishes, NO_WISHES, optionsFor, wishProperties } from './wishes.ts'

// The list under the search box: results, and how they were found.

interface ResultsView {
  readonly messages: ElementMessages
  readonly faces: FaceHost
  /** Place of the result that the arrow keys have reached, −1 for none. */
  readonly active: number
  readonly choose: (item: ItemRecord) => void
  readonly remove: (key: string) => void
  /** Absent until something was understood. */
  readonly chips: Chips | undefined
}

type Chips = typeof import('./understood-chips.ts')

function resultsView(status: SearchStatus, view: ResultsView): TemplateResult {
  const { result, text, isReading } = status
  const { search } = view.messages
  const items = result?.items ?? []
  const isNone = result !== undefined && items.length === 0 && !isReading
  const understood = result?.understood?.parts ?? []
  return html`
    ${
      understood.length > 0 && view.chips
        ? view.chips.chipsView(understood, view)
        : nothing
    }
    <ul id="results" role="listbox" aria-label=${search.results} part="results">
      ${repeat(
        items,
        ({ id }) => id,
        (item, place) => option(item, place, view),
      )}
    </ul>
    ${isNone ? html`<p class="none">${search.none(text)}</p>` : nothing}
    <p class="mode" part="mode" role="status">${modeLine(status, view.messages)}</p>
  `
}

function option(item: RecommendedItem, place: number, view: ResultsView) {
  const { active, choose, faces, messages } = view
  const { headline } = item
  const isActive = place === active
  return html`<li
    id="result-${place}" role="option" part="result" class=${isActive ? 'active' : ''}
    aria-selected=${isActive ? 'true' : 'false'}
    @pointerdown=${keepFocus} @click=${() => choose(item)}>
    <div class="thumb" aria-hidden="true">${faceView(item, faces)}</div>
    <div class="what">
      <b dir="auto">${item.title}</b>
      <span dir="auto">${byLine(item)}</span>
      ${headline ? html`<small>${sentence(reasonText(headline, messages))}</small>` : nothing}
    </div>
  </li>`
}

/** A press on a result must not take the focus from the box, or the list would close. */
const keepFocus = (event: Event) => event.preventDefault()

/** If the page goes offline later, they are there; the encoder waits until somebody types. */
const loadScripts = (hearth: Hearth) =>
  void hearth.prepareSearch('scripts').catch(() => {}) // a pack that is not there

/** How long a page is given for its own work where it cannot report that it is idle, ms. */
const IDLE_MS = 2_000

/** @returns what calls it off */
function whenIdle(task: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(task, IDLE_MS) // Safari
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(task)
  return () => cancelIdleCallback(request)
}

export class HearthSearchElement extends HearthElement {
  static override styles = [baseStyles, searchStyles]
  static override properties = {
    ...HearthElement.properties,
    placeholder: { type: String },
    label: { type: String },
    count: { type: String },
    ...wishProperties,
    value: { attribute: false, noAccessor: true },
    status: { state: true },
    active: { state: true },
    isOpen: { state: true },
  }

  declare placeholder: string | null
  declare label: string | null
  declare count: string | null
  declare filter: ListWishes['filter']
  declare exclude: ListWishes['exclude']
  declare boost: ListWishes['boost']
  declare threshold: ListWishes['threshold']
  declare fallback: ListWishes['fallback']
  declare private status: SearchStatus
  declare private active: number
  declare private isOpen: boolean
  #session: SearchSession | undefined
  #value = ''
  #chips: Chips | undefined

  constructor() {
    super()
    this.placeholder = null
    this.label = null
    this.count = null
    Object.assign(this, NO_WISHES)
    this.status = NO_SEARCH
    this.active = -1
    this.isOpen = false
  }

  protected override onHearth(hearth: Hearth) {
    const count = this.count === null ? 6 : countOf(this.count)
    const options = async () => ({ count, ...(await optionsFor(this)) })
    this.#session = searchSession(options, (status) => {
      this.status = status
      if (status.result?.understood) void this.#loadChips()
      this.active = Math.min(this.active, (status.result?.items.length ?? 0) - 1)
    })
    this.state = 'ready'
    return [() => this.#session?.stop(), whenIdle(() => loadScripts(hearth))]
  }

  /** What is in the box. */
  get value(): string {
    return this.#value
  }

  set value(text: string) {
    this.#value = text
    this.requestUpdate()
  }

  override focus(options?: FocusOptions) {
    this.#input?.focus(options)
  }

  protected override updated(changed: PropertyValues) {
    if (changed.has('active')) {
      this.renderRoot
        .querySelector('[aria-selected="true"]')
        ?.scrollIntoView?.({ block: 'nearest' })
    }
  }

  protected override render(): TemplateResult {
    const hint = this.placeholder ?? this.messages.search.placeholder
    const { active, messages } = this
    const isOpen = this.#isShown
    return html`<div class="find" part="box" role="search" @focusout=${this.#onFocusOut}>
      ${icon('find')}
      <input
        part="input" type="search" role="combobox" autocomplete="off" enterkeyhint="search"
        spellcheck="false" maxlength="512" placeholder=${hint} aria-label=${this.label ?? hint}
        aria-autocomplete="list" aria-controls="results" aria-expanded=${isOpen ? 'true' : 'false'}
        aria-activedescendant=${isOpen && active >= 0 ? `result-${active}` : nothing}
        .value=${live(this.#value)}
        @input=${this.#onInput} @focus=${this.#onFocus} @keydown=${this.#onKey} />
      <div class="panel" ?hidden=${!isOpen}>${resultsView(this.status, { active, messages, faces: this, choose: this.#choose, remove: this.#remove, chips: this.#chips })}</div>
    </div>`
  }

  async #loadChips() {
    const isFirst = this.#chips === undefined
    this.#chips = await import('./understood-chips.ts').catch(() => undefined) // none are drawn
    if (!this.#chips || !isFirst) return
    this.#chips.addChipStyles(this.renderRoot)
    this.requestUpdate()
  }

  get #input() {
    return this.renderRoot?.querySelector('input') ?? undefined
  }

  get #isShown() {
    return (
      this.isOpen &&
      (this.status.result !== undefined || this.status.problem !== undefined)
    )
  }

  #onInput = (event: Event) => {
    this.#value = (event.target as HTMLInputElement).value
    this.isOpen = true
    this.active = -1
    if (this.hearth) this.#session?.ask(this.hearth, this.#value)
  }

  #onFocus = () => {
    if (this.hearth) loadScripts(this.hearth)
    if (this.status.text !== '') this.isOpen = true
  }

  #onFocusOut = ({ relatedTarget }: FocusEvent) => {
    // from the box to a chip, and back
    if (relatedTarget instanceof Node && this.renderRoot.contains(relatedTarget)) return
    this.isOpen = false
  }

  /** What the visitor takes away of what was understood; the box keeps its text and the focus. */
  #remove = (key: string) => {
    this.focus()
    if (this.hearth) this.#session?.ignore(this.hearth, key)
  }

  #onKey = (event: KeyboardEvent) => {
    const items = this.status.result?.items ?? []
    if (event.isComposing) return
    if (event.key === 'Escape' && this.#isShown) {
      event.preventDefault()
      this.isOpen = false
    } else if (event.key === 'Enter') {
      const chosen = this.#isShown ? items[this.active] : undefined
      if (chosen) this.#choose(chosen)
      else this.#submit()
    } else if (
      (event.key === 'ArrowDown' || event.key === 'ArrowUp') &&
      items.length > 0
    ) {
      event.preventDefault()
      this.isOpen = true
      const places = items.length + 1 // one more for the box itself
      const step = event.key === 'ArrowDown' ? 1 : -1
      this.active = ((this.active + 1 + step + places) % places) - 1
    }
  }

  #submit() {
    const text = this.#value.trim()
    if (text === '') return
    this.isOpen = false
    this.#record([{ kind: 'search', at: Date.now(), text }])
    this.dispatchEvent(new HearthSearchEvent(text))
  }

  #choose = (item: ItemRecord) => {
    const { text, result } = this.status
    const slate = result ? { slate: result.slate } : {}
    const at = Date.now()
    this.isOpen = false
    this.#record([
      { kind: 'search', at, text },
      { kind: 'click', at: at + 1, item: item.id, ...slate },
    ])
    const href = this.hrefOf(item)
    if (this.dispatchEvent(new HearthOpenEvent(item)) && href) location.assign(href)
  }

  #record(events: readonly EventInput[]) {
    this.hearth?.record(events).catch(() => {}) // the search itself goes on
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hearth-search': HearthSearchElement
  }
}
