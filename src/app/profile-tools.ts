/** <app-profile-tools> — Export, Import and Erase everything, with what came of it. */
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { messageOf } from '../errors.ts'
import type { Visit } from '../widget/visit.ts'
import { readProfile, saveProfile } from './profile-file.ts'

export class ProfileToolsElement extends LitElement {
  static override properties = {
    visit: { attribute: false },
    outcome: { state: true },
    isAsking: { state: true },
  }

  declare visit: Visit
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
      const profile = await this.visit.hearth.engine.exportProfile()
      saveProfile(profile)
      return `Exported ${profile.events.length} signals.`
    })

  #import = (event: Event) => {
    const input = event.target as HTMLInputElement
    const file = input.files?.[0]
    if (!file) return
    void this.#run(async () => {
      const profile = await readProfile(file)
      const added = await this.visit.change(() =>
        this.visit.hearth.engine.importProfile(profile),
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
      await this.visit.change(() => this.visit.hearth.engine.erase())
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
