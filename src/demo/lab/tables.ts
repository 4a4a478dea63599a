/** The figures behind each plot of the Lab as tables. */
import { html, nothing, svg, type TemplateResult } from 'lit'
import type {
  Calibration,
  CountFigures,
  Evaluation,
  Figures,
  Ratings,
} from './evaluation.ts'
import { exact, metricName, rowName } from './names.ts'
import { type Drawing, lookOf } from './plots.ts'
import { type Estimate, estimateOf, gainsOf, slicesOf } from './series.ts'

// Pieces of the Lab: a plot with its sentence and its table, and what stands beside.

interface FigureParts {
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

/** The figures, hidden until asked for. */
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

export interface Cell {
  readonly value: string
  /** Its 95 % interval. */
  readonly interval?: string
}

export interface Table {
  readonly caption: string
  /** One more than the cells of a row: the first is above the rows' names. */
  readonly head: readonly string[]
  readonly rows: readonly (readonly [name: string, ...cells: Cell[]])[]
}

const NOT_MEASURED: Cell = { value: '–' }

/** Every row but the ablations, by number of events. */
export function curveTable(evaluation: Evaluation, metric: string): Table {
  const { counts, kinds } = evaluation
  const rows = [...kinds].filter(([, kind]) => kind !== 'ablation')
  return {
    caption: `${metricName(metric)} by number of events, with 95 % intervals`,
    head: ['Events', ...counts.map(({ k }) => k)],
    rows: rows.map(([row]) => [
      rowName(row),
      ...counts.map((count) => estimateCell(estimateOf(count.rows.get(row), metric))),
    ]),
  }
}

/** What each component adds, by number of events. */
export function gainTable(evaluation: Evaluation, metric: string): Table {
  const { counts } = evaluation
  const byCount = counts.map((count) => gainsOf(evaluation, count, metric))
  const names = new Map(byCount.flat().map(({ row, name }) => [row, name]))
  return {
    caption: `Difference in ${metricName(metric)} by number of events, with 95 % intervals`,
    head: ['Events', ...counts.map(({ k }) => k)],
    rows: [...names].map(([row, name]) => [
      name,
      ...byCount.map((gains) => estimateCell(gains.find((gain) => gain.row === row))),
    ]),
  }
}

export function bytesTable(evaluation: Evaluation): Table {
  return {
    caption: 'Bytes an item by block of the pack',
    head: ['Block', 'Bytes'],
    rows: slicesOf(evaluation).map(({ block, bytes }) => [
      rowName(block),
      { value: bytes.toFixed(1) },
    ]),
  }
}

export function calibrationTable({ bins }: Calibration): Table {
  return {
    caption: 'Probability said against share chosen',
    head: ['Probability up to', 'Shown', 'Mean', 'Chosen'],
    rows: bins.map(({ to, count, predicted, observed }) => [
      to.toFixed(1),
      whole(count),
      { value: exact(predicted) },
      { value: exact(observed) },
    ]),
  }
}

export function ratingTable({ byRating }: Ratings): Table {
  return {
    caption: 'Predicted rating by rating given',
    head: ['Given', 'Ratings', 'Mean predicted', '10th percentile', '90th percentile'],
    rows: byRating.map(({ rating, count, mean, low, high }) => [
      `${rating}`,
      whole(count),
      ...[mean, low, high].map((value) => ({ value: exact(value) })),
    ]),
  }
}

/** Every row and every metric at one number of events. */
export function fullTable({ kinds }: Evaluation, { rows }: CountFigures): Table {
  const metrics = metricsOf([...rows.values()])
  return {
    caption: 'All measures at this number of events',
    head: ['Row', ...metrics.map(metricName)],
    rows: [...kinds.keys()]
      .filter((row) => rows.has(row))
      .map((row) => [
        rowName(row),
        ...metrics.map((metric) => estimateCell(estimateOf(rows.get(row), metric))),
      ]),
  }
}

/** In the order of their first appearance; ends of intervals are no metrics. */
function metricsOf(rows: readonly Figures[]): string[] {
  const names = new Set(rows.flatMap((figures) => Object.keys(figures)))
  return [...names].filter((name) => !/:(low|high)$/.test(name))
}

function estimateCell(estimate: Estimate | undefined): Cell {
  if (!estimate) return NOT_MEASURED
  const { mean, low, high } = estimate
  if (low === undefined || high === undefined) return { value: exact(mean) }
  return { value: exact(mean), interval: `${exact(low)} to ${exact(high)}` }
}

const whole = (count: number): Cell => ({ value: count.toLocaleString('en') })
