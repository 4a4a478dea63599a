/** The tuned baselines, fitted and ready to score visitors beside the pack. */

import type { OnProgress, Positives } from '../../build/dataset/dataset.ts'
import { countsOf } from '../../build/dataset/positives.ts'
import { ndcgAt, recallAt } from '../../build/metrics/ranking.ts'
import { seenMask } from '../../build/models/fusion/simulate.ts'
import type { HeldOutUser } from '../../build/splits/hold-out.ts'
import { topK } from '../../math/top-k.ts'
import type { SettingsJson } from '../json.ts'
import type { ScoreSource } from '../measure-visitors.ts'
import { type EventCount, historyOf, LIST_LENGTH } from '../visitor.ts'
import type { Baseline, Scorer } from './baseline.ts'
import { ease, MAX_EASE_WIDTH } from './ease.ts'
import { ials } from './ials.ts'
import { itemKnn } from './item-knn.ts'

/**
 * What settings are chosen by, as for the pack's own fusion: the mean over visitors of
 * (NDCG@20 + Recall@20) / 2 after `k` events.
 *
 * @param score of every row for one visitor at `k` events
 * @returns 0 without visitors
 */
export function qualityOf(
  visitors: readonly HeldOutUser[],
  k: EventCount,
  score: (visitor: HeldOutUser) => Float32Array,
): number {
  let sum = 0
  for (const visitor of visitors) {
    const scores = score(visitor)
    const seen = seenMask(scores.length, historyOf(visitor, k))
    const list = topK(scores, LIST_LENGTH, seen)
    const targets = new Set(visitor.targets)
    sum += ndcgAt(list, targets, LIST_LENGTH) + recallAt(list, targets, LIST_LENGTH)
  }
  return visitors.length === 0 ? 0 : sum / visitors.length / 2
}

// A popularity prior on top of a baseline, its weight chosen for each number of events:
// score_j + weight(k) · rate_j       rate_j = share of the users of training that have j
// Without it every personalised model loses to popularity alone at one event.

/** From no prior to popularity alone; the models' scores are shares too. */
const PRIOR_WEIGHTS = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100] as const

/** [rows] in [0, 1]; all 0 without users. */
export function rateOf(train: Positives): Float32Array {
  let users = 0
  for (let user = 0; user < train.userCount; user++) {
    if (train.indptr[user + 1] > train.indptr[user]) users++
  }
  return Float32Array.from(countsOf(train), (count) => count / Math.max(1, users))
}

export function withPrior(scorer: Scorer, rate: Float32Array, weight: number): Scorer {
  return (history) => addPrior(scorer(history), rate, weight)
}

function addPrior(scores: Float32Array, rate: Float32Array, weight: number) {
  return scores.map((score, row) => score + weight * rate[row])
}

/** The best weight for these visitors at `k` events; ties: the smaller. */
export function choosePrior(
  scorer: Scorer,
  visitors: readonly HeldOutUser[],
  { k, rate }: { readonly k: EventCount; readonly rate: Float32Array },
): { readonly weight: number; readonly quality: number } {
  const plain = new Map(visitors.map((v) => [v, scorer(historyOf(v, k))]))
  let best = { weight: 0, quality: -1 }
  for (const weight of PRIOR_WEIGHTS) {
    const quality = qualityOf(visitors, k, (visitor) =>
      addPrior(plain.get(visitor) as Float32Array, rate, weight),
    )
    if (quality > best.quality) best = { weight, quality }
  }
  return best
}

// Settings of a baseline, searched one axis after another.

export interface Tuned<S> {
  readonly settings: S
  /** Fitted with them on what they were chosen on. */
  readonly scorer: Scorer
  readonly quality: number
}

/**
 * From `baseline.start`, each axis in turn: a step up, and on while it is better; else a
 * step down, and on while that is better. So every choice has a worse neighbour on both
 * sides, unless the axis ended there, and no grid's edge is mistaken for an optimum.
 *
 * @param quality of a scorer fitted on `train`, more is better; finite
 */
export function tuneBaseline<S extends Readonly<Record<keyof S, number>>>(
  baseline: Baseline<S>,
  train: Positives,
  quality: (scorer: Scorer) => number,
): Tuned<S> {
  const tryOut = (settings: S): Tuned<S> => {
    const scorer = baseline.fit(train, settings)
    return { settings, scorer, quality: quality(scorer) }
  }
  let best = tryOut(baseline.start)
  for (const { setting, factor, min = 0, max = Infinity } of baseline.axes) {
    const before = best
    for (const step of [factor, 1 / factor]) {
      if (best !== before) break // up was better: down is behind us
      for (;;) {
        const value = best.settings[setting] * step
        if (value < min || value > max) break
        const next = tryOut({ ...best.settings, [setting]: value })
        if (next.quality <= best.quality) break
        best = next
      }
    }
  }
  return best
}

/** Popularity, the simplest of all, is a component of every pack and not repeated here. */
export const BASELINES = [
  'item-knn',
  'ease',
  'ease+prior',
  'ials',
  'ials+prior',
] as const

export interface PreparedBaselines {
  readonly names: readonly string[]
  readonly source: ScoreSource
  readonly settings: Readonly<Record<string, SettingsJson>>
  readonly notes: readonly string[]
}

