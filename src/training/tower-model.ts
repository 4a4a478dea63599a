/**
 * What the trainer of the towers moves, and the item tower.
 *
 *   i = ReLU(W₂·x_i + b₂),  x_i = [content, mean of its entities, its own id]
 *
 * Entities and ids are one-hot, so W₂·x_i is a matrix product for the content plus one
 * looked-up vector an entity (averaged) and an id. The id's vector is dropped at random
 * in training, so that an item nobody has met is still placed by what it is.
 */
import type { EntityBlock } from '../catalogue/pack.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import type { Random } from '../math/random.ts'
import type { Positives } from './dataset.ts'
import { countsOf } from './positives.ts'
import { spectralStart } from './tower-start.ts'

export interface TowerModel {
  readonly dim: number
  readonly rows: number
  /** [content dim, dim]; empty without content. */
  readonly contentWeights: Float32Array
  /** [entities, dim]; empty without knowledge. */
  readonly entityWeights: Float32Array
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
  readonly content?: { readonly vectors: Float32Array; readonly dim: number }
  readonly knowledge?: EntityBlock
}

export interface ModelSize {
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
  const entities = features.knowledge?.entities.length ?? 0
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
    entityWeights: normals(entities * dim, MAP_SPREAD),
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
  const { contentWeights, entityWeights, idWeights, hiddenBias, itemBias, user } = model
  const layers = user.flatMap(({ weights, bias }) => [weights, bias])
  return [contentWeights, entityWeights, idWeights, hiddenBias, itemBias, ...layers]
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
