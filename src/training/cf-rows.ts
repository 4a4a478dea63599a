/** A fitted kernel as rows of floats that the pack can write by pairs. */
import type { SparseRows } from '../catalogue/pack-source.ts'
import type { CfSettings, FittedCf } from './fit-cf.ts'
import type { LatentVectors } from './latent-vectors.ts'

/**
 * value(i → j) = √P_i · (s_ij + γ·v_i·v_j) · m_j^−s / √P_j
 *
 * @param latent v, with its γ as `weight`
 * @returns rows with their `pairs`; what is not above 0 is left out
 */
export function toPairRows(
  fitted: FittedCf,
  { targetPower }: Pick<CfSettings, 'targetPower'>,
  latent?: LatentVectors & { readonly weight: number },
): SparseRows {
  const { indptr, indices, strengths } = fitted.pairs
  const rowFactors = fitted.precision.map(Math.sqrt)
  const columnFactors = columnFactorsOf(fitted, targetPower)
  const rows = rowFactors.length
  const kept = {
    indptr: new Uint32Array(rows + 1),
    indices: indices.filter((_, e) => strengths[e] > 0),
    values: strengths.filter((strength) => strength > 0),
  }
  let end = 0
  for (let row = 0; row < rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      if (!(strengths[e] > 0)) continue
      kept.values[end] *= rowFactors[row] * columnFactors[kept.indices[end]]
      end++
    }
    kept.indptr[row + 1] = end
  }
  return {
    kind: 'item-item',
    rows,
    columns: rows,
    ...kept,
    pairs: {
      rowFactors,
      columnFactors,
      ...(latent && latent.weight > 0 ? { latent: weighted(latent) } : {}),
    },
  }
}

/** m_j^−s / √P_j; 0 for a target nobody chose. */
export function columnFactorsOf(
  { precision, relativeCounts }: FittedCf,
  targetPower: number,
): Float32Array {
  return precision.map((p, row) =>
    p > 0 ? relativeCounts[row] ** -targetPower / Math.sqrt(p) : 0,
  )
}

function weighted({
  dim,
  vectors,
  weight,
}: LatentVectors & { readonly weight: number }) {
  const root = Math.sqrt(weight)
  return { dim, vectors: vectors.map((v) => v * root) }
}
