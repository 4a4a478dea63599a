/** Sparse ridge cut so that the block, as written, just fits a budget of bytes. */
import type { SparseRows } from '../catalogue/pack-source.ts'
import { encodeSparse } from '../catalogue/sparse-block.ts'
import type { Positives } from './dataset.ts'
import {
  type CfSettings,
  narrow,
  solveWide,
  targetFactors,
  toSparseRows,
} from './fit-cf.ts'
import { buildGram } from './gram.ts'
import { type CfOptions, entriesFor } from './train-cf.ts'

export interface FilledBudget {
  readonly rows: SparseRows
  readonly entriesPerItem: number
}

const TRIES = 5
/** Share of the budget that may stay unused. */
const SLACK = 0.005

/**
 * The largest matrix found whose written block takes at most `bytesPerItem` an item. The
 * estimate of `entriesFor` comes first and is corrected by what was really written.
 */
export async function fillBudget(
  positives: Positives,
  settings: CfSettings,
  options: Omit<CfOptions, 'entriesPerItem'> & { readonly bytesPerItem: number },
): Promise<FilledBudget> {
  const { bytesPerItem, threads, onProgress } = options
  const gram = buildGram(positives, settings.userPower)
  const wide = await solveWide(gram, settings, {
    threads,
    onProgress: (done) => onProgress?.('learning what goes with what', done),
  })
  const factors = targetFactors(wide.relativeCounts, settings.targetPower)
  let entriesPerItem: number = entriesFor(bytesPerItem, positives.rowCount)
  let best: FilledBudget | undefined
  for (let tried = 0; tried < TRIES; tried++) {
    const { columns } = await narrow(wide, { entriesPerItem, threads })
    const rows = toSparseRows(columns, factors)
    const bytes = encodeSparse('cf', rows).length / positives.rowCount
    const fits = bytes <= bytesPerItem
    if (fits && entriesPerItem >= (best?.entriesPerItem ?? 0)) {
      best = { rows, entriesPerItem }
    }
    if (fits && bytes >= (1 - SLACK) * bytesPerItem) break
    // aim a little below the ceiling: entries get dearer or cheaper as they grow in number
    entriesPerItem *= ((1 - SLACK / 2) * bytesPerItem) / bytes
  }
  return best ?? { rows: emptyRows(positives.rowCount), entriesPerItem: 0 }
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
