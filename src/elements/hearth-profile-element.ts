/**
 * <hearth-profile> — everything Hearth knows of the visitor, and every way to change it:
 * the events by day, each to be removed, export, import, erase, and where they are stored.
 *
 * @attr pack, storage, backend, state - see HearthElement
 * @attr history - off: without "Bring your history". Default: on
 * @prop hearth, messages, itemHref - see HearthElement
 * @slot - beside the log while it is empty, e.g. a link to the shelves
 * @csspart count, storage, keep, tools, outcome, hint, day, heading, log, entry, link,
 *   remove, empty, broken, answers, history, history-preview, history-outcome
 * @fires hearth-open - HearthOpenEvent, cancellable, when the visitor chooses an item
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { repeat } from 'lit/directives/repeat.js'
import type { HearthState, ShownEvent } from '../index.ts'
import {
  type Hearth,
  HearthError,
  type ItemRecord,
  type ProfileFile,
} from '../index.ts'
import { warnOnce } from './attributes.ts'
import { HearthOpenEvent } from './events.ts'
import { firstAnswersView } from './first-answers.ts'
import { isRefusedInFrame } from './framed.ts'
import { HearthElement, messageOf } from './hearth-element.ts'
import { HistoryImport } from './history-import.ts'
import { icon } from './icons.ts'
import type { ProfileMessages } from './messages/en.ts'
import { historyEn } from './messages/history-en.ts'
import { profileEn } from './messages/profile-en.ts'
import { welcomeEn } from './messages/welcome-en.ts'
import { type Day, type Entry, eventDays } from './profile-log.ts'
import { baseStyles } from './styles/base.ts'
import { historyStyles } from './styles/history.ts'
import { profileStyles } from './styles/profile.ts'
import { forgetWelcome } from './welcome-memory.ts'

interface Known {
  readonly events: readonly ShownEvent[]
  readonly state: HearthState
}

interface Outcome {
  readonly text: string
  readonly isProblem: boolean
}

/** Days shown before "Show older". */
const FIRST_DAYS = 3
/** A profile is far smaller; a larger file is not opened at all, bytes. */
const MAX_FILE_BYTES = 64 * 1024 * 1024

export class HearthProfileElement extends HearthElement {
  static override styles = [baseStyles, profileStyles, historyStyles]
  static override properties = {
    ...HearthElement.properties,
    history: { type: String },
    known: { state: true },
    problem: { state: true },
    outcome: { state: true },
    isAsking: { state: true },
    isLong: { state: true },
  }

  declare history: string | null
  declare private known: Known | undefined
  declare private problem: string
  /** What came of the last press of a button. */
  declare private outcome: Outcome | undefined
  /** Whether "Erase everything" waits for its second press. */
  declare private isAsking: boolean
  declare private isLong: boolean
  #latest = 0
  readonly #history = new HistoryImport(this, () => this.#words.history ?? historyEn)

  constructor() {
    super()
    this.history = null
    this.known = undefined
    this.problem = ''
    this.outcome = undefined
    this.isAsking = false
    this.isLong = false
  }

