/**
 * The parameters that training moves, and where they start.
 *
 *   i = ReLU(W₂·x_i + b₂),  x_i = [content, mean of its attributes, its own id]
 *
 * Attributes and ids are one-hot, so W₂·x_i is a matrix product for the content plus one
 * looked-up vector an attribute (averaged) and an id. The id's vector is dropped at random
 * in training, so that a cold-start item is still placed by its content and attributes.
 */

import type { DenseLayer } from '../../../math/dense-layer.ts'
import type { Random } from '../../../math/random.ts'
import type { AttributeBlock } from '../../../pack/pack.ts'
import type { Positives } from '../../dataset/dataset.ts'
import { countsOf } from '../../dataset/positives.ts'

// Where the id vectors of the towers start: each item's place among the strongest
// directions of co-liking. Towers started at random ended lower at every number of
// events (books: recall@20 of .143 with all events, against .167 from this start).
// X̃ = D_u^−½ X D_i^−½,   V = its top right singular vectors
// e_i = V_i / (‖V_i‖ + 0.3·median‖V‖):  nearly a unit vector, shorter for rare items
// V by subspace iteration, Golub and Van Loan 2013 (Matrix Computations), §8.2.4.

const ITERATIONS = 15
/** Share of the median length that is added to each: keeps noise of rare items short. */
const SHRINK = 0.3

/**
 * @param components directions wanted, at most rowCount
 * @returns row-major [rows, components]; zeros for an item that no user likes
 */
export function spectralStart(
  positives: Positives,
  { components, random }: { components: number; random: Random },
): Float32Array {
  const size = positives.rowCount * components
  let basis = Float64Array.from({ length: size }, () => random.normal())
  const rowScale = Float64Array.from(
    countsOf(positives),
    (count) => 1 / Math.sqrt(Math.max(1, count)),
  )
  for (let n = 0; n < ITERATIONS; n++) {
    basis = timesGram(positives, rowScale, basis)
    orthonormaliseInto(basis, components)
  }
  return shortenRows(basis, components)
}

/** X̃ᵀ·(X̃·basis) */
function timesGram(
  { indptr, rows, userCount }: Positives,
  rowScale: Float64Array,
  basis: Float64Array<ArrayBuffer>,
) {
  const components = basis.length / rowScale.length
  const out = new Float64Array(basis.length)
  const user = new Float64Array(components)
  for (let u = 0; u < userCount; u++) {
    user.fill(0)
    for (let e = indptr[u]; e < indptr[u + 1]; e++) {
      const at = rows[e] * components
      for (let c = 0; c < components; c++) user[c] += rowScale[rows[e]] * basis[at + c]
    }
    const share = 1 / Math.max(1, indptr[u + 1] - indptr[u])
    for (let e = indptr[u]; e < indptr[u + 1]; e++) {
      const at = rows[e] * components
      const scale = rowScale[rows[e]] * share
      for (let c = 0; c < components; c++) out[at + c] += scale * user[c]
    }
  }
  return out
}

/** Modified Gram–Schmidt over the columns; a column that depends on others becomes 0. */
function orthonormaliseInto(basis: Float64Array, components: number) {
  for (let c = 0; c < components; c++) {
    const before = Math.sqrt(columnDot(basis, components, [c, c]))
    for (let p = 0; p < c; p++) {
      const along = columnDot(basis, components, [p, c])
      for (let at = 0; at < basis.length; at += components) {
        basis[at + c] -= along * basis[at + p]
      }
    }
    const length = Math.sqrt(columnDot(basis, components, [c, c]))
    const scale = length > 1e-9 * before ? 1 / length : 0
    for (let at = c; at < basis.length; at += components) basis[at] *= scale
  }
}

function columnDot(basis: Float64Array, components: number, [a, b]: [number, number]) {
  let sum = 0
  for (let at = 0; at < basis.length; at += components)
    sum += basis[at + a] * basis[at + b]
  return sum
}

function shortenRows(basis: Float64Array, components: number): Float32Array {
  const lengths = Float64Array.from({ length: basis.length / components }, (_, row) =>
    Math.hypot(...basis.subarray(row * components, (row + 1) * components)),
  )
  const known = lengths.filter((length) => length > 0).sort()
  const added = SHRINK * (known[known.length >> 1] ?? 1)
  return Float32Array.from(
    basis,
    (value, n) => value / (lengths[Math.floor(n / components)] + added),
  )
}

