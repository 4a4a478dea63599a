/** "Why this one": the shares of the score as one bar, and a sentence each. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import type { Pick } from '../engine/engine.ts'
import { sentence } from '../widget/card.ts'
import { hrefOf } from './router.ts'

/** Gap between two pieces of the bar, of 100. */
const GAP = 0.5

export function whyView({
  reasons,
  isGuess,
  match,
}: Pick): TemplateResult | typeof nothing {
  if (reasons.length === 0) return nothing
  let from = 0
  const bar = reasons.map(({ part, share }) => {
    const piece = svg`<rect class="part ${part}" x=${from} width=${Math.max(0, share * 100 - GAP)} height="10"></rect>`
    from += share * 100
    return piece
  })
  return html`<section class="why-all" aria-labelledby="why">
    <div class="head">
      <h2 id="why">Why this one</h2>
      <p class="note">${isGuess ? 'a guess, made to learn' : `match ${percent(match)}`}</p>
    </div>
    <svg class="bar" viewBox="0 0 ${100 - GAP} 10" preserveAspectRatio="none" aria-hidden="true">${bar}</svg>
    <ul>
      ${reasons.map(
        ({ part, share, text, itemId }) => html`<li>
          <svg class="swatch" viewBox="0 0 8 8" aria-hidden="true"><rect class="part ${part}" width="8" height="8" rx="2"></rect></svg>
          <b class="share">${percent(share)}</b>
          ${itemId ? html`<a href=${hrefOf({ page: 'item', id: itemId })}>${sentence(text)}</a>` : html`<span>${sentence(text)}</span>`}
        </li>`,
      )}
    </ul>
  </section>`
}

export const percent = (share: number) => {
  const value = Math.round(share * 100)
  return value === 0 && share > 0 ? '< 1 %' : `${value} %`
}
