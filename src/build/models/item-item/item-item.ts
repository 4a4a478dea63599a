/**
 * The item-item model ("CF"): what goes with what, as a sparse symmetric kernel that just
 * fits a budget of bytes.
 */
import type { SparseRows } from '../../../pack/pack-source.ts'
import { decodeSparse, encodeSparse } from '../../../pack/sparse-block.ts'
import type { OnProgress, Positives } from '../../dataset/dataset.ts'
import { rowsOf } from '../../dataset/positives.ts'
import { type Model, resolveSettings, scoreBy } from '../model.ts'
import { entriesFor, latentBytes, latentDimWithin, pairBytes } from './budget.ts'
import type { ColumnThreads } from './column-threads.ts'
import { latentUnit } from './evaluate.ts'
import { buildGram } from './gram.ts'
import {
  type CfSettings,
  cfDefaults,
  cfRanges,
  type FittedCf,
  narrow,
  solveWide,
  toPairRows,
} from './kernel.ts'
import { type LatentVectors, latentVectors } from './latent-vectors.ts'
import { orderRows } from './order-rows.ts'
import { tuneCf } from './tune.ts'

export const itemItemModel = {
  defaults: cfDefaults,
  ranges: cfRanges,
  tune: tuneCf,
  fit,
  write: (rows: SparseRows) => encodeSparse('cf', rows),
  read: decodeSparse,
  score: scoreBy('cf'),
} satisfies Model<ItemItemInput, CfSettings, SparseRows>

interface ItemItemInput {
  readonly positives: Positives
  /** Ceiling on the block as written, divided by the items; MIN_BYTES in all is free. */
  readonly bytesPerItem: number
  readonly threads: ColumnThreads
  readonly onProgress?: OnProgress
}

/** What even a tiny catalogue may take. */
const MIN_BYTES = 2048
const TRIES = 5
/** Share of the budget that may stay unused. */
const SLACK = 0.005

/**
 * The largest kernel found whose written block takes at most `bytesPerItem` an item: an
 * estimate of its pairs comes first, and is corrected by what was really written.
 *
 * @returns rows without entries where there is nothing to learn, or not even the shortest
 *   rows fit
 */
async function fit(
  { positives, threads, onProgress, ...budget }: ItemItemInput,
  changes?: Partial<CfSettings>,
): Promise<SparseRows> {
  const settings = resolveSettings(itemItemModel, changes)
  const items = positives.rowCount
  const bytesPerItem = Math.max(budget.bytesPerItem, MIN_BYTES / items)
  const gram = buildGram(positives, settings)
  const wide = await solveWide(gram, settings, {
    threads,
    onProgress: (done) => onProgress?.('learning what goes with what', done),
  })
  const latentDim = latentDimWithin(settings.latentDim, bytesPerItem)
  const latent = latentOf(positives, latentDim, wide)
  const bytesOfLatent = latentBytes(latentDim)
  const fixed = pairBytes(0, items) + bytesOfLatent
  let entriesPerItem: number = entriesFor(bytesPerItem - bytesOfLatent, items)
  let order: Order | undefined
  let best: SparseRows | undefined
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
    const fits = bytes <= bytesPerItem
    if (fits && rows.indices.length >= (best?.indices.length ?? 0)) best = rows
    const isAll = fitted.pairs.indices.length < 0.99 * entriesPerItem * items
    if (fits && (bytes >= (1 - SLACK) * bytesPerItem || isAll)) break
    // aim a little below the ceiling: the bytes of a pair change with their number
    const wanted = (1 - SLACK / 2) * bytesPerItem
    entriesPerItem *= Math.max(0.1, (wanted - fixed) / (bytes - fixed))
  }
  return best ?? emptyRows(items)

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
    history: rowsOf(positives, user),
  })).filter(({ history }) => history.length > 0)
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
