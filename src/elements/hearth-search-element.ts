/**
 * <hearth-search> — a box that finds items by words at once and by meaning after.
 *
 * @attr pack, device, memory, state - see HearthElement
 * @attr placeholder - in the empty box; "Search" if absent
 * @attr label - for screen readers; the placeholder if absent
 * @attr count - results in the list, 1–50; 6 if absent
 * @csspart box, input, results, result, mode
 * @fires hearth-open - HearthOpenEvent, cancellable, when a result is chosen
 * @fires hearth-search - HearthSearchEvent, when Enter is pressed on the text
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Pick } from '../engine/engine.ts'
import type { Signal } from '../feedback/event.ts'
import type { ItemRecord } from '../pack/item.ts'
import { countOf } from './attributes.ts'
import { byLine, drawnCover, sentence } from './card.ts'
import { HearthOpenEvent, HearthSearchEvent } from './events.ts'
import { HearthElement } from './hearth-element.ts'
import { icon } from './icons.ts'
import {
  modeLine,
  NO_SEARCH,
  type SearchSession,
  type SearchStatus,
  searchSession,
} from './search-session.ts'
import { baseStyles } from './styles/base.ts'
import { searchStyles } from './styles/search.ts'

// The list under the search box: results, and how they were found.

export interface ResultsView {
  /** Place of the result that the arrow keys have reached, −1 for none. */
  readonly active: number
  readonly choose: (item: ItemRecord) => void
}

export function resultsView(status: SearchStatus, view: ResultsView): TemplateResult {
  const { result, text, isReading } = status
  const picks = result?.picks ?? []
  const isNone = result !== undefined && picks.length === 0 && !isReading
  return html`
    <ul id="results" role="listbox" aria-label="Results" part="results">
      ${repeat(
        picks,
        ({ item }) => item.id,
        (pick, place) => option(pick, place, view),
      )}
    </ul>
    ${isNone ? html`<p class="none">Nothing like “${text}” here.</p>` : nothing}
    <p class="mode" part="mode" role="status">${modeLine(status)}</p>
  `
}

function option(pick: Pick, place: number, { active, choose }: ResultsView) {
  const { item, headline } = pick
  const isActive = place === active
  return html`<li
    id="result-${place}" role="option" part="result" class=${isActive ? 'active' : ''}
    aria-selected=${isActive ? 'true' : 'false'}
    @pointerdown=${keepFocus} @click=${() => choose(item)}>
    <div class="thumb" aria-hidden="true">${drawnCover(item)}</div>
    <div class="what">
      <b dir="auto">${item.title}</b>
      <span dir="auto">${byLine(item)}</span>
      ${headline ? html`<small>${sentence(headline.text)}</small>` : nothing}
    </div>
  </li>`
}

/** A press on a result must not take the focus from the box, or the list would close. */
const keepFocus = (event: Event) => event.preventDefault()

export class HearthSearchElement extends HearthElement {
  static override styles = [baseStyles, searchStyles]
  static override properties = {
    ...HearthElement.properties,
    placeholder: { type: String },
    label: { type: String },
    count: { type: String },
    status: { state: true },
    active: { state: true },
    isOpen: { state: true },
  }

  declare placeholder: string | null
  declare label: string | null
  declare count: string | null
  declare private status: SearchStatus
  declare private active: number
  declare private isOpen: boolean
  #session: SearchSession | undefined

  constructor() {
    super()
    this.placeholder = null
    this.label = null
    this.count = null
    this.status = NO_SEARCH
    this.active = -1
    this.isOpen = false
  }

  protected override onSession() {
    const count = this.count === null ? 6 : countOf(this.count)
    this.#session = searchSession(count, (status) => {
      this.status = status
      this.active = Math.min(this.active, (status.result?.picks.length ?? 0) - 1)
    })
    this.state = 'ready'
    return [() => this.#session?.stop()]
  }

  /** What is typed. */
  get value(): string {
    return this.#input?.value ?? ''
  }

  set value(text: string) {
    if (this.#input) this.#input.value = text
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
    const hint = this.placeholder ?? 'Search'
    const isOpen = this.#isShown
    return html`<div class="find" part="box" role="search" @focusout=${this.#onFocusOut}>
      ${icon('find')}
      <input
        part="input" type="search" role="combobox" autocomplete="off" enterkeyhint="search"
        spellcheck="false" maxlength="512" placeholder=${hint} aria-label=${this.label ?? hint}
        aria-autocomplete="list" aria-controls="results" aria-expanded=${isOpen ? 'true' : 'false'}
        aria-activedescendant=${isOpen && this.active >= 0 ? `result-${this.active}` : nothing}
        @input=${this.#onInput} @focus=${this.#onFocus} @keydown=${this.#onKey} />
      <div class="panel" ?hidden=${!isOpen}>${resultsView(this.status, { active: this.active, choose: this.#choose })}</div>
    </div>`
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

  #onInput = () => {
    this.isOpen = true
    this.active = -1
    const engine = this.session?.hearth.engine
    if (engine) this.#session?.ask(engine, this.value)
  }

  #onFocus = () => {
    if (this.status.text !== '') this.isOpen = true
  }

  #onFocusOut = () => {
    this.isOpen = false
  }

  #onKey = (event: KeyboardEvent) => {
    const picks = this.status.result?.picks ?? []
    if (event.isComposing) return
    if (event.key === 'Escape' && this.#isShown) {
      event.preventDefault()
      this.isOpen = false
    } else if (event.key === 'Enter') {
      const chosen = this.#isShown ? picks[this.active] : undefined
      if (chosen) this.#choose(chosen.item)
      else this.#submit()
    } else if (
      (event.key === 'ArrowDown' || event.key === 'ArrowUp') &&
      picks.length > 0
    ) {
      event.preventDefault()
      this.isOpen = true
      const places = picks.length + 1 // one more for the box itself
      const step = event.key === 'ArrowDown' ? 1 : -1
      this.active = ((this.active + 1 + step + places) % places) - 1
    }
  }

  #submit() {
    const text = this.value.trim()
    if (text === '') return
    this.isOpen = false
    this.#record([{ kind: 'search', at: Date.now(), text }])
    this.dispatchEvent(new HearthSearchEvent(text))
  }

  #choose = (item: ItemRecord) => {
    const { text } = this.status
    const at = Date.now()
    this.isOpen = false
    this.#record([
      { kind: 'search', at, text },
      { kind: 'click', at: at + 1, itemId: item.id },
    ])
    const href = this.hrefOf(item)
    if (this.dispatchEvent(new HearthOpenEvent(item)) && href) location.assign(href)
  }

  #record(signals: readonly Signal[]) {
    this.session?.record(signals).catch(() => {}) // the search itself goes on
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hearth-search': HearthSearchElement
  }
}
