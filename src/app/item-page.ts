/** <app-item> — one book: what it is, what the visitor says of it, why it is suggested. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { ItemDetail, Mark, Pick, RatingGuess } from '../engine/engine.ts'
import { type Capture, captureSignals } from '../widget/capture.ts'
import { byLine, drawnCover } from '../widget/card.ts'
import { icon } from '../widget/icons.ts'
import { createMarking } from '../widget/marking.ts'
import { isMarked, type MarkKind, remarked } from '../widget/marks.ts'
import { PageElement, PageReadyEvent } from './page-element.ts'
import { ratingView } from './rating.ts'
import { guessView } from './rating-guess.ts'
import { hrefOf } from './router.ts'
import { whyView } from './why.ts'

const TAG_RELATIONS = new Set(['genre', 'series', 'tag'])

export class ItemPageElement extends PageElement {
  static override properties = {
    ...PageElement.properties,
    itemId: { attribute: false },
    detail: { state: true },
  }

  declare itemId: string
  declare private detail: ItemDetail | 'unknown' | undefined
  /** Of the item of `detail`, and drawn with it. */
  #guess: RatingGuess | undefined
  #capture: Capture | undefined
  #marking = createMarking({
    current: () => this.visit,
    setMark: (id, mark) => this.#setMark(id, mark),
    requestUpdate: () => this.requestUpdate(),
  })

  constructor() {
    super()
    this.detail = undefined
  }

  protected override async load() {
    const { engine } = this.visit.hearth
    const [detail, guess] = await Promise.all([
      engine.item(this.itemId),
      engine.predictRating(this.itemId).catch(() => undefined), // the page does without
    ])
    return () => {
      this.#guess = guess
      const isNew = this.detail === undefined
      this.detail = detail ?? 'unknown'
      const title = detail?.pick.item.title ?? 'Not in this catalogue'
      if (isNew)
        void this.updateComplete.then(() =>
          this.dispatchEvent(new PageReadyEvent(title)),
        )
    }
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#capture = captureSignals({
      root: this,
      record: (signals) => void this.visit.record(signals).catch(() => {}), // only looks
      now: () => Date.now(),
    })
    this.#capture.watchDwell(this.itemId)
  }

  override disconnectedCallback() {
    this.#capture?.()
    super.disconnectedCallback()
  }

  protected override willUpdate(changed: PropertyValues) {
    if (!changed.has('itemId') || !this.hasUpdated) return
    this.detail = undefined
    this.#capture?.watchDwell(this.itemId)
    void this.reload()
  }

  protected override render(): TemplateResult {
    if (this.problem && !this.detail) return this.#broken()
    if (this.detail === 'unknown') return lost
    if (!this.detail) return bones
    return html`
      ${this.#item(this.detail)}
      <hearth-related
        .hearth=${this.visit.hearth}
        .item=${this.itemId}
        .itemHref=${({ id }: { id: string }) => hrefOf({ page: 'item', id })}
      ></hearth-related>
      <div role="status">${this.#marking.toast()}</div>
    `
  }

  #item({ pick, entities }: ItemDetail) {
    const { item } = pick
    const tags = entities.filter(({ relation }) => TAG_RELATIONS.has(relation))
    return html`<article class="item" data-hearth-page-item=${item.id}>
      <div class="cover big">${drawnCover(item)}</div>
      <div>
        <h1 tabindex="-1" dir="auto">${item.title}</h1>
        <p class="by" dir="auto">${byLine(item)}</p>
        ${item.description ? html`<p class="about" dir="auto">${item.description}</p>` : nothing}
        <ul class="tags" aria-label="Tags">
          ${tags.map(({ name }) => html`<li><a href=${hrefOf({ page: 'search', text: name })}>${name}</a></li>`)}
        </ul>
        <div class="btns">
          ${this.#button(pick, 'save', ['Save for later', 'Saved'])}
          ${this.#button(pick, 'like', ['Like', 'Liked'])}
          ${this.#button(pick, 'dislike', ['Not for me', 'Not for me'])}
        </div>
        ${ratingView(pick.mark?.rated?.stars, (stars) => void this.#rate(pick, stars))}
        ${guessView(this.#guess, pick.mark?.rated !== undefined)}
        ${whyView(pick)}
      </div>
    </article>`
  }

  #button(pick: Pick, kind: MarkKind, [off, on]: readonly [string, string]) {
    const isOn = isMarked(pick.mark, kind)
    return html`<button
      type="button" class="pill ${kind} ${isOn ? 'on' : ''}" aria-pressed=${isOn ? 'true' : 'false'}
      @click=${() => void this.#marking.press(pick, kind)}>
      ${icon(kind)} ${isOn ? on : off}
    </button>`
  }

  /** A new rating takes the place of the old one; undefined takes it back. */
  async #rate({ item, mark }: Pick, stars: number | undefined) {
    const { engine } = this.visit.hearth
    const { rated, ...rest } = mark ?? {}
    this.#setMark(
      item.id,
      stars === undefined ? rest : { ...rest, rated: { seq: -1, stars } },
    )
    await this.visit
      .change(async () => {
        if (rated) await engine.removeEvents([rated.seq])
        if (stars === undefined) return
        await engine.record([
          { kind: 'rate', at: Date.now(), itemId: item.id, value: stars },
        ])
      })
      .catch(() => this.#setMark(item.id, mark)) // the log has not changed
  }

  #setMark(id: string, mark: Mark | undefined) {
    const { detail } = this
    if (!detail || detail === 'unknown' || detail.pick.item.id !== id) return
    this.detail = { ...detail, pick: remarked(detail.pick, mark) }
  }

  #broken() {
    return html`<div class="broken" role="alert">
      <p>This page could not be made: ${this.problem}</p>
      <button type="button" class="pill" @click=${this.retry}>Retry</button>
    </div>`
  }
}

const lost = html`<section class="lost">
  <h1 tabindex="-1">Not in this catalogue</h1>
  <p>The book behind this address is not here. <a href="#/">Back to the shelves</a></p>
</section>`

const bones = html`<div class="item bones" aria-hidden="true">
  <div class="cover big"></div>
  <div><i class="wide"></i><i></i><i></i></div>
</div>`
