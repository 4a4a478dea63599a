/** One training step of the towers: forward, back, move. */

import type { Random } from '../../../math/random.ts'
import type { AttributeBlock } from '../../../pack/pack.ts'
import type { Positives } from '../../dataset/dataset.ts'
import type { Adam } from './adam.ts'
import {
  maskUsers,
  poolInputs,
  type TowerBatch,
  targetShares,
  unpoolInto,
  type VectorTable,
} from './batch.ts'
import { type ContentMap, createContentMap, denseStep } from './dense-step.ts'
import { type ItemFeatures, parametersOf, type TowerModel } from './parameters.ts'
import type { TowerSettings } from './settings.ts'

// The item tower's looked-up half, forward and back: ids, attributes, bias and ReLU.

/**
 * Adds everything but the content to `out` and applies ReLU.
 *
 * @param out [rows, dim], holding content·W on entry and the item vectors on return
 * @param keptIds [rows] 1 = the id's vector takes part
 */
function finishItemsInto(
  out: Float32Array,
  model: TowerModel,
  {
    attributes,
    keptIds,
  }: { attributes: AttributeBlock | undefined; keptIds: Uint8Array },
): void {
  const { dim, rows, idWeights, hiddenBias } = model
  for (let row = 0; row < rows; row++) {
    const at = row * dim
    const keep = keptIds[row]
    for (let d = 0; d < dim; d++) {
      out[at + d] += hiddenBias[d] + keep * idWeights[at + d]
    }
    if (attributes) addAttributesInto(out, model, { attributes, row })
    for (let d = 0; d < dim; d++) out[at + d] = Math.max(0, out[at + d])
  }
}

function addAttributesInto(
  out: Float32Array,
  { dim, attributeWeights }: TowerModel,
  { attributes, row }: { attributes: AttributeBlock; row: number },
) {
  const { indptr, indices } = attributes
  const share = 1 / (indptr[row + 1] - indptr[row])
  for (let e = indptr[row]; e < indptr[row + 1]; e++) {
    const from = indices[e] * dim
    for (let d = 0; d < dim; d++)
      out[row * dim + d] += share * attributeWeights[from + d]
  }
}

/** Gradients of the item side, in the shapes of the model's arrays. */
interface ItemGradients {
  readonly attributeWeights: Float32Array
  readonly idWeights: Float32Array
  readonly hiddenBias: Float32Array
}

/**
 * Back through `finishItemsInto`.
 *
 * @param delta [rows, dim] gradient of the item vectors on entry, of the pre-activations
 *   on return
 */
function itemGradientsInto(
  delta: Float32Array,
  model: TowerModel,
  given: {
    attributes: AttributeBlock | undefined
    items: Float32Array
    keptIds: Uint8Array
  },
): ItemGradients {
  const { dim, rows } = model
  const { items, keptIds, attributes } = given
  const attributeWeights = new Float32Array(model.attributeWeights.length)
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
    if (!attributes) continue
    const { indptr, indices } = attributes
    const share = 1 / (indptr[row + 1] - indptr[row])
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const to = indices[e] * dim
      for (let d = 0; d < dim; d++) attributeWeights[to + d] += share * delta[at + d]
    }
  }
  return { attributeWeights, idWeights, hiddenBias }
}

// One training step over part of a large catalogue: sampled softmax.
// S = every item the batch's users like, and others with chance q each
// π_i = 1 − (1 − c_i/U)^B · (1 − q)      chance that item i is in S
// Σ over all items of e^s_i  ≈  Σ over S of e^(s_i − ln π_i)
// c_i users of U like item i, B users are a batch. The estimate of the sum is the one of
// Horvitz and Thompson, so that popular items, which are in S more often, do not score lower
// for it.

interface ItemSample {
  /** Item indices, sorted; an item's place here is its row in the step. */
  readonly rows: Uint32Array
  /** [sampled] ln π */
  readonly logChances: Float32Array
}

/** @returns undefined if the step can have all items: `settings.softmaxItems` or fewer */
export function sampleItems(
  { features, positives, likedBy, settings, random }: TowerTraining,
  { batch, inputItems, targetItems }: TowerBatch,
): ItemSample | undefined {
  const { rows } = features
  if (rows <= settings.softmaxItems) return undefined
  const isLiked = new Uint8Array(rows)
  for (const row of inputItems) isLiked[row] = 1
  for (const row of targetItems) isLiked[row] = 1
  const liked = isLiked.reduce((sum, is) => sum + is, 0)
  const chance = Math.max(0, settings.softmaxItems - liked) / Math.max(1, rows - liked)
  const sampled: number[] = []
  const logChances: number[] = []
  for (let row = 0; row < rows; row++) {
    const isDrawn = random.next() < chance
    if (!isLiked[row] && !isDrawn) continue
    const apart = (1 - likedBy[row] / positives.userCount) ** batch
    sampled.push(row)
    logChances.push(Math.log(1 - apart * (1 - chance)))
  }
  return {
    rows: Uint32Array.from(sampled),
    logChances: Float32Array.from(logChances),
  }
}

/** The batch with items by their rows in the sample. */
export function relabel(mask: TowerBatch, { rows }: ItemSample): TowerBatch {
  const place = new Map<number, number>()
  rows.forEach((row, at) => void place.set(row, at))
  const inSample = (row: number) => place.get(row) as number
  return {
    ...mask,
    inputItems: mask.inputItems.map(inSample),
    targetItems: mask.targetItems.map(inSample),
  }
}

