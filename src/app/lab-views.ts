/** Pieces of the Lab: a plot with its sentence and its table, and what stands beside. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import type { Drawing } from './lab-drawing.ts'
import { lookOf } from './lab-looks.ts'
import { rowName } from './lab-names.ts'
import type { Cell, Table } from './lab-tables.ts'

export interface FigureParts {
  readonly title: string
  /** What it shows, a sentence or two. */
  readonly words: string
  readonly draw: Drawing
  readonly table: Table
  /** Above the drawing. */
  readonly legend?: TemplateResult
}

export function figureView({ title, words, draw, table, legend }: FigureParts) {
  return html`<figure>
    <h3>${title}</h3>
    ${legend ?? nothing}
    <app-lab-plot .draw=${draw}></app-lab-plot>
    <figcaption>${words}</figcaption>
    ${tableView(table)}
  </figure>`
}

/** The figures, folded away until asked for. */
export function tableView(table: Table, summary = 'The figures') {
  const { caption, head, rows } = table
  return html`<details>
    <summary>${summary}</summary>
    <div class="lab-scroll" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <caption>${caption}</caption>
        <thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>
          ${rows.map(
            ([name, ...cells]) => html`<tr>
              <th scope="row">${name}</th>${cells.map(cellView)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`
}

const cellView = ({ value, interval }: Cell) =>
  html`<td>${value}${interval ? html`<small>${interval}</small>` : nothing}</td>`

/** Lines: how each is drawn. */
export function lineLegend(rows: readonly string[]) {
  return html`<ul class="lab-legend">
    ${rows.map((row, place) => {
      const { colour, dash, isOwn } = lookOf(row, place)
      return html`<li>
        <svg viewBox="0 0 26 8" aria-hidden="true">
          ${svg`<path d="M1 4h24" stroke=${colour} stroke-dasharray=${dash} stroke-width=${isOwn ? 3 : 2}></path>`}
        </svg>
        ${rowName(row)}
      </li>`
    })}
  </ul>`
}

/** Blocks: their colour and size. */
export function blockLegend(slices: readonly { block: string; bytes: number }[]) {
  return html`<ul class="lab-legend">
    ${slices.map(
      ({ block, bytes }, place) => html`<li>
        <svg viewBox="0 0 10 10" class="dab" aria-hidden="true">
          ${svg`<rect width="10" height="10" rx="2" fill=${lookOf(block, place).colour}></rect>`}
        </svg>
        ${rowName(block)} <b>${bytes.toFixed(1)}</b>
      </li>`,
    )}
  </ul>`
}

/** One number of events for all that is not drawn by it. */
export function countChoice(
  ks: readonly string[],
  chosen: string,
  choose: (k: string) => void,
) {
  return html`<fieldset class="lab-choice">
    <legend>With this many events known</legend>
    ${ks.map(
      (k) => html`<label class="pill">
        <input type="radio" name="lab-k" value=${k} .checked=${k === chosen}
          @change=${() => choose(k)}>
        ${k}
      </label>`,
    )}
  </fieldset>`
}
