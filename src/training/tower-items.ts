/** The item tower's looked-up half, forward and back: ids, entities, bias and ReLU. */
import type { EntityBlock } from '../catalogue/pack.ts'
import type { TowerModel } from './tower-model.ts'

/**
 * Adds everything but the content to `out` and applies ReLU.
 *
 * @param out [rows, dim], holding content·W on entry and the item vectors on return
 * @param keptIds [rows] 1 = the id's vector takes part
 */
export function finishItemsInto(
  out: Float32Array,
  model: TowerModel,
  { knowledge, keptIds }: { knowledge: EntityBlock | undefined; keptIds: Uint8Array },
): void {
  const { dim, rows, idWeights, hiddenBias } = model
  for (let row = 0; row < rows; row++) {
    const at = row * dim
    const keep = keptIds[row]
    for (let d = 0; d < dim; d++) {
      out[at + d] += hiddenBias[d] + keep * idWeights[at + d]
    }
    if (knowledge) addEntitiesInto(out, model, { knowledge, row })
    for (let d = 0; d < dim; d++) out[at + d] = Math.max(0, out[at + d])
  }
}

function addEntitiesInto(
  out: Float32Array,
  { dim, entityWeights }: TowerModel,
  { knowledge, row }: { knowledge: EntityBlock; row: number },
) {
  const { indptr, indices } = knowledge
  const share = 1 / (indptr[row + 1] - indptr[row])
  for (let e = indptr[row]; e < indptr[row + 1]; e++) {
    const from = indices[e] * dim
    for (let d = 0; d < dim; d++) out[row * dim + d] += share * entityWeights[from + d]
  }
}

/** Gradients of the item side, in the shapes of the model's arrays. */
export interface ItemGradients {
  readonly entityWeights: Float32Array
  readonly idWeights: Float32Array
  readonly hiddenBias: Float32Array
}

/**
 * Back through `finishItemsInto`.
 *
 * @param delta [rows, dim] gradient of the item vectors on entry, of the pre-activations
 *   on return
 */
export function itemGradientsInto(
  delta: Float32Array,
  model: TowerModel,
  given: {
    knowledge: EntityBlock | undefined
    items: Float32Array
    keptIds: Uint8Array
  },
): ItemGradients {
  const { dim, rows } = model
  const { items, keptIds, knowledge } = given
  const entityWeights = new Float32Array(model.entityWeights.length)
  const idWeights = new Float32Array(rows * dim)
  const hiddenBias = new Float32Array(dim)
  for (let row = 0; row < rows; row++) {
    const at = row * dim
    const keep = keptIds[row]
    for (let d = 0; d < dim; d++) {
      if (items[at + d] <= 0) delta[at + d] = 0
      hiddenBias[d] += delta[at + d]
      idWeights[at + d] = keep * delta[at + d]
    }
    if (!knowledge) continue
    const { indptr, indices } = knowledge
    const share = 1 / (indptr[row + 1] - indptr[row])
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const to = indices[e] * dim
      for (let d = 0; d < dim; d++) entityWeights[to + d] += share * delta[at + d]
    }
  }
  return { entityWeights, idWeights, hiddenBias }
}
