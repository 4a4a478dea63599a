/**
 * <app-lab> — how good the picks are: an evaluation's figures, drawn. It loads when
 * somebody goes there, with the library that draws.
 */
import '../lab.css'
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { HearthState } from '../../index.ts'
import { deviceLines, deviceView } from '../device-lines.ts'
import { PageElement, PageReadyEvent } from '../page-element.ts'
import { hrefOf } from '../router.ts'
import { type Evaluation, fetchJson, parseEvaluation } from './evaluation.ts'
import { type LabRun, parseIndex } from './evaluations.ts'
import type { Drawing } from './plots.ts'
import {
  atCountView,
  curvesView,
  packView,
  ratingsView,
  sizeLine,
  sourceView,
} from './sections.ts'
import { countChoice } from './tables.ts'

// <app-lab-plot> — a drawing as wide as its place, drawn again when that changes.

class LabPlotElement extends HTMLElement {
  #draw: Drawing | undefined
  #width = 0
  #watch = new ResizeObserver(([entry]) => this.#resize(entry!.contentRect.width))

  set draw(draw: Drawing) {
    this.#draw = draw
    this.#redraw()
  }

  connectedCallback() {
    this.#resize(this.clientWidth) // at once: what stands below must not move later
    this.#watch.observe(this)
  }

  disconnectedCallback() {
    this.#watch.disconnect()
  }

  #resize(width: number) {
    const whole = Math.floor(width)
    if (whole === this.#width) return
    this.#width = whole
    this.#redraw()
  }

  #redraw() {
    if (!this.#draw || this.#width === 0) return
    this.replaceChildren(this.#draw(this.#width))
  }
}

const FOLDER = 'lab'
/** Of the device's lines, those that the figures above are computed with. */
const SHOWN_LINES: ReadonlySet<string> = new Set(['Ranking', 'Text reader', 'Learning'])

interface Shown {
  readonly runs: readonly LabRun[]
  readonly run: LabRun
  readonly evaluation: Evaluation
}

export class LabPageElement extends PageElement {
  static override properties = {
    ...PageElement.properties,
    run: { attribute: false },
    shown: { state: true },
    k: { state: true },
    device: { state: true },
  }

  /** Of the index; empty for its first. */
  declare run: string
  declare private shown: Shown | 'none' | undefined
  declare private k: string
  declare private device: HearthState | undefined
  #leaveState: (() => void) | undefined

  #tellReady = () => this.dispatchEvent(new PageReadyEvent('The Lab'))

  constructor() {
    super()
    this.run = ''
    this.k = 'all'
  }

  override connectedCallback() {
    super.connectedCallback()
    void this.updateComplete.then(this.#tellReady)
    this.#leaveState = this.hearth.on('state', (state) => {
      this.device = state
    })
    this.hearth.state().then(
      (state) => {
        this.device = state
      },
      () => {}, // the figures need no engine; the shop shows what is wrong with it
    )
  }

  override disconnectedCallback() {
    this.#leaveState?.()
    super.disconnectedCallback()
  }

  protected override willUpdate(changed: PropertyValues) {
    if (!changed.has('run') || !this.hasUpdated) return
    void this.reload().then(this.#tellReady)
  }

  protected override async load() {
    const shown = await this.#ask(this.run)
    return () => {
      this.shown = shown
    }
  }

  async #ask(id: string): Promise<Shown | 'none'> {
    const ask: typeof fetch = (path) => fetch(path)
    const { runs } = parseIndex(await fetchJson(`${FOLDER}/index.json`, ask))
    const run = id ? runs.find((each) => each.id === id) : runs[0]
    if (!run) return 'none'
    const evaluation = parseEvaluation(await fetchJson(`${FOLDER}/${run.file}`, ask))
    return { runs, run, evaluation }
  }

  protected override render(): TemplateResult {
    const { shown } = this
    return html`
      <div class="head">
        <h1 tabindex="-1">The Lab</h1>
        <p class="note">How good the picks are, in figures that anyone can make again.</p>
      </div>
      ${this.problem ? this.#broken() : nothing}
      ${shown === 'none' ? empty : nothing}
      ${typeof shown === 'object' ? this.#figures(shown) : nothing}
      ${shown || this.problem ? this.#device() : bones}
    `
  }

  #figures({ runs, run, evaluation }: Shown) {
    const { counts } = evaluation
    const count = counts.find(({ k }) => k === this.k) ?? counts.at(-1)!
    const choose = (k: string) => {
      this.k = k
    }
    return html`
      ${runs.length > 1 ? runsView(runs, run) : nothing}
      <p class="lab-name"><b>${evaluation.name}</b> · ${sizeLine(evaluation)}</p>
      ${curvesView(evaluation)}
      ${atCountView(
        evaluation,
        count,
        countChoice(
          counts.map(({ k }) => k),
          count.k,
          choose,
        ),
      )}
      ${packView(evaluation)} ${ratingsView(evaluation)} ${sourceView(evaluation, run)}
    `
  }

  /** Below the figures, and not before them: nothing is pushed away. */
  #device() {
    if (!this.device) return nothing
    const around = { isOnline: navigator.onLine, isKept: false }
    const lines = deviceLines(this.device, around).filter(({ name }) =>
      SHOWN_LINES.has(name),
    )
    return deviceView(lines)
  }

  #broken() {
    return html`<div class="broken" role="alert">
      <p>The figures cannot be shown: ${this.problem}</p>
      <button type="button" class="pill" @click=${this.reload}>Retry</button>
    </div>`
  }
}

const runsView = (runs: readonly LabRun[], here: LabRun) =>
  html`<nav class="btns" aria-label="Catalogues">
    ${runs.map(
      (run) => html`<a
        class="pill" href=${hrefOf({ page: 'lab', run: run.id })}
        aria-current=${run === here ? 'page' : nothing}>${run.name}</a>`,
    )}
  </nav>`

const empty = html`<div class="empty">
  <h2>No figures here</h2>
  <p>This site publishes no evaluation under this address. Its owner makes one with
    <code>npm run lab:books</code>, and it is drawn here.</p>
</div>`

const bones = html`<div class="lab-bones bones" aria-hidden="true"><i></i><i class="wide"></i></div>`

/** Registers the drawings that <app-lab> holds; again is nothing. */
export function definePlots() {
  if (customElements.get('app-lab-plot')) return
  customElements.define('app-lab-plot', LabPlotElement)
}