interface BaselineInput {
  /** What the settings are chosen on; no visitor measured later is in it. */
  readonly tuning: {
    readonly train: Positives
    readonly heldOut: readonly HeldOutUser[]
  }
  /** What is fitted in the end: training and validation together. */
  readonly train: Positives
  /** Numbers of events that will be measured. */
  readonly counts: readonly EventCount[]
  /** Names out of BASELINES. */
  readonly names: ReadonlySet<string>
  readonly onProgress?: OnProgress
}

/** Numbers of events by which the settings of a `+prior` baseline are chosen. */
const MAX_SHORT = 5

/** A row of the tables: how it is scored at each number of events. */
interface Row {
  readonly name: string
  readonly scorerAt: (k: EventCount) => Scorer
  readonly settings: SettingsJson
}

/**
 * Plain baselines are tuned on whole histories. A `+prior` one is tuned on short ones, with
 * the best prior at each length, and gets its own prior for each number of events; so each
 * is as good as it can be where it is compared. `+prior` needs short histories among
 * `counts`.
 */
export function prepareBaselines(input: BaselineInput): PreparedBaselines {
  const notes: string[] = []
  const affordable = <S extends NumericSettings<S>>(baseline: Baseline<S>): Row[] => {
    const isWanted = [...input.names].some((name) => isOf(baseline.name, name))
    if (!isWanted || baseline.isAffordable(input.train)) return rowsOf(baseline, input)
    notes.push(tooLarge(baseline.name))
    return []
  }
  const rows = [...affordable(itemKnn), ...affordable(ease), ...affordable(ials)]
  const source: ScoreSource = function* (visitor, k) {
    const history = historyOf(visitor, k)
    for (const { name, scorerAt } of rows) yield [name, scorerAt(k)(history)]
  }
  return {
    names: rows.map(({ name }) => name),
    source,
    settings: Object.fromEntries(rows.map(({ name, settings }) => [name, settings])),
    notes,
  }
}

type NumericSettings<S> = Readonly<Record<keyof S, number>>

function isOf(baseline: string, name: string): boolean {
  return name === baseline || name === `${baseline}+prior`
}

function rowsOf<S extends NumericSettings<S>>(
  baseline: Baseline<S>,
  { tuning, train, counts, names, onProgress }: BaselineInput,
): Row[] {
  const rows: Row[] = []
  const { name } = baseline
  const once = fittedOnce(baseline)
  const stage = `tuning ${name}, to compare with`
  if (names.has(name)) {
    onProgress?.(stage, 0)
    const { settings } = tuneBaseline(once, tuning.train, (scorer) =>
      qualityOf(tuning.heldOut, 'all', ({ history }) => scorer(history)),
    )
    const scorer = once.fit(train, settings)
    rows.push({ name, scorerAt: () => scorer, settings: { ...settings } })
  }
  const short = counts.filter((k) => k !== 'all' && k >= 1 && k <= MAX_SHORT)
  if (names.has(`${name}+prior`) && short.length > 0) {
    onProgress?.(stage, 0.5)
    rows.push(withPriors(once, { tuning, train, counts, short }))
  }
  onProgress?.(stage, 1)
  return rows
}

/** Caches fits: the two searches of a baseline try the same settings. */
function fittedOnce<S extends NumericSettings<S>>(baseline: Baseline<S>): Baseline<S> {
  const known = new Map<Positives, Map<string, Scorer>>()
  return {
    ...baseline,
    fit(train, settings) {
      const ofTrain = known.get(train) ?? new Map<string, Scorer>()
      known.set(train, ofTrain)
      const key = JSON.stringify(settings)
      const scorer = ofTrain.get(key) ?? baseline.fit(train, settings)
      ofTrain.set(key, scorer)
      return scorer
    },
  }
}

function withPriors<S extends NumericSettings<S>>(
  baseline: Baseline<S>,
  {
    tuning,
    train,
    counts,
    short,
  }: Pick<BaselineInput, 'tuning' | 'train' | 'counts'> & {
    readonly short: readonly EventCount[]
  },
): Row {
  const { heldOut } = tuning
  const tuningRate = rateOf(tuning.train)
  const prior = (scorer: Scorer, k: EventCount) =>
    choosePrior(scorer, heldOut, { k, rate: tuningRate })
  const tuned = tuneBaseline(baseline, tuning.train, (scorer) =>
    short.reduce((sum: number, k) => sum + prior(scorer, k).quality, 0),
  )
  // before the first event the prior is all there is
  const weightAt = (k: EventCount) => (k === 0 ? 1 : prior(tuned.scorer, k).weight)
  const weights = new Map(counts.map((k) => [k, weightAt(k)]))
  const scorer = baseline.fit(train, tuned.settings)
  const rate = rateOf(train)
  const priors = Array.from(weights, ([k, weight]) => [`prior@${k}`, weight])
  return {
    name: `${baseline.name}+prior`,
    scorerAt: (k) => withPrior(scorer, rate, weights.get(k) ?? 0),
    settings: { ...tuned.settings, ...Object.fromEntries(priors) },
  }
}

function tooLarge(name: string): string {
  return `${name} is left out: more than ${MAX_EASE_WIDTH} users and items to invert.`
}
