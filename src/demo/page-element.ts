/**
 * A page of the bookshop: drawn in the document itself (not in a shadow), told when the
 * visitor's log changes, and saying when it has something to show.
 */
import { LitElement, type PropertyDeclarations } from 'lit'
import type { Session } from '../elements/session.ts'
import { messageOf } from '../errors.ts'
import { loadCoverArt } from './covers/cover-art.ts'

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
    session: { attribute: false },
    problem: { state: true },
  }

  declare session: Session
  declare protected problem: string
  #leave: (() => void) | undefined
  #latest = 0

  constructor() {
    super()
    this.problem = ''
  }

  /** Asks the engine for what the page shows; its result goes to `show` if still wanted. */
  protected abstract load(): Promise<() => void>

  protected override createRenderRoot() {
    return this
  }

  override connectedCallback() {
    super.connectedCallback()
    void loadCoverArt().then(() => this.requestUpdate())
    this.#leave = this.session.onChange(() => void this.reload())
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
    this.session.hearth.retry()
    void this.reload()
  }
}
