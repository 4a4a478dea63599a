/** The kernel cut so that the block, as written, just fits a budget of bytes. */
import type { SparseRows } from '../../../pack/pack-source.ts'
import { encodeSparse } from '../../../pack/sparse-block.ts'
import type { OnProgress, Positives } from '../../dataset/dataset.ts'
import { rowsOf } from '../../dataset/positives.ts'
import { entriesFor, latentBytes, latentDimWithin, pairBytes } from './budget.ts'
import type { ColumnThreads } from './column-threads.ts'
import { latentUnit } from './evaluate.ts'
import { type CfSettings, type FittedCf, narrow, solveWide, toPairRows } from './kernel.ts'
import { buildGram } from './gram.ts'
import { type LatentVectors, latentVectors } from './latent-vectors.ts'
import { orderRows } from './order-rows.ts'

export interface FilledBudget {
  readonly rows: SparseRows
  readonly entriesPerItem: number
}

export interface BudgetOptions {
  /** Ceiling on the block as written, divided by the items; MIN_BYTES in all is free. */
  readonly bytesPerItem: number
  readonly threads: ColumnThreads
  readonly onProgress?: OnProgress
}

/** A block this small is nobody's concern: what a tiny catalogue may always take. */
const MIN_BYTES = 2048
const TRIES = 5
/** Share of the budget that may stay unused. */
const SLACK = 0.005

/**
 * The largest kernel found whose written block takes at most `bytesPerItem` an item. An
 * estimate comes first and is corrected by what was really written.
 */
export async function fillBudget(
  positives: Positives,
  settings: CfSettings,
  { threads, onProgress, ...options }: BudgetOptions,
): Promise<FilledBudget> {
  const items = positives.rowCount
  const bytesPerItem = Math.max(options.bytesPerItem, MIN_BYTES / items)
  const gram = buildGram(positives, settings.userPower)
  const wide = await solveWide(gram, settings, {
    threads,
    onProgress: (done) => onProgress?.('learning what goes with what', done),
  })
  const latentDim = latentDimWithin(settings.latentDim, bytesPerItem)
  const latent = latentOf(positives, latentDim, wide)
  const latentPart = latentBytes(latentDim)
  const fixed = pairBytes(0, items) + latentPart
  let entriesPerItem: number = entriesFor(bytesPerItem - latentPart, items)
  let order: Order | undefined
  let best: FilledBudget | undefined
  for (let tried = 0; tried < TRIES; tried++) {
    const fitted = await narrow(wide, settings, { entriesPerItem, threads })
    const plain = toPairRows(
      fitted,
      settings,
      latent && weigh(fitted, latent, positives),
    )
    order ??= cheaperOrder(plain)
    const rows = withOrder(plain, order)
    const bytes = encodeSparse('cf', rows).length / items
    const entries = rows.indices.length / items
    const fits = bytes <= bytesPerItem
    if (fits && entries >= (best?.entriesPerItem ?? 0)) {
      best = { rows, entriesPerItem: entries }
    }
    const isAll = fitted.pairs.indices.length < 0.99 * entriesPerItem * items
    if (fits && (bytes >= (1 - SLACK) * bytesPerItem || isAll)) break
    // aim a little below the ceiling: pairs get dearer or cheaper as they grow in number
    const wanted = (1 - SLACK / 2) * bytesPerItem
    entriesPerItem *= Math.max(0.1, (wanted - fixed) / (bytes - fixed))
  }
  return best ?? { rows: emptyRows(items), entriesPerItem: 0 }

  function weigh(fitted: FittedCf, vectors: LatentVectors, users: Positives) {
    const unit = latentUnit(fitted, vectors, historiesOf(users))
    return { ...vectors, weight: unit * settings.latentShare }
  }
}

function latentOf(positives: Positives, latentDim: number, wide: FittedCf) {
  if (latentDim === 0) return undefined
  return latentVectors(positives, wide.precision.map(Math.sqrt), latentDim)
}

function historiesOf(positives: Positives) {
  return Array.from({ length: positives.userCount }, (_, user) => ({
    foldIn: rowsOf(positives, user),
  })).filter(({ foldIn }) => foldIn.length > 0)
}

type Order = { readonly order?: Uint32Array }

/** An order of rows, if it saves more than it takes to write down. */
function cheaperOrder(rows: SparseRows): Order {
  const order = orderRows(rows)
  const isCheaper =
    encodeSparse('cf', withOrder(rows, { order })).length <
    encodeSparse('cf', rows).length
  return isCheaper ? { order } : {}
}

function withOrder(rows: SparseRows, order: Order): SparseRows {
  return rows.pairs ? { ...rows, pairs: { ...rows.pairs, ...order } } : rows
}

/** A budget that not even the shortest rows fit. */
function emptyRows(count: number): SparseRows {
  return {
    kind: 'item-item',
    rows: count,
    columns: count,
    indptr: new Uint32Array(count + 1),
    indices: new Uint32Array(0),
    values: new Float32Array(0),
  }
}
