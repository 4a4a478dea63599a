/**
 * A cold-start item as a mixture of known ones, in the terms of the CF block.
 *
 *   α = (K + λI)⁻¹ · k                         how much of each known item: kernel ridge
 *   ln p̂ = Σ α_i · ln m_i                      the expected popularity
 *   q_i = p̂^c · t_i · α_i · m_i^−c             the mixture, less what is only popularity
 *   s = (S·q + μ·q/(t·a)) / t̂     v = Vᵀq / t̂   its strengths, its low-rank vector
 *
 * for a kernel value(i → j) = a_i · (s_ij + v_i·v_j) · t_j; m is an item's users as a
 * multiple of their geometric mean, t̂ and â its own factors by the same ridge. The strongest
 * s above 0 are kept. So a browser scores a cold-start item as it scores any other, and needs
 * no text to do it.
 */
import { sweepSpd } from '../../../math/sweep-spd.ts'
import { topK } from '../../../math/top-k.ts'
import type { PairForm, SparseRows } from '../../../pack/pack-source.ts'
import { ABOVE_ZERO, type Ranges } from '../model.ts'
import type { KernelSettings } from './kernel.ts'

// Kernel ridge: α = (K + λI)⁻¹ · k of every cold-start item at once, by one sweep.

export interface RidgeTable {
  /** α of a row of the table: [known], a view. Of known row `upTo` or later, or a cold one. */
  readonly alpha: (row: number) => Float64Array
  /**
   * Takes the known items up to `upTo` in: from then on the rows of all others are their
   * α over them. Call with rising numbers.
   */
  readonly takeIn: (upTo: number) => void
}

/**
 * @param fill writes K(row, known 0 … known−1) to `out` from `at` on; rows 0 … known−1 are
 *   the known items themselves, the next `cold` ones the cold-start items
 */
export function ridgeTable(
  size: { readonly known: number; readonly cold: number; readonly ridge: number },
  fill: (row: number, out: Float64Array, at: number) => void,
): RidgeTable {
  const { known, cold, ridge } = size
  const table = new Float64Array((known + cold) * known)
  for (let row = 0; row < known + cold; row++) fill(row, table, row * known)
  for (let row = 0; row < known; row++) table[row * known + row] += ridge
  let done = 0
  return {
    alpha: (row) => table.subarray(row * known, row * known + done),
    takeIn(upTo) {
      sweepSpd(table, known, { from: done, to: upTo })
      done = upTo
    },
  }
}

export interface ColdSettings extends KernelSettings {
  /** λ, > 0, beside a kernel of about 20 on its diagonal. */
  readonly ridge: number
  /** c, 0–1: how far popular known items are held back, and p̂ brought back in. */
  readonly popularityPower: number
  /** μ, ≥ 0: what a known item adds for itself, beside its CF neighbours. */
  readonly self: number
}

/** Found on ML-1M's known items in six resampled hold-outs; `names` on Goodbooks'. */
export const coldDefaults: ColdSettings = {
  vectors: 1,
  words: 1,
  names: 2,
  genres: 0.5,
  yearScale: 8,
  ridge: 8,
  popularityPower: 0.4,
  self: 0.2,
}

export const coldRanges: Ranges<ColdSettings> = {
  vectors: { min: 0 },
  words: { min: 0 },
  names: { min: 0 },
  genres: { min: 0 },
  yearScale: { min: ABOVE_ZERO },
  ridge: { min: ABOVE_ZERO },
  popularityPower: { min: 0, max: 1 },
  self: { min: 0 },
}

/** CF that was written by pairs. */
export type PairRows = SparseRows & { readonly pairs: PairForm }

/** The kernel, s apart from its factors. */
export interface KnownKernel {
  /** Symmetric CSR, with s in place of the values. */
  readonly strengths: SparseRows
  readonly pairs: PairForm
  /** [items] users. */
  readonly counts: Uint32Array
}

export interface ColdItem {
  /** Known items it is paired with, rising. */
  readonly indices: Uint32Array
  /** s of each, > 0. */
  readonly strengths: Float32Array
  /** v; empty without a low-rank term. */
  readonly latent: Float32Array
  /** â */
  readonly rowFactor: number
  /** t̂ */
  readonly columnFactor: number
  /** Users to be expected by the text. */
  readonly users: number
}

/** a_i and t_j taken out of the values. */
export function takeFactors(rows: PairRows): SparseRows {
  const { indptr, indices, pairs } = rows
  const values = rows.values.slice()
  for (let row = 0; row < rows.rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      values[e] /= pairs.rowFactors[row] * pairs.columnFactors[indices[e]]
    }
  }
  return { ...rows, values }
}

/**
 * @param options.known item indices that α is over, each with a user or more
 * @param options.hidden [items] 1 = takes no part
 * @param options.entries pairs a cold-start item gets at most
 * @returns α [known] → the item
 */
