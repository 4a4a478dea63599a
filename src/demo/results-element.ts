/**
 * <app-results> — what a search found, as cards: by words at once, by meaning when the
 * text reader has answered.
 */
import type { PropertyValues } from 'lit'
import { PickListElement } from '../elements/pick-list-element.ts'
import {
  modeLine,
  NO_SEARCH,
  type SearchStatus,
  searchSession,
} from '../elements/search-session.ts'
import type { ShelfView } from '../elements/shelf.ts'
import type { Engine, Shelf } from '../engine/engine.ts'

const MAX_RESULTS = 36

export class ResultsElement extends PickListElement {
  static override properties = {
    ...PickListElement.properties,
    text: { attribute: false },
    status: { state: true },
  }

  declare text: string
  declare private status: SearchStatus
  #session = searchSession(MAX_RESULTS, (status) => this.#take(status))
  #waiting: ((shelves: readonly Shelf[]) => void) | undefined

  constructor() {
    super()
    this.text = ''
    this.status = NO_SEARCH
  }

  /** Answers with the words; the meaning comes in by `preview` of its own. */
  protected override ask(engine: Engine): Promise<readonly Shelf[]> {
    return new Promise((resolve) => {
      this.#waiting = resolve
      this.#session.ask(engine, this.text, 0)
    })
  }

  #take(status: SearchStatus) {
    this.status = status
    const answer = this.#waiting
    this.#waiting = undefined
    if (answer) answer(this.#shelves())
    else this.answer(this.#shelves())
  }

  #shelves(): readonly Shelf[] {
    const { result, text } = this.status
    const title =
      result?.picks.length === 0 ? `Nothing found for “${text}”` : `“${text}”`
    return [{ kind: 'for-you', key: 'results', title, picks: result?.picks ?? [] }]
  }

  override disconnectedCallback() {
    this.#session.stop()
    super.disconnectedCallback()
  }

  protected override willUpdate(changed: PropertyValues) {
    super.willUpdate(changed)
    if (this.hasUpdated && changed.has('text')) void this.refresh()
  }

  protected override decorate(): Omit<ShelfView, 'shelf'> {
    return { note: modeLine(this.status), isGrid: true }
  }

  protected override summary() {
    return modeLine(this.status)
  }

  protected override skeletonCount() {
    return 6
  }
}