/** Training on the sample's items only; its `contentMap` is the caller's to dispose. */
function restrict(training: TowerTraining, { rows }: ItemSample): TowerTraining {
  const { features, model, isMet } = training
  const { content, attributes } = features
  const vectors = content && rowsOfTable(content.vectors, content.dim, rows)
  const restricted: ItemFeatures = {
    rows: rows.length,
    ...(content && vectors ? { content: { dim: content.dim, vectors } } : {}),
    ...(attributes ? { attributes: attributesOf(attributes, rows) } : {}),
  }
  return {
    ...training,
    features: restricted,
    isMet: Uint8Array.from(rows, (row) => isMet[row]),
    contentMap: content && vectors && createContentMap(vectors, content.dim),
    model: {
      ...model,
      rows: rows.length,
      idWeights: rowsOfTable(model.idWeights, model.dim, rows),
      itemBias: rowsOfTable(model.itemBias, 1, rows),
    },
  }
}

type Gradients = Omit<TowerModel, 'dim' | 'rows'>

/** Gradients of the sample's items → of all items, 0 for the others. */
function spreadOut(
  gradients: Gradients,
  { dim, idWeights, itemBias }: TowerModel,
  { rows }: ItemSample,
): Gradients {
  const wide = {
    idWeights: new Float32Array(idWeights.length),
    itemBias: new Float32Array(itemBias.length),
  }
  rows.forEach((row, at) => {
    wide.idWeights.set(
      gradients.idWeights.subarray(at * dim, (at + 1) * dim),
      row * dim,
    )
    wide.itemBias[row] = gradients.itemBias[at]
  })
  return { ...gradients, ...wide }
}

function rowsOfTable(
  table: Float32Array,
  dim: number,
  rows: Uint32Array,
): Float32Array {
  const out = new Float32Array(rows.length * dim)
  rows.forEach((row, at) => {
    out.set(table.subarray(row * dim, (row + 1) * dim), at * dim)
  })
  return out
}

function attributesOf(
  { values, indptr, indices }: AttributeBlock,
  rows: Uint32Array,
): AttributeBlock {
  const starts = new Uint32Array(rows.length + 1)
  const kept: number[] = []
  rows.forEach((row, at) => {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) kept.push(indices[e])
    starts[at + 1] = kept.length
  })
  return { values, indptr: starts, indices: Uint16Array.from(kept) }
}

/** Everything a step reads, and the model and optimiser it moves. */
export interface TowerTraining {
  readonly features: ItemFeatures
  readonly positives: Positives
  /** [items] 1 = some user likes it; the others have no id vector, only features. */
  readonly isMet: Uint8Array
  readonly model: TowerModel
  readonly adam: Adam
  /** [items] users who like it */
  readonly likedBy: Uint32Array
  /** Absent without content. */
  readonly contentMap: ContentMap | undefined
  readonly random: Random
  readonly settings: TowerSettings
}

/** @returns the loss before the step */
export async function trainStep(
  training: TowerTraining,
  users: Uint32Array,
): Promise<number> {
  const { model, adam, random, settings } = training
  const mask = maskUsers(training.positives, users, { ...settings, random })
  const sample = sampleItems(training, mask)
  if (!sample) {
    const { loss, gradients } = await slopesOf(training, mask)
    adam.step(parametersOf(gradients), settings.rate)
    return loss
  }
  const part = restrict(training, sample)
  try {
    const { logChances } = sample
    const found = await slopesOf(part, relabel(mask, sample), logChances)
    adam.step(parametersOf(spreadOut(found.gradients, model, sample)), settings.rate)
    return found.loss
  } finally {
    part.contentMap?.dispose()
  }
}

/** @param logChances [rows] subtracted from the logits; default 0 */
async function slopesOf(
  training: TowerTraining,
  mask: TowerBatch,
  logChances?: Float32Array,
) {
  const { features, model, contentMap, random, settings } = training
  const keptIds = training.isMet.map((met) => {
    return random.next() < settings.idDropout ? 0 : met
  })
  const items = await itemVectors(training, keptIds)
  const inputs = poolInputs(mask, userTables(features, items, model.dim))
  const targets = targetShares(mask, features.rows)
  const { user, itemBias, batch } = { ...model, ...mask }
  const offset = logChances
    ? itemBias.map((bias, row) => bias - logChances[row])
    : itemBias
  const slopes = await denseStep({
    ...{ user, items, inputs, targets, batch },
    itemBias: offset,
  })
  const delta = slopes.items
  unpoolInto(delta, mask, { slopes: slopes.inputs, dim: model.dim })
  const { attributes } = features
  const moved = itemGradientsInto(delta, model, { attributes, items, keptIds })
  const contentWeights = (await contentMap?.backward(delta)) ?? model.contentWeights
  const gradients = {
    ...{ ...moved, contentWeights },
    ...{ itemBias: slopes.itemBias, user: slopes.user },
  }
  return { loss: slopes.loss, gradients }
}

/** @param keptIds [rows] 1 = the id's vector takes part; default every item with a user */
export async function itemVectors(
  { features, model, contentMap, isMet }: TowerTraining,
  keptIds = isMet,
): Promise<Float32Array> {
  const { rows, dim, contentWeights } = model
  const items =
    (await contentMap?.forward(contentWeights)) ?? new Float32Array(rows * dim)
  finishItemsInto(items, model, { attributes: features.attributes, keptIds })
  return items
}

/** What the user tower pools of each shown item. */
export function userTables(
  { content }: ItemFeatures,
  items: Float32Array,
  dim: number,
): VectorTable[] {
  return [{ vectors: items, dim }, ...(content ? [content] : [])]
}
