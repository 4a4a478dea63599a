/** Settings of a baseline, by walking one axis after another. */
import type { Positives } from '../../training/dataset.ts'
import type { Baseline, Scorer } from './baseline.ts'

export interface Tuned<S> {
  readonly settings: S
  /** Fitted with them on what they were chosen on. */
  readonly scorer: Scorer
  readonly quality: number
}

/**
 * From `baseline.start`, each axis in turn: a step up, and on while it is better; else a
 * step down, and on while that is better. So every choice has a worse neighbour on both
 * sides, unless the axis ended there, and no grid's edge is mistaken for an optimum.
 *
 * @param quality of a scorer fitted on `train`, more is better; finite
 */
export function tuneBaseline<S extends Readonly<Record<keyof S, number>>>(
  baseline: Baseline<S>,
  train: Positives,
  quality: (scorer: Scorer) => number,
): Tuned<S> {
  const tryOut = (settings: S): Tuned<S> => {
    const scorer = baseline.fit(train, settings)
    return { settings, scorer, quality: quality(scorer) }
  }
  let best = tryOut(baseline.start)
  for (const { setting, factor, least = 0, most = Infinity } of baseline.axes) {
    const before = best
    for (const step of [factor, 1 / factor]) {
      if (best !== before) break // up was better: down is behind us
      for (;;) {
        const value = best.settings[setting] * step
        if (value < least || value > most) break
        const next = tryOut({ ...best.settings, [setting]: value })
        if (next.quality <= best.quality) break
        best = next
      }
    }
  }
  return best
}
