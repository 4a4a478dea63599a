/** The sequential model: "what follows what", as sparse rows within a budget of bytes. */
import type { PackSource, SparseRows } from '../../../pack/pack-source.ts'
import { decodeSparse, encodeSparse, roundSparse } from '../../../pack/sparse-block.ts'
import type { Interactions, OnProgress, Positives } from '../../dataset/dataset.ts'
import type { HoldOut } from '../../splits/hold-out.ts'
import { type Model, resolveSettings, scoreBy } from '../model.ts'
import { withSpread } from './evaluate.ts'
import { buildSequenceMatrix, pruneSequence } from './matrix.ts'
import { holdOutSequences, ordersOf, type Sequences } from './sequences.ts'
import { type SequenceSettings, sequenceDefaults, sequenceRanges } from './settings.ts'
import { type SequenceTuning, tuneSequence } from './tune.ts'

export const sequentialModel = {
  defaults: sequenceDefaults,
  ranges: sequenceRanges,
  tune: tuneSequence,
  fit: fitSequence,
  quantise: roundSparse,
  write: (rows: SparseRows) => encodeSparse('sequence', rows),
  read: decodeSparse,
  score: scoreBy('sequence'),
} satisfies Model<SequentialInput, SequenceSettings, SparseRows>

interface SequentialInput {
  readonly sequences: Sequences
  /** Ceiling on the block as written, bytes an item, > 0. */
  readonly bytesPerItem: number
}

const TRIES = 6
/** Share of the budget that may stay unused. */
const SLACK = 0.004
/** Entries a row may keep, as a multiple of the mean. */
const MAX_TIMES = 4

/**
 * The most entries found whose written block takes at most `bytesPerItem` an item.
 *
 * @returns rows without entries where there are no sequences, or not even the shortest rows
 *   fit
 */
function fitSequence(
  { sequences, bytesPerItem }: SequentialInput,
  changes?: Partial<SequenceSettings>,
): SparseRows {
  const settings = resolveSettings(sequentialModel, changes)
  const { rowCount } = sequences
  const frequencies = new Uint32Array(rowCount)
  for (const item of sequences.rows) frequencies[item]++
  let entriesPerItem: number = entriesWithin(bytesPerItem, rowCount)
  const wide = buildSequenceMatrix(sequences, settings, {
    mostPerRow: Math.ceil(MAX_TIMES * entriesPerItem),
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
    // aim a little below the ceiling: the bytes of an entry change with their number
    const bytesAnEntry = (bytes - fixed) / (rows.values.length / rowCount)
    const room = (1 - SLACK / 2) * bytesPerItem - fixed
    entriesPerItem = Math.max(0, room / bytesAnEntry)
  }
  return best ?? empty
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

// The block by settings tuned once, ready to be fitted to any users' events.

export type SequenceBlocks = Pick<PackSource, 'sequence' | 'decaySettings'>

interface PlanOptions {
  /** Absent, or without times: there is no order to learn from. */
  readonly interactions: Interactions | undefined
  readonly bytesPerItem: number
  readonly seed: number
  readonly onProgress?: OnProgress
}

/** Fewer users or cases are too few to tune on. */
const MIN_USERS = 30
const MIN_CASES = 200
const VALIDATION_SHARE = 0.1
const MAX_CASES = 5000

export type WithinBytes = (bytesPerItem: number) => SequenceBlocks
/** Fits the sequence block to some users' events, within so many bytes an item. */
export interface SequencePlan {
  (positives: Positives): WithinBytes
  /** What it fits by. */
  readonly tuning: SequenceTuning
}

/**
 * Tunes on the users that the first fold trains on, among them those that other folds hold
 * out.
 *
 * @param folds one or more
 * @returns why there is no sequence block, or how it is fitted
 */
export function planSequence(
  folds: readonly HoldOut[],
  { interactions, bytesPerItem, seed, onProgress }: PlanOptions,
): string | SequencePlan {
  const [{ train }] = folds
  const users = folds.reduce((sum, { heldOut }) => sum + heldOut.length, 0)
  const orders = interactions && ordersOf(interactions, train)
  if (!orders) return 'the interactions have no times.'
  const held = holdOutSequences(orders, {
    share: VALIDATION_SHARE,
    maxCases: MAX_CASES,
    seed,
  })
  if (users < MIN_USERS || held.cases.length < MIN_CASES) {
    return 'too few users to tell whether order helps.'
  }
  const tuning = tuneSequence(held.train, held.cases, {
    entriesPerItem: entriesWithin(bytesPerItem / 2, orders.rowCount),
    length: 20,
    onProgress: (done) => onProgress?.('choosing sequence settings', done),
  })
  const { settings, decaySettings } = tuning
  const plan = (positives: Positives) => {
    const all = positives === train ? orders : ordersOf(interactions, positives)
    return (bytes: number) => {
      const rows = fitSequence(
        { sequences: all ?? orders, bytesPerItem: bytes },
        settings,
      )
      return withSpread(rows, decaySettings, held.cases)
    }
  }
  return Object.assign(plan, { tuning: { settings, decaySettings } })
}

/**
 * The block of all users' events by settings that were tuned before.
 *
 * @returns nothing where the interactions have no times
 */
export function refitSequence(
  positives: Positives,
  { settings, decaySettings }: SequenceTuning,
  { interactions, bytesPerItem, seed }: Omit<PlanOptions, 'onProgress'>,
): SequenceBlocks {
  const orders = interactions && ordersOf(interactions, positives)
  if (!orders) return {}
  const rows = fitSequence({ sequences: orders, bytesPerItem }, settings)
  const how = { share: VALIDATION_SHARE, maxCases: MAX_CASES, seed }
  return withSpread(rows, decaySettings, holdOutSequences(orders, how).cases)
}
