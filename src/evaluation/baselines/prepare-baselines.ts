/** The tuned baselines, fitted and ready to score visitors beside the pack. */
import type { OnProgress, Positives } from '../../training/dataset.ts'
import type { HeldOutUser } from '../../training/hold-out.ts'
import type { SettingsJson } from '../evaluation-json.ts'
import type { ScoreSource } from '../measure-visitors.ts'
import { type EventCount, historyOf } from '../visitor.ts'
import type { Baseline, Scorer } from './baseline.ts'
import { ease, MOST_EASE_WIDTH } from './ease.ts'
import { ials } from './ials.ts'
import { itemKnn } from './item-knn.ts'
import { choosePrior, rateOf, withPrior } from './popularity-prior.ts'
import { qualityOf } from './quality.ts'
import { tuneBaseline } from './tune-baseline.ts'

/** Popularity, the simplest of all, is a part of every pack and not repeated here. */
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

export interface BaselineInput {
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
const MOST_SHORT = 5

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
      qualityOf(tuning.heldOut, 'all', ({ foldIn }) => scorer(foldIn)),
    )
    const scorer = once.fit(train, settings)
    rows.push({ name, scorerAt: () => scorer, settings: { ...settings } })
  }
  const short = counts.filter((k) => k !== 'all' && k >= 1 && k <= MOST_SHORT)
  if (names.has(`${name}+prior`) && short.length > 0) {
    onProgress?.(stage, 0.5)
    rows.push(withPriors(once, { tuning, train, counts, short }))
  }
  onProgress?.(stage, 1)
  return rows
}

/** Remembers what was fitted: the two searches of a baseline meet the same settings. */
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
  return `${name} is left out: more than ${MOST_EASE_WIDTH} users and items to invert.`
}
