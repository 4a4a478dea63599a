/**
 * <hearth-welcome> — three quick questions to a visitor of whom nothing is known: what they know
 * and like, what they want more of, what they never want. One line until it is opened; every
 * answer is an ordinary event, recorded at once, and taken back by the same press.
 *
 * It is for a place that keeps its room: `hearth-welcome { min-height: 68px }`, or none where
 * `localStorage` holds `hearth-welcome`, which is written once it was skipped or answered.
 *
 * @attr pack, storage, backend, assets, state - see HearthElement
 * @attr count - items of the first question, 1–50; 12 if absent or not a number
 * @prop hearth, messages, tileOf - see HearthElement
 * @csspart line, question, item, cover, choice, after
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type {
  AttributeValue,
  Elicitation,
  Hearth,
  ItemRecord,
  Preference,
  ShownEvent,
} from '../index.ts'
import { countOf, warnOnce } from './attributes.ts'
import { isRefusedInFrame } from './framed.ts'
import { HearthElement, messageOf } from './hearth-element.ts'
import { icon } from './icons.ts'
import { tasteEn } from './messages/taste-en.ts'
import { welcomeEn } from './messages/welcome-en.ts'
import { attributeKey, createPreferenceControl } from './preferences.ts'
import { baseStyles } from './styles/base.ts'
import { welcomeStyles } from './styles/welcome.ts'
import { faceView } from './tile.ts'
import { isWelcomed, rememberWelcome } from './welcome-memory.ts'

const STEPS = ['items', 'follow', 'never'] as const
type Step = (typeof STEPS)[number]
/** `line`: one sentence; `hidden`: nothing to ask; `after`: answered. */
type Phase = 'hidden' | 'line' | 'after' | Step

/** Kinds that make nobody known: what was only seen, or looked for. */
const QUIET: ReadonlySet<ShownEvent['kind']> = new Set([
  'impression',
  'search',
  'dwell',
])

export class HearthWelcomeElement extends HearthElement {
  static override styles = [baseStyles, welcomeStyles]
  static override properties = {
    ...HearthElement.properties,
    count: { type: String },
    phase: { state: true },
    asked: { state: true },
    likes: { state: true },
    announcement: { state: true },
    note: { state: true },
  }

