/**
 * Scores without quantisation, for comparison: the trainer's own float32 matrices and the
 * formulas of `score-all.ts` written out a second time.
 */

import { standardiseInto } from '../math/standardise.ts'
import { dot, normaliseInto } from '../math/vectors.ts'
import type { FusedComponent, FusionWeights } from '../pack/pack.ts'
import type { PackSource, PairForm } from '../pack/pack-source.ts'
import { attributeScoresInto } from '../scoring/attributes.ts'
import { weightsFor } from '../scoring/fusion.ts'
import { forwardReference } from '../towers/forward.ts'
import type { ScoreSource } from './measure-visitors.ts'
import { historyOf } from './visitor.ts'

/** The components that can be scored in floats; what depends on the order of events cannot. */
export const FLOAT_COMPONENTS = [
  'popularity',
  'cf',
  'tower',
  'content',
  'attributes',
] as const satisfies readonly FusedComponent[]
type FloatComponent = (typeof FLOAT_COMPONENTS)[number]

/** Each float component the source has, and `fusion` of them. */
export function floatScores(source: PackSource, fusion: FusionWeights): ScoreSource {
  const popularity = standardiseInto(source.popularity.slice(), 1)
  const components: Readonly<
    Record<FloatComponent, (history: Uint32Array) => Float32Array>
  > = {
    popularity: () => popularity,
    cf: (history) => cfOf(source, history),
    tower: (history) => towerOf(source, history),
    content: (history) => contentOf(source, history),
    attributes: (history) => attributeScoresOf(source, history),
  }
  return function* (visitor, k) {
    const history = historyOf(visitor, k)
    const weights = weightsFor(fusion, history.length)
    const sum = new Float32Array(source.items.length)
    for (const component of FLOAT_COMPONENTS) {
      const scores = components[component](history)
      for (let row = 0; row < sum.length; row++)
        sum[row] += weights[component] * scores[row]
      yield [component, scores]
    }
    yield ['fusion', sum]
  }
}

function cfOf({ cf, items }: PackSource, history: Uint32Array): Float32Array {
  const out = new Float32Array(items.length)
  if (!cf || history.length === 0) return out
  const { indptr, indices, values } = cf
  for (const row of history) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) out[indices[e]] += values[e]
  }
  if (cf.pairs) addLatentInto(cf.pairs, history, out)
  return standardiseInto(out, 1)
}

/** out[j] += Σ over history rows i ≠ j of a_i · v_i·v_j · t_j. */
function addLatentInto(
  { rowFactors, columnFactors, latent }: PairForm,
  history: Uint32Array,
  out: Float32Array,
) {
  if (!latent) return
  const { dim, vectors } = latent
  const query = new Float32Array(dim)
  for (const row of history) {
    for (let d = 0; d < dim; d++) query[d] += rowFactors[row] * vectors[row * dim + d]
  }
  const scores = products(vectors, query)
  for (let row = 0; row < out.length; row++)
    out[row] += columnFactors[row] * scores[row]
  for (const row of history) {
    const own = vectors.subarray(row * dim, (row + 1) * dim)
    out[row] -= rowFactors[row] * columnFactors[row] * dot(own, own)
  }
}

function contentOf({ content, items }: PackSource, history: Uint32Array): Float32Array {
  if (!content || history.length === 0) return new Float32Array(items.length)
  const query = normaliseInto(meanOf(content.vectors, content.dim, history))
  if (query.every((x) => x === 0)) return new Float32Array(items.length)
  return standardiseInto(products(content.vectors, query), 1)
}

function towerOf({ tower, content, items }: PackSource, history: Uint32Array) {
  if (!tower || history.length === 0) return new Float32Array(items.length)
  const input = new Float32Array(tower.dim + (content?.dim ?? 0))
  input.set(meanOf(tower.items, tower.dim, history))
  if (content) input.set(meanOf(content.vectors, content.dim, history), tower.dim)
  const scores = products(tower.items, forwardReference(tower.user, input, 1))
  for (let row = 0; row < scores.length; row++) scores[row] += tower.bias[row]
  return standardiseInto(scores, 1)
}

/** As in `score-all.ts`, not standardised. */
function attributeScoresOf({ attributes, items }: PackSource, history: Uint32Array) {
  const rows = Array.from(history, (row) => ({ index: row, weight: 1 }))
  const scores = new Float32Array(items.length)
  attributeScoresInto(attributes, rows, scores)
  return scores
}

/** The mean of some rows of a row-major matrix, [dim]. */
function meanOf(vectors: Float32Array, dim: number, rows: Uint32Array): Float32Array {
  const mean = new Float32Array(dim)
  for (const row of rows) {
    for (let d = 0; d < dim; d++) mean[d] += vectors[row * dim + d] / rows.length
  }
  return mean
}

/** Every row · query, [rows]. */
function products(vectors: Float32Array, query: Float32Array): Float32Array {
  const dim = query.length
  const out = new Float32Array(vectors.length / dim)
  for (let row = 0; row < out.length; row++) {
    out[row] = dot(vectors.subarray(row * dim, (row + 1) * dim), query)
  }
  return out
}
