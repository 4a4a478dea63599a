/** All of the budget for pairs, or part of it for a low-rank term: what predicts better. */
import { entriesFor, latentBytes, latentDimsFor, pairBytes } from './cf-budget.ts'
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
import { type CfSettings, narrow, type WideCf } from './fit-cf.ts'
import type { HeldOutUser } from './hold-out.ts'
import { latentVectors } from './latent-vectors.ts'
import { judgeCf } from './measure-cf.ts'

const LATENT_SHARES = [0.15, 0.3, 0.5, 0.8]
/** Multiplications that judging one low-rank term may take: fewer users beyond. */
const LATENT_WORK = 1.2e10

export interface Division {
  readonly panels: readonly Panel[]
  /** One a panel. */
  readonly wides: readonly WideCf[]
  readonly base: CfSettings
}

/**
 * Pairs alone, refitted or not; then shared with a low-rank term.
 *
 * @returns what was tried, all judged by the same users
 */
export async function divideBudget(
  { panels, wides, base }: Division,
  { entriesPerItem, threads, histories, onProgress }: CfOptions,
): Promise<CfTrial[]> {
  const rows = panels[0].train.rowCount
  const budget = pairBytes(entriesPerItem, rows)
  const dims = latentDimsFor(budget)
  const most = LATENT_WORK / (rows * Math.max(...dims, 1)) / panels.length
  const lengths = lengthsOf(histories)
  const tried: CfTrial[] = []
  const attempt = async (settings: CfSettings) => {
    const { latentDim } = settings
    const entries = entriesFor(budget - latentBytes(latentDim), rows)
    const readings = (latentDim > 0 ? LATENT_SHARES : [0]).map((latentShare) => {
      return { targetPower: base.targetPower, latentShare }
    })
    const judged: PanelNdcg[] = []
    for (const [p, { train, heldOut: all }] of panels.entries()) {
      const wide = wides[p]
      const fitted = await narrow(wide, settings, { entriesPerItem: entries, threads })
      const latent =
        latentDim > 0 && latentVectors(train, wide.precision.map(Math.sqrt), latentDim)
      const heldOut = evenly(all, most)
      const judging = { heldOut, lengths, ...(latent ? { latent } : {}) }
      const { ndcg } = judgeCf(fitted, readings, judging)
      judged.push({ ndcg, users: heldOut.length })
    }
    tried.push(...trialsOf(settings, readings, meanNdcg(judged)))
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

/** At most `most` of the users, spread over all of them. */
function evenly(users: readonly HeldOutUser[], most: number): readonly HeldOutUser[] {
  const count = Math.max(1, Math.floor(most))
  if (users.length <= count) return users
  return Array.from({ length: count }, (_, i) => {
    return users[Math.floor((i * users.length) / count)]
  })
}
