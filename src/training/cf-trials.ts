/** What settings are judged by, and what came of it. */
import type { ColumnThreads } from './column-threads.ts'
import type { OnProgress } from './dataset.ts'
import type { CfSettings } from './fit-cf.ts'
import type { CfReading } from './measure-cf.ts'

export interface CfOptions {
  /**
   * Mean entries an item if all the budget goes to pairs: see `entriesFor`, which turns
   * bytes into this.
   */
  readonly entriesPerItem: number
  /** What settings are chosen by: short histories too, or only full ones. */
  readonly histories?: 'short-and-full' | 'full'
  readonly threads: ColumnThreads
  readonly onProgress?: OnProgress
}

export interface CfTrial {
  readonly settings: CfSettings
  /** Mean NDCG@20 on held-out users. */
  readonly ndcg: number
}

/** Events of the short histories measured beside the full ones. */
const FEW_EVENTS = 5

export function bestOf(trials: readonly CfTrial[]): CfTrial {
  return trials.reduce((a, b) => (b.ndcg > a.ndcg ? b : a))
}

export function trialsOf(
  settings: CfSettings,
  readings: readonly CfReading[],
  ndcg: readonly number[],
): CfTrial[] {
  return readings.map((reading, r) => ({
    settings: { ...settings, ...reading },
    ndcg: ndcg[r],
  }))
}

/** By how many of the newest events each held-out user is known, in turn. */
export function lengthsOf(histories: CfOptions['histories']): readonly number[] {
  return histories === 'full' ? [Infinity] : [FEW_EVENTS, Infinity]
}
