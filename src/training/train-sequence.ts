/** "What follows what" for a catalogue: constants by validation, rows within a budget. */
import type { SparseRows } from '../catalogue/pack-source.ts'
import { encodeSparse } from '../catalogue/sparse-block.ts'
import { buildSequenceMatrix } from './sequence-matrix.ts'
import type { Sequences } from './sequence-orders.ts'
import { pruneSequence } from './sequence-prune.ts'
import type { SequenceSettings } from './sequence-settings.ts'

export interface TrainSequenceOptions {
  /** Ceiling on the block as written, bytes an item, > 0. */
  readonly bytesPerItem: number
  readonly onProgress?: (done: number) => void
}

export interface TrainedSequence {
  readonly rows: SparseRows
  /** Mean entries an item. */
  readonly entriesPerItem: number
}

const TRIES = 6
/** Share of the budget that may stay unused. */
const SLACK = 0.004
/** Entries a row may keep, as a multiple of the mean. */
const MOST_TIMES = 4

/**
 * The most entries found whose written block takes at most `bytesPerItem` an item. The
 * same sequences, settings and budget give the same rows.
 */
export function trainSequence(
  sequences: Sequences,
  settings: SequenceSettings,
  { bytesPerItem, onProgress }: TrainSequenceOptions,
): TrainedSequence {
  const { rowCount } = sequences
  const frequencies = new Uint32Array(rowCount)
  for (const row of sequences.rows) frequencies[row]++
  let entriesPerItem: number = entriesWithin(bytesPerItem, rowCount)
  const wide = buildSequenceMatrix(sequences, settings, {
    mostPerRow: Math.ceil(MOST_TIMES * entriesPerItem),
    ...(onProgress ? { onProgress } : {}),
  })
  const empty = emptyRows(rowCount)
  const fixed = bytesOf(empty)
  let best: SparseRows | undefined
  for (let tried = 0; tried < TRIES; tried++) {
    const entries = Math.floor(entriesPerItem * rowCount)
    const rows = pruneSequence(wide, { entries, frequencies })
    const bytes = bytesOf(rows)
    if (rows.values.length === 0) break
    const isMore = rows.values.length > (best?.values.length ?? -1)
    if (bytes <= bytesPerItem && isMore) best = rows
    const isAll = rows === wide && bytes <= bytesPerItem
    if (isAll || (bytes <= bytesPerItem && bytes >= (1 - SLACK) * bytesPerItem)) break
    // aim a little below the ceiling: entries get dearer or cheaper as they grow in number
    const bytesAnEntry = (bytes - fixed) / (rows.values.length / rowCount)
    const room = (1 - SLACK / 2) * bytesPerItem - fixed
    entriesPerItem = Math.max(0, room / bytesAnEntry)
  }
  onProgress?.(1)
  const rows = best ?? empty
  return { rows, entriesPerItem: rows.values.length / rowCount }
}

/** Bytes an item of the block as written. */
function bytesOf(rows: SparseRows): number {
  return encodeSparse('sequence', rows).length / rows.rows
}

/** Bytes a row's length, scale and Rice parameter take. */
const ROW_BYTES = 3.5
const VALUE_BITS = 4
/** A Rice code of gaps of mean g takes about log2 g + 1.6 bits. */
const RICE_BITS = 1.6

/** Mean entries an item that about fill the budget: a first guess, at least 1. */
export function entriesWithin(bytesPerItem: number, items: number): number {
  const bits = (bytesPerItem - ROW_BYTES) * 8
  let entries = 1
  while (entries < items) {
    const gapBits = Math.max(1, Math.log2(items / (entries + 1)) + RICE_BITS)
    if ((entries + 1) * (VALUE_BITS + gapBits) > bits) break
    entries++
  }
  return entries
}

/** A budget that not even the shortest rows fit. */
function emptyRows(count: number): SparseRows {
  return {
    kind: 'sequence',
    rows: count,
    columns: count,
    indptr: new Uint32Array(count + 1),
    indices: new Uint32Array(0),
    values: new Float32Array(0),
  }
}
