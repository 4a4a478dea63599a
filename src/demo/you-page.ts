/** <app-you> — everything Hearth knows of the visitor, and every way to change it. */

import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { icon } from '../elements/icons.ts'
import type { Session } from '../elements/session.ts'
import type {
  EngineNotice,
  EngineState,
  ShownEvent,
  TasteSummary,
} from '../engine/engine.ts'
import { HearthError, messageOf } from '../errors.ts'
import type { SignalKind } from '../feedback/event.ts'
import type { ProfileFile } from '../store/profile-store.ts'
import { deviceLines } from './device-lines.ts'
import { PageElement, PageReadyEvent } from './page-element.ts'
import { hrefOf } from './router.ts'
import { deviceView, tasteView } from './you-views.ts'

// The log as a person reads it: days, newest first, what was only seen folded in one line.

export interface Entry {
  readonly kind: SignalKind
  /** "liked", "read for 2 min"; `subject` follows. */
  readonly deed: string
  /** A title or what was typed; empty for the fold of impressions. */
  readonly subject: string
  readonly itemId?: string
  readonly at: number
  /** The events behind it: removing the entry removes these. */
  readonly seqs: readonly number[]
}

export interface Day {
  /** "Today", "Yesterday", or a date. */
  readonly label: string
  readonly entries: readonly Entry[]
}

/** @param events newest first, as the engine gives them */
export function eventDays(events: readonly ShownEvent[], now: number): Day[] {
  const days = new Map<number, ShownEvent[]>()
  for (const event of events) {
    const day = startOfDay(event.signal.at)
    days.set(day, [...(days.get(day) ?? []), event])
  }
  return [...days]
    .sort(([a], [b]) => b - a)
    .map(([day, those]) => ({ label: dayLabel(day, now), entries: entriesOf(those) }))
}

function entriesOf(events: readonly ShownEvent[]): Entry[] {
  const seen = events.filter(({ signal }) => signal.kind === 'impression')
  const done = events.filter(({ signal }) => signal.kind !== 'impression').map(entryOf)
  const items = new Set(seen.map(({ signal }) => signal.itemId)).size
  if (items === 0) return done
  const fold: Entry = {
    kind: 'impression',
    deed: `saw ${items} ${items === 1 ? 'book' : 'books'}`,
    subject: '',
    at: seen[0]!.signal.at,
    seqs: seen.map(({ seq }) => seq),
  }
  return [...done, fold]
}

function entryOf({ seq, signal, item }: ShownEvent): Entry {
  const { kind, at, itemId } = signal
  const subject =
    kind === 'search' ? `“${signal.text ?? ''}”` : (item?.title ?? itemId ?? '')
  const entry = {
    kind,
    deed: deedOf(kind, signal.value ?? 0),
    subject,
    at,
    seqs: [seq],
  }
  return itemId === undefined ? entry : { ...entry, itemId }
}

function deedOf(kind: SignalKind, value: number): string {
  if (kind === 'rate') return `read ${starsOf(value)}`
  if (kind === 'dwell') return `stayed ${durationOf(value)} with`
  const deeds = {
    impression: 'saw',
    click: 'opened',
    like: 'liked',
    dislike: 'not for me',
    save: 'saved',
    search: 'searched',
  }
  return deeds[kind]
}

/** "★★★★☆" */
export function starsOf(value: number): string {
  const stars = Math.min(5, Math.max(0, Math.round(value)))
  return '★'.repeat(stars) + '☆'.repeat(5 - stars)
}

