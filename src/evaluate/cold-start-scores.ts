/** Scores of cold-start items: the pack's components and blends, and their baselines. */

import { requestOf, scoreComponents } from '../build/models/fusion/simulate.ts'
import { createRandom } from '../math/random.ts'
import { dot } from '../math/vectors.ts'
import type { FusedComponent, FusionWeights } from '../pack/pack.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import type { ScoreSource } from './measure-visitors.ts'
import { historyOf } from './visitor.ts'

/** Items without interactions have no popularity: chance is the floor, text cosine the usual baseline. */
export const COLD_START_BASELINES = ['random', 'cosine'] as const

/** Names that are ranked among all items too. */
const AMONG_ALL: ReadonlySet<string> = new Set(['random', 'cosine', 'cf', 'fusion'])

interface ColdStartScoresOptions {
  readonly components: readonly FusedComponent[]
  /** Blends beside the pack's own. */
  readonly blends: Readonly<Record<string, FusionWeights>>
  /** [items, dim] unit rows of the encoder; without, no `cosine`. */
  readonly texts?: { readonly dim: number; readonly vectors: Float32Array }
  readonly seed: number
}

/** `random`, `cosine` of the mean text vector of the history, each component, each blend. */
export function coldStartScores(
  scoring: ScoringPack,
  { components, blends, texts, seed }: ColdStartScoresOptions,
): ScoreSource {
  return function* (visitor, k) {
    const history = historyOf(visitor, k)
    const random = createRandom(seed + visitor.user)
    yield ['random', new Float32Array(scoring.pack.itemCount).map(() => random.next())]
    if (texts) yield ['cosine', cosines(texts, history)]
    const unfused = scoreComponents(scoring, history)
    for (const component of components) yield [component, unfused.components[component]]
    const request = requestOf(scoring, history)
    yield ['fusion', scoreAll(scoring, request).score]
    for (const [name, fusion] of Object.entries(blends)) {
      yield [name, scoreAll(scoring, { ...request, fusion }).score]
    }
  }
}

/** Cosine with the mean, but for the mean's own length, which ranks nothing. */
function cosines(
  { dim, vectors }: NonNullable<ColdStartScoresOptions['texts']>,
  history: Uint32Array,
): Float32Array {
  const mean = new Float32Array(dim)
  for (const row of history) {
    for (let d = 0; d < dim; d++) mean[d] += vectors[row * dim + d]
  }
  return Float32Array.from({ length: vectors.length / dim }, (_, row) =>
    dot(vectors.subarray(row * dim, (row + 1) * dim), mean),
  )
}

/**
 * Every score among the rows that are not `hidden`; some, as `…-among-all`, among all.
 *
 * @param hidden [rows] 1 = not ranked
 */
export function amongShown(source: ScoreSource, hidden: Uint8Array): ScoreSource {
  return function* (visitor, k) {
    for (const [name, scores] of source(visitor, k)) {
      yield [name, scores.map((score, row) => (hidden[row] ? -Infinity : score))]
      if (AMONG_ALL.has(name)) yield [`${name}-among-all`, scores]
    }
  }
}
