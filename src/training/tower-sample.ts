/**
 * One training step over part of a large catalogue: sampled softmax.
 *
 *   S = every row the batch's users like, and others with chance q each
 *   π_i = 1 − (1 − c_i/U)^B · (1 − q)      chance that row i is in S
 *   Σ over all rows of e^s_i  ≈  Σ over S of e^(s_i − ln π_i)
 *
 * c_i users of U like row i, B users are a batch. The estimate of the sum is the one of
 * Horvitz and Thompson, so that popular rows, which are in S more often, are not pushed
 * down for it.
 */
import type { EntityBlock } from '../catalogue/pack.ts'
import type { TowerBatch } from './tower-batch.ts'
import { createContentMap } from './tower-dense.ts'
import type { ItemFeatures, TowerModel } from './tower-model.ts'
import type { TowerTraining } from './tower-step.ts'

export interface RowSample {
  /** Rows of the catalogue, sorted; a row's place here is its row in the step. */
  readonly rows: Uint32Array
  /** [sampled] ln π */
  readonly logChances: Float32Array
}

/** @returns undefined if the step can have all rows: `recipe.softmaxRows` or fewer */
export function sampleRows(
  { features, positives, likedBy, recipe, random }: TowerTraining,
  { batch, inputRows, targetRows }: TowerBatch,
): RowSample | undefined {
  const { rows } = features
  if (rows <= recipe.softmaxRows) return undefined
  const isLiked = new Uint8Array(rows)
  for (const row of inputRows) isLiked[row] = 1
  for (const row of targetRows) isLiked[row] = 1
  const liked = isLiked.reduce((sum, is) => sum + is, 0)
  const chance = Math.max(0, recipe.softmaxRows - liked) / Math.max(1, rows - liked)
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

/** The batch with the sample's row numbers. */
export function relabel(mask: TowerBatch, { rows }: RowSample): TowerBatch {
  const place = new Map<number, number>()
  rows.forEach((row, at) => void place.set(row, at))
  const inSample = (row: number) => place.get(row) as number
  return {
    ...mask,
    inputRows: mask.inputRows.map(inSample),
    targetRows: mask.targetRows.map(inSample),
  }
}

/** Training that knows the sample's rows only; its `contentMap` is the caller's to dispose. */
export function restrict(training: TowerTraining, { rows }: RowSample): TowerTraining {
  const { features, model, isMet } = training
  const { content, knowledge } = features
  const vectors = content && rowsOfTable(content.vectors, content.dim, rows)
  const restricted: ItemFeatures = {
    rows: rows.length,
    ...(content && vectors ? { content: { dim: content.dim, vectors } } : {}),
    ...(knowledge ? { knowledge: entitiesOf(knowledge, rows) } : {}),
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

/** Gradients of the sample's rows → of all rows, 0 for the others. */
export function spreadOut(
  gradients: Gradients,
  { dim, idWeights, itemBias }: TowerModel,
  { rows }: RowSample,
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

function entitiesOf(
  { entities, indptr, indices }: EntityBlock,
  rows: Uint32Array,
): EntityBlock {
  const starts = new Uint32Array(rows.length + 1)
  const kept: number[] = []
  rows.forEach((row, at) => {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) kept.push(indices[e])
    starts[at + 1] = kept.length
  })
  return { entities, indptr: starts, indices: Uint16Array.from(kept) }
}
