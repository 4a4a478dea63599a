/** "I have read it ★★★★☆": five radio buttons, and a way to take it back. */
import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'

const STARS = [1, 2, 3, 4, 5] as const

/** @param rated 1–5, or undefined for not rated */
export function ratingView(
  rated: number | undefined,
  rate: (stars: number | undefined) => void,
): TemplateResult {
  return html`<fieldset class="rating">
    <legend>${rated === undefined ? 'I have read it' : 'You read it'}</legend>
    <div class="stars">
      ${STARS.map((stars) => star(stars, rated ?? 0, rate))}
    </div>
    ${
      rated === undefined
        ? nothing
        : html`<button type="button" class="quiet" @click=${() => rate(undefined)}>Clear</button>`
    }
  </fieldset>`
}

function star(stars: number, rated: number, rate: (stars: number) => void) {
  return html`<label class=${stars <= rated ? 'lit' : ''}>
    <input
      type="radio" name="stars" value=${stars} .checked=${live(stars === rated)}
      @change=${() => rate(stars)} />
    <span class="said">${stars} ${stars === 1 ? 'star' : 'stars'}</span>
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="m12 2.600 2.900 6 6.600.900-4.800 4.600 1.200 6.600L12 17.500l-5.900 3.200 1.200-6.600L2.500 9.500l6.600-.900Z"></path>
    </svg>
  </label>`
}