const durationOf = (seconds: number) =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`

function startOfDay(at: number): number {
  const day = new Date(at)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
}

function dayLabel(day: number, now: number): string {
  const ago = Math.round((startOfDay(now) - day) / 86_400_000)
  if (ago === 0) return 'Today'
  if (ago === 1) return 'Yesterday'
  const isNear = ago > 0 && ago < 7
  const form = isNear
    ? ({ weekday: 'long' } as const)
    : ({ day: 'numeric', month: 'long', year: 'numeric' } as const)
  return new Intl.DateTimeFormat('en', form).format(day)
}

// The visitor's profile as a file: saved with one press, read back with another.

/** A profile is far smaller; a larger file is not read at all, bytes. */
const LARGEST = 64 * 1024 * 1024

/** Offers `profile` as a download named for the day. */
export function saveProfile(profile: ProfileFile) {
  const text = JSON.stringify(profile, null, 1)
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `hearth-profile-${new Date(profile.exportedAt).toISOString().slice(0, 10)}.json`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

/** @throws HearthError `bad-profile` for what is not JSON */
export async function readProfile(file: File): Promise<unknown> {
  if (file.size > LARGEST) {
    throw new HearthError(
      'bad-profile',
      `This file is too large: got ${file.size} bytes, expected a Hearth profile.`,
    )
  }
  try {
    return JSON.parse(await file.text())
  } catch (cause) {
    const message = `This is not a Hearth profile: “${file.name}” is not JSON. Choose a file that Export made.`
    throw new HearthError('bad-profile', message, { cause })
  }
}

// <app-profile-tools> — Export, Import and Erase everything, with what came of it.

export class ProfileToolsElement extends LitElement {
  static override properties = {
    session: { attribute: false },
    outcome: { state: true },
    isAsking: { state: true },
  }

  declare session: Session
  declare private outcome:
    | { readonly text: string; readonly isProblem: boolean }
    | undefined
  /** Whether "Erase everything" waits for its second press. */
  declare private isAsking: boolean

  constructor() {
    super()
    this.outcome = undefined
    this.isAsking = false
  }

  protected override createRenderRoot() {
    return this
  }

  protected override render(): TemplateResult {
    const { outcome } = this
    return html`
      <div class="btns">
        <button type="button" class="pill" @click=${this.#export}>Export</button>
        <label class="pill file">
          Import<input class="said" type="file" accept=".json,application/json" @change=${this.#import} />
        </label>
        ${this.isAsking ? this.#question() : this.#erase()}
      </div>
      <div role=${outcome?.isProblem ? 'alert' : 'status'}>
        ${outcome ? html`<p class="outcome ${outcome.isProblem ? 'problem' : ''}">${outcome.text}</p>` : nothing}
      </div>
    `
  }

  #erase() {
    return html`<button type="button" class="pill" @click=${() => this.#ask(true)}>
      Erase everything
    </button>`
  }

  #question() {
    return html`<span class="question" role="group" aria-label="Erase everything?">
      <span>Erase all signals for good?</span>
      <button type="button" class="pill danger" @click=${this.#eraseAll}>Erase</button>
      <button type="button" class="pill" @click=${() => this.#ask(false)}>Keep</button>
    </span>`
  }

  #ask(isAsking: boolean) {
    this.isAsking = isAsking
    const next = isAsking ? '.danger' : '.btns > button:last-of-type'
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(next)?.focus())
  }

  #export = () =>
    this.#run(async () => {
      const profile = await this.session.hearth.engine.exportProfile()
      saveProfile(profile)
      return `Exported ${profile.events.length} signals.`
    })

  #import = (event: Event) => {
    const input = event.target as HTMLInputElement
    const file = input.files?.[0]
    if (!file) return
    void this.#run(async () => {
      const profile = await readProfile(file)
      const added = await this.session.change(() =>
        this.session.hearth.engine.importProfile(profile),
      )
      return added === 0
        ? 'Nothing new: all of it was here already.'
        : `Imported ${added} signals.`
    })
    input.value = '' // the same file can be chosen again
  }

  #eraseAll = () => {
    this.#ask(false)
    return this.#run(async () => {
      await this.session.change(() => this.session.hearth.engine.erase())
      return 'Everything is erased.'
    })
  }

  async #run(work: () => Promise<string>) {
    try {
      this.outcome = { text: await work(), isProblem: false }
    } catch (error) {
      this.outcome = { text: messageOf(error), isProblem: true }
    }
  }
}

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
    this.#leaveNotices = this.session.hearth.subscribe((notice: EngineNotice) => {
      if (notice.type === 'state') this.device = notice.state
    })
    void this.updateComplete.then(() => this.dispatchEvent(new PageReadyEvent('You')))
  }

  override disconnectedCallback() {
    this.#leaveNotices?.()
    super.disconnectedCallback()
  }

  protected override async load() {
    const { engine } = this.session.hearth
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
        <app-profile-tools .session=${this.session}></app-profile-tools>
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
    const { engine } = this.session.hearth
    this.session
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
