/** The lists that every compared model would have shown to held-out visitors, measured. */

import { seenMask, tasteOf } from '../build/models/fusion/simulate.ts'
import { topK } from '../math/top-k.ts'
import type { Calibration } from '../pack/calibration.ts'
import { matcherOf } from '../scoring/match.ts'
import { type Prediction, reliabilityOf } from './calibration.ts'
import { differenceOf, evaluateLists, type MeasureOptions } from './figures.ts'
import type { CalibrationJson, FiguresJson } from './json.ts'
import { historyOf, LIST_LENGTH, type Visitor } from './visitor.ts'

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
  /** Of the probabilities of what fusion shows; absent where none were measured. */
  readonly calibration?: CalibrationJson
}

/** The row that the page shows, whose score is read as a probability. */
const FUSION = 'fusion'

/** The lists visitors would have been shown, by name. */
export interface Shown {
  readonly visitors: readonly Visitor[]
  /** [visitors] each, best first. */
  readonly lists: ReadonlyMap<string, readonly Uint32Array[]>
  /**
   * [visitors] what was said of each row that fusion shows, and whether the visitor chose it,
   * ever; empty where there is nothing to hold a probability against (`predictionsOf`).
   */
  readonly predictions: readonly (readonly Prediction[])[]
}

interface ShowOptions extends Pick<MeasureOptions, 'k' | 'rows'> {
  /** Of the pack that fusion is of. Default: no probabilities. */
  readonly calibration?: Calibration
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
  { k, rows, calibration }: ShowOptions,
): Shown {
  const lists = new Map<string, Uint32Array[]>()
  const predictions: Prediction[][] = []
  for (const visitor of visitors) {
    const seen = seenMask(rows, historyOf(visitor, k))
    for (const [name, scores] of source(visitor, k)) {
      const list = topK(scores, LIST_LENGTH, seen)
      if (!lists.has(name)) lists.set(name, [])
      lists.get(name)?.push(list)
      if (name === FUSION) {
        const said = { list, scores, calibration }
        predictions.push(k === 'all' ? [] : predictionsOf(visitor, k, said))
      }
    }
  }
  return { visitors, lists, predictions }
}

/**
 * What the page would say of a list, and what is so: all that the visitor chose and that is
 * not known counts, not the targets alone. Nothing is said of a visitor with fewer events,
 * nor of one all of whose history is known: no visitor knows that most of theirs is past.
 */
function predictionsOf(
  visitor: Visitor,
  k: number,
  said: {
    readonly list: Uint32Array
    readonly scores: Float32Array
    readonly calibration: Calibration | undefined
  },
): Prediction[] {
  const { history, targets } = visitor
  if (history.length < k) return []
  const scores = { score: said.scores, itemCount: said.scores.length }
  const taste = tasteOf(history.subarray(0, k))
  const matchOf = matcherOf(said.calibration, scores, { taste })
  const others = new Set([...history.subarray(k), ...targets])
  return Array.from(said.list).flatMap((row) => {
    const predicted = matchOf?.(row)
    return predicted === undefined ? [] : [{ predicted, happened: others.has(row) }]
  })
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
    predictions: groups.flatMap(({ predictions }) => predictions),
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
  { visitors, lists, predictions }: Shown,
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
    ...calibrationOf(predictions),
  }
}

/** Absent where no probability was shown to anybody. */
export function calibrationOf(predictions: Shown['predictions']): {
  readonly calibration?: CalibrationJson
} {
  const told = predictions.filter(({ length }) => length > 0)
  return told.length === 0
    ? {}
    : { calibration: reliabilityOf(told.flat(), told.length) }
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
