/** Names and numbers of an evaluation as the Lab says them. */
import type { Calibration, CountFigures, Evaluation, Ratings } from './evaluation.ts'
import { bestBaseline, type Estimate, estimateOf, type Gain } from './series.ts'

// Each plot of the Lab in a sentence or two: what it shows to who does not see it.

/** The number of events that stands for a short visit. */
const FEW = '5'
/** Score-time bytes an item that the pack may have, of the default tier. */
export const BYTES_BUDGET = 280

export function curveWords(evaluation: Evaluation, metric: string): string {
  const { counts } = evaluation
  const last = counts.at(-1)
  const told = counts.filter((count) => count.k === FEW || count === last)
  return told.map((count) => countWords(evaluation, count, metric)).join(' ')
}

function countWords(evaluation: Evaluation, count: CountFigures, metric: string) {
  const own = estimateOf(count.rows.get('fusion'), metric)
  const best = bestBaseline(evaluation, count, metric)
  const rival = best
    ? `the best baseline, ${rowName(best.row)}, ${short(best.mean)}`
    : ''
  const hearth = own ? `Hearth reaches ${withInterval(own)}` : ''
  const said = [hearth, rival].filter(Boolean).join('; ')
  return said ? `With ${eventsName(count.k)}: ${said}.` : ''
}

/** 0.231 (95 % 0.225–0.237) */
function withInterval({ mean, low, high }: Estimate, say = short): string {
  if (low === undefined || high === undefined) return say(mean)
  return `${say(mean)} (95 % ${say(low)} to ${say(high)})`
}

/** @param gains what each part adds; at least one */
export function gainWords(gains: readonly Gain[], k: string, metric: string): string {
  const most = gains.reduce((a, b) => (b.mean > a.mean ? b : a))
  const unsure = gains.filter(
    ({ low = Number.NaN, high = Number.NaN }) => low <= 0 && high >= 0,
  )
  const worse = gains.filter(({ high = Number.NaN }) => high < 0)
  const list = (some: readonly Gain[]) => some.map(({ name }) => name).join(', ')
  return [
    `With ${eventsName(k)} the largest difference is ${most.name}: ${withInterval(most, signed)} of ${metricName(metric)}.`,
    unsure.length > 0 ? `Not told from chance: ${list(unsure)}.` : '',
    worse.length > 0 ? `Lists are better without: ${list(worse)}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

export function bytesWords({ bytes, items }: Evaluation): string {
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0)
  const megabytes = (total * items) / 1e6
  return `${total.toFixed(1)} bytes an item, of ${BYTES_BUDGET} allowed: ${megabytes.toFixed(1)} MB for ${items.toLocaleString('en')} items.`
}

export function calibrationWords({ ece, bins }: Calibration, k: string): string {
  const shown = bins.reduce((sum, { count }) => sum + count, 0)
  const mean = (key: 'predicted' | 'observed') =>
    bins.reduce((sum, bin) => sum + bin[key] * bin.count, 0) / Math.max(1, shown)
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  return `With ${eventsName(k)} the match shown is ${percent(mean('predicted'))} on average, and ${percent(mean('observed'))} of what is shown was chosen later. Expected calibration error: ${short(ece)}.`
}

export function ratingWords({ events, rmse, biasRmse }: Ratings): string {
  return `Root mean square error ${short(rmse)} stars over ${events.toLocaleString('en')} held-out ratings; ${short(biasRmse)} for the mean with reader's and item's bias.`
}

const ROW_NAMES: Readonly<Record<string, string>> = {
  fusion: 'Hearth',
  popularity: 'popularity',
  cf: 'CF',
  tower: 'towers',
  content: 'text',
  sequence: 'sequence',
  knowledge: 'shared facts',
  entities: 'shared facts',
  ratings: 'ratings',
  'item-knn': 'item kNN',
  ease: 'EASE',
  ials: 'iALS',
  'half-blend': '½ CF + ½ text',
  'default-blend': 'the default blend',
}
const METRIC_NAMES: Readonly<Record<string, string>> = {
  recall: 'Recall',
  ndcg: 'NDCG',
  precision: 'Precision',
  f1: 'F1',
  mrr: 'MRR',
  hit: 'Hit rate',
  coverage: 'Coverage',
  gini: 'Gini',
  ild: 'Variety',
  negatives: 'Disliked',
  'genre-kl': 'Genre KL',
}
const WITHOUT = 'fusion-without-'
const WITH_PRIOR = '+prior'

/** A row of the score, a baseline, an ablation or a block; unknown ones as they are. */
export function rowName(row: string): string {
  if (row.startsWith(WITHOUT)) return `Hearth without ${rowName(takenOut(row)!)}`
  if (row.endsWith(WITH_PRIOR)) {
    return `${rowName(row.slice(0, -WITH_PRIOR.length))} + popularity`
  }
  return ROW_NAMES[row] ?? row
}

/** `fusion-without-cf` → `cf`; undefined for every other row. */
export function takenOut(row: string): string | undefined {
  return row.startsWith(WITHOUT) ? row.slice(WITHOUT.length) : undefined
}

/** The same model with the popularity prior. */
export const withPrior = (row: string): string => `${row}${WITH_PRIOR}`

/** `recall@20` → `Recall@20` */
export function metricName(metric: string): string {
  const [kind = '', ...length] = metric.split('@')
  return [METRIC_NAMES[kind] ?? kind, ...length].join('@')
}

/** `5 events`, `1 event`, `all events` */
export function eventsName(k: string): string {
  return k === '1' ? '1 event' : `${k === '0' ? 'no' : k} events`
}

/** 0.231 */
export const short = (value: number): string => value.toFixed(3).replace('-', '−')

/** +0.041, −0.002 */
export const signed = (value: number): string =>
  value < 0 ? short(value) : `+${short(value)}`

/** 0.2310: what tables hold */
export const exact = (value: number): string => value.toFixed(4).replace('-', '−')
