/** The lists that every compared model would have shown to held-out visitors, measured. */

import { seenMask } from '../build/models/fusion/simulate.ts'
import { topK } from '../math/top-k.ts'
import { sigmoid } from '../scoring/rank.ts'
import { differenceOf, evaluateLists, type MeasureOptions } from './figures.ts'
import type { CalibrationJson, FiguresJson } from './json.ts'
import { historyOf, LIST_LENGTH, type Visitor } from './visitor.ts'

// Calibration: whether a shown probability can be trusted.

const BINS = 10

/** Predictions and outcomes, collected one by one. */
export interface Calibration {
  /** @param predicted in [0, 1] */
  readonly add: (predicted: number, happened: boolean) => void
  readonly report: () => CalibrationJson
}

/**
 * Reliability in ten bins of equal width, (0, .1], (.1, .2] … with 0 in the first:
 *
 *   ECE = Σ_b n_b / n · |mean predicted_b − share that happened_b|
 */
export function createCalibration(): Calibration {
  const counts = new Float64Array(BINS)
  const predictions = new Float64Array(BINS)
  const events = new Float64Array(BINS)
  return {
    add(predicted, happened) {
      const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(predicted * BINS) - 1))
      counts[bin]++
      predictions[bin] += predicted
      if (happened) events[bin]++
    },
    report() {
      const total = counts.reduce((sum, count) => sum + count, 0)
      const bins = Array.from(counts, (count, bin) => ({
        to: (bin + 1) / BINS,
        count,
        predicted: predictions[bin] / count,
        observed: events[bin] / count,
      })).filter(({ count }) => count > 0)
      const ece = bins.reduce(
        (sum, { count, predicted, observed }) =>
          sum + (count / total) * Math.abs(predicted - observed),
        0,
      )
      return { ece, bins }
    },
  }
}

/** Everything that ranks for a visitor: a name and the score of every row. */
export type ScoreSource = (
  visitor: Visitor,
  k: MeasureOptions['k'],
) => Iterable<readonly [name: string, scores: Float32Array]>

/** The scores of all sources, one source after another. */
export function inTurn(...sources: readonly ScoreSource[]): ScoreSource {
  return function* (visitor, k) {
    for (const source of sources) yield* source(visitor, k)
  }
}

export interface MeasuredRows {
  readonly rows: Readonly<Record<string, FiguresJson>>
  /** Of fusion − each other row; empty without fusion. */
  readonly differences: Readonly<Record<string, FiguresJson>>
  /** Of σ(score) over the rows that fusion shows; absent without fusion. */
  readonly calibration?: CalibrationJson
}

/** The row that the page shows, whose score is read as a probability. */
const FUSION = 'fusion'

/** The lists visitors would have been shown, by name. */
export interface Shown {
  readonly visitors: readonly Visitor[]
  /** [visitors] each, best first. */
  readonly lists: ReadonlyMap<string, readonly Uint32Array[]>
  /** [visitors] σ(score) of each row that fusion shows; empty without fusion. */
  readonly matches: readonly Float64Array[]
}

/**
 * The 20 best rows of each source's scores for every visitor at `k` events. Seen rows are
 * not ranked.
 *
 * @param options.rows size of the catalogue
 */
export function showVisitors(
  source: ScoreSource,
  visitors: readonly Visitor[],
  { k, rows }: Pick<MeasureOptions, 'k' | 'rows'>,
): Shown {
  const lists = new Map<string, Uint32Array[]>()
  const matches: Float64Array[] = []
  for (const visitor of visitors) {
    const seen = seenMask(rows, historyOf(visitor, k))
    for (const [name, scores] of source(visitor, k)) {
      const list = topK(scores, LIST_LENGTH, seen)
      if (!lists.has(name)) lists.set(name, [])
      lists.get(name)?.push(list)
      if (name === FUSION) matches.push(matchesOf(list, scores))
    }
  }
  return { visitors, lists, matches }
}

function matchesOf(list: Uint32Array, scores: Float32Array): Float64Array {
  return Float64Array.from(list, (row) => sigmoid(scores[row]))
}

/** The lists of several groups of visitors as one; names missing in any group are left out. */
export function poolShown(groups: readonly Shown[]): Shown {
  const names = [...(groups[0]?.lists.keys() ?? [])].filter((name) =>
    groups.every(({ lists }) => lists.has(name)),
  )
  return {
    visitors: groups.flatMap(({ visitors }) => visitors),
    lists: new Map(
      names.map((name) => [name, groups.flatMap(({ lists }) => lists.get(name) ?? [])]),
    ),
    matches: groups.flatMap(({ matches }) => matches),
  }
}

/** `showVisitors`, measured. */
export function measureVisitors(
  source: ScoreSource,
  visitors: readonly Visitor[],
  options: MeasureOptions,
): MeasuredRows {
  return evaluateShown(showVisitors(source, visitors, options), options)
}

export function evaluateShown(
  { visitors, lists, matches }: Shown,
  options: MeasureOptions,
): MeasuredRows {
  const measured = mapValues(lists, (ranked) =>
    evaluateLists(ranked, visitors, options),
  )
  const { [FUSION]: fusion, ...others } = measured
  return {
    rows: mapObject(measured, ({ figures }) => figures),
    differences: fusion
      ? mapObject(others, (other) => differenceOf(fusion, other, options.seed))
      : {},
    ...(fusion ? { calibration: calibrationOf({ visitors, lists, matches }) } : {}),
  }
}

function calibrationOf({ visitors, lists, matches }: Shown): CalibrationJson {
  const calibration = createCalibration()
  lists.get(FUSION)?.forEach((list, v) => {
    const targets = new Set(visitors[v].targets)
    list.forEach((row, rank) => {
      calibration.add(matches[v][rank], targets.has(row))
    })
  })
  return calibration.report()
}

function mapValues<V, W>(
  map: ReadonlyMap<string, V>,
  to: (value: V) => W,
): Record<string, W> {
  return Object.fromEntries(Array.from(map, ([key, value]) => [key, to(value)]))
}

function mapObject<V, W>(
  object: Readonly<Record<string, V>>,
  to: (value: V) => W,
): Record<string, W> {
  return mapValues(new Map(Object.entries(object)), to)
}
