/** What settings are judged by, and what came of it. */
import type { ColumnThreads } from './column-threads.ts'
import type { OnProgress, Positives } from './dataset.ts'
import type { CfSettings } from './fit-cf.ts'
import type { HeldOutUser } from './hold-out.ts'
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

/** Users that settings are judged by, and what a kernel may learn from when they are. */
export interface Panel {
  /** Of other users than the `heldOut`, or other positives of theirs. */
  readonly train: Positives
  readonly heldOut: readonly HeldOutUser[]
}

export interface PanelNdcg {
  readonly users: number
  /** Of each reading, the mean over the users. */
  readonly ndcg: readonly number[]
}

/** Of each reading, the mean over the users of all panels. */
export function meanNdcg(panels: readonly PanelNdcg[]): number[] {
  const all = panels.reduce((sum, { users }) => sum + users, 0)
  return panels[0].ndcg.map((_, r) =>
    panels.reduce((sum, { users, ndcg }) => sum + (users / all) * ndcg[r], 0),
  )
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
