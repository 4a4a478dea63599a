/** The figures behind each plot of the Lab as tables. */
import type {
  Calibration,
  CountFigures,
  Evaluation,
  Figures,
  Ratings,
} from './lab-evaluation.ts'
import { exact, metricName, rowName } from './lab-names.ts'
import { type Estimate, estimateOf, gainsOf, slicesOf } from './lab-series.ts'

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

/** What each part adds, by number of events. */
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
    caption: 'Match shown against share chosen',
    head: ['Match up to', 'Shown', 'Mean match', 'Chosen'],
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
