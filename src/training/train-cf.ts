/**
 * Chooses sparse ridge's settings on held-out users, then fits it on everyone.
 *
 * The search starts from settings measured on MovieLens and moves one setting at a time,
 * with fewer candidates a target than the final fit, which is what makes it quick.
 */
import type { SparseRows } from '../catalogue/pack-source.ts'
import { topK } from '../math/top-k.ts'
import type { ColumnThreads } from './column-threads.ts'
import type { OnProgress, Positives } from './dataset.ts'
import {
  type CfSettings,
  cfDefaults,
  type FittedCf,
  fitCf,
  targetFactors,
  toSparseRows,
} from './fit-cf.ts'
import { buildGram } from './gram.ts'
import type { HeldOutUser } from './hold-out.ts'
import { ndcgAt } from './ndcg.ts'

export interface CfOptions {
  /** Mean entries an item: see `entriesFor`. */
  readonly entriesPerItem: number
  /** What settings are chosen by: short histories too, or only full ones. */
  readonly histories?: 'short-and-full' | 'full'
  readonly threads: ColumnThreads
  readonly onProgress?: OnProgress
}

/** Bytes of CF an item takes by default, so that all its blocks are ≤ 280. */
export const CF_BYTES_PER_ITEM = 110

export interface CfTrial {
  readonly settings: CfSettings
  /** Mean NDCG@20 on held-out users. */
  readonly ndcg: number
}

export interface CfChoice {
  readonly chosen: CfSettings
  /** In order; empty if there were too few held-out users to choose by. */
  readonly tried: readonly CfTrial[]
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
 * Settings that predict the held-out users best.
 * @param train positives of other users than the `heldOut`
 */
export async function chooseCf(
  train: Positives,
  heldOut: readonly HeldOutUser[],
  options: CfOptions,
): Promise<CfChoice> {
  if (heldOut.length < LEAST_USERS) return { chosen: cfDefaults, tried: [] }
  const tried = await search(train, heldOut, options)
  const best = tried.reduce((a, b) => (b.ndcg > a.ndcg ? b : a))
  return { chosen: { ...best.settings, candidates: cfDefaults.candidates }, tried }
}

/** Fits the rows that ship. The same positives and settings give the same rows. */
export async function trainCf(
  positives: Positives,
  settings: CfSettings,
  { entriesPerItem, threads, onProgress }: CfOptions,
): Promise<SparseRows> {
  const gram = buildGram(positives, settings.userPower)
  const { columns, relativeCounts } = await fitCf(gram, settings, {
    entriesPerItem,
    threads,
    onProgress: (done) => onProgress?.('learning what goes with what', done),
  })
  return toSparseRows(columns, targetFactors(relativeCounts, settings.targetPower))
}

/** Bytes that a row's length, scale and Rice parameter take in the pack. */
const ROW_BYTES = 5
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

async function search(
  train: Positives,
  heldOut: readonly HeldOutUser[],
  { entriesPerItem, threads, histories, onProgress }: CfOptions,
): Promise<CfTrial[]> {
  const fits = 1 + MOVES.reduce((n, move) => n + move(cfDefaults).length, 0)
  const tried: CfTrial[] = []
  let best: CfTrial = {
    settings: { ...cfDefaults, candidates: SEARCH_CANDIDATES },
    ndcg: -1,
  }
  let gram = buildGram(train, cfDefaults.userPower)
  let { userPower } = cfDefaults
  const lengths = histories === 'full' ? [Infinity] : [FEW_EVENTS, Infinity]
  const attempt = async (settings: CfSettings) => {
    if (settings.userPower !== userPower) gram = buildGram(train, settings.userPower)
    userPower = settings.userPower
    const fitted = await fitCf(gram, settings, { entriesPerItem, threads })
    for (const targetPower of TARGET_POWERS) {
      const ndcg = measure(fitted, { targetPower, heldOut, lengths })
      const trial = { settings: { ...settings, targetPower }, ndcg }
      tried.push(trial)
      if (ndcg > best.ndcg) best = trial
    }
    onProgress?.('choosing CF settings', tried.length / TARGET_POWERS.length / fits)
  }
  await attempt(best.settings)
  for (const move of MOVES) {
    const base = best.settings
    for (const change of move(base)) await attempt({ ...base, ...change })
  }
  return tried
}

/** Events of the short histories measured beside the full ones. */
const FEW_EVENTS = 5

/** Mean NDCG@20 over users, knowing their newest events: each of `lengths` in turn. */
function measure(
  { columns, relativeCounts }: FittedCf,
  {
    targetPower,
    heldOut,
    lengths,
  }: {
    readonly targetPower: number
    readonly heldOut: readonly HeldOutUser[]
    readonly lengths: readonly number[]
  },
): number {
  const rows = toSparseRows(columns, targetFactors(relativeCounts, targetPower))
  const scores = new Float32Array(rows.columns)
  const seen = new Uint8Array(rows.columns)
  let sum = 0
  for (const { foldIn, targets } of heldOut) {
    const wanted = new Set(targets)
    for (const length of lengths) {
      const history = foldIn.subarray(0, length)
      scores.fill(0)
      seen.fill(0)
      for (const row of history) {
        seen[row] = 1
        for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++) {
          scores[rows.indices[e]] += rows.values[e]
        }
      }
      sum += ndcgAt(topK(scores, 20, seen), wanted, 20) / lengths.length
    }
  }
  return heldOut.length === 0 ? 0 : sum / heldOut.length
}
