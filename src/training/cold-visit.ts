/** A visitor's scores of known and new items by the kernel, as the browser has them. */
import type { KnownKernel, NewItem } from './cold-mix.ts'

export interface ColdVisitor {
  /** [items] a of what the visitor chose, 0 elsewhere. */
  readonly loudness: Float32Array
  /** Σ a_i · v_i; empty without a low-rank term. */
  readonly latent: Float32Array
}

export function visitorOf({ pairs }: KnownKernel, history: Uint32Array): ColdVisitor {
  const { rowFactors, latent } = pairs
  const loudness = new Float32Array(rowFactors.length)
  const sum = new Float32Array(latent?.dim ?? 0)
  for (const row of history) {
    loudness[row] = rowFactors[row]
    for (let d = 0; d < sum.length; d++) {
      sum[d] += rowFactors[row] * (latent?.vectors[row * sum.length + d] ?? 0)
    }
  }
  return { loudness, latent: sum }
}

export function scoreNew(item: NewItem, { loudness, latent }: ColdVisitor): number {
  const { indices, strengths } = item
  let sum = 0
  for (let e = 0; e < indices.length; e++) sum += loudness[indices[e]] * strengths[e]
  for (let d = 0; d < latent.length; d++) sum += latent[d] * item.latent[d]
  return sum * item.columnFactor
}

/** [items] */
export function scoreKnown(
  { strengths, pairs }: KnownKernel,
  { loudness, latent }: ColdVisitor,
): Float32Array {
  const { indptr, indices, values } = strengths
  const scores = new Float32Array(strengths.rows)
  for (let row = 0; row < scores.length; row++) {
    if (loudness[row] === 0) continue
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      scores[indices[e]] += loudness[row] * values[e]
    }
  }
  const dim = latent.length
  for (let row = 0; row < scores.length; row++) {
    for (let d = 0; d < dim; d++) {
      scores[row] += latent[d] * (pairs.latent?.vectors[row * dim + d] ?? 0)
    }
    scores[row] *= pairs.columnFactors[row]
  }
  return scores
}
