/** One result in the list under the box. */
import { html, nothing, type TemplateResult } from 'lit'
import type { Pick } from '../engine/engine.ts'
import { byLine, drawnCover, sentence } from './card.ts'

export interface OptionView {
  readonly place: number
  readonly isActive: boolean
  choose(): void
}

export function searchOption(pick: Pick, view: OptionView): TemplateResult {
  const { item, reasons } = pick
  const { place, isActive } = view
  return html`<li
    id="result-${place}" role="option" part="result" class=${isActive ? 'active' : ''}
    aria-selected=${isActive ? 'true' : 'false'}
    @pointerdown=${keepFocus} @click=${() => view.choose()}>
    <div class="thumb" aria-hidden="true">${drawnCover(item)}</div>
    <div class="what">
      <b dir="auto">${item.title}</b>
      <span dir="auto">${byLine(item)}</span>
      ${reasons[0] ? html`<small>${sentence(reasons[0].text)}</small>` : nothing}
    </div>
  </li>`
}

/** A press on a result must not take the focus from the box, or the list would close. */
const keepFocus = (event: Event) => event.preventDefault()