export function createMixer(
  kernel: KnownKernel,
  options: {
    readonly known: Uint32Array
    readonly settings: Pick<ColdSettings, 'popularityPower' | 'self'>
    readonly hidden: Uint8Array
    readonly entries: number
  },
): (alpha: Float64Array) => ColdItem {
  const { known, settings, hidden, entries } = options
  const { rowFactors: a, columnFactors: t } = kernel.pairs
  const users = expecter(known, kernel.counts)
  const rowFactor = expecter(known, a)
  const columnFactor = expecter(known, t)
  const power = settings.popularityPower
  const mean = users(new Float64Array(known.length))
  const held = Float64Array.from(
    known,
    (item) => (kernel.counts[item] / mean) ** -power,
  )
  const worth = Float32Array.from(kernel.counts, (n, item) => a[item] * Math.sqrt(n))
  return (alpha) => {
    const own = columnFactor(alpha)
    const back = (users(alpha) / mean) ** power / own
    const shares = alpha.map((x, i) => x * held[i] * back)
    const sums = mixRows(kernel, { known, shares, self: settings.self })
    const order = Float32Array.from(sums, (s, item) => s * worth[item])
    const indices = topK(order, entries, hidden)
      .filter((item) => sums[item] > 0)
      .sort()
    return {
      indices,
      strengths: Float32Array.from(indices, (item) => sums[item]),
      latent: mixLatent(kernel.pairs, known, shares),
      rowFactor: rowFactor(alpha),
      columnFactor: own,
      users: users(alpha),
    }
  }
}

/** Predicts a positive number of items: exp(mean ln + Σ α_i · (ln x_i − mean ln)). */
function expecter(known: Uint32Array, values: ArrayLike<number>) {
  const logs = Float64Array.from(known, (item) => Math.log(values[item]))
  const mean = logs.reduce((sum, x) => sum + x, 0) / Math.max(1, logs.length)
  const most = logs.reduce((high, x) => Math.max(high, x), -Infinity)
  const least = logs.reduce((low, x) => Math.min(low, x), Infinity)
  return (alpha: Float64Array) => {
    let sum = mean
    for (let i = 0; i < alpha.length; i++) sum += alpha[i] * (logs[i] - mean)
    return Math.exp(Math.min(most, Math.max(least, sum)))
  }
}

/** [items] S·q + μ·q/(t·a), with q_i = t_i · shares_i */
function mixRows(
  { strengths, pairs }: KnownKernel,
  {
    known,
    shares,
    self,
  }: {
    readonly known: Uint32Array
    readonly shares: Float64Array
    readonly self: number
  },
): Float64Array {
  const { indptr, indices, values } = strengths
  const sums = new Float64Array(strengths.rows)
  known.forEach((item, i) => {
    const q = pairs.columnFactors[item] * shares[i]
    for (let e = indptr[item]; e < indptr[item + 1]; e++)
      sums[indices[e]] += values[e] * q
    sums[item] += (self * shares[i]) / pairs.rowFactors[item]
  })
  return sums
}

/** Vᵀq */
function mixLatent(
  { columnFactors, latent }: PairForm,
  known: Uint32Array,
  shares: Float64Array,
): Float32Array {
  if (!latent) return new Float32Array(0)
  const { dim, vectors } = latent
  const sum = new Float32Array(dim)
  known.forEach((item, i) => {
    const q = columnFactors[item] * shares[i]
    for (let d = 0; d < dim; d++) sum[d] += q * vectors[item * dim + d]
  })
  return sum
}

// A visitor's scores of known and cold-start items by the kernel, as the browser has them.

interface ColdVisitor {
  /** [items] a of what the visitor chose, 0 elsewhere. */
  readonly scale: Float32Array
  /** Σ a_i · v_i; empty without a low-rank term. */
  readonly latent: Float32Array
}

export function visitorOf({ pairs }: KnownKernel, history: Uint32Array): ColdVisitor {
  const { rowFactors, latent } = pairs
  const scale = new Float32Array(rowFactors.length)
  const sum = new Float32Array(latent?.dim ?? 0)
  for (const item of history) {
    scale[item] = rowFactors[item]
    for (let d = 0; d < sum.length; d++) {
      sum[d] += rowFactors[item] * (latent?.vectors[item * sum.length + d] ?? 0)
    }
  }
  return { scale, latent: sum }
}

export function scoreCold(item: ColdItem, { scale, latent }: ColdVisitor): number {
  const { indices, strengths } = item
  let sum = 0
  for (let e = 0; e < indices.length; e++) sum += scale[indices[e]] * strengths[e]
  for (let d = 0; d < latent.length; d++) sum += latent[d] * item.latent[d]
  return sum * item.columnFactor
}

/** [items] */
export function scoreKnown(
  { strengths, pairs }: KnownKernel,
  { scale, latent }: ColdVisitor,
): Float32Array {
  const { indptr, indices, values } = strengths
  const scores = new Float32Array(strengths.rows)
  for (let item = 0; item < scores.length; item++) {
    if (scale[item] === 0) continue
    for (let e = indptr[item]; e < indptr[item + 1]; e++) {
      scores[indices[e]] += scale[item] * values[e]
    }
  }
  const dim = latent.length
  for (let item = 0; item < scores.length; item++) {
    for (let d = 0; d < dim; d++) {
      scores[item] += latent[d] * (pairs.latent?.vectors[item * dim + d] ?? 0)
    }
    scores[item] *= pairs.columnFactors[item]
  }
  return scores
}
