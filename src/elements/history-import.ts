/**
 * "Bring your history" of <hearth-profile>: a file of another service is read, what was found
 * is shown to be chosen from, added, and undone in one step.
 *
 * @csspart history, history-preview, history-outcome
 */
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type {
  HistoryEntry,
  HistoryMatch,
  HistoryPreview,
  ShownEvent,
} from '../index.ts'
import { isRefusedInFrame } from './framed.ts'
import type { HearthElement } from './hearth-element.ts'
import { messageOf } from './hearth-element.ts'
import type { HistoryMessages } from './messages/history-en.ts'

/** Rows of a group before "Show all". */
const FIRST_ROWS = 30
/** How batches of a history are named; see `batchOf` of the library. */
const BATCH = /^history:(.*):[0-9a-z]+$/

interface Outcome {
  readonly text: string
  readonly isProblem: boolean
  /** What "Undo" takes back. */
  readonly batch?: string
}

/** A preview on the screen: what is new of it, and what is ticked. */
interface Shown {
  readonly preview: HistoryPreview
  readonly sure: readonly HistoryMatch[]
  readonly maybe: readonly HistoryMatch[]
  readonly chosen: Set<HistoryMatch>
  /** Groups shown to their end. */
  readonly long: Set<Group>
}
type Group = 'sure' | 'maybe' | 'missing'

export class HistoryImport implements ReactiveController {
  readonly #host: HearthElement
  readonly #words: () => HistoryMessages
  #reading: string | undefined
  #shown: Shown | undefined
  #outcome: Outcome | undefined
  #isOver = false
  #isBusy = false
  #latest = 0
  /** Gets the focus once it is there. */
  #focus: string | undefined

  constructor(host: HearthElement, words: () => HistoryMessages) {
    this.#host = host
    this.#words = words
    host.addController(this)
  }

