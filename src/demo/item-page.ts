/** <app-item> — one book: what it is, the visitor's own feedback on it, why it is suggested. */
import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { type Capture, captureEvents } from '../elements/capture/capture.ts'
import { byLine, sentence } from '../elements/card.ts'
import { define } from '../elements/define.ts'
import { HearthRelatedElement } from '../elements/hearth-related-element.ts'
import { HearthTasteElement } from '../elements/hearth-taste-element.ts'
import { icon } from '../elements/icons.ts'
import { createReactionControl } from '../elements/reaction-control.ts'
import { hasReaction, type ReactionKind, withReaction } from '../elements/reactions.ts'
import { type TileOf, tileView } from '../elements/tile.ts'
import { chanceText, reasonText } from '../explain/messages/messages.ts'
import { itemOf } from '../explain/reason.ts'
import type { ItemDetail, RatingGuess, Reaction, RecommendedItem } from '../index.ts'
import { bookshop } from './messages.ts'
import { PageElement, PageReadyEvent } from './page-element.ts'
import { hrefOf, itemHref } from './router.ts'

// "Why this one": the shares of the score as one bar, and a sentence each.

/** Gap between two pieces of the bar, of 100. */
const GAP = 0.5
/** What is left of the score without a reason is shown from this share on. */
const MIN_REST = 0.01

export function whyView(item: RecommendedItem): TemplateResult | typeof nothing {
  const { reasons } = item
  if (reasons.length === 0) return nothing
  const rest = 1 - reasons.reduce((sum, { share }) => sum + share, 0)
  const pieces = [
    ...reasons,
    ...(rest >= MIN_REST ? [{ component: 'rest', share: rest }] : []),
  ]
  let from = 0
  const bar = pieces.map(({ component, share }) => {
    const piece = svg`<rect class="component ${component}" x=${from} width=${Math.max(0, share * 100 - GAP)} height="10"></rect>`
    from += share * 100
    return piece
  })
  const isOfScore = rest < 1
  return html`<section class="why-all" aria-labelledby="why">
    <div class="head"><h2 id="why">Why this one</h2></div>
    ${chanceView(item)}
    ${
      isOfScore
        ? html`<svg class="bar" viewBox="0 0 ${100 - GAP} 10" preserveAspectRatio="none" aria-hidden="true">${bar}</svg>`
        : nothing
    }
    <ul>
      ${reasons.map(reasonView)}
      ${
        isOfScore && rest >= MIN_REST
          ? lineView('rest', rest, 'the rest has no reason that stands out')
          : nothing
      }
    </ul>
  </section>`
}

/**
 * What is likely of a book is no news of one that the reader has liked or rated: the line
 * stays empty, so that nothing moves.
 */
function chanceView({ isGuess, match, reaction }: RecommendedItem) {
  const { liked, disliked, rated } = reaction ?? {}
  const hasOpinion = (liked ?? disliked ?? rated) !== undefined
  const text = isGuess ? 'a guess, made to learn' : chanceText(match, bookshop)
  if (!text) return nothing
  return html`<p class="note chance">${hasOpinion ? nothing : `${sentence(text)}.`}</p>`
}

function reasonView(reason: RecommendedItem['reasons'][number]) {
  const { component, share } = reason
  const named = itemOf(reason)
  const text = sentence(reasonText(reason, bookshop))
  return lineView(
    component,
    share,
    named ? html`<a href=${itemHref(named)}>${text}</a>` : html`<span>${text}</span>`,
  )
}

/** A reason of no component has no share of the score, and no colour in the bar. */
function lineView(component: string, share: number, text: TemplateResult | string) {
  const swatch = svg`<rect class="component ${component}" width="8" height="8" rx="2"></rect>`
  return html`<li>
    <svg class="swatch" viewBox="0 0 8 8" aria-hidden="true">${share > 0 ? swatch : nothing}</svg>
    <b class="share">${share > 0 ? percent(share) : nothing}</b>
    ${typeof text === 'string' ? html`<span class="rest">${sentence(text)}</span>` : text}
  </li>`
}

export const percent = (share: number) => {
  const value = Math.round(share * 100)
  return value === 0 && share > 0 ? '< 1 %' : `${value} %`
}

// The line beside the stars: a guess at the visitor's rating, and what it is made of.

/**
 * One line whatever there is to say, so that nothing moves when it changes.
 *
 * @param guess undefined: the catalogue predicts no ratings, and nothing is drawn
 */
function guessView(
  guess: RatingGuess | undefined,
  isRated: boolean,
): TemplateResult | typeof nothing {
  if (!guess) return nothing
  return html`<p class="guess">${guessWords(guess, isRated)}</p>`
}

export function guessWords(
  { stars, from, least }: RatingGuess,
  isRated: boolean,
): string {
  if (stars === undefined) {
    const missing = least - from
    return isRated
      ? `Once you have rated ${least} others, a guess stands here too.`
      : `Rate ${missing === 1 ? 'one more book' : `${missing} books`}, and a guess of your rating stands here.`
  }
  const number = stars.toFixed(1)
  return isRated
    ? `From your ${from} other ratings, the guess was ${number}.`
    : `You might give it ${number}: a guess from your ${from} ratings.`
}

// "I have read it ★★★★☆": five radio buttons, and a way to take it back.

const STARS = [1, 2, 3, 4, 5] as const

