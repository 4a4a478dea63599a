/**
 * <hearth-taste> — a visitor's taste by kind (makers, series, genres, years), liked and refused
 * apart, each to be followed, wanted less or never; and what they asked for, to be taken back.
 * With `item`, the same three for the makers and genres of one item, behind one line.
 *
 * @attr pack, storage, backend, assets, state - see HearthElement
 * @attr item - id of one item: a small menu for its page. Default: the whole taste
 * @prop hearth, messages - see HearthElement
 * @csspart heading, stated, relation, row, choice, menu
 */
import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type {
  AttributeValue,
  EventKind,
  Hearth,
  Preference,
  Relation,
  ShownPreference,
  TasteOfRelation,
  TasteShare,
  TasteSummary,
} from '../index.ts'
import { warnOnce } from './attributes.ts'
import { isRefusedInFrame } from './framed.ts'
import { HearthElement, messageOf } from './hearth-element.ts'
import { icon } from './icons.ts'
import { tasteEn } from './messages/taste-en.ts'
import {
  attributeKey,
  createPreferenceControl,
  currentView,
  preferenceButtons,
} from './preferences.ts'
import { baseStyles } from './styles/base.ts'
import { tasteStyles } from './styles/taste.ts'

/** Values of a relation before "All". */
const FIRST_VALUES = 5
/** An item's page offers these; nobody follows a decade from there. */
const OF_ITEM: ReadonlySet<Relation> = new Set(['author', 'series', 'genre', 'tag'])

export class HearthTasteElement extends HearthElement {
  static override styles = [baseStyles, tasteStyles]
  static override properties = {
    ...HearthElement.properties,
    item: { type: String },
    taste: { state: true },
    ofItem: { state: true },
    announcement: { state: true },
    problem: { state: true },
    open: { state: true },
    long: { state: true },
  }

  declare item: string | null
  declare private taste: TasteSummary | undefined
  declare private ofItem: readonly AttributeValue[]
  declare private announcement: string
  declare private problem: string
  /** The row whose three choices are shown. */
  declare private open: string | undefined
  /** Lists shown to their end. */
  declare private long: ReadonlySet<string>
  #latest = 0
  readonly #control = createPreferenceControl(this, () => this.#words)

  constructor() {
    super()
    this.item = null
    this.taste = undefined
    this.ofItem = []
    this.announcement = ''
    this.problem = ''
    this.open = undefined
    this.long = new Set()
  }