  hostUpdated() {
    if (this.#focus === undefined) return
    const target = this.#host.renderRoot.querySelector<HTMLElement>(this.#focus)
    if (!target) return
    this.#focus = undefined
    target.focus()
  }

  hostDisconnected() {
    this.#latest++ // what is being read is for nobody
    this.#reading = undefined
  }

  /** @param events of the log, to list what was brought on earlier pages */
  render(events: readonly ShownEvent[]): TemplateResult {
    const words = this.#words()
    return html`<details
      class=${this.#isOver ? 'history over' : 'history'} part="history"
      @dragover=${this.#over} @dragleave=${this.#leave} @drop=${this.#drop}
    >
      <summary>${words.title}</summary>
      <p class="where">${words.about}</p>
      <div class="btns">
        <label class="pill file">
          ${words.choose}<input class="announcement bring" type="file" @change=${this.#choose} />
        </label>
        <span class="where">${words.drop}</span>
      </div>
      ${this.#sources(words)}
      <div role="status">
        ${this.#reading === undefined ? nothing : html`<p class="outcome">${words.reading(this.#reading)}</p>`}
      </div>
      ${this.#shown ? this.#preview(this.#shown, words) : nothing}
      ${this.#outcomeView(words)}
      ${this.#batches(events, words)}
    </details>`
  }

  #sources({ sources, services }: HistoryMessages) {
    return html`<details class="sources">
      <summary>${sources}</summary>
      <dl>
        ${services.map(([name, how]) => html`<div><dt>${name}</dt><dd>${how}</dd></div>`)}
      </dl>
    </details>`
  }

  #outcomeView(words: HistoryMessages) {
    const outcome = this.#outcome
    const { batch } = outcome ?? {}
    const kind = outcome?.isProblem ? 'outcome problem' : 'outcome'
    return html`<div role=${outcome?.isProblem ? 'alert' : 'status'} class="after">
      ${outcome ? html`<p class=${kind} part="history-outcome">${outcome.text}</p>` : nothing}
      ${
        batch === undefined
          ? nothing
          : html`<button type="button" class="pill undo" @click=${() => this.#undo(batch)}>${words.undo}</button>`
      }
    </div>`
  }

  // What was brought on earlier pages.

  #batches(events: readonly ShownEvent[], words: HistoryMessages) {
    const counts = new Map<string, number>()
    for (const { slate = '' } of events) {
      if (slate === this.#outcome?.batch || !BATCH.test(slate)) continue
      counts.set(slate, (counts.get(slate) ?? 0) + 1)
    }
    if (counts.size === 0) return nothing
    return html`<ul class="batches" role="list">
      ${Array.from(counts, ([batch, count]) => {
        const source = BATCH.exec(batch)?.[1] ?? ''
        return html`<li>
          <span>${words.batch(source, count)}</span>
          <button type="button" class="quiet" aria-label=${words.undoBatch(source)} @click=${() => this.#undo(batch)}>${words.undo}</button>
        </li>`
      })}
    </ul>`
  }

  // The preview.

  #preview(shown: Shown, words: HistoryMessages) {
    const { preview, sure, maybe, chosen } = shown
    const { matched, unmatched, skipped, source, entries } = preview
    const known = matched.length - sure.length - maybe.length
    const left = skipped.reduce((sum, { count }) => sum + count, 0)
    return html`<section class="preview" part="history-preview" aria-label=${words.title}>
      <h3 tabindex="-1">${words.found(source, matched.length, entries)}</h3>
      ${known > 0 ? html`<p class="where">${words.known(known)}</p>` : nothing}
      ${this.#group('sure', words.sure(sure.length), sure)}
      ${this.#group('maybe', words.maybe(maybe.length), maybe)}
      ${unmatched.length > 0 ? this.#missing(shown, words) : nothing}
      ${
        left > 0
          ? html`<details>
              <summary>${words.skipped(left)}</summary>
              <ul class="plain" role="list">
                ${skipped.map((lines) => html`<li>${words.skippedLines(lines)}</li>`)}
              </ul>
            </details>`
          : nothing
      }
      <div class="btns">
        <button type="button" class="pill add" ?disabled=${chosen.size === 0 || this.#isBusy} @click=${this.#add}>
          ${words.add(chosen.size)}
        </button>
        <button type="button" class="pill" @click=${this.#cancel}>${words.cancel}</button>
      </div>
    </section>`
  }

  #group(group: 'sure' | 'maybe', label: string, matches: readonly HistoryMatch[]) {
    const shown = this.#shown
    if (!shown || matches.length === 0) return nothing
    const words = this.#words()
    const ticked = matches.filter((match) => shown.chosen.has(match)).length
    const rows = shown.long.has(group) ? matches : matches.slice(0, FIRST_ROWS)
    return html`<fieldset>
      <legend>${label}</legend>
      <label class="row all">
        <input
          type="checkbox"
          .checked=${live(ticked === matches.length)}
          .indeterminate=${ticked > 0 && ticked < matches.length}
          @change=${(event: Event) => this.#tick(matches, event)}
        />${words.all}
      </label>
      <ul role="list">${rows.map((match) => this.#match(match, shown))}</ul>
      ${this.#more(group, matches.length, rows.length)}
    </fieldset>`
  }

  #match(match: HistoryMatch, { chosen }: Shown) {
    const { entry, item, isSure, why, becomes } = match
    const words = this.#words()
    const { at, title } = entry
    const own = title === '' ? '' : words.inFile(title)
    const notes = isSure
      ? []
      : [own, words.why[why] ?? ''].filter((note) => note !== '')
    return html`<li>
      <label class="row">
        <input type="checkbox" .checked=${live(chosen.has(match))}
          @change=${(event: Event) => this.#tick([match], event)} />
        <span class="what">
          <b dir="auto">${item.title}</b>
          ${item.authors ? html`<span class="by" dir="auto">${item.authors.join(', ')}</span>` : nothing}
          ${notes.length > 0 ? html`<span class="by" dir="auto">${notes.join('; ')}</span>` : nothing}
        </span>
        <span class="becomes">
          ${words.becomes(becomes, entry.stars ?? entry.seconds ?? 0)}
          ${at === undefined ? nothing : html`<time datetime=${new Date(at).toISOString()}>${dayOf(at, words)}</time>`}
        </span>
      </label>
    </li>`
  }

  #missing({ preview: { unmatched }, long }: Shown, words: HistoryMessages) {
    const rows = long.has('missing') ? unmatched : unmatched.slice(0, FIRST_ROWS)
    return html`<details>
      <summary>${words.missing(unmatched.length)}</summary>
      <ul class="plain" role="list">
        ${rows.map((entry) => html`<li dir="auto">${entryName(entry)}</li>`)}
      </ul>
      ${this.#more('missing', unmatched.length, rows.length)}
    </details>`
  }

  #more(group: Group, all: number, shown: number) {
    if (all === shown) return nothing
    const more = () => {
      this.#shown?.long.add(group)
      this.#host.requestUpdate()
    }
    return html`<button type="button" class="quiet" @click=${more}>${this.#words().showAll(all)}</button>`
  }

  #tick(matches: readonly HistoryMatch[], { target }: Event) {
    const { chosen } = this.#shown!
    const { checked } = target as HTMLInputElement
    for (const match of matches) checked ? chosen.add(match) : chosen.delete(match)
    this.#host.requestUpdate()
  }

  // What the visitor does.

  #choose = ({ target }: Event) => {
    const input = target as HTMLInputElement
    const file = input.files?.[0]
    if (file) void this.#open(file)
    input.value = '' // the same file can be chosen again
  }

  #over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.#setOver(true)
  }

  #leave = () => this.#setOver(false)

  #drop = (event: DragEvent) => {
    const file = event.dataTransfer?.files[0]
    this.#setOver(false)
    if (!file) return
    event.preventDefault()
    ;(event.currentTarget as HTMLDetailsElement).open = true
    void this.#open(file)
  }

  #setOver(isOver: boolean) {
    this.#isOver = isOver
    this.#host.requestUpdate()
  }

  async #open(file: File) {
    const request = ++this.#latest
    this.#shown = undefined
    this.#outcome = undefined
    this.#reading = file.name
    this.#host.requestUpdate()
    await this.#run(async (hearth) => {
      const preview = await hearth.profile.readHistory(file, file.name)
      if (request !== this.#latest) return // another file was chosen meanwhile
      this.#reading = undefined
      this.#show(preview)
    }, request)
  }

  #show(preview: HistoryPreview) {
    const fresh = preview.matched.filter(({ isKnown }) => !isKnown)
    const sure = fresh.filter(({ isSure }) => isSure)
    const maybe = fresh.filter(({ isSure }) => !isSure)
    const isAllKnown = preview.matched.length > 0 && fresh.length === 0
    if (isAllKnown) {
      this.#outcome = { text: this.#words().nothingNew, isProblem: false }
      return
    }
    this.#shown = { preview, sure, maybe, chosen: new Set(sure), long: new Set() }
    this.#focus = '.preview h3'
  }

  #add = () =>
    this.#run(async (hearth) => {
      if (!this.#shown) return
      const { preview, chosen } = this.#shown
      const matched = preview.matched.filter((match) => chosen.has(match))
      const { added, batch } = await hearth.profile.addHistory({ ...preview, matched })
      const text = this.#words().added(added, preview.source)
      this.#shown = undefined
      this.#outcome = { text, isProblem: false, batch }
      this.#focus = '.undo'
    })

  #undo(batch: string) {
    return this.#run(async (hearth) => {
      const removed = await hearth.profile.undoHistory(batch)
      this.#outcome = { text: this.#words().undone(removed), isProblem: false }
      this.#focus = '.bring'
    })
  }

  #cancel = () => {
    this.#shown = undefined
    this.#focus = '.bring'
    this.#host.requestUpdate()
  }

  async #run(
    work: (hearth: NonNullable<HearthElement['hearth']>) => Promise<void>,
    request = ++this.#latest,
  ) {
    const { hearth } = this.#host
    if (!hearth || isRefusedInFrame(this.#host)) return
    this.#isBusy = true
    try {
      await work(hearth)
    } catch (error) {
      if (request !== this.#latest) return
      this.#reading = undefined
      this.#outcome = { text: messageOf(error), isProblem: true }
    } finally {
      this.#isBusy = false
      this.#host.requestUpdate()
    }
  }
}

/** "Jan 15, 2023" */
function dayOf(at: number, { language }: HistoryMessages): string {
  const form = { day: 'numeric', month: 'short', year: 'numeric' } as const
  return new Intl.DateTimeFormat(language, form).format(at)
}

function entryName({ title, makers, url, ids }: HistoryEntry): string {
  const name =
    title || url || Object.entries(ids).map(([space, id]) => `${space} ${id}`)[0]
  return [name, makers[0]].filter(Boolean).join(', ')
}
