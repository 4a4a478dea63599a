/**
 * What keeps on-device learning from doing harm: few events mean small steps and a strong
 * pull back to the shipped tower. Plain SGD lost a fifth of the recall at one event; guarded
 * like this, it gains a little at every count.
 */
import type { DenseLayer } from '../math/dense-layer.ts'
import type { TuneOptions } from './tower-device.ts'

/** Events after which a step has its full size. */
const FULL_STEP_EVENTS = 20
/** The pull to the start is this / k, so it halves as the events double. */
const PULL_EVENTS = 0.5
/** Longest gradient, over all layers together, that a step may follow. */
export const GRADIENT_NORM_LIMIT = 1

export interface Guard {
  /** Step size, rate · min(1, k/20). */
  readonly step: number
  /** λ of the proximal term (λ/2)·‖θ − θ₀‖². */
  readonly pull: number
  /** 0 when there is nothing to learn from. */
  readonly steps: number
}

/** @returns no steps at all for k = 0 */
export function guardOf({ rate, steps, eventCount }: TuneOptions): Guard {
  if (eventCount === 0) return { step: 0, pull: 0, steps: 0 }
  return {
    step: rate * Math.min(1, eventCount / FULL_STEP_EVENTS),
    pull: PULL_EVENTS / eventCount,
    steps,
  }
}

export interface Tuned {
  layers: DenseLayer[]
  lossBefore: number
  lossAfter: number
}

/** The tuned layers if their loss fell (NaN did not fall), else a copy of the start. */
export function keepIfBetter(start: readonly DenseLayer[], tuned: Tuned): Tuned {
  const isBetter = tuned.lossAfter < tuned.lossBefore && tuned.layers.every(isAllFinite)
  if (isBetter) return tuned
  const layers = start.map(({ weights, bias }) => ({
    weights: weights.slice(),
    bias: bias.slice(),
  }))
  return { layers, lossBefore: tuned.lossBefore, lossAfter: tuned.lossBefore }
}

function isAllFinite({ weights, bias }: DenseLayer): boolean {
  return weights.every(Number.isFinite) && bias.every(Number.isFinite)
}
