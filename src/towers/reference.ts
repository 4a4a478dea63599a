/**
 * The towers in plain JS: the rung that always works, and the answer the other two rungs
 * are checked against. `forwardReference` also serves every click, where one visitor's
 * forward pass (a few ten thousand products) costs less than a trip to a GPU.
 */
import type { DenseLayer } from '../math/dense-layer.ts'
import type { TowerDevice, TuneBatch, TuneOptions } from './tower-device.ts'
import { checkForward, checkTune } from './tower-shapes.ts'
import { type Batch64, type Layer64, lossAndGradient } from './tune-gradient.ts'
import { GRADIENT_NORM_LIMIT, guardOf, keepIfBetter, type Tuned } from './tune-guard.ts'

/**
 * relu(… relu(x·W₁+b₁) …), every layer ReLU.
 *
 * @param layers first to last; a layer's `in` is the `out` before it
 * @param inputs row-major [batch, in]; a row of zeros gives what the biases give
 * @returns row-major [batch, out], every value ≥ 0 (NaN inputs give NaN)
 * @throws HearthError `bad-argument` if a shape disagrees
 */
export function forwardReference(
  layers: readonly DenseLayer[],
  inputs: Float32Array,
  batch: number,
): Float32Array {
  checkForward(layers, inputs, batch)
  return layers.reduce((x, layer) => denseRelu(layer, x, batch), inputs)
}

function denseRelu({ weights, bias }: DenseLayer, x: Float32Array, batch: number) {
  const out = bias.length
  const width = x.length / batch
  const y = new Float32Array(batch * out)
  const sums = new Float64Array(out)
  for (let b = 0; b < batch; b++) {
    sums.set(bias)
    for (let i = 0; i < width; i++) {
      const value = x[b * width + i]
      if (value === 0) continue // relu outputs and short histories are half zeros
      const row = i * out
      for (let o = 0; o < out; o++) sums[o] += value * weights[row + o]
    }
    for (let o = 0; o < out; o++) y[b * out + o] = Math.max(0, sums[o])
  }
  return y
}

/**
 * Guarded gradient steps on the user side only:
 *
 *   loss(θ) = softmax cross-entropy (tune-gradient.ts) + (0.5/k)/2 · ‖θ − θ₀‖²
 *   θ ← θ − rate·min(1, k/20) · g · min(1, 1/‖g‖)
 *
 * Works in float64 and rounds once at the end.
 * @returns new layers; a copy of the start if k = 0 or the loss did not fall
 * @throws HearthError `bad-argument` if a shape or range disagrees
 */
export function tuneReference(
  layers: readonly DenseLayer[],
  batch: TuneBatch,
  options: TuneOptions,
): Tuned {
  checkTune(layers, batch, options)
  const guard = guardOf(options)
  const start = layers.map(widenLayer)
  const moving = layers.map(widenLayer)
  const wide = widenBatch(batch)
  let lossBefore = 0
  for (let step = 0; step < guard.steps; step++) {
    const { loss, gradient } = lossAndGradient(moving, wide)
    if (step === 0) lossBefore = loss
    stepInto({ moving, start, gradient }, guard.step, guard.pull)
  }
  const after = lossAndGradient(moving, wide).loss
  if (guard.steps === 0) lossBefore = after
  const lossAfter = after + (guard.pull / 2) * distance(moving, start)
  return keepIfBetter(layers, {
    layers: moving.map(narrowLayer),
    lossBefore,
    lossAfter,
  })
}

/** The plain-JS rung: needs nothing, never fails. */
export function createReferenceDevice(): TowerDevice {
  return {
    rung: 'js',
    forward: async (layers, inputs, batch) => forwardReference(layers, inputs, batch),
    tune: async (layers, batch, options) => tuneReference(layers, batch, options),
    dispose: async () => {},
  }
}

interface Move {
  readonly moving: readonly Layer64[]
  readonly start: readonly Layer64[]
  readonly gradient: readonly Layer64[]
}

function stepInto({ moving, start, gradient }: Move, step: number, pull: number) {
  const values = moving.flatMap(arraysOf)
  const origins = start.flatMap(arraysOf)
  const slopes = gradient.flatMap(arraysOf)
  let squares = 0
  slopes.forEach((slope, a) => {
    for (let n = 0; n < slope.length; n++) {
      slope[n] += pull * (values[a][n] - origins[a][n])
      squares += slope[n] ** 2
    }
  })
  const size =
    step * Math.min(1, GRADIENT_NORM_LIMIT / Math.max(Math.sqrt(squares), 1e-12))
  slopes.forEach((slope, a) => {
    for (let n = 0; n < slope.length; n++) values[a][n] -= size * slope[n]
  })
}

/** ‖θ − θ₀‖² */
function distance(moving: readonly Layer64[], start: readonly Layer64[]): number {
  const origins = start.flatMap(arraysOf)
  return moving.flatMap(arraysOf).reduce((sum, values, a) => {
    return values.reduce((part, value, n) => part + (value - origins[a][n]) ** 2, sum)
  }, 0)
}

function arraysOf({ weights, bias }: Layer64) {
  return [weights, bias]
}

function widenLayer({ weights, bias }: DenseLayer): Layer64 {
  return { weights: Float64Array.from(weights), bias: Float64Array.from(bias) }
}

function narrowLayer({ weights, bias }: Layer64): DenseLayer {
  return { weights: Float32Array.from(weights), bias: Float32Array.from(bias) }
}

function widenBatch({ inputs, batch, items, bias, targets }: TuneBatch): Batch64 {
  return {
    inputs: Float64Array.from(inputs),
    batch,
    items: Float64Array.from(items),
    bias: Float64Array.from(bias),
    targets: Float64Array.from(targets),
  }
}
