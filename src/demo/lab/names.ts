/** What the Lab calls rows, metrics and numbers. */

const ROW_NAMES: Readonly<Record<string, string>> = {
  fusion: 'Hearth',
  popularity: 'popularity',
  cf: 'CF',
  tower: 'towers',
  content: 'text',
  sequence: 'sequence',
  attributes: 'shared facts',
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
  novelty: 'Novelty',
  'popularity-lift': 'Popularity lift',
  'top-50': 'Among the 50 most chosen',
  makers: 'Makers',
}
const WITHOUT = 'fusion-without-'
const DIAL = 'dial-'
const WITH_PRIOR = '+prior'

/** A row of the score, a baseline, an ablation or a block; unknown ones as they are. */
export function rowName(row: string): string {
  if (row.startsWith(WITHOUT)) return `Hearth without ${rowName(takenOut(row)!)}`
  if (row.startsWith(DIAL)) return `dial at ${row.slice(DIAL.length)}`
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
