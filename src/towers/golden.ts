/**
 * The self-check of a rung: a fixed problem of the real towers' size, worked by the rung
 * and by the reference. A GPU that answers wrongly is told from one that answers fast.
 */
import type { DenseLayer } from '../math/dense-layer.ts'
import { forwardReference, tuneReference } from './reference.ts'
import type { TowerDevice, TuneBatch, TuneOptions } from './tower-device.ts'

/** Largest difference from the reference that a rung may show. */
export const GOLDEN_TOLERANCE = 1e-4

/** Widths of the golden tower: pooled towers and content in, a hidden layer, the user out. */
const WIDTHS = [192, 128, 64] as const
const BATCH = 4
const CANDIDATES = 96
/** Steps big enough to be seen: the largest move is some hundred times the tolerance. */
const OPTIONS: TuneOptions = { rate: 1, steps: 2, eventCount: 40 }

export interface Golden {
  readonly layers: readonly DenseLayer[]
  readonly batch: TuneBatch
  readonly options: TuneOptions
  /** The reference's answers. */
  readonly outputs: Float32Array
  readonly tuned: { layers: DenseLayer[]; lossBefore: number; lossAfter: number }
}

export function createGolden(): Golden {
  const next = createNoise()
  const layers = WIDTHS.slice(1).map((out, l) => ({
    weights: fill(WIDTHS[l] * out, () => next() * Math.sqrt(6 / WIDTHS[l])),
    bias: fill(out, () => next() * 0.1),
  }))
  const targets = new Float32Array(BATCH * CANDIDATES)
  for (let b = 0; b < BATCH; b++) {
    targets[b * CANDIDATES + b] = 0.75
    targets[b * CANDIDATES + CANDIDATES - 1 - b] = 0.25
  }
  const batch = {
    inputs: fill(BATCH * WIDTHS[0], () => next()),
    batch: BATCH,
    items: fill(CANDIDATES * WIDTHS[2], () => Math.max(0, next()) * 0.3),
    bias: fill(CANDIDATES, () => next()),
    targets,
  }
  return {
    layers,
    batch,
    options: OPTIONS,
    outputs: forwardReference(layers, batch.inputs, BATCH),
    tuned: tuneReference(layers, batch, OPTIONS),
  }
}

/**
 * Largest absolute difference between the device's answers and the reference's, over a
 * forward pass and a tuning; NaN counts as Infinity.
 */
export async function differenceFrom(golden: Golden, device: TowerDevice) {
  const { layers, batch, options } = golden
  const outputs = await device.forward(layers, batch.inputs, batch.batch)
  const tuned = await device.tune(layers, batch, options)
  const losses = [tuned.lossBefore, tuned.lossAfter]
  const wanted = [golden.tuned.lossBefore, golden.tuned.lossAfter]
  return tuned.layers.reduce(
    (most, { weights, bias }, l) =>
      Math.max(
        most,
        farthest(weights, golden.tuned.layers[l].weights),
        farthest(bias, golden.tuned.layers[l].bias),
      ),
    Math.max(farthest(outputs, golden.outputs), farthest(losses, wanted)),
  )
}

function farthest(got: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (got.length !== wanted.length) return Infinity
  let most = 0
  for (let n = 0; n < wanted.length; n++) {
    const difference = Math.abs(got[n] - wanted[n])
    if (!(difference <= most)) most = Number.isNaN(difference) ? Infinity : difference
  }
  return most
}

function fill(length: number, value: () => number) {
  return Float32Array.from({ length }, value)
}

/** Fixed numbers in [−1, 1): a linear congruential generator (Numerical Recipes, §7.1). */
function createNoise() {
  let state = 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  }
}
