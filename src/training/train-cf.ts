/**
 * Chooses sparse ridge's settings on held-out users, then fits it on everyone.
 *
 * The search starts from settings measured on MovieLens and moves one setting at a time,
 * with fewer candidates a target than the final fit, which is what makes it quick.
 */
import type { SparseRows } from '../catalogue/pack-source.ts'
import { topK } from '../math/top-k.ts'
import { type ColumnThreads, openColumnThreads } from './column-threads.ts'
import type { OnProgress, Positives } from './dataset.ts'
import {
  type CfSettings,
  cfDefaults,
  type FittedCf,
  fitCf,
  targetFactors,
  toSparseRows,
} from './fit-cf.ts'
import type { HeldOutUser } from './hold-out.ts'
import { ndcgAt } from './ndcg.ts'

export interface TrainCfOptions {
  /** Bytes of CF an item may take in the pack. Default 110, so that a whole item is ≤ 280. */
  readonly bytesPerItem?: number
  /** Worker threads; 0 = in this thread. Default 0. */
  readonly threads?: number
  readonly onProgress?: OnProgress
}

export const CF_BYTES_PER_ITEM = 110

export interface CfReport {
  /** Settings tried on held-out users, in order. */
  readonly tried: readonly { readonly settings: CfSettings; readonly ndcg: number }[]
  readonly chosen: CfSettings
  /** Mean entries an item, as the budget allows. */
  readonly entriesPerItem: number
  /** Worker threads really used; 0 = none. */
  readonly threads: number
}

/** Fewer held-out users say too little to choose by: the defaults stand. */
const LEAST_USERS = 30
/** Candidates a target while searching. */
const SEARCH_CANDIDATES = 96
const TARGET_POWERS = [0, 0.08, 0.15, 0.25, 0.35]
/** One move after another, each from the best so far. */
const MOVES: readonly ((best: CfSettings) => Partial<CfSettings>[])[] = [
  ({ ridge }) => [{ ridge: ridge / 4 }, { ridge: ridge * 4 }],
  ({ userPower }) => [{ userPower: userPower - 0.25 }],
  ({ ridgePower }) => [
    { ridgePower: ridgePower + 0.15 },
    { ridgePower: ridgePower - 0.15 },
  ],
  ({ ridge }) => [{ ridge: ridge / 2 }, { ridge: ridge * 2 }],
]

/**
 * @param positives everyone the final rows may learn from
 * @param search absent: no search, the defaults are used. `train` must hold none of
 *   the `heldOut` users
 */
export async function trainCf(
  positives: Positives,
  search:
    | { readonly train: Positives; readonly heldOut: readonly HeldOutUser[] }
    | undefined,
  {
    bytesPerItem = CF_BYTES_PER_ITEM,
    threads: wanted = 0,
    onProgress,
  }: TrainCfOptions = {},
): Promise<{ rows: SparseRows; report: CfReport }> {
  const threads = openColumnThreads(wanted)
  const entriesPerItem = entriesFor(bytesPerItem, positives.rowCount)
  try {
    const tried: { settings: CfSettings; ndcg: number }[] = []
    const isEnough = search !== undefined && search.heldOut.length >= LEAST_USERS
    if (isEnough) {
      await searchInto(tried, { ...search, entriesPerItem, threads, onProgress })
    }
    const best = tried.reduce((a, b) => (b.ndcg > a.ndcg ? b : a), {
      settings: cfDefaults,
      ndcg: Number.NEGATIVE_INFINITY,
    })
    const chosen = { ...best.settings, candidates: cfDefaults.candidates }
    const fitted = await fitCf(positives, chosen, {
      entriesPerItem,
      threads,
      onProgress: (done) => onProgress?.('Learning what goes with what', done),
    })
    const factors = targetFactors(fitted.relativeCounts, chosen.targetPower)
    const report = { tried, chosen, entriesPerItem, threads: threads.count }
    return { rows: toSparseRows(fitted.columns, factors), report }
  } finally {
    await threads.close()
  }
}

/** Bytes a row's offset and scale take in the pack. */
const ROW_BYTES = 8
const VALUE_BITS = 4
/** A Rice code of gaps of mean g takes about log2 g + 1.6 bits. */
const RICE_BITS = 1.6

/** Mean entries an item whose sorted column gaps and 4-bit values fill the budget. */
export function entriesFor(bytesPerItem: number, items: number): number {
  const bits = Math.max(0, bytesPerItem - ROW_BYTES) * 8
  let entries = 1
  while (entries < items) {
    const gapBits = Math.max(1, Math.log2(items / (entries + 1)) + RICE_BITS)
    if ((entries + 1) * (VALUE_BITS + gapBits) > bits) break
    entries++
  }
  return entries
}

interface SearchInput {
  readonly train: Positives
  readonly heldOut: readonly HeldOutUser[]
  readonly entriesPerItem: number
  readonly threads: ColumnThreads
  readonly onProgress: OnProgress | undefined
}

async function searchInto(
  tried: { settings: CfSettings; ndcg: number }[],
  { train, heldOut, entriesPerItem, threads, onProgress }: SearchInput,
) {
  let best = { settings: { ...cfDefaults, candidates: SEARCH_CANDIDATES }, ndcg: -1 }
  const fits = 1 + MOVES.reduce((n, move) => n + move(cfDefaults).length, 0)
  let done = 0
  const attempt = async (settings: CfSettings) => {
    const fitted = await fitCf(train, settings, { entriesPerItem, threads })
    for (const targetPower of TARGET_POWERS) {
      const ndcg = measure(fitted, targetPower, heldOut)
      const entry = { settings: { ...settings, targetPower }, ndcg }
      tried.push(entry)
      if (ndcg > best.ndcg) best = entry
    }
    onProgress?.('Choosing how to learn what goes with what', ++done / fits)
  }
  await attempt(best.settings)
  for (const move of MOVES) {
    const base = best.settings
    for (const change of move(base)) await attempt({ ...base, ...change })
  }
}

/** Events of the short histories measured beside the full ones. */
const FEW_EVENTS = 5

/** Mean NDCG@20 over users, of their newest FEW_EVENTS events and of all their events. */
function measure(
  { columns, relativeCounts }: FittedCf,
  targetPower: number,
  heldOut: readonly HeldOutUser[],
): number {
  const rows = toSparseRows(columns, targetFactors(relativeCounts, targetPower))
  const scores = new Float32Array(rows.columns)
  const seen = new Uint8Array(rows.columns)
  let sum = 0
  for (const { foldIn, targets } of heldOut) {
    const wanted = new Set(targets)
    for (const history of [foldIn.subarray(0, FEW_EVENTS), foldIn]) {
      scores.fill(0)
      seen.fill(0)
      for (const row of history) {
        seen[row] = 1
        for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++) {
          scores[rows.indices[e]] += rows.values[e]
        }
      }
      sum += ndcgAt(topK(scores, 20, seen), wanted, 20) / 2
    }
  }
  return heldOut.length === 0 ? 0 : sum / heldOut.length
}
