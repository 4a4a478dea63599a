/**
 * Chooses the kernel's settings on held-out users.
 *
 * The search starts from settings measured on MovieLens and moves one setting at a time,
 * with fewer candidates a target than the final fit, which is what makes it quick. Then
 * the budget is divided: all of it for pairs, or part of it for a low-rank term.
 */

import type { OnProgress } from '../../dataset/dataset.ts'
import { evenly, type HoldOut } from '../../splits/hold-out.ts'
import { entriesFor, latentBytes, latentDimsFor, pairBytes } from './budget.ts'
import type { ColumnThreads } from './column-threads.ts'
import { type CfHyperparameters, evaluateCf } from './evaluate.ts'
import { buildGram, type GramSettings } from './gram.ts'
import {
  type CfSettings,
  cfDefaults,
  narrow,
  solveWide,
  type WideCf,
} from './kernel.ts'
import { latentVectors } from './latent-vectors.ts'

// Trials: settings, evaluated on the users of all folds.

interface CfOptions {
  /**
   * Mean entries an item if all the budget goes to pairs: see `entriesFor`, which turns
   * bytes into this.
   */
  readonly entriesPerItem: number
  /** What settings are evaluated on: short histories too, or only full ones. */
  readonly histories?: 'short-and-full' | 'full'
  readonly threads: ColumnThreads
  readonly onProgress?: OnProgress
}

interface CfTrial {
  readonly settings: CfSettings
  /** Mean NDCG@20 on held-out users. */
  readonly ndcg: number
}

/** Users to evaluate settings on, and what a kernel may learn from for that. */
type Fold = Pick<HoldOut, 'train' | 'heldOut'>

interface FoldNdcg {
  readonly users: number
  /** By each of the hyperparameters, the mean over the users. */
  readonly ndcg: readonly number[]
}

/** By each of the hyperparameters, the mean over the users of all folds. */
function meanNdcg(folds: readonly FoldNdcg[]): number[] {
  const all = folds.reduce((sum, { users }) => sum + users, 0)
  return folds[0].ndcg.map((_, r) =>
    folds.reduce((sum, { users, ndcg }) => sum + (users / all) * ndcg[r], 0),
  )
}

/** Events of the short histories, evaluated beside the full ones. */
const FEW_EVENTS = 5

function bestOf(trials: readonly CfTrial[]): CfTrial {
  return trials.reduce((a, b) => (b.ndcg > a.ndcg ? b : a))
}

function trialsOf(
  settings: CfSettings,
  hyperparameters: readonly CfHyperparameters[],
  ndcg: readonly number[],
): CfTrial[] {
  return hyperparameters.map((hyperparameters, r) => ({
    settings: { ...settings, ...hyperparameters },
    ndcg: ndcg[r],
  }))
}

/** The lengths of history that each held-out user is evaluated with, the newest events. */
function lengthsOf(histories: CfOptions['histories']): readonly number[] {
  return histories === 'full' ? [Infinity] : [FEW_EVENTS, Infinity]
}

// All of the budget for pairs, or part of it for a low-rank term: whichever predicts better.

const LATENT_SHARES = [0.15, 0.3, 0.5, 0.8]
/** Multiplications that evaluating one low-rank term may take: fewer users beyond. */
const LATENT_WORK = 1.2e10

interface Division {
  readonly folds: readonly Fold[]
  /** One a fold. */
  readonly wides: readonly WideCf[]
  readonly base: CfSettings
}

/**
 * Pairs alone, refitted or not; then shared with a low-rank term.
 *
 * @returns what was tried, all evaluated on the same users
 */
