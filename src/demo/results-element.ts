/**
 * <app-results> — what a search found, as cards: by keywords at once, semantically
 * when the encoder has answered.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { ItemListElement } from '../elements/item-list-element.ts'
import {
  modeLine,
  NO_SEARCH,
  type SearchStatus,
  searchSession,
} from '../elements/search-session.ts'
import type { ShelfView, ShownShelf } from '../elements/shelf.ts'
import { understoodStyles } from '../elements/styles/understood.ts'
import { chipsView } from '../elements/understood-chips.ts'
import type { Hearth } from '../index.ts'

const MAX_RESULTS = 36

export class ResultsElement extends ItemListElement {
  static override styles = [...ItemListElement.styles, understoodStyles]
  static override properties = {
    ...ItemListElement.properties,
    text: { attribute: false },
    status: { state: true },
  }

  declare text: string
  declare private status: SearchStatus
  #session = searchSession(
    async () => ({ count: MAX_RESULTS, ...(await this.listOptions()) }),
    (status) => this.#take(status),
  )
  #waiting: ((shelves: readonly ShownShelf[]) => void) | undefined

  constructor() {
    super()
    this.text = ''
    this.status = NO_SEARCH
  }

  /** Answers by keywords; the semantic answer comes later, by `answer`. */
  protected override ask(hearth: Hearth): Promise<readonly ShownShelf[]> {
    return new Promise((resolve) => {
      this.#waiting = resolve
      this.#session.ask(hearth, this.text, 0)
    })
  }

  #take(status: SearchStatus) {
    this.status = status
    const answer = this.#waiting
    this.#waiting = undefined
    if (answer) answer(this.#shelves())
    else this.answer(this.#shelves())
  }

  #shelves(): readonly ShownShelf[] {
    const { result, text } = this.status
    const { items = [], slate } = result ?? {}
    const title =
      result && items.length === 0 ? `Nothing found for “${text}”` : `“${text}”`
    return [{ key: 'results', title, items, ...(slate ? { slate } : {}) }]
  }

  override disconnectedCallback() {
    this.#session.stop()
    super.disconnectedCallback()
  }

  protected override willUpdate(changed: PropertyValues) {
    super.willUpdate(changed)
    if (this.hasUpdated && changed.has('text')) void this.refresh()
  }

  protected override render(): TemplateResult {
    const parts = this.status.result?.understood?.parts ?? []
    const { messages } = this
    const remove = (key: string) => {
      if (this.hearth) this.#session.ignore(this.hearth, key)
    }
    // one template with and without: the cards stay the same nodes. Chips come with the first
    // answer, so that no list moves for them
    return html`<div class="above-list">
        ${parts.length > 0 ? chipsView(parts, { messages, remove }) : nothing}
      </div>
      ${super.render()}`
  }

  protected override decorate(): Omit<ShelfView, 'shelf'> {
    return { note: modeLine(this.status, this.messages), isGrid: true }
  }

  protected override summary() {
    return modeLine(this.status, this.messages)
  }

  protected override skeletonCount() {
    return 6
  }
}
