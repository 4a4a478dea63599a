/** An evaluation → what each plot of the Lab draws. */
import type { CountFigures, Evaluation, Figures } from './evaluation.ts'
import { rowName, takenOut, withPrior } from './names.ts'

/** A mean and, where there is one, its 95 % interval. */
export interface Estimate {
  readonly mean: number
  readonly low?: number
  readonly high?: number
}

interface CurvePoint extends Estimate {
  /** Events known, on an ordinal axis. */
  readonly k: string
}

/** One line by number of events. */
export interface Curve {
  readonly row: string
  readonly points: readonly CurvePoint[]
}

/** What the score gains over another blend. */
export interface Gain extends Estimate {
  readonly row: string
  readonly name: string
}

/** A block of the pack between two ends of one bar, bytes an item. */
export interface Slice {
  readonly block: string
  readonly bytes: number
  readonly from: number
  readonly to: number
}

/** Metrics worth a plot, the likeliest first; two are drawn. */
const PLOTTED = ['recall@20', 'ndcg@20', 'hit@20', 'mrr@20']
const PLOTS = 2

/** @returns undefined where the metric was not measured */
export function estimateOf(
  figures: Figures | undefined,
  metric: string,
): Estimate | undefined {
  const mean = figures?.[metric]
  if (mean === undefined) return undefined
  const low = figures?.[`${metric}:low`]
  const high = figures?.[`${metric}:high`]
  return low === undefined || high === undefined ? { mean } : { mean, low, high }
}

/** The metrics to draw: at most two, in a fixed order. */
export function plottedMetrics({ counts }: Evaluation): string[] {
  const isMeasured = (metric: string) =>
    counts.some(({ rows }) =>
      [...rows.values()].some((figures) => figures[metric] !== undefined),
    )
  return PLOTTED.filter(isMeasured).slice(0, PLOTS)
}

/**
 * Hearth first, then the baselines, then popularity. A baseline that was also run with
 * the popularity prior is drawn in that form alone, its better one at few events: the
 * table holds both.
 */
export function curveRows({ counts, kinds }: Evaluation): string[] {
  const measured = [...kinds.keys()].filter((row) =>
    counts.some(({ rows }) => rows.has(row)),
  )
  const baselines = measured.filter(
    (row) => kinds.get(row) === 'baseline' && !measured.includes(withPrior(row)),
  )
  const has = (row: string) => (measured.includes(row) ? [row] : [])
  return [...has('fusion'), ...baselines, ...has('popularity')]
}

/** Lines that have a point; numbers of events that were not measured leave no point. */
export function curvesOf(evaluation: Evaluation, metric: string): Curve[] {
  return curveRows(evaluation)
    .map((row) => ({ row, points: pointsOf(evaluation, row, metric) }))
    .filter(({ points }) => points.length > 0)
}

function pointsOf({ counts }: Evaluation, row: string, metric: string): CurvePoint[] {
  return counts.flatMap(({ k, rows }) => {
    const estimate = estimateOf(rows.get(row), metric)
    return estimate ? [{ k, ...estimate }] : []
  })
}

/** The best of baselines and popularity. @returns undefined where none was measured */
export function bestBaseline(
  { kinds }: Evaluation,
  { rows }: CountFigures,
  metric: string,
): (Estimate & { readonly row: string }) | undefined {
  const others = [...rows].flatMap(([row, figures]) => {
    const isOther = kinds.get(row) === 'baseline' || row === 'popularity'
    const estimate = isOther ? estimateOf(figures, metric) : undefined
    return estimate ? [{ row, ...estimate }] : []
  })
  // of equals the later, which is the form with the prior: the one that is drawn
  return others.toReversed().sort((a, b) => b.mean - a.mean)[0]
}

/** What taking each component out costs, in the order of the tables; empty without ablations. */
export function gainsOf(
  { kinds }: Evaluation,
  { differences }: CountFigures,
  metric: string,
): Gain[] {
  return [...kinds].flatMap(([row, kind]) => {
    const estimate = estimateOf(differences.get(row), metric)
    if (kind !== 'ablation' || !estimate) return []
    const component = takenOut(row)
    return [
      {
        row,
        name: component ? rowName(component) : `over ${rowName(row)}`,
        ...estimate,
      },
    ]
  })
}

/** A list's accuracy, and what it pays for it. */
export interface TradeOffPoint {
  readonly row: string
  readonly x: number
  readonly y: number
  /** A setting of the page's dial: these are joined by a line, in their order. */
  readonly isDial: boolean
}

export interface TradeOff {
  /** Metrics. */
  readonly x: string
  readonly y: string
  readonly points: readonly TradeOffPoint[]
}

/** What accuracy is drawn against: the first that was measured. */
const PRICES = ['popularity-lift@20', 'novelty@20']

/**
 * Accuracy against popularity at one number of events: the lists of the curves, then the dial.
 * @returns undefined where fewer than two lists have both figures
 */
export function tradeOffOf(
  evaluation: Evaluation,
  { rows }: CountFigures,
  y: string,
): TradeOff | undefined {
  const x = PRICES.find((metric) =>
    [...rows.values()].some((figures) => figures[metric] !== undefined),
  )
  if (!x) return undefined
  const dial = [...evaluation.kinds].filter(([, kind]) => kind === 'dial')
  const dialRows = new Set(dial.map(([row]) => row))
  const points = [...curveRows(evaluation), ...dialRows].flatMap((row) => {
    const figures = rows.get(row)
    const [across, up] = [figures?.[x], figures?.[y]]
    if (across === undefined || up === undefined) return []
    return [{ row, x: across, y: up, isDial: dialRows.has(row) }]
  })
  return points.length < 2 ? undefined : { x, y, points }
}

/** Blocks end to end, in the pack's order. */
export function slicesOf({ bytes }: Evaluation): Slice[] {
  let end = 0
  return [...bytes].map(([block, size]) => {
    const from = end
    end += size
    return { block, bytes: size, from, to: end }
  })
}