  get #words(): ProfileMessages {
    return this.messages.profile ?? profileEn
  }

  protected override onHearth(hearth: Hearth): (() => void)[] {
    void this.refresh()
    return [
      hearth.on('change', () => void this.refresh()),
      hearth.on('state', (state) => {
        if (this.known) this.known = { ...this.known, state }
      }),
    ]
  }

  /** Asks again. Never rejects: a failure shows as state="failed". */
  async refresh(): Promise<void> {
    const { hearth } = this
    if (!hearth) return
    const request = ++this.#latest
    try {
      const [events, state] = await Promise.all([
        hearth.profile.events(),
        hearth.state(),
      ])
      if (request !== this.#latest) return // a newer request has taken over
      this.known = { events, state }
      this.problem = ''
      this.state = 'ready'
    } catch (error) {
      if (request !== this.#latest) return
      this.problem = messageOf(error)
      this.state = 'failed'
      warnOnce(this.problem)
    }
  }

  protected override updated(changed: PropertyValues) {
    // the button just pressed is gone: the focus goes to what took its place
    if (!changed.has('isAsking') || changed.get('isAsking') === undefined) return
    const next = this.isAsking ? '.danger' : '.erase'
    this.renderRoot.querySelector<HTMLElement>(next)?.focus()
  }

  protected override render(): TemplateResult {
    return html`
      ${this.state === 'failed' ? this.#broken() : nothing}
      ${this.known ? this.#all(this.known) : this.state === 'loading' ? bones : nothing}
    `
  }

  #all({ events, state }: Known) {
    const words = this.#words
    return html`
      ${this.#storageView(state)}
      <div class="btns" part="tools">
        <button type="button" class="pill" @click=${this.#export}>${words.export}</button>
        <label class="pill file">
          ${words.import}<input class="announcement" type="file" accept=".json,application/json" @change=${this.#import} />
        </label>
        ${this.isAsking ? this.#question() : this.#eraseButton()}
      </div>
      ${this.#outcomeView()}
      <p class="hint" part="hint">${words.hint}</p>
      ${firstAnswersView(events, this.messages.welcome ?? welcomeEn, this.#undoAnswers)}
      ${this.history === 'off' ? nothing : this.#history.render(events)}
      ${this.#log(events)}
    `
  }

  #storageView({ events, profile: { mode, reason } }: HearthState) {
    const words = this.#words
    const isStored = mode === 'indexeddb'
    return html`
      <div role="status">
        <p part="count">${words.count(events)}</p>
        <p class="where" part="storage">${isStored ? words.stored : words.inMemory(reason)}</p>
      </div>
      <label class="keep" part="keep">
        <input type="checkbox" .checked=${live(isStored)} @change=${this.#keep} />
        ${words.keep}
      </label>
    `
  }

  #outcomeView() {
    const { outcome } = this
    const kind = outcome?.isProblem ? 'outcome problem' : 'outcome'
    return html`<div role=${outcome?.isProblem ? 'alert' : 'status'}>
      ${outcome ? html`<p class=${kind} part="outcome">${outcome.text}</p>` : nothing}
    </div>`
  }

  #eraseButton() {
    return html`<button type="button" class="pill erase" @click=${() => (this.isAsking = true)}>
      ${this.#words.erase}
    </button>`
  }

  #question() {
    const words = this.#words
    return html`<span class="question" role="group" aria-label=${words.erase}>
      <span>${words.eraseAsk}</span>
      <button type="button" class="pill danger" @click=${this.#erase}>${words.eraseYes}</button>
      <button type="button" class="pill" @click=${() => (this.isAsking = false)}>
        ${words.eraseNo}
      </button>
    </span>`
  }

  #log(events: readonly ShownEvent[]) {
    const words = this.#words
    const days = eventDays(events, Date.now(), words)
    if (days.length === 0) {
      return html`<div class="empty" part="empty"><p>${words.empty}</p><slot></slot></div>`
    }
    const shown = this.isLong ? days : days.slice(0, FIRST_DAYS)
    return html`${shown.map((day) => this.#day(day))}
    ${
      shown.length < days.length
        ? html`<button type="button" class="pill" @click=${() => (this.isLong = true)}>
            ${words.older}
          </button>`
        : nothing
    }`
  }

  #day({ label, entries }: Day) {
    return html`<section part="day">
      <h2 part="heading">${label}</h2>
      <ul class="log" role="list" part="log">
        ${repeat(
          entries,
          ({ kind, seqs }) => (kind === 'impression' ? kind : seqs[0]),
          (entry) => this.#entry(entry),
        )}
      </ul>
    </section>`
  }

  #entry(entry: Entry) {
    const { kind, done, subject, at, hasClock } = entry
    const words = this.#words
    return html`<li part="entry">
      ${icon(kind === 'impression' ? 'seen' : kind === 'search' ? 'find' : kind)}
      <span>${done} ${this.#subject(entry)}</span>
      <time datetime=${new Date(at).toISOString()}>${hasClock ? clockTime(at) : ''}</time>
      <button
        type="button" class="quiet" part="remove" aria-label=${words.removeOne(`${done} ${subject}`.trim())}
        @click=${(event: Event) => this.#remove(event, entry)}>${words.remove}</button>
    </li>`
  }

  #subject({ record, subject }: Entry) {
    const href = record && this.hrefOf(record)
    if (!record || !href) return html`<b dir="auto">${subject}</b>`
    const open = (event: Event) => this.#open(event, record)
    return html`<a part="link" href=${href} dir="auto" @click=${open}>${subject}</a>`
  }

  #broken() {
    return html`<div class="broken" part="broken" role="alert">
      <p>${this.problem}</p>
      <button type="button" class="pill" @click=${this.#retry}>${this.messages.retry}</button>
    </div>`
  }

  #retry = () => {
    this.state = 'loading'
    this.hearth?.retry()
    void this.refresh()
  }

  #open(event: Event, item: ItemRecord) {
    if (!this.dispatchEvent(new HearthOpenEvent(item))) event.preventDefault()
  }

  async #remove(event: Event, { done, subject, seqs }: Entry) {
    if (isRefusedInFrame(this)) return
    const buttons = () => [
      ...this.renderRoot.querySelectorAll<HTMLElement>('.log .quiet'),
    ]
    const place = buttons().indexOf(event.currentTarget as HTMLElement)
    const words = this.#words
    await this.#run(async (hearth) => {
      await hearth.profile.remove(seqs)
      return words.removed(`${done} ${subject}`.trim())
    })
    await this.refresh()
    await this.updateComplete
    const left = buttons()
    left[Math.min(place, left.length - 1)]?.focus()
  }

  #undoAnswers = (seqs: readonly number[]) =>
    this.#run(async (hearth) => {
      await hearth.profile.remove(seqs)
      return (this.messages.welcome ?? welcomeEn).undone
    })

  #export = () =>
    this.#run(async (hearth) => {
      const file = await hearth.profile.export()
      saveFile(file)
      return this.#words.exported(file.events.length)
    })

  #import = (event: Event) => {
    const input = event.target as HTMLInputElement
    const file = input.files?.[0]
    if (!file) return
    void this.#run(async (hearth) => {
      const profile = await this.#contentOf(file)
      return this.#words.imported(await hearth.profile.import(profile))
    })
    input.value = '' // the same file can be chosen again
  }

  /** @throws HearthError `bad-profile` for what is too large or is not JSON */
  async #contentOf(file: File): Promise<unknown> {
    const { tooLarge, notJson } = this.#words
    if (file.size > MAX_FILE_BYTES)
      throw new HearthError('bad-profile', tooLarge(file.size))
    try {
      return JSON.parse(await file.text())
    } catch (cause) {
      throw new HearthError('bad-profile', notJson(file.name), { cause })
    }
  }

  #erase = () => {
    this.isAsking = false
    if (isRefusedInFrame(this)) return
    return this.#run(async (hearth) => {
      await hearth.profile.erase()
      forgetWelcome()
      return this.#words.erased
    })
  }

  #keep = (event: Event) => {
    const { checked } = event.target as HTMLInputElement
    return this.#run(async (hearth) => {
      await hearth.profile.setStorage(checked ? 'persistent' : 'memory', {
        remember: true,
      })
      await this.refresh()
      return undefined // the state line above has changed
    })
  }

  async #run(work: (hearth: Hearth) => Promise<string | undefined>) {
    const { hearth } = this
    if (!hearth) return
    try {
      const text = await work(hearth)
      this.outcome = text === undefined ? undefined : { text, isProblem: false }
    } catch (error) {
      this.outcome = { text: messageOf(error), isProblem: true }
      this.requestUpdate() // a switch goes back to what is so
    }
  }
}

/** Offers `profile` as a download named for the day. */
function saveFile(profile: ProfileFile) {
  const text = JSON.stringify(profile, null, 1)
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `hearth-profile-${new Date(profile.exportedAt).toISOString().slice(0, 10)}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

const clockTime = (at: number) =>
  new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(at)

const bones = html`<ul class="log bones" aria-hidden="true">
  ${Array.from({ length: 6 }, () => html`<li><i></i></li>`)}
</ul>`

declare global {
  interface HTMLElementTagNameMap {
    'hearth-profile': HearthProfileElement
  }
}
