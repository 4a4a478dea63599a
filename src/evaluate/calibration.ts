/** Whether a shown probability can be trusted: what was predicted against what happened. */

import type { CalibrationJson } from './json.ts'

const BINS = 10
/** So that a prediction of 0 or 1 that was wrong costs much, and not everything. */
const MARGIN = 1e-6

/** An item that was shown to somebody. */
export interface Prediction {
  /** In [0, 1]. */
  readonly predicted: number
  readonly happened: boolean
}

/**
 * Reliability in ten bins of equal width, (0, .1], (.1, .2] … with 0 in the first, and the
 * binary cross-entropy beside that of the share that happened, said of every item:
 *
 *   ECE = Σ_b n_b / n · |mean predicted_b − share that happened_b|
 *   BCE = − mean of ln p where it happened, ln(1 − p) where it did not
 *
 * Over the first 20 of each list this is ECE@20 of Sato 2024 (RecSys, arXiv 2408.11596).
 *
 * @param visitors whose lists they were
 * @returns all 0 without predictions
 */
export function reliabilityOf(
  predictions: readonly Prediction[],
  visitors: number,
): CalibrationJson {
  const bins = Array.from({ length: BINS }, (_, bin) => ({
    ...{ to: (bin + 1) / BINS, count: 0, predicted: 0, observed: 0 },
  }))
  let loss = 0
  let happened = 0
  for (const { predicted, happened: did } of predictions) {
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil(predicted * BINS) - 1))]!
    bin.count++
    bin.predicted += predicted
    bin.observed += +did
    happened += +did
    loss += lossOf(predicted, did)
  }
  const total = Math.max(1, predictions.length)
  const base = happened / total
  const gap = bins.reduce((sum, bin) => sum + Math.abs(bin.predicted - bin.observed), 0)
  return {
    visitors,
    ece: gap / total,
    bce: loss / total,
    baseBce: predictions.length === 0 ? 0 : entropyOf(base),
    bins: bins
      .filter(({ count }) => count > 0)
      .map(({ to, count, predicted, observed }) => ({
        ...{ to, count, predicted: predicted / count, observed: observed / count },
      })),
  }
}

/** What it costs to say the share that happened of every item. */
function entropyOf(base: number): number {
  return base * lossOf(base, true) + (1 - base) * lossOf(base, false)
}

function lossOf(predicted: number, happened: boolean): number {
  const p = Math.min(1 - MARGIN, Math.max(MARGIN, predicted))
  return -Math.log(happened ? p : 1 - p)
}
