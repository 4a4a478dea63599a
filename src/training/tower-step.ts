/** One training step of the towers: forward, back, move. */
import type { Random } from '../math/random.ts'
import type { Positives } from './dataset.ts'
import type { Adam } from './tower-adam.ts'
import {
  maskUsers,
  poolInputs,
  type TowerBatch,
  targetShares,
  unpoolInto,
  type VectorTable,
} from './tower-batch.ts'
import { type ContentMap, denseStep } from './tower-dense.ts'
import { finishItemsInto, itemGradientsInto } from './tower-items.ts'
import { type ItemFeatures, parametersOf, type TowerModel } from './tower-model.ts'
import type { TowerRecipe } from './tower-options.ts'
import { relabel, restrict, sampleRows, spreadOut } from './tower-sample.ts'

/** Everything a step reads, and the model and optimiser it moves. */
export interface TowerTraining {
  readonly features: ItemFeatures
  readonly positives: Positives
  /** [rows] 1 = somebody liked it; the others have no id vector, only features. */
  readonly isMet: Uint8Array
  readonly model: TowerModel
  readonly adam: Adam
  /** [rows] users who like it */
  readonly likedBy: Uint32Array
  /** Absent without content. */
  readonly contentMap: ContentMap | undefined
  readonly random: Random
  readonly recipe: TowerRecipe
}

/** @returns the loss before the step */
export async function trainStep(
  training: TowerTraining,
  users: Uint32Array,
): Promise<number> {
  const { model, adam, random, recipe } = training
  const mask = maskUsers(training.positives, users, { ...recipe, random })
  const sample = sampleRows(training, mask)
  if (!sample) {
    const { loss, gradients } = await slopesOf(training, mask)
    adam.step(parametersOf(gradients), recipe.rate)
    return loss
  }
  const part = restrict(training, sample)
  try {
    const { logChances } = sample
    const found = await slopesOf(part, relabel(mask, sample), logChances)
    adam.step(parametersOf(spreadOut(found.gradients, model, sample)), recipe.rate)
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
  const { features, model, contentMap, random, recipe } = training
  const keptIds = training.isMet.map((met) => {
    return random.next() < recipe.idDropout ? 0 : met
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
  const { knowledge } = features
  const moved = itemGradientsInto(delta, model, { knowledge, items, keptIds })
  const contentWeights = (await contentMap?.backward(delta)) ?? model.contentWeights
  const gradients = {
    ...{ ...moved, contentWeights },
    ...{ itemBias: slopes.itemBias, user: slopes.user },
  }
  return { loss: slopes.loss, gradients }
}

/** @param keptIds [rows] 1 = the id's vector takes part; default every item that was met */
export async function itemVectors(
  { features, model, contentMap, isMet }: TowerTraining,
  keptIds = isMet,
): Promise<Float32Array> {
  const { rows, dim, contentWeights } = model
  const items =
    (await contentMap?.forward(contentWeights)) ?? new Float32Array(rows * dim)
  finishItemsInto(items, model, { knowledge: features.knowledge, keptIds })
  return items
}

/** What the user tower pools of each shown row. */
export function userTables(
  { content }: ItemFeatures,
  items: Float32Array,
  dim: number,
): VectorTable[] {
  return [{ vectors: items, dim }, ...(content ? [content] : [])]
}
