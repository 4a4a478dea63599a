/** An evaluation as the sections of the Lab's page. */
import { html, nothing, type TemplateResult } from 'lit'
import type { CountFigures, Evaluation } from './evaluation.ts'
import type { LabRun } from './evaluations.ts'
import { metricName, rowName } from './names.ts'
import { bytesPlot, calibrationPlot, curvePlot, gainPlot, ratingPlot } from './plots.ts'
import {
  BYTES_BUDGET,
  bytesWords,
  calibrationWords,
  curveWords,
  gainWords,
  ratingWords,
} from './sentences.ts'
import { curvesOf, gainsOf, plottedMetrics, slicesOf } from './series.ts'
import {
  blockLegend,
  bytesTable,
  calibrationTable,
  curveTable,
  figureView,
  fullTable,
  gainTable,
  lineLegend,
  ratingTable,
  tableView,
} from './tables.ts'

/** Recall and NDCG against the baselines, by number of events. */
export function curvesView(evaluation: Evaluation) {
  const ks = evaluation.counts.map(({ k }) => k)
  return html`<section>
    <h2>Against the baselines</h2>
    <p class="note">By how many of a visitor's events are known. Bands are 95 % intervals.</p>
    <div class="lab-pair">
      ${plottedMetrics(evaluation).map((metric) => {
        const curves = curvesOf(evaluation, metric)
        const title = metricName(metric)
        return figureView({
          title,
          words: curveWords(evaluation, metric),
          draw: curvePlot(curves, ks),
          table: curveTable(evaluation, metric),
          legend: lineLegend(curves.map(({ row }) => row)),
        })
      })}
    </div>
  </section>`
}

/** What each component adds, how far the probability can be believed, and every measure at one k. */
export function atCountView(
  evaluation: Evaluation,
  count: CountFigures,
  choice: TemplateResult,
) {
  return html`<section>
    <h2>At one number of events</h2>
    ${choice}
    <div class="lab-pair">
      ${gainsView(evaluation, count)} ${calibrationView(count)}
    </div>
    ${tableView(fullTable(evaluation, count), 'Every measure of every row')}
  </section>`
}

function gainsView(evaluation: Evaluation, count: CountFigures) {
  const title = 'What each component adds'
  const metric = plottedMetrics(evaluation).at(-1) ?? ''
  const gains = gainsOf(evaluation, count, metric)
  if (gains.length === 0) {
    return absent(
      title,
      'This run took no component out: it was made without --ablate.',
    )
  }
  return figureView({
    title: `${title}, ${metricName(metric)}`,
    words: gainWords(gains, count.k, metric),
    draw: gainPlot(gains),
    table: gainTable(evaluation, metric),
  })
}

function calibrationView({ k, calibration }: CountFigures) {
  const title = 'Can the probability be believed?'
  if (!calibration || calibration.bins.length === 0) {
    return absent(
      title,
      'Nothing to compare here: this run has no probabilities at this number of events.',
    )
  }
  return figureView({
    title,
    words: calibrationWords(calibration, k),
    draw: calibrationPlot(calibration.bins),
    table: calibrationTable(calibration),
  })
}

/** Sizes, and ratings where there are any. */
export function packView(evaluation: Evaluation) {
  const slices = slicesOf(evaluation)
  return html`<section>
    <h2>What is downloaded</h2>
    ${figureView({
      title: 'Bytes an item, by block',
      words: bytesWords(evaluation),
      draw: bytesPlot(slices, BYTES_BUDGET),
      table: bytesTable(evaluation),
      legend: blockLegend(slices),
    })}
  </section>`
}

export function ratingsView({ ratings }: Evaluation) {
  return html`<section class="lab-half">
    <h2>Predicted and actual ratings</h2>
    ${
      ratings && ratings.byRating.length > 0
        ? figureView({
            title: 'By rating given',
            words: ratingWords(ratings),
            draw: ratingPlot(ratings.byRating),
            table: ratingTable(ratings),
          })
        : html`<p class="note">This run predicts no ratings: its catalogue has none, or
            its pack has no rating head.</p>`
    }
  </section>`
}

const absent = (title: string, why: string) =>
  html`<div><h3>${title}</h3><p class="note">${why}</p></div>`

/** Where the figures come from, so that anyone can make them again. */
export function sourceView(evaluation: Evaluation, { command, date }: LabRun) {
  const { protocol, seed, recall, settings, notes } = evaluation
  const share = recall === 'of-list' ? 'hits / min(20, targets)' : 'hits / targets'
  const lines = [
    ['Protocol', protocol],
    ['Measured', sizeLine(evaluation)],
    ['Recall is', share],
    ['Seed', `${seed}`],
    ['Made on', html`<time datetime=${date}>${date}</time>`],
    ['Command', html`<code>${command}</code>`],
    ...[...settings].map(([name, line]) => [`Chosen: ${rowName(name)}`, line]),
  ]
  return html`<section class="device lab-source">
    <h2>How it was measured</h2>
    <dl>
      ${lines.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
    ${notes.length > 0 ? html`<ul class="note">${notes.map((note) => html`<li>${note}</li>`)}</ul>` : nothing}
  </section>`
}

/** 2,000 visitors, 10,000 items */
export function sizeLine({ visitors, items }: Evaluation): string {
  return `${visitors.toLocaleString('en')} visitors, ${items.toLocaleString('en')} items`
}