  declare count: string | null
  declare private phase: Phase
  declare private asked: Elicitation | undefined
  /** Item id → the event to remove to take its like back; −1 until it is stored. */
  declare private likes: ReadonlyMap<string, number>
  declare private announcement: string
  /** What went wrong, or that there is no more; below the question. */
  declare private note: string
  /** Shown so far, over all screens. */
  #shown: string[] = []
  /** Of the first question: all answers are of one slate. */
  #slate: string | undefined
  /** Values stated here, by key, so that both lists of choices show them. */
  readonly #control = createPreferenceControl(
    this,
    () => this.messages.taste ?? tasteEn,
  )
  #wantsFocus = ''

  constructor() {
    super()
    this.count = null
    this.phase = 'hidden'
    this.asked = undefined
    this.likes = new Map()
    this.announcement = ''
    this.note = ''
  }

  get #words() {
    return this.messages.welcome ?? welcomeEn
  }

  protected override onHearth(hearth: Hearth): (() => void)[] {
    void this.refresh()
    return [hearth.on('change', () => void (this.phase === 'line' && this.refresh()))]
  }

  /** Shows the line to a visitor of whom nothing is known. Never rejects. */
  async refresh(): Promise<void> {
    const { hearth } = this
    if (!hearth || isWelcomed()) {
      this.state = 'ready'
      return
    }
    try {
      const events = await hearth.profile.events()
      const isKnown = events.some(({ kind }) => !QUIET.has(kind))
      if (isKnown) await this.#remember()
      // of a visitor who becomes known on this page the line stays: nothing may jump from
      // under their pointer
      if (!isKnown && this.phase === 'hidden') this.phase = 'line'
      this.state = 'ready'
    } catch (error) {
      this.state = 'failed' // the lists show why; nobody has to be asked
      warnOnce(messageOf(error))
    }
  }

  /** Only where events are stored: who wants nothing kept gets no word kept either. */
  async #remember() {
    const state = await this.hearth?.state().catch(() => undefined)
    if (state?.profile.mode === 'indexeddb') rememberWelcome()
  }

  protected override updated(changed: PropertyValues) {
    super.updated(changed)
    if (!this.#wantsFocus) return
    const target = this.renderRoot.querySelector<HTMLElement>(this.#wantsFocus)
    if (!target) return
    this.#wantsFocus = ''
    target.focus({ preventScroll: true })
    const question = this.renderRoot.querySelector('.question')
    const isAbove = (question?.getBoundingClientRect().top ?? 0) < 0
    if (isAbove) question?.scrollIntoView?.({ block: 'start' }) // a phone shows half of it
  }

  protected override render(): TemplateResult {
    return html`
      ${this.phase === 'line' ? this.#line() : nothing}
      ${this.phase === 'after' ? this.#after() : nothing}
      ${isStep(this.phase) ? this.#question(this.phase) : nothing}
      <p class="announcement" role="status">${this.announcement}</p>
    `
  }

  #line() {
    const words = this.#words
    return html`<div class="line" part="line">
      <p>${words.invite}</p>
      <div class="btns">
        <button type="button" class="pill start" @click=${this.#start}>${words.start}</button>
        <button type="button" class="quiet" @click=${this.#skip}>${words.skip}</button>
      </div>
      ${this.note ? html`<p class="note" role="alert">${this.note}</p>` : nothing}
    </div>`
  }

  #after() {
    const words = this.#words
    const count = this.#answers
    return html`<div class="line" part="line after">
      <p class="thanks" tabindex="-1">${this.note || (count > 0 ? words.done(count) : words.nothingDone)}</p>
      <div class="btns">
        ${
          count > 0 && !this.note
            ? html`<button type="button" class="quiet" @click=${this.#undo}>${words.undo}</button>`
            : nothing
        }
        <button type="button" class="quiet" @click=${this.#skip}>${words.close}</button>
      </div>
    </div>`
  }

  #question(step: Step) {
    const words = this.#words
    const place = STEPS.indexOf(step)
    return html`<section
      class="question" part="question" aria-labelledby="question" @keydown=${this.#onKey}>
      <p class="place">${[words.place(place + 1, STEPS.length), words.picked(this.#answers)].filter(Boolean).join(' · ')}</p>
      <h2 id="question" tabindex="-1">${words[step]}</h2>
      <p class="note">${words[`${step}Hint`]}</p>
      ${step === 'items' ? this.#items() : this.#choices(step)}
      ${this.note ? html`<p class="note" role="status">${this.note}</p>` : nothing}
      <div class="btns">
        ${
          place > 0
            ? html`<button type="button" class="pill" @click=${() => this.#go(place - 1)}>${words.back}</button>`
            : html`<button type="button" class="pill" @click=${this.#others}>${words.others}</button>`
        }
        <button type="button" class="pill main" @click=${() => this.#go(place + 1)}>
          ${place + 1 < STEPS.length ? words.next : words.finish}
        </button>
        <button type="button" class="quiet" @click=${this.#close}>${words.close}</button>
      </div>
    </section>`
  }

  #items() {
    return html`<ul class="items" role="list">
      ${this.asked?.items.map((item) => this.#item(item))}
    </ul>`
  }

  #item(item: ItemRecord) {
    const isOn = this.likes.has(item.id)
    const maker = item.authors?.[0] ?? ''
    return html`<li>
      <button
        type="button" class="item ${isOn ? 'on' : ''}" part="item" aria-pressed=${isOn ? 'true' : 'false'}
        aria-label=${[item.title, maker].filter(Boolean).join(', ')}
        @click=${() => void this.#like(item)}>
        <span class="cover" part="cover">${faceView(item, this)}</span>
        <span class="tick">${icon('finish')}</span>
        <span class="title" dir="auto">${item.title}</span>
      </button>
    </li>`
  }

  #choices(step: 'follow' | 'never') {
    const others: Preference = step === 'follow' ? 'never' : 'follow'
    const offered = this.asked?.attributes ?? []
    return html`<div class="chips" role="group" aria-labelledby="question">
      ${offered
        .filter((attribute) => this.#control.of(attribute) !== others)
        .map((attribute) => this.#chip(attribute, step))}
    </div>`
  }

  #chip(attribute: AttributeValue, preference: Preference) {
    const isOn = this.#control.of(attribute) === preference
    return html`<button
      type="button" class="chip ${preference} ${isOn ? 'on' : ''}" part="choice" dir="auto"
      data-key=${attributeKey(attribute)} aria-pressed=${isOn ? 'true' : 'false'}
      @click=${() => void this.#state(attribute, preference)}>${attribute.name}</button>`
  }

  get #answers() {
    const stated = this.#control.all()
    return this.likes.size + stated.length
  }

  #start = async () => {
    if (await this.#ask()) this.#show('items')
  }

  /** @returns whether there is anything to ask; what went wrong is shown */
  async #ask(): Promise<boolean> {
    const { hearth } = this
    if (!hearth) return false
    try {
      const [asked] = await Promise.all([
        hearth.elicit({ count: countOf(this.count), exclude: this.#shown }),
        this.#control.load(),
      ])
      if (asked.items.length === 0) {
        this.note = this.#words.noOthers
        return false
      }
      this.note = ''
      this.asked = asked
      this.#slate ??= asked.slate
      this.#shown = [...this.#shown, ...asked.items.map(({ id }) => id)]
      return true
    } catch (error) {
      this.note = messageOf(error)
      return false
    }
  }

  #others = async () => {
    if (!(await this.#ask())) return
    this.#wantsFocus = '.item'
    this.announcement = this.#words.items
  }

  #show(phase: Phase) {
    this.phase = phase
    this.#wantsFocus = phase === 'after' ? '.thanks' : 'h2'
  }

  #go(place: number) {
    const step = STEPS[place]
    this.note = ''
    if (step) this.#show(step)
    else void this.#close()
  }

  #onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') void this.#close()
  }

  #skip = async () => {
    this.hidden = true
    await this.#remember()
  }

  #close = async () => {
    this.#show('after')
    this.announcement = ''
    await this.#remember()
  }

  async #like({ id }: ItemRecord) {
    if (isRefusedInFrame(this)) return
    const { hearth } = this
    const before = this.likes
    const seq = before.get(id)
    if (!hearth || seq === PENDING) return
    const without = [...before].filter(([other]) => other !== id)
    this.likes = new Map(seq === undefined ? [...before, [id, PENDING]] : without)
    try {
      if (seq !== undefined) return await hearth.profile.remove([seq])
      const slate = this.#slate === undefined ? {} : { slate: this.#slate }
      const [logged] = await hearth.record({ kind: 'like', item: id, ...slate })
      const stored = [...this.likes].filter(([other]) => other !== id)
      this.likes = new Map(logged ? [...stored, [id, logged.seq]] : stored)
    } catch (error) {
      this.likes = before // the log has not changed
      this.note = messageOf(error)
    }
  }

  async #state(attribute: AttributeValue, preference: Preference) {
    if (isRefusedInFrame(this)) return
    const heard = await this.#control.press(attribute, preference, this.#slate)
    if (heard !== undefined) this.announcement = heard
  }

  #undo = async () => {
    const { hearth } = this
    if (!hearth || this.#slate === undefined || isRefusedInFrame(this)) return
    try {
      await hearth.profile.undoHistory(this.#slate)
      this.likes = new Map()
      await this.#control.load()
      this.note = this.#words.undone
    } catch (error) {
      this.note = messageOf(error)
    }
    this.#wantsFocus = '.thanks'
  }
}

/** The number of an event that is not stored yet. */
const PENDING = -1

const isStep = (phase: Phase): phase is Step => STEPS.some((step) => step === phase)

declare global {
  interface HTMLElementTagNameMap {
    'hearth-welcome': HearthWelcomeElement
  }
}
