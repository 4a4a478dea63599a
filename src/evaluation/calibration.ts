/** How far a shown probability can be believed. */
import type { CalibrationJson } from './evaluation-json.ts'

const BINS = 10

/** Predictions and what came of them, collected one by one. */
export interface Calibration {
  /** @param predicted in [0, 1] */
  readonly add: (predicted: number, happened: boolean) => void
  readonly report: () => CalibrationJson
}

/**
 * Reliability in ten bins of equal width, (0, .1], (.1, .2] … with 0 in the first:
 *
 *   ECE = Σ_b n_b / n · |mean predicted_b − share that happened_b|
 */
export function createCalibration(): Calibration {
  const counts = new Float64Array(BINS)
  const predictions = new Float64Array(BINS)
  const events = new Float64Array(BINS)
  return {
    add(predicted, happened) {
      const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(predicted * BINS) - 1))
      counts[bin]++
      predictions[bin] += predicted
      if (happened) events[bin]++
    },
    report() {
      const total = counts.reduce((sum, count) => sum + count, 0)
      const bins = Array.from(counts, (count, bin) => ({
        to: (bin + 1) / BINS,
        count,
        predicted: predictions[bin] / count,
        observed: events[bin] / count,
      })).filter(({ count }) => count > 0)
      const ece = bins.reduce(
        (sum, { count, predicted, observed }) =>
          sum + (count / total) * Math.abs(predicted - observed),
        0,
      )
      return { ece, bins }
    },
  }
}
