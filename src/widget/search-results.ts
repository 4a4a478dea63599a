/** The list under the search box: results, and how they were found. */
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ItemRecord } from '../catalogue/item-record.ts'
import type { Pick } from '../engine/engine.ts'
import { byLine, drawnCover, sentence } from './card.ts'
import { modeLine, type SearchStatus } from './search-session.ts'

export interface ResultsView {
  /** Place of the result that the arrow keys have reached, −1 for none. */
  readonly active: number
  readonly choose: (item: ItemRecord) => void
}

export function resultsView(status: SearchStatus, view: ResultsView): TemplateResult {
  const { result, text, isReading } = status
  const picks = result?.picks ?? []
  const isNone = result !== undefined && picks.length === 0 && !isReading
  return html`
    <ul id="results" role="listbox" aria-label="Results" part="results">
      ${repeat(
        picks,
        ({ item }) => item.id,
        (pick, place) => option(pick, place, view),
      )}
    </ul>
    ${isNone ? html`<p class="none">Nothing like “${text}” here.</p>` : nothing}
    <p class="mode" part="mode" role="status">${modeLine(status)}</p>
  `
}

function option(pick: Pick, place: number, { active, choose }: ResultsView) {
  const { item, headline } = pick
  const isActive = place === active
  return html`<li
    id="result-${place}" role="option" part="result" class=${isActive ? 'active' : ''}
    aria-selected=${isActive ? 'true' : 'false'}
    @pointerdown=${keepFocus} @click=${() => choose(item)}>
    <div class="thumb" aria-hidden="true">${drawnCover(item)}</div>
    <div class="what">
      <b dir="auto">${item.title}</b>
      <span dir="auto">${byLine(item)}</span>
      ${headline ? html`<small>${sentence(headline.text)}</small>` : nothing}
    </div>
  </li>`
}

/** A press on a result must not take the focus from the box, or the list would close. */
const keepFocus = (event: Event) => event.preventDefault()
