/** Masked histories: the items of a user that the towers see, and those they should find. */
import type { Random } from '../../../math/random.ts'
import type { Positives } from '../../dataset/dataset.ts'

export interface TowerBatch {
  readonly batch: number
  /** Items shown, CSR over the batch; at least one a user. */
  readonly inputPtr: Uint32Array
  readonly inputItems: Uint32Array
  /** Items to find, CSR over the batch; at least one a user. */
  readonly targetPtr: Uint32Array
  readonly targetItems: Uint32Array
}

/** The half of a batch that the towers see. */
type ShownItems = Pick<TowerBatch, 'batch' | 'inputPtr' | 'inputItems'>

interface MaskOptions {
  /** Chance that a user shows only 1–5 items. */
  readonly fewShare: number
  /** Share of its items a user shows otherwise: uniform between these. */
  readonly keepFrom: number
  readonly keepTo: number
}

const FEW = 5

/**
 * Draws which of each user's items are shown; the rest are targets, at least one of each.
 * @param users numbers of users with two positives or more
 */
export function maskUsers(
  { indptr, rows }: Positives,
  users: ArrayLike<number>,
  { random, ...mask }: MaskOptions & { random: Random },
): TowerBatch {
  const batch = users.length
  const inputPtr = new Uint32Array(batch + 1)
  const targetPtr = new Uint32Array(batch + 1)
  const inputItems: number[] = []
  const targetItems: number[] = []
  for (let b = 0; b < batch; b++) {
    const liked = rows.slice(indptr[users[b]], indptr[users[b] + 1])
    random.shuffleInto(liked)
    const shown = shownOf(liked.length, mask, random)
    for (let n = 0; n < shown; n++) inputItems.push(liked[n])
    for (let n = shown; n < liked.length; n++) targetItems.push(liked[n])
    inputPtr[b + 1] = inputItems.length
    targetPtr[b + 1] = targetItems.length
  }
  return {
    batch,
    inputPtr,
    inputItems: Uint32Array.from(inputItems),
    targetPtr,
    targetItems: Uint32Array.from(targetItems),
  }
}

/** [batch, rows]: 1/n on each of the n rows to find; rows sum to 1. */
export function targetShares(
  { batch, targetPtr, targetItems }: TowerBatch,
  rows: number,
): Float32Array {
  const shares = new Float32Array(batch * rows)
  for (let b = 0; b < batch; b++) {
    const share = 1 / (targetPtr[b + 1] - targetPtr[b])
    for (let e = targetPtr[b]; e < targetPtr[b + 1]; e++) {
      shares[b * rows + targetItems[e]] = share
    }
  }
  return shares
}

function shownOf(count: number, mask: MaskOptions, random: Random): number {
  const { fewShare, keepFrom, keepTo } = mask
  const few = 1 + random.integer(FEW)
  const share = keepFrom + (keepTo - keepFrom) * random.next()
  const wanted = random.next() < fewShare ? few : Math.round(share * count)
  return Math.min(Math.max(1, wanted), count - 1)
}

/** A [rows, dim] table to pool from. */
export interface VectorTable {
  readonly vectors: Float32Array
  readonly dim: number
}

/**
 * The user tower's inputs: for each user the mean of each table over its shown rows, one
 * table after the other. What `userInput` of `scoring` gives with weights of 1.
 *
 * @returns row-major [batch, Σ dim]
 */
export function poolInputs(
  { batch, inputPtr, inputItems }: ShownItems,
  tables: readonly VectorTable[],
): Float32Array {
  const width = tables.reduce((sum, { dim }) => sum + dim, 0)
  const inputs = new Float32Array(batch * width)
  let start = 0
  for (const { vectors, dim } of tables) {
    for (let b = 0; b < batch; b++) {
      const share = 1 / Math.max(1, inputPtr[b + 1] - inputPtr[b])
      const to = b * width + start
      for (let e = inputPtr[b]; e < inputPtr[b + 1]; e++) {
        const from = inputItems[e] * dim
        for (let d = 0; d < dim; d++) inputs[to + d] += share * vectors[from + d]
      }
    }
    start += dim
  }
  return inputs
}

/**
 * Back through the pooling of the first table: adds each user's share to its shown rows.
 *
 * @param out [rows, dim], added to
 * @param slopes [batch, width]; the first `dim` columns are read
 */
export function unpoolInto(
  out: Float32Array,
  { batch, inputPtr, inputItems }: ShownItems,
  { slopes, dim }: { slopes: Float32Array; dim: number },
): void {
  const width = slopes.length / batch
  for (let b = 0; b < batch; b++) {
    const share = 1 / (inputPtr[b + 1] - inputPtr[b])
    for (let e = inputPtr[b]; e < inputPtr[b + 1]; e++) {
      const to = inputItems[e] * dim
      for (let d = 0; d < dim; d++) out[to + d] += share * slopes[b * width + d]
    }
  }
}
