/** The JSON of an evaluation: what `evaluate --json` writes and the Lab shows. */

/**
 * A figure's name: a metric and its list length. Two more keys, the figure's own with
 * `:low` and `:high`, are its 95 % interval (bootstrap by user) where there is one.
 */
export type MetricName =
  | 'recall@20' // see meta.recall for which of the two conventions
  | 'ndcg@20'
  | 'precision@20'
  | 'f1@20'
  | 'mrr@20'
  | 'hit@20'
  | 'coverage@20' // share of the catalogue in somebody's list, 0–1
  | 'gini@20' // of exposure over the whole catalogue, 0 even – 1 one item for all
  | 'ild@20' // mean pairwise 1 − cosine within a list, 0–1: see meta.ild
  | 'negatives@20' // share of the list that the visitor rated as bad; only with ratings
  | 'genre-kl@20' // Steck's miscalibration of genres against the history, 0 is best
type FigureName = MetricName | `${MetricName}:low` | `${MetricName}:high`

export type FiguresJson = Readonly<Partial<Record<FigureName, number>>>

/** One number of events: row name → figures. */
export type RowsJson = Readonly<Record<string, FiguresJson>>

export type CountKey = `${number}` | 'all'

export type EvaluationJson = {
  readonly [count in CountKey]?: RowsJson
} & { readonly meta: EvaluationMeta }

export type RowKind = 'component' | 'fusion' | 'baseline' | 'ablation'

export interface EvaluationMeta {
  readonly version: 1
  /** The catalogue's name. */
  readonly name: string
  /** Who is tested and on what, one sentence. */
  readonly protocol: string
  readonly split: 'users' | 'time' | 'given' | 'cold-start'
  readonly items: number
  /** Visitors measured. */
  readonly visitors: number
  readonly seed: number
  /** hits / min(20, targets), or hits / targets. */
  readonly recall: 'of-list' | 'of-all'
  /** What `ild@20` compares; absent where the items have nothing to compare. */
  readonly ild?: 'attributes'
  /** What each row is, in the order of the tables. */
  readonly rows: Readonly<Record<string, RowKind>>
  /** Score-time bytes an item, by block of the pack. */
  readonly bytesPerItem: Readonly<Record<string, number>>
  /** Settings chosen on validation: `cf`, `ease`, … → setting → value. */
  readonly settings: Readonly<Record<string, SettingsJson>>
  /** count → other row → fusion − that row, the same visitors (paired bootstrap). */
  readonly differences: Readonly<Record<string, RowsJson>>
  /**
   * count → probabilities shown against what happened; empty where none are shown, or where
   * the visitors are not people held out. Beside the counts of the rows, one count of the
   * last bucket.
   */
  readonly calibration: Readonly<Record<string, CalibrationJson>>
  /** Absent where there are no ratings, or the pack predicts none. */
  readonly ratings?: RatingsJson
  /** The builder's notes on the pack. */
  readonly notes: readonly string[]
}

export type SettingsJson = Readonly<Record<string, number | string | boolean>>

/**
 * Probabilities of the 20 shown against the share that the visitor chose: all else that is
 * on record of them, known by k events, not the targets alone.
 */
export interface CalibrationJson {
  /** Whose history has k events or more. */
  readonly visitors: number
  /** Expected calibration error, 0–1: Σ over bins of share · |predicted − observed|. */
  readonly ece: number
  /** Binary cross-entropy, nats an item. */
  readonly bce: number
  /** The same of one probability for all: the share that happened here. */
  readonly baseBce: number
  /** Rising, empty ones left out. */
  readonly bins: readonly {
    /** Upper end of the bin; it starts where the one before could end: steps of 0.1. */
    readonly to: number
    readonly count: number
    readonly predicted: number
    readonly observed: number
  }[]
}

/** Predicted ratings of held-out events against the ratings given. */
export interface RatingsJson {
  readonly events: number
  readonly rmse: number
  /** Of the baseline: mean + user bias + item bias. */
  readonly biasRmse: number
  /** rmse − biasRmse with its 95 % interval (bootstrap by user, paired); below 0 is better. */
  readonly difference: {
    readonly mean: number
    readonly low: number
    readonly high: number
  }
  /** Predictions for each rating value given, rising. */
  readonly byRating: readonly {
    readonly rating: number
    readonly count: number
    readonly mean: number
    /** 10th and 90th percentile. */
    readonly low: number
    readonly high: number
  }[]
}