export interface TowerModel {
  readonly dim: number
  readonly rows: number
  /** [content dim, dim]; empty without content. */
  readonly contentWeights: Float32Array
  /** [attributes, dim]; empty without attributes. */
  readonly attributeWeights: Float32Array
  /** [rows, dim] */
  readonly idWeights: Float32Array
  /** [dim] b₂ */
  readonly hiddenBias: Float32Array
  /** [rows] added to u·i */
  readonly itemBias: Float32Array
  /** pooled towers and content → hidden → dim */
  readonly user: readonly DenseLayer[]
}

/** The catalogue's side of the towers' input. */
export interface ItemFeatures {
  readonly rows: number
  readonly content?:
    | { readonly vectors: Float32Array; readonly dim: number }
    | undefined
  readonly attributes?: AttributeBlock
}

interface ModelSize {
  readonly dim: number
  /** Width of the user tower's hidden layer; 0 = none. */
  readonly hidden: number
  /** How strongly the untrained user tower repeats the pooled item vector. */
  readonly echo: number
}

/** Starting spread of the learned maps: small beside the id vectors, of length about 1. */
const MAP_SPREAD = 0.05
/** Starting b₂: a unit at 0 still learns. */
const HIDDEN_BIAS = 0.05

/**
 * The untrained towers already recommend: an id vector is [e, −e] with e from
 * `spectralStart`, so ReLU keeps both signs apart; the user tower repeats the pooled
 * vector `echo` times over, less its opposite sign; the item bias is the log share of the
 * interactions.
 */
export function createTowerModel(
  features: ItemFeatures,
  positives: Positives,
  { dim, hidden, echo, random }: ModelSize & { random: Random },
): TowerModel {
  const normals = (length: number, spread: number) =>
    Float32Array.from({ length }, () => random.normal() * spread)
  const contentDim = features.content?.dim ?? 0
  const attributes = features.attributes?.values.length ?? 0
  const half = Math.min(dim >> 1, features.rows)
  const start = spectralStart(positives, { components: half, random })
  const widths = [dim + contentDim, ...(hidden > 0 ? [Math.max(hidden, dim)] : []), dim]
  const user = widths.slice(1).map((out, l) => ({
    weights: normals(widths[l] * out, MAP_SPREAD),
    bias: new Float32Array(out),
  }))
  echoInto(user, { half, echo })
  return {
    dim,
    rows: features.rows,
    contentWeights: normals(contentDim * dim, MAP_SPREAD),
    attributeWeights: normals(attributes * dim, MAP_SPREAD),
    idWeights: bothSigns(start, half, dim),
    hiddenBias: new Float32Array(dim).fill(HIDDEN_BIAS),
    itemBias: logShares(countsOf(positives)),
    user,
  }
}

/** [e, −e] in the first 2·half columns of each row. */
function bothSigns(start: Float32Array, half: number, dim: number): Float32Array {
  const out = new Float32Array((start.length / Math.max(1, half)) * dim)
  start.forEach((value, n) => {
    const at = Math.floor(n / half) * dim + (n % half)
    out[at] = value
    out[at + half] = -value
  })
  return out
}

/** u⁺ = echo·(m⁺ − m⁻) and the other way round; further layers pass it on. */
function echoInto(
  user: readonly DenseLayer[],
  { half, echo }: { half: number; echo: number },
) {
  user.forEach(({ weights, bias }, l) => {
    const out = bias.length
    for (let d = 0; d < 2 * half; d++) {
      weights[d * out + d] += l === 0 ? echo : 1
      if (l === 0) weights[d * out + ((d + half) % (2 * half))] -= echo
    }
  })
}

/** Every array the trainer moves, in a fixed order; user layers last. */
export function parametersOf(model: Omit<TowerModel, 'dim' | 'rows'>): Float32Array[] {
  const { contentWeights, attributeWeights, idWeights, hiddenBias, itemBias, user } =
    model
  const layers = user.flatMap(({ weights, bias }) => [weights, bias])
  return [contentWeights, attributeWeights, idWeights, hiddenBias, itemBias, ...layers]
}

/** Share of the ids' decay that the shared weights take: they see every item. */
const SHARED_DECAY = 0.1

/** Weight decay of each array of `parametersOf`: none for biases. */
export function decaysOf(model: TowerModel, idDecay: number): number[] {
  const shared = idDecay * SHARED_DECAY
  return [shared, idDecay, idDecay, 0, 0, ...model.user.flatMap(() => [shared, 0])]
}

/** ln of each item's share of the interactions, with one added to each. */
function logShares(counts: Uint32Array): Float32Array {
  let total = 0
  for (const count of counts) total += count + 1
  return Float32Array.from(counts, (count) => Math.log((count + 1) / total))
}
