/**
 * Positives → sparse item-item rows within a budget of bytes: "sparse ridge".
 *
 *   1. G = Xᵀ·W·X, w_u = |u|^(−2a); d = diag G, m = d / mean d
 *   2. candidates of each target: the K largest G_ij · d_i^−½
 *   3. w = (G_cc + λ·diag(m_c^2b))⁻¹ · G_cj
 *   4. prune over the whole matrix, by w_ij · √d_i
 *   5. step 3 again on what survived, column j times m_j^−s
 *
 * A visitor is folded in as the sum of the rows of the history.
 */
import type { SparseRows } from '../catalogue/pack-source.ts'
import type { ColumnThreads } from './column-threads.ts'
import type { Gram } from './gram.ts'
import { pruneColumns } from './prune-columns.ts'
import type { Columns } from './ridge-columns.ts'

export interface CfSettings {
  /** a: how far heavy users are held back, 0–1. */
  readonly userPower: number
  /** b: how the ridge grows with an item's popularity, 0–1. */
  readonly ridgePower: number
  /** λ as a multiple of the mean weighted count of an item, > 0. */
  readonly ridge: number
  /** s: how far popular targets are held back, 0–1. */
  readonly targetPower: number
  /** K: candidates a target, 1 or more. */
  readonly candidates: number
}

/** ML-1M's measured settings, λ in relative terms. */
export const cfDefaults: CfSettings = {
  userPower: 0.5,
  ridgePower: 0.25,
  ridge: 4,
  targetPower: 0.15,
  candidates: 256,
}

export interface FitCfOptions {
  /** Mean entries a target keeps. */
  readonly entriesPerItem: number
  readonly threads: ColumnThreads
  readonly onProgress?: (done: number) => void
}

/** Columns before step 5's factor m_j^−s, so that s can be varied without a new fit. */
export interface FittedCf {
  readonly columns: Columns
  /** [rows] m = d / mean d over the items with interactions. */
  readonly relativeCounts: Float32Array
}

/** @param gram `buildGram` with the same `userPower` */
export async function fitCf(
  gram: Gram,
  settings: CfSettings,
  { entriesPerItem, threads, onProgress }: FitCfOptions,
): Promise<FittedCf> {
  const wide = await solveWide(gram, settings, {
    threads,
    onProgress: (done) => onProgress?.(done * 0.9), // the refit is a tenth of the work
  })
  const fitted = await narrow(wide, { entriesPerItem, threads })
  onProgress?.(1)
  return fitted
}

/** Steps 2 and 3: every candidate's weight, from which any budget can be cut. */
export interface WideCf {
  readonly gram: Gram
  readonly ridge: Float32Array
  readonly columns: Columns
  readonly relativeCounts: Float32Array
}

export async function solveWide(
  gram: Gram,
  settings: CfSettings,
  { threads, onProgress }: Omit<FitCfOptions, 'entriesPerItem'>,
): Promise<WideCf> {
  const { ridge, relativeCounts } = ridgeOf(gram, settings)
  const columns = emptyColumns(gram.rows, Math.min(settings.candidates, gram.rows))
  await threads.solve({ gram, ridge, columns, choosesCandidates: true }, onProgress)
  return { gram, ridge, columns, relativeCounts }
}

/** Steps 4 and 5. */
export async function narrow(
  { gram, ridge, columns: wide, relativeCounts }: WideCf,
  { entriesPerItem, threads }: Omit<FitCfOptions, 'onProgress'>,
): Promise<FittedCf> {
  const columns = pruneColumns(wide, gram.diagonal, entriesPerItem)
  await threads.solve({ gram, ridge, columns, choosesCandidates: false })
  return { columns, relativeCounts }
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

function emptyColumns(count: number, room: number): Columns {
  const shared = (length: number) => new SharedArrayBuffer(length * 4)
  const starts = new Uint32Array(shared(count + 1))
  for (let column = 0; column <= count; column++) starts[column] = column * room
  return {
    starts,
    lengths: new Uint32Array(shared(count)),
    indices: new Uint32Array(shared(count * room)),
    values: new Float32Array(shared(count * room)),
  }
}

/** m_j^−s of each target; 0 for a target nobody chose. */
export function targetFactors(
  relativeCounts: Float32Array,
  power: number,
): Float32Array {
  return relativeCounts.map((m) => (m > 0 ? m ** -power : 0))
}

/** Turns columns (by target) into rows (by history item), dropping what is not above 0. */
export function toSparseRows(columns: Columns, factors: Float32Array): SparseRows {
  const count = columns.lengths.length
  const each = (visit: (row: number, column: number, value: number) => void) => {
    for (let column = 0; column < count; column++) {
      const start = columns.starts[column]
      for (let e = start; e < start + columns.lengths[column]; e++) {
        const value = columns.values[e] * factors[column]
        if (value > 0) visit(columns.indices[e], column, value)
      }
    }
  }
  const indptr = new Uint32Array(count + 1)
  each((row) => indptr[row + 1]++)
  for (let row = 0; row < count; row++) indptr[row + 1] += indptr[row]
  const indices = new Uint32Array(indptr[count])
  const values = new Float32Array(indptr[count])
  const next = indptr.slice(0, count)
  each((row, column, value) => {
    indices[next[row]] = column // columns come in order, so a row ends up sorted
    values[next[row]++] = value
  })
  return { kind: 'item-item', rows: count, columns: count, indptr, indices, values }
}