/** @param rated 1–5, or undefined for not rated */
function ratingView(
  rated: number | undefined,
  rate: (stars: number | undefined) => void,
): TemplateResult {
  // no fieldset: WebKit lays its legend out alone
  return html`<div class="rating" role="radiogroup" aria-labelledby="read">
    <span class="asked" id="read">${rated === undefined ? 'I have read it' : 'You read it'}</span>
    <div class="stars">
      ${STARS.map((stars) => star(stars, rated ?? 0, rate))}
    </div>
    ${
      rated === undefined
        ? nothing
        : html`<button type="button" class="quiet" @click=${() => rate(undefined)}>Clear</button>`
    }
  </div>`
}

function star(stars: number, rated: number, rate: (stars: number) => void) {
  return html`<label class=${stars <= rated ? 'lit' : ''}>
    <input
      type="radio" name="stars" value=${stars} .checked=${live(stars === rated)}
      @change=${() => rate(stars)} />
    <span class="visually-hidden">${stars} ${stars === 1 ? 'star' : 'stars'}</span>
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="m12 2.600 2.900 6 6.600.900-4.800 4.600 1.200 6.600L12 17.500l-5.900 3.200 1.200-6.600L2.500 9.500l6.600-.900Z"></path>
    </svg>
  </label>`
}

const TAG_RELATIONS = new Set(['genre', 'series', 'tag'])

define('hearth-related', HearthRelatedElement)
define('hearth-taste', HearthTasteElement)

export class ItemPageElement extends PageElement {
  static override properties = {
    ...PageElement.properties,
    itemId: { attribute: false },
    tileOf: { attribute: false },
    detail: { state: true },
  }

  declare itemId: string
  declare tileOf: TileOf | undefined
  declare private detail: ItemDetail | 'unknown' | undefined
  /** Of the item of `detail`, and drawn with it. */
  #guess: RatingGuess | undefined
  #capture: Capture | undefined
  readonly messages = bookshop
  #reactionControl = createReactionControl(this)

  constructor() {
    super()
    this.detail = undefined
  }

  protected override async load() {
    const [detail, guess] = await Promise.all([
      this.hearth.item(this.itemId),
      this.hearth.predictRating(this.itemId).catch(() => undefined), // the page does without
    ])
    return () => {
      this.#guess = guess
      const isFirst = this.detail === undefined
      this.detail = detail ?? 'unknown'
      const title = detail?.item.title ?? 'Not in this catalogue'
      if (isFirst)
        void this.updateComplete.then(() =>
          this.dispatchEvent(new PageReadyEvent(title)),
        )
    }
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#capture = captureEvents({
      root: this,
      record: (events) => void this.hearth.record(events).catch(() => {}), // the next may be kept
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
        .hearth=${this.hearth}
        .messages=${bookshop}
        .item=${this.itemId}
        .itemHref=${itemHref}
        .tileOf=${this.tileOf}
      ></hearth-related>
      <div role="status">${this.#reactionControl.toast()}</div>
    `
  }

  #item({ item, attributes }: ItemDetail) {
    const tags = attributes.filter(({ relation }) => TAG_RELATIONS.has(relation))
    return html`<article class="item" data-hearth-page-item=${item.id}>
      <div class="cover big">${tileView(item, this.tileOf)}</div>
      <div>
        <h1 tabindex="-1" dir="auto">${item.title}</h1>
        <p class="by" dir="auto">${byLine(item)}</p>
        ${item.description ? html`<p class="about" dir="auto">${item.description}</p>` : nothing}
        <ul class="tags" aria-label="Tags">
          ${tags.map(({ name }) => html`<li><a href=${hrefOf({ page: 'search', text: name })}>${name}</a></li>`)}
        </ul>
        <div class="btns">
          ${this.#button(item, 'save', ['Save for later', 'Saved'])}
          ${this.#button(item, 'like', ['Like', 'Liked'])}
          ${this.#button(item, 'dislike', ['Not for me', 'Not for me'])}
        </div>
        <hearth-taste .hearth=${this.hearth} .messages=${bookshop} .item=${item.id}></hearth-taste>
        ${ratingView(item.reaction?.rated?.stars, (stars) => void this.#rate(item, stars))}
        ${guessView(this.#guess, item.reaction?.rated !== undefined)}
        ${whyView(item)}
      </div>
    </article>`
  }

  #button(
    item: RecommendedItem,
    kind: ReactionKind,
    [off, on]: readonly [string, string],
  ) {
    const isOn = hasReaction(item.reaction, kind)
    return html`<button
      type="button" class="pill ${kind} ${isOn ? 'on' : ''}" aria-pressed=${isOn ? 'true' : 'false'}
      @click=${() => void this.#reactionControl.press(item, kind)}>
      ${icon(kind)} ${isOn ? on : off}
    </button>`
  }

  /** A new rating takes the place of the old one; undefined takes it back. */
  async #rate({ id, reaction }: RecommendedItem, stars: number | undefined) {
    const { hearth } = this
    const { rated, ...rest } = reaction ?? {}
    this.setReaction(
      id,
      stars === undefined ? rest : { ...rest, rated: { seq: -1, stars } },
    )
    try {
      const instead = rated ? [rated.seq] : []
      if (stars === undefined) await hearth.profile.remove(instead)
      else await hearth.record({ kind: 'rate', item: id, value: stars }, { instead })
    } catch {
      this.setReaction(id, reaction) // the log has not changed
    }
  }

  setReaction(id: string, reaction: Reaction | undefined) {
    const { detail } = this
    if (!detail || detail === 'unknown' || detail.item.id !== id) return
    this.detail = { ...detail, item: withReaction(detail.item, reaction) }
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
