/** Visitors through everything that is compared: the lists each would have been shown. */
import { sigmoid } from '../math/sigmoid.ts'
import { topK } from '../math/top-k.ts'
import { seenMask } from '../training/simulate-visit.ts'
import { createCalibration } from './calibration.ts'
import type { CalibrationJson, FiguresJson } from './evaluation-json.ts'
import { differenceOf, type Judged, type JudgeOptions, judgeLists } from './figures.ts'
import { historyOf, LIST_LENGTH, type Visitor } from './visitor.ts'

/** Everything that ranks for a visitor: a name and the score of every row. */
export type ScoreSource = (
  visitor: Visitor,
  k: JudgeOptions['k'],
) => Iterable<readonly [name: string, scores: Float32Array]>

/** What all of the sources score, one source after another. */
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

/**
 * The 20 best rows of each source's scores for every visitor at `k` events, judged. Seen
 * rows are not ranked.
 */
export function measureVisitors(
  source: ScoreSource,
  visitors: readonly Visitor[],
  options: JudgeOptions,
): MeasuredRows {
  const lists = new Map<string, Uint32Array[]>()
  const calibration = createCalibration()
  for (const visitor of visitors) {
    const seen = seenMask(options.rows, historyOf(visitor, options.k))
    for (const [name, scores] of source(visitor, options.k)) {
      const list = topK(scores, LIST_LENGTH, seen)
      if (!lists.has(name)) lists.set(name, [])
      lists.get(name)?.push(list)
      if (name !== FUSION) continue
      const targets = new Set(visitor.targets)
      for (const row of list) calibration.add(sigmoid(scores[row]), targets.has(row))
    }
  }
  const judged = new Map(
    [...lists].map(([name, ranked]) => [name, judgeLists(ranked, visitors, options)]),
  )
  const fusion = judged.get(FUSION)
  return {
    rows: mapValues(judged, ({ figures }) => figures),
    differences: fusion ? differencesFrom(fusion, judged, options.seed) : {},
    ...(fusion ? { calibration: calibration.report() } : {}),
  }
}

function differencesFrom(
  fusion: Judged,
  judged: ReadonlyMap<string, Judged>,
  seed: number,
) {
  const others = new Map([...judged].filter(([name]) => name !== FUSION))
  return mapValues(others, (other) => differenceOf(fusion, other, seed))
}

function mapValues<V, W>(
  map: ReadonlyMap<string, V>,
  to: (value: V) => W,
): Record<string, W> {
  return Object.fromEntries(Array.from(map, ([key, value]) => [key, to(value)]))
}
