/**
 * Positives → a symmetric item-item kernel: "sparse ridge" in the form of partial
 * correlations.
 *
 *   1. G = Xᵀ·W·X, w_u = |u|^(−2a); d = diag G, m = d / mean d
 *   2. candidates of each target: the K largest G_ij · d_i^−½
 *   3. w = (G_cc + λ·diag(m_c^2b))⁻¹ · G_cj
 *   4. s_ij = s_ji from w_ij and w_ji (pairs.ts), with the precision P_jj of each item
 *   5. prune over the whole matrix, by s_ij · (d_i·d_j)^¼
 *   6. steps 3 and 4 again on what survived, unless it is better without
 *
 * A visitor's scores are the sum of the rows of the history.
 */
import type { SparseRows } from '../../../pack/pack-source.ts'
import { ABOVE_ZERO, type Ranges } from '../model.ts'
import type { ColumnThreads } from './column-threads.ts'
import type { Gram } from './gram.ts'
import type { LatentVectors } from './latent-vectors.ts'
import { type Pairs, precisionOf, prunePairs, symmetrise } from './pairs.ts'
import type { Columns } from './ridge-columns.ts'

export interface CfSettings {
  /** a: how far users with long histories are held back, 0–1. */
  readonly userPower: number
  /** g: how far a view counts for less than a purchase, 0 (not at all) to 1. */
  readonly strengthPower: number
  /** b: how the ridge grows with an item's popularity, 0–1. */
  readonly ridgePower: number
  /** λ as a multiple of the mean weighted count of an item, > 0. */
  readonly ridge: number
  /** s: how far popular targets are held back, 0–1. */
  readonly targetPower: number
  /** K: candidates a target, an integer of 1 or more. */
  readonly candidates: number
  /** Whether step 6 is taken. */
  readonly refits: boolean
  /** Dimensions of the low-rank term, an integer; 0 = none. */
  readonly latentDim: number
  /** Its spread as a multiple of that of the pairs, in standard deviations of the score, ≥ 0. */
  readonly latentShare: number
}

/** Measured on ML-1M, λ in relative terms. */
export const cfDefaults: CfSettings = {
  userPower: 0.5,
  strengthPower: 0,
  ridgePower: 0.25,
  ridge: 4,
  targetPower: 0.15,
  candidates: 256,
  refits: true,
  latentDim: 0,
  latentShare: 0.5,
}

export const cfRanges: Ranges<CfSettings> = {
  userPower: { min: 0, max: 1 },
  strengthPower: { min: 0, max: 1 },
  ridgePower: { min: 0, max: 1 },
  ridge: { min: ABOVE_ZERO },
  targetPower: { min: 0, max: 1 },
  candidates: { min: 1, isWhole: true },
  refits: 'boolean',
  latentDim: { min: 0, isWhole: true },
  latentShare: { min: 0 },
}

interface FitCfOptions {
  /** Mean entries an item keeps, twice its pairs. */
  readonly entriesPerItem: number
  readonly threads: ColumnThreads
}

/** The kernel before factors m_j^−s, so that s can be varied without a new fit. */
export interface FittedCf {
  readonly pairs: Pairs
  /** [rows] P_jj; 0 for an item without users. */
  readonly precision: Float32Array
  /** [rows] m = d / mean d over the items with interactions. */
  readonly relativeCounts: Float32Array
}

/** Steps 2 to 4: every candidate's pairs, from which any budget can be cut. */
export interface WideCf extends FittedCf {
  readonly gram: Gram
  readonly ridge: Float32Array
}

/** @param gram `buildGram` with the same settings */
export async function solveWide(
  gram: Gram,
  settings: CfSettings,
  {
    threads,
    onProgress,
  }: Pick<FitCfOptions, 'threads'> & { readonly onProgress?: (done: number) => void },
): Promise<WideCf> {
  const { ridge, relativeCounts } = ridgeOf(gram, settings)
  const room = Math.min(settings.candidates, gram.rows)
  const columns = emptyColumns(new Uint32Array(gram.rows).fill(room))
  await threads.solve({ gram, ridge, columns, choosesCandidates: true }, onProgress)
  const precision = precisionOf(columns, gram.diagonal, ridge)
  const pairs = symmetrise(columns, precision)
  return { gram, ridge, pairs, precision, relativeCounts }
}

/** Steps 5 and 6. */
export async function narrow(
  wide: WideCf,
  settings: Pick<CfSettings, 'refits'>,
  { entriesPerItem, threads }: FitCfOptions,
): Promise<FittedCf> {
  const { gram, ridge, relativeCounts, precision } = wide
  const pairs = prunePairs(wide.pairs, gram.diagonal, entriesPerItem)
  if (!settings.refits) return { pairs, precision, relativeCounts }
  const { indptr, indices } = pairs
  const columns = emptyColumns(precision.map((_, row) => indptr[row + 1] - indptr[row]))
  columns.indices.set(indices)
  columns.lengths.forEach((_, row) => {
    columns.lengths[row] = indptr[row + 1] - indptr[row]
  })
  await threads.solve({ gram, ridge, columns, choosesCandidates: false })
  const refitted = precisionOf(columns, gram.diagonal, ridge)
  return {
    pairs: symmetrise(columns, refitted),
    precision: refitted,
    relativeCounts,
  }
}

function ridgeOf({ diagonal }: Gram, settings: CfSettings) {
  let sum = 0
  let active = 0
  for (const d of diagonal) {
    sum += d
    if (d > 0) active++
  }
  const mean = active === 0 ? 1 : sum / active
  const ridge = new Float32Array(new SharedArrayBuffer(diagonal.length * 4))
  for (let row = 0; row < ridge.length; row++) {
    const m = diagonal[row] / mean
    ridge[row] = settings.ridge * mean * m ** (2 * settings.ridgePower)
  }
  return { ridge, relativeCounts: diagonal.map((d) => d / mean) }
}

/** @param sizes [columns] the entries each column may hold */
function emptyColumns(sizes: ArrayLike<number>): Columns {
  const shared = (length: number) => new SharedArrayBuffer(length * 4)
  const starts = new Uint32Array(shared(sizes.length + 1))
  for (let column = 0; column < sizes.length; column++) {
    starts[column + 1] = starts[column] + sizes[column]
  }
  const total = starts[sizes.length]
  return {
    starts,
    lengths: new Uint32Array(shared(sizes.length)),
    indices: new Uint32Array(shared(total)),
    values: new Float32Array(shared(total)),
    explained: new Float32Array(shared(sizes.length)),
  }
}

// A fitted kernel as rows of floats that the pack can write by pairs.

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

/** m_j^−s / √P_j; 0 for a target without users. */
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
