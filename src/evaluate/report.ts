/** The JSON of an evaluation as tables for a person. */

import type { Estimate } from '../build/metrics/ranking.ts'
import type {
  EvaluationJson,
  EvaluationMeta,
  FiguresJson,
  MetricName,
  RatingsJson,
  RowsJson,
} from './json.ts'

/** Columns beside recall and NDCG, and their heads. */
const COLUMNS: readonly (readonly [MetricName, head: string])[] = [
  ['precision@20', 'prec'],
  ['mrr@20', 'mrr'],
  ['coverage@20', 'cover'],
  ['gini@20', 'gini'],
  ['ild@20', 'ild'],
  ['negatives@20', 'neg'],
]
const NAME_WIDTH = 26

export function formatEvaluation(json: EvaluationJson): string {
  const { meta } = json
  const sizes = Object.entries(meta.bytesPerItem)
  const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0)
  const blocks = sizes.map(([block, bytes]) => `${block} ${bytes.toFixed(1)}`)
  const settings = Object.entries(meta.settings).map(([name, values]) => {
    const pairs = Object.entries(values).map(([key, v]) => `${key} ${short(v)}`)
    return `${name}: ${pairs.join(', ')}`
  })
  return [
    `${meta.name}: ${meta.items} items, ${meta.visitors} visitors, seed ${meta.seed}`,
    meta.protocol,
    `${total.toFixed(1)} bytes an item (${blocks.join(', ')})`,
    '',
    headLine(),
    ...countsOf(json).flatMap(([k, rows]) =>
      Object.entries(rows).map(([name, figures]) => rowLine(k, name, figures)),
    ),
    '',
    ...differenceLines(json),
    '',
    ...calibrationLines(meta.calibration),
    ...(meta.ratings ? [ratingLine(meta.ratings), ''] : []),
    ...settings,
    ...meta.notes,
  ].join('\n')
}

function headLine(): string {
  const others = COLUMNS.map(([, head]) => head.padStart(6))
  const wide = ['recall@20 (95 %)', 'ndcg@20 (95 %)'].map((head) => head.padEnd(20))
  return ['events', 'row'.padEnd(NAME_WIDTH), ...wide, ...others].join('  ')
}

function rowLine(k: string, name: string, figures: FiguresJson): string {
  const others = COLUMNS.map(([metric]) =>
    (figures[metric]?.toFixed(4) ?? '–').padStart(6),
  )
  return [
    k.padEnd(6),
    name.padEnd(NAME_WIDTH),
    formatEstimate(estimateOf(figures, 'recall@20')),
    formatEstimate(estimateOf(figures, 'ndcg@20')),
    ...others,
  ].join('  ')
}

/** Fusion against popularity, CF and whatever else did best, by NDCG. */
function differenceLines(json: EvaluationJson): string[] {
  const { meta } = json
  const lines = countsOf(json).flatMap(([k, rows]) => {
    const baselines = Object.keys(rows).filter((name) => meta.rows[name] === 'baseline')
    const worth = (name: string) => rows[name]?.['ndcg@20'] ?? 0
    const best = baselines.sort((a, b) => worth(b) - worth(a))[0]
    const others = new Set(['popularity', 'cf', ...(best ? [best] : [])])
    return [...others].flatMap((other) => {
      const difference = meta.differences[k]?.[other]
      if (!difference) return []
      const [recall, ndcg] = (['recall@20', 'ndcg@20'] as const).map((metric) =>
        formatSigned(estimateOf(difference, metric), rows[other]?.[metric] ?? 0),
      )
      return [
        `${k.padEnd(6)}  ${`fusion − ${other}`.padEnd(NAME_WIDTH)}  ${recall}  ${ndcg}`,
      ]
    })
  })
  return lines.length === 0
    ? []
    : [
        'fusion less another row, the same visitors (95 %): recall@20, ndcg@20',
        ...lines,
      ]
}

/** What the page says of its first 20 against what visitors chose. */
function calibrationLines(byCount: EvaluationMeta['calibration']): string[] {
  const lines = Object.entries(byCount).map(([k, figures]) => {
    const { visitors, ece, bce, baseBce, bins } = figures
    const shown = bins.reduce((sum, { count }) => sum + count, 0)
    const [predicted, observed] = (['predicted', 'observed'] as const).map(
      (key) => bins.reduce((sum, bin) => sum + bin[key] * bin.count, 0) / shown,
    )
    const entropies = `${bce.toFixed(4)} (${baseBce.toFixed(4)})`
    return [
      ...[k.padEnd(6), `${visitors}`.padStart(8)],
      ...[predicted!, observed!, ece].map((value) => value.toFixed(4).padStart(7)),
      entropies,
    ].join('  ')
  })
  return lines.length === 0
    ? []
    : [
        'probabilities of the 20 shown: mean said, share chosen, ece@20, cross-entropy (of the share alone)',
        'events  visitors     said   chosen    ece@20  bce (base)',
        ...lines,
        '',
      ]
}

function ratingLine({ events, rmse, biasRmse, difference }: RatingsJson): string {
  return (
    `predicted ratings of ${events} held-out events: rmse ${rmse.toFixed(4)}; ` +
    `mean + user + item bias ${biasRmse.toFixed(4)}; difference ${formatSigned(difference, biasRmse)}`
  ).trimEnd()
}

function countsOf(json: EvaluationJson): [k: string, rows: RowsJson][] {
  const { meta: _, ...counts } = json
  return Object.entries(counts as Record<string, RowsJson>)
}

function estimateOf(figures: FiguresJson, metric: MetricName): Estimate {
  const mean = figures[metric] ?? 0
  return {
    mean,
    low: figures[`${metric}:low`] ?? mean,
    high: figures[`${metric}:high`] ?? mean,
  }
}

/** Mean and 95 % interval. */
function formatEstimate({ mean, low, high }: Estimate): string {
  return `${mean.toFixed(4)} (${low.toFixed(3)}–${high.toFixed(3)})`
}

function formatSigned({ mean, low, high }: Estimate, base: number): string {
  const signed = (value: number) =>
    `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`
  const share =
    base > 0 ? ` ${signed(mean / base).slice(0, 1)}${percent(mean / base)}` : ''
  return `${signed(mean)} (${signed(low)} … ${signed(high)})${share}`.padEnd(36)
}

function percent(share: number): string {
  return `${(100 * Math.abs(share)).toFixed(1)} %`
}

function short(value: number | string | boolean): string {
  return typeof value === 'number' ? `${Number(value.toPrecision(4))}` : `${value}`
}
