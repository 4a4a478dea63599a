/** Each plot of the Lab in a sentence or two: what it shows to who does not see it. */
import type { Calibration, CountFigures, Evaluation, Ratings } from './evaluation.ts'
import { eventsName, metricName, rowName, short, signed } from './names.ts'
import { bestBaseline, type Estimate, estimateOf, type Gain } from './series.ts'

/** The number of events that stands for a short session. */
const FEW = '5'
/** Score-time bytes an item that the pack may have, of the default tier. */
export const BYTES_BUDGET = 280

export function curveWords(evaluation: Evaluation, metric: string): string {
  const { counts } = evaluation
  const last = counts.at(-1)
  const described = counts.filter((count) => count.k === FEW || count === last)
  return described.map((count) => countWords(evaluation, count, metric)).join(' ')
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

/** @param gains what each component adds; at least one */
export function gainWords(gains: readonly Gain[], k: string, metric: string): string {
  const most = gains.reduce((a, b) => (b.mean > a.mean ? b : a))
  const unsure = gains.filter(
    ({ low = Number.NaN, high = Number.NaN }) => low <= 0 && high >= 0,
  )
  const worse = gains.filter(({ high = Number.NaN }) => high < 0)
  const list = (some: readonly Gain[]) => some.map(({ name }) => name).join(', ')
  return [
    `With ${eventsName(k)} the largest difference is ${most.name}: ${withInterval(most, signed)} of ${metricName(metric)}.`,
    unsure.length > 0 ? `Not distinguishable from chance: ${list(unsure)}.` : '',
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

export function calibrationWords(
  { visitors, ece, bce, baseBce, bins }: Calibration,
  k: string,
): string {
  const shown = bins.reduce((sum, { count }) => sum + count, 0)
  const mean = (key: 'predicted' | 'observed') =>
    bins.reduce((sum, bin) => sum + bin[key] * bin.count, 0) / Math.max(1, shown)
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  return `With ${eventsName(k)} the probability is ${percent(mean('predicted'))} on average over the first 20, and ${percent(mean('observed'))} of them were chosen, by ${visitors.toLocaleString('en')} held-out visitors. Expected calibration error: ${short(ece)}. Cross-entropy: ${short(bce)}; one probability for all would have ${short(baseBce)}.`
}

export function ratingWords({ events, rmse, biasRmse }: Ratings): string {
  return `Root mean square error ${short(rmse)} stars over ${events.toLocaleString('en')} held-out ratings; ${short(biasRmse)} for the mean with reader's and item's bias.`
}