  get #words() {
    return this.messages.taste ?? tasteEn
  }

  protected override onHearth(hearth: Hearth): (() => void)[] {
    void this.refresh()
    return [hearth.on('change', ({ kinds }) => this.#onChange(kinds))]
  }

  /** What was only seen changes no taste, and what an item is does not change at all. */
  #onChange(kinds: readonly EventKind[] | undefined) {
    const isOfTaste = this.item === null && kinds?.some((kind) => kind !== 'impression')
    if (!kinds || isOfTaste || kinds.includes('prefer')) void this.refresh()
  }

  protected override willUpdate(changed: PropertyValues) {
    super.willUpdate(changed)
    if (this.hasUpdated && changed.has('item')) void this.refresh()
  }

  /** Asks again. Never rejects: a failure shows as state="failed". */
  async refresh(): Promise<void> {
    const { hearth, item } = this
    if (!hearth) return
    const request = ++this.#latest
    try {
      const [taste, detail] = await Promise.all([
        item === null ? hearth.profile.taste() : undefined,
        item === null ? undefined : hearth.item(item),
        this.#control.load(),
      ])
      if (request !== this.#latest) return // a newer request has taken over
      this.taste = taste
      this.ofItem =
        detail?.attributes.filter(({ relation }) => OF_ITEM.has(relation)) ?? []
      this.problem = ''
      this.state = 'ready'
    } catch (error) {
      if (request !== this.#latest) return
      this.problem = messageOf(error)
      this.state = 'failed'
      warnOnce(this.problem)
    }
  }

  protected override render(): TemplateResult {
    return html`
      ${this.problem ? html`<p role="alert">${this.problem}</p>` : nothing}
      ${this.item === null ? this.#whole() : this.#menu()}
      <p class="announcement" role="status">${this.announcement}</p>
    `
  }

  #whole() {
    const { taste } = this
    const words = this.#words
    if (!taste) return nothing
    return html`
      <section class="group" part="stated">
        <h2 part="heading">${words.stated}</h2>
        ${this.#statedView()}
      </section>
      <section class="group">
        <h2 part="heading">${words.taste}</h2>
        ${
          taste.relations.length === 0
            ? html`<p class="hint">${words.noTaste}</p>`
            : taste.relations.map((each) => this.#relationView(each))
        }
      </section>
    `
  }

  #statedView() {
    const all = this.#control.all()
    if (all.length === 0) return html`<p class="hint">${this.#words.nothingStated}</p>`
    return html`<ul role="list">
      ${repeat(
        all,
        ({ attribute }) => attributeKey(attribute),
        (stated) => this.#statedRow(stated),
      )}
    </ul>`
  }

  #statedRow({ attribute, items }: ShownPreference) {
    const words = this.#words
    const count = items === 0 ? words.unknown : words.held(items)
    return html`<li class="stated" part="row">
      <span class="name"><b dir="auto">${attribute.name}</b> <small>${count}</small></span>
      ${this.#buttons(attribute)}
    </li>`
  }

  #relationView({ relation, liked, disliked }: TasteOfRelation) {
    const words = this.#words
    return html`<section class="relation" part="relation">
      <h3>${words.relations[relation]}</h3>
      ${this.#shares(relation, 'liked', liked)}
      ${
        disliked.length > 0
          ? html`<h4>${words.refused}</h4> ${this.#shares(relation, 'refused', disliked)}`
          : nothing
      }
    </section>`
  }

  #shares(
    relation: Relation,
    sign: 'liked' | 'refused',
    shares: readonly TasteShare[],
  ) {
    const key = `${relation} ${sign}`
    const inOrder = relation === 'years' ? byTime(shares) : shares
    const shown = this.long.has(key) ? inOrder : inOrder.slice(0, FIRST_VALUES)
    const showAll = () => (this.long = new Set([...this.long, key]))
    return html`<ul role="list" class=${sign}>
        ${shown.map((share) => this.#shareRow(share))}
      </ul>
      ${
        shown.length < inOrder.length
          ? html`<button type="button" class="quiet" @click=${showAll}>
              ${this.#words.all(inOrder.length)}
            </button>`
          : nothing
      }`
  }

  /** A name, a bar as long as its share, and the three choices behind one button. */
  #shareRow(value: TasteShare) {
    const words = this.#words
    const key = attributeKey(value)
    const isOpen = this.open === key
    const toggle = () => (this.open = isOpen ? undefined : key)
    return html`<li part="row">
      <span class="name" dir="auto" title=${value.name}>${value.name}</span>
      <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<rect width=${Math.max(2, value.share * 100)} height="8"></rect>`}
      </svg>
      ${currentView(this.#control.of(value), words) || nothing}
      <small>${words.held(value.items)}</small>
      <button
        type="button" class="more" aria-expanded=${isOpen ? 'true' : 'false'}
        aria-label=${words.change(value.name)} title=${words.change(value.name)}
        @click=${toggle}>${icon('more')}</button>
      ${isOpen ? this.#buttons(value) : nothing}
    </li>`
  }

  #menu() {
    const words = this.#words
    if (this.ofItem.length === 0) return nothing
    const stated = this.ofItem.flatMap((attribute) => {
      const now = this.#control.of(attribute)
      return now ? [`${words.current[now]} ${attribute.name}`] : []
    })
    return html`<details class="menu" part="menu">
      <summary>
        ${icon('prefer')} <span>${words.ofItem}</span>
        ${stated.length > 0 ? html`<small>${stated.join(' · ')}</small>` : nothing}
      </summary>
      <ul role="list">
        ${this.ofItem.map(
          (attribute) => html`<li class="stated" part="row">
            <span class="name" dir="auto">${attribute.name}</span>
            ${this.#buttons(attribute)}
          </li>`,
        )}
      </ul>
    </details>`
  }

  #buttons(attribute: AttributeValue) {
    return preferenceButtons(attribute, {
      words: this.#words,
      now: this.#control.of(attribute),
      press: (preference) => void this.#press(attribute, preference),
    })
  }

  async #press(attribute: AttributeValue, preference: Preference) {
    if (isRefusedInFrame(this)) return
    const heard = await this.#control.press(attribute, preference)
    if (heard !== undefined) this.announcement = heard
    await this.#keepFocus()
  }

  /** The row of what was taken back is gone: the focus goes to what took its place. */
  async #keepFocus() {
    await this.updateComplete
    if (this.renderRoot.querySelector(':focus')) return
    this.renderRoot.querySelector<HTMLElement>('.choice, .more')?.focus()
  }
}

/** "8th century BC" before "17th century" before "1980s". */
function byTime(shares: readonly TasteShare[]): TasteShare[] {
  const yearOf = ({ name }: TasteShare) => {
    const number = Number.parseInt(name, 10)
    if (/BC/.test(name)) return -100 * number
    return /century/.test(name) ? 100 * number - 50 : number
  }
  return [...shares].sort((a, b) => yearOf(a) - yearOf(b))
}

declare global {
  interface HTMLElementTagNameMap {
    'hearth-taste': HearthTasteElement
  }
}
