/**
 * <hearth-profile> — everything Hearth knows of the visitor, and every way to change it:
 * the events by day, each to be removed, export, import, erase, and where they are stored.
 *
 * @attr pack, storage, backend, state - see HearthElement
 * @attr history - off: without "Bring your history". Default: on
 * @prop hearth, messages, itemHref - see HearthElement
 * @slot - beside the log while it is empty, e.g. a link to the shelves
 * @csspart count, storage, keep, tools, outcome, hint, day, heading, log, entry, link,
 *   remove, empty, unreadable, broken, answers, history, history-preview, history-outcome
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
import { type Day, type Entry, eventDays, type Page } from './profile-log.ts'
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

/** What is shown before "Show older": a day of much browsing, drawn at once. */
const FIRST_PAGE: Page = { days: 3, entries: 100 }
/** What a press of it adds. */
const MORE_DAYS = 30
const MORE_ENTRIES = 300
/** A million events as Export writes them; a larger file is not opened at all, bytes. */
const MAX_FILE_BYTES = 512 * 1024 * 1024

export class HearthProfileElement extends HearthElement {
  static override styles = [baseStyles, profileStyles, historyStyles]
  static override properties = {
    ...HearthElement.properties,
    history: { type: String },
    known: { state: true },
    problem: { state: true },
    outcome: { state: true },
    isAsking: { state: true },
    page: { state: true },
    foreign: { state: true },
  }

  declare history: string | null
  declare private known: Known | undefined
  declare private problem: string
  /** What came of the last press of a button. */
  declare private outcome: Outcome | undefined
  /** Whether "Erase everything" waits for its second press. */
  declare private isAsking: boolean
  declare private page: Page
  /** A file of another catalogue, while the visitor is asked what to do with it. */
  declare private foreign: unknown
  #latest = 0
  readonly #history = new HistoryImport(this, () => this.#words.history ?? historyEn)

  constructor() {
    super()
    this.history = null
    this.known = undefined
    this.problem = ''
    this.outcome = undefined
    this.isAsking = false
    this.page = FIRST_PAGE
    this.foreign = undefined
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
      ${this.#outcomeView()} ${this.#foreignView()}
      <p class="hint" part="hint">${words.hint}</p>
      ${firstAnswersView(events, this.messages.welcome ?? welcomeEn, this.#undoAnswers)}
      ${this.#unreadableView(state)}
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
    const { page } = this
    const { days, hasMore } = eventDays(events, {
      now: Date.now(),
      messages: words,
      page,
    })
    if (days.length === 0) {
      return html`<div class="empty" part="empty"><p>${words.empty}</p><slot></slot></div>`
    }
    return html`${days.map((day) => this.#day(day))}
    ${
      hasMore
        ? html`<button type="button" class="pill" @click=${this.#showOlder}>
            ${words.older}
          </button>`
        : nothing
    }`
  }

  #showOlder = () => {
    const { days, entries } = this.page
    this.page = { days: days + MORE_DAYS, entries: entries + MORE_ENTRIES }
  }

  /** Stored records that are no events of this version. */
  #unreadableView({ profile: { unreadable = [] } }: HearthState) {
    const words = this.#words
    if (unreadable.length === 0) return nothing
    return html`<p class="batch" part="unreadable">
      <span>${(words.unreadable ?? profileEn.unreadable!)(unreadable.length)}</span>
      <button
        type="button" class="quiet" aria-label=${words.removeUnreadable ?? profileEn.removeUnreadable}
        @click=${() => this.#removeUnreadable(unreadable)}>${words.remove}</button>
    </p>`
  }

  #removeUnreadable = (seqs: readonly number[]) =>
    this.#run(async (hearth) => {
      await hearth.profile.remove(seqs)
      await this.refresh()
      return undefined // the line above is gone
    })

  #foreignView() {
    const { foreign } = this
    const words = this.#words
    if (foreign === undefined) return nothing
    return html`<span class="question" role="group">
      <button type="button" class="pill" @click=${() => this.#addForeign(foreign)}>
        ${words.importAnyway ?? profileEn.importAnyway}
      </button>
      <button type="button" class="pill" @click=${this.#leaveForeign}>
        ${words.importNot ?? profileEn.importNot}
      </button>
    </span>`
  }

  #leaveForeign = () => {
    this.foreign = undefined
    this.outcome = undefined
  }

  #addForeign = (file: unknown) => {
    this.foreign = undefined
    return this.#run(async (hearth) =>
      this.#words.imported(await hearth.profile.import(file, { anyCatalogue: true })),
    )
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
    this.foreign = undefined
    void this.#run(async (hearth) => {
      const profile = await this.#contentOf(file)
      try {
        return this.#words.imported(await hearth.profile.import(profile))
      } catch (error) {
        const { code } = error as Partial<HearthError>
        if (code === 'other-catalogue') this.foreign = profile
        throw error
      }
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

  /** Runs what a button was pressed for, and shows what came of it. */
  async #run(work: (hearth: Hearth) => Promise<string | undefined>) {
    const { hearth } = this
    if (!hearth || isRefusedInFrame(this)) return
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