async function divideBudget(
  { folds, wides, base }: Division,
  { entriesPerItem, threads, histories, onProgress }: CfOptions,
): Promise<CfTrial[]> {
  const rows = folds[0].train.rowCount
  const budget = pairBytes(entriesPerItem, rows)
  const dims = latentDimsFor(budget)
  const most = LATENT_WORK / (rows * Math.max(...dims, 1)) / folds.length
  const lengths = lengthsOf(histories)
  const tried: CfTrial[] = []
  const attempt = async (settings: CfSettings) => {
    const { latentDim } = settings
    const entries = entriesFor(budget - latentBytes(latentDim), rows)
    const hyperparameters = (latentDim > 0 ? LATENT_SHARES : [0]).map((latentShare) => {
      return { targetPower: base.targetPower, latentShare }
    })
    const evaluated: FoldNdcg[] = []
    for (const [p, { train, heldOut: all }] of folds.entries()) {
      const wide = wides[p]
      const fitted = await narrow(wide, settings, { entriesPerItem: entries, threads })
      const latent =
        latentDim > 0 && latentVectors(train, wide.precision.map(Math.sqrt), latentDim)
      const heldOut = evenly(all, Math.max(1, Math.floor(most)))
      const evaluating = { heldOut, lengths, ...(latent ? { latent } : {}) }
      const { ndcg } = evaluateCf(fitted, hyperparameters, evaluating)
      evaluated.push({ ndcg, users: heldOut.length })
    }
    tried.push(...trialsOf(settings, hyperparameters, meanNdcg(evaluated)))
    onProgress?.(
      'dividing the bytes of CF',
      tried.length / (2 + LATENT_SHARES.length * dims.length),
    )
  }
  for (const refits of [true, false]) await attempt({ ...base, refits })
  const { refits } = bestOf(tried).settings
  for (const latentDim of dims) await attempt({ ...base, refits, latentDim })
  return tried
}

export interface CfChoice {
  readonly chosen: CfSettings
  /** In order; empty if there were too few held-out users to choose by. */
  readonly tried: readonly CfTrial[]
}

/** Fewer held-out users are too few to choose by: the defaults stay. */
const MIN_USERS = 30
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
/** Made first where events are of several strengths: whether a view counts for less. */
const STRENGTH_MOVE: (typeof MOVES)[number] = () => [
  { strengthPower: 0.5 },
  { strengthPower: 1 },
]

/**
 * Settings that predict the held-out users best, all folds together.
 */
export async function tuneCf(
  folds: readonly Fold[],
  options: CfOptions,
): Promise<CfChoice> {
  const users = folds.reduce((sum, { heldOut }) => sum + heldOut.length, 0)
  if (users < MIN_USERS) return { chosen: cfDefaults, tried: [] }
  const { tried, best, wides } = await search(folds, options)
  const last = await divideBudget({ folds, wides, base: best }, options)
  return {
    chosen: { ...bestOf(last).settings, candidates: cfDefaults.candidates },
    tried: [...tried, ...last],
  }
}

async function search(
  folds: readonly Fold[],
  { entriesPerItem, threads, histories, onProgress }: CfOptions,
) {
  const hasStrengths = folds.some(({ train }) => train.strengths !== undefined)
  const moves = hasStrengths ? [STRENGTH_MOVE, ...MOVES] : MOVES
  const fits = 1 + moves.reduce((n, move) => n + move(cfDefaults).length, 0)
  const tried: CfTrial[] = []
  const lengths = lengthsOf(histories)
  const hyperparameters = TARGET_POWERS.map((targetPower) => ({
    targetPower,
    latentShare: 0,
  }))
  const gramsOf = (settings: GramSettings) =>
    folds.map(({ train }) => buildGram(train, settings))
  let gramOf: GramSettings = cfDefaults
  let grams = gramsOf(gramOf)
  let fitsDone = 0
  const attempt = async (settings: CfSettings): Promise<Attempt> => {
    const { userPower, strengthPower } = settings
    const isSame =
      userPower === gramOf.userPower && strengthPower === gramOf.strengthPower
    if (!isSame) grams = gramsOf(settings)
    gramOf = { userPower, strengthPower }
    const wides: WideCf[] = []
    const evaluated: FoldNdcg[] = []
    for (const [p, { heldOut }] of folds.entries()) {
      const wide = await solveWide(grams[p], settings, { threads })
      const fitted = await narrow(wide, settings, { entriesPerItem, threads })
      wides.push(wide)
      const { ndcg } = evaluateCf(fitted, hyperparameters, { heldOut, lengths })
      evaluated.push({ ndcg, users: heldOut.length })
    }
    const trials = trialsOf(settings, hyperparameters, meanNdcg(evaluated))
    tried.push(...trials)
    onProgress?.('choosing CF settings', ++fitsDone / fits)
    return { wides, best: bestOf(trials) }
  }
  let best = await attempt({ ...cfDefaults, candidates: SEARCH_CANDIDATES })
  for (const move of moves) {
    const base = best.best.settings
    for (const change of move(base)) {
      const next = await attempt({ ...base, ...change })
      if (next.best.ndcg > best.best.ndcg) best = next
    }
  }
  return { tried, best: best.best.settings, wides: best.wides }
}

interface Attempt {
  /** One a fold. */
  readonly wides: readonly WideCf[]
  readonly best: CfTrial
}
