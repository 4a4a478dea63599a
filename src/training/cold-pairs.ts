/** Cold items in a symmetric kernel: what `cold-rows.ts` adds, said of pairs. */
import type { PairForm, SparseRows } from '../catalogue/pack-source.ts'

/** A cold item's nearest warm ones; their shares sum to 1, or there are none. */
export interface ColdItem {
  readonly item: number
  readonly near: readonly { readonly row: number; readonly share: number }[]
}

/** The same rows with s in place of the values: a_i and t_j taken out. */
export function takeFactors(rows: SparseRows, { rowFactors, columnFactors }: PairForm) {
  return mapValues(rows, (value, row, column) => {
    return value / (rowFactors[row] * columnFactors[column])
  })
}

/** The inverse of `takeFactors`; `pairs` are the rows' new factors. */
export function putFactors(strengths: SparseRows, pairs: PairForm): SparseRows {
  const { rowFactors, columnFactors } = pairs
  const rows = mapValues(strengths, (value, row, column) => {
    return value * rowFactors[row] * columnFactors[column]
  })
  return { ...rows, pairs }
}

/** Factors and low-rank vectors of cold items: those of their neighbours, blended. */
export function blendFactors(
  pairs: PairForm,
  cold: readonly ColdItem[],
  discount: number,
): PairForm {
  const { latent } = pairs
  const rowFactors = pairs.rowFactors.slice()
  const columnFactors = pairs.columnFactors.slice()
  const vectors = latent?.vectors.slice()
  for (const { item, near } of cold) {
    rowFactors[item] = 0
    columnFactors[item] = 0
    for (const { row, share } of near) {
      rowFactors[item] += share * pairs.rowFactors[row]
      columnFactors[item] += share * pairs.columnFactors[row]
      if (latent && vectors) {
        addInto(vectors, { dim: latent.dim, item, row, weight: discount * share })
      }
    }
  }
  return {
    ...pairs,
    rowFactors,
    columnFactors,
    ...(latent && vectors ? { latent: { dim: latent.dim, vectors } } : {}),
  }
}

function addInto(
  vectors: Float32Array,
  {
    dim,
    item,
    row,
    weight,
  }: {
    readonly dim: number
    readonly item: number
    readonly row: number
    readonly weight: number
  },
) {
  for (let d = 0; d < dim; d++) {
    vectors[item * dim + d] += weight * vectors[row * dim + d]
  }
}

function mapValues(
  rows: SparseRows,
  change: (value: number, row: number, column: number) => number,
): SparseRows {
  const { indptr, indices } = rows
  const values = rows.values.slice()
  for (let row = 0; row < rows.rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      values[e] = change(values[e], row, indices[e])
    }
  }
  return { ...rows, values }
}
