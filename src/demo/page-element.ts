/**
 * A page of the bookshop: drawn in the document itself (not in a shadow), made anew when
 * the visitor's log changes; it announces when it has something to show.
 */
import { LitElement, type PropertyDeclarations } from 'lit'
import { onOutdated } from '../elements/page-hearth.ts'
import { messageOf } from '../errors.ts'
import type { Hearth } from '../index.ts'

/** The page can be read: its heading may take the focus, the tab its title. */
export class PageReadyEvent extends Event {
  readonly title: string

  constructor(title: string) {
    super('page-ready', { bubbles: true })
    this.title = title
  }
}

declare global {
  interface HTMLElementEventMap {
    'page-ready': PageReadyEvent
  }
}

export abstract class PageElement extends LitElement {
  static override properties: PropertyDeclarations = {
    hearth: { attribute: false },
    problem: { state: true },
  }

  declare hearth: Hearth
  declare protected problem: string
  #leave: (() => void) | undefined
  #latest = 0

  constructor() {
    super()
    this.problem = ''
  }

  /** Asks for what the page shows. @returns shows it, called if it is still wanted */
  protected abstract load(): Promise<() => void>

  protected override createRenderRoot() {
    return this
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#leave = onOutdated(this.hearth, () => void this.reload())
    void this.reload()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#leave?.()
  }

  /** Asks again; the newest answer wins. Never rejects. */
  async reload(): Promise<void> {
    const request = ++this.#latest
    try {
      const show = await this.load()
      if (request !== this.#latest) return
      this.problem = ''
      show()
    } catch (error) {
      if (request === this.#latest) this.problem = messageOf(error)
    }
  }

  protected retry = () => {
    this.hearth.retry()
    void this.reload()
  }
}
