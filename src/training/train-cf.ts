/**
 * Chooses the kernel's settings on held-out users, then fits it on everyone.
 *
 * The search starts from settings measured on MovieLens and moves one setting at a time,
 * with fewer candidates a target than the final fit, which is what makes it quick. Then
 * the budget is divided: all of it for pairs, or part of it for a low-rank term.
 */
import type { SparseRows } from '../catalogue/pack-source.ts'
import { pairBytes } from './cf-budget.ts'
import {
  bestOf,
  type CfOptions,
  type CfTrial,
  lengthsOf,
  meanNdcg,
  type Panel,
  type PanelNdcg,
  trialsOf,
} from './cf-trials.ts'
import type { Positives } from './dataset.ts'
import { divideBudget } from './divide-budget.ts'
import { fillBudget } from './fill-budget.ts'
import {
  type CfSettings,
  cfDefaults,
  narrow,
  solveWide,
  type WideCf,
} from './fit-cf.ts'
import { buildGram } from './gram.ts'
import { judgeCf } from './measure-cf.ts'

export { CF_BYTES_PER_ITEM, entriesFor } from './cf-budget.ts'
export type { CfOptions, CfTrial } from './cf-trials.ts'

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
  ({ userPower }) => [{ userPower: userPower - 0.15 }, { userPower: userPower - 0.3 }],
  ({ ridgePower }) => [
    { ridgePower: ridgePower + 0.15 },
    { ridgePower: ridgePower - 0.15 },
  ],
  ({ ridge }) => [{ ridge: ridge / 2 }, { ridge: ridge * 2 }],
]
/**
 * Settings that predict the held-out users best, all panels together.
 */
export async function chooseCf(
  panels: readonly Panel[],
  options: CfOptions,
): Promise<CfChoice> {
  const users = panels.reduce((sum, { heldOut }) => sum + heldOut.length, 0)
  if (users < LEAST_USERS) return { chosen: cfDefaults, tried: [] }
  const { tried, best, wides } = await search(panels, options)
  const last = await divideBudget({ panels, wides, base: best }, options)
  return {
    chosen: { ...bestOf(last).settings, candidates: cfDefaults.candidates },
    tried: [...tried, ...last],
  }
}

/** Fits the rows that ship. The same positives and settings give the same rows. */
export async function trainCf(
  positives: Positives,
  settings: CfSettings,
  { entriesPerItem, threads, onProgress }: CfOptions,
): Promise<SparseRows> {
  const bytesPerItem = pairBytes(entriesPerItem, positives.rowCount)
  const progress = onProgress ? { onProgress } : {}
  const filled = await fillBudget(positives, settings, {
    bytesPerItem,
    threads,
    ...progress,
  })
  return filled.rows
}

async function search(
  panels: readonly Panel[],
  { entriesPerItem, threads, histories, onProgress }: CfOptions,
) {
  const fits = 1 + MOVES.reduce((n, move) => n + move(cfDefaults).length, 0)
  const tried: CfTrial[] = []
  const lengths = lengthsOf(histories)
  const readings = TARGET_POWERS.map((targetPower) => ({ targetPower, latentShare: 0 }))
  const gramsOf = (power: number) => panels.map(({ train }) => buildGram(train, power))
  let { userPower } = cfDefaults
  let grams = gramsOf(userPower)
  let fitsDone = 0
  const attempt = async (settings: CfSettings): Promise<Attempt> => {
    if (settings.userPower !== userPower) grams = gramsOf(settings.userPower)
    userPower = settings.userPower
    const wides: WideCf[] = []
    const judged: PanelNdcg[] = []
    for (const [p, { heldOut }] of panels.entries()) {
      const wide = await solveWide(grams[p], settings, { threads })
      const fitted = await narrow(wide, settings, { entriesPerItem, threads })
      wides.push(wide)
      const { ndcg } = judgeCf(fitted, readings, { heldOut, lengths })
      judged.push({ ndcg, users: heldOut.length })
    }
    const trials = trialsOf(settings, readings, meanNdcg(judged))
    tried.push(...trials)
    onProgress?.('choosing CF settings', ++fitsDone / fits)
    return { wides, best: bestOf(trials) }
  }
  let best = await attempt({ ...cfDefaults, candidates: SEARCH_CANDIDATES })
  for (const move of MOVES) {
    const base = best.best.settings
    for (const change of move(base)) {
      const next = await attempt({ ...base, ...change })
      if (next.best.ndcg > best.best.ndcg) best = next
    }
  }
  return { tried, best: best.best.settings, wides: best.wides }
}

interface Attempt {
  /** One a panel. */
  readonly wides: readonly WideCf[]
  readonly best: CfTrial
}
