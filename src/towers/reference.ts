/**
 * The towers in plain JS: the backend that always works, and whose answers the other two
 * are checked against. Its forward pass is a file of its own, `forward.ts`.
 */
import type { DenseLayer } from '../math/dense-layer.ts'
import { forwardReference } from './forward.ts'
import type { TowerDevice, TuneBatch, TuneOptions } from './tower-device.ts'
import { checkTune } from './tower-shapes.ts'
import { GRADIENT_NORM_LIMIT, guardOf, keepIfBetter, type Tuned } from './tune-guard.ts'

// Loss and gradient of the user tower, written out, in float64.
// u = relu(… relu(x·W₁ + b₁) …)        [batch, dim]
// z = u·itemsᵀ + bias                   [batch, candidates]
// loss = −(1/batch) Σ_b Σ_j t_bj · ln softmax(z_b)_j
// ∂loss/∂z = (softmax(z)·Σt − t) / batch, Σt the weight of the row
// then back through each layer: δ = (δ_out) ⊙ [y > 0], ∂W = xᵀδ, ∂b = Σ δ, δ_in = δWᵀ.

/** A dense layer in the precision gradients are worked out in. */
export interface Layer64 {
  /** Row-major [in, out]. */
  readonly weights: Float64Array
  /** [out] */
  readonly bias: Float64Array
}

/** A TuneBatch widened to float64. */
export interface Batch64 {
  readonly inputs: Float64Array
  readonly batch: number
  readonly items: Float64Array
  readonly bias: Float64Array
  readonly targets: Float64Array
}

/** @returns the loss, and its gradient in the layers' own shapes */
export function lossAndGradient(
  layers: readonly Layer64[],
  batch: Batch64,
): { loss: number; gradient: Layer64[] } {
  const outputs = activations(layers, batch)
  const { loss, logitGradient } = softmaxLoss(outputs[layers.length], batch)
  let delta = timesItems(logitGradient, batch, layers[layers.length - 1].bias.length)
  const gradient: Layer64[] = []
  for (let l = layers.length - 1; l >= 0; l--) {
    maskInto(delta, outputs[l + 1])
    gradient.unshift(layerGradient(outputs[l], delta, batch.batch))
    if (l > 0) delta = timesTranspose(delta, layers[l], batch.batch)
  }
  return { loss, gradient }
}

/** The inputs, then every layer's output. */
function activations(layers: readonly Layer64[], { inputs, batch }: Batch64) {
  const outputs = [inputs]
  for (const { weights, bias } of layers) {
    const x = outputs[outputs.length - 1]
    const width = x.length / batch
    const y = new Float64Array(batch * bias.length)
    for (let b = 0; b < batch; b++) {
      const row = y.subarray(b * bias.length, (b + 1) * bias.length)
      row.set(bias)
      for (let i = 0; i < width; i++) {
        const value = x[b * width + i]
        if (value === 0) continue
        for (let o = 0; o < row.length; o++) {
          row[o] += value * weights[i * row.length + o]
        }
      }
      for (let o = 0; o < row.length; o++) row[o] = Math.max(0, row[o])
    }
    outputs.push(y)
  }
  return outputs
}

function softmaxLoss(users: Float64Array, { items, bias, targets, batch }: Batch64) {
  const candidates = bias.length
  const dim = items.length / candidates
  const logitGradient = new Float64Array(batch * candidates)
  let loss = 0
  for (let b = 0; b < batch; b++) {
    const z = logitGradient.subarray(b * candidates, (b + 1) * candidates)
    const t = targets.subarray(b * candidates, (b + 1) * candidates)
    let highest = -Infinity
    let weight = 0
    for (let j = 0; j < candidates; j++) {
      weight += t[j]
      let sum = bias[j]
      for (let d = 0; d < dim; d++) sum += users[b * dim + d] * items[j * dim + d]
      z[j] = sum
      highest = Math.max(highest, sum)
    }
    let total = 0
    for (let j = 0; j < candidates; j++) total += Math.exp(z[j] - highest)
    const logTotal = highest + Math.log(total)
    for (let j = 0; j < candidates; j++) {
      if (t[j] !== 0) loss -= (t[j] * (z[j] - logTotal)) / batch
      z[j] = (weight * Math.exp(z[j] - logTotal) - t[j]) / batch
    }
  }
  return { loss, logitGradient }
}

/** logitGradient [batch, candidates] · items [candidates, dim] */
function timesItems(logitGradient: Float64Array, batch: Batch64, dim: number) {
  const candidates = batch.bias.length
  const out = new Float64Array(batch.batch * dim)
  for (let b = 0; b < batch.batch; b++) {
    for (let j = 0; j < candidates; j++) {
      const g = logitGradient[b * candidates + j]
      for (let d = 0; d < dim; d++) out[b * dim + d] += g * batch.items[j * dim + d]
    }
  }
  return out
}

/** relu passes no gradient where its output is 0. */
function maskInto(delta: Float64Array, outputs: Float64Array) {
  for (let n = 0; n < delta.length; n++) if (outputs[n] <= 0) delta[n] = 0
}

function layerGradient(
  inputs: Float64Array,
  delta: Float64Array,
  batch: number,
): Layer64 {
  const width = inputs.length / batch
  const out = delta.length / batch
  const weights = new Float64Array(width * out)
  const bias = new Float64Array(out)
  for (let b = 0; b < batch; b++) {
    const d = delta.subarray(b * out, (b + 1) * out)
    for (let o = 0; o < out; o++) bias[o] += d[o]
    for (let i = 0; i < width; i++) {
      const x = inputs[b * width + i]
      if (x === 0) continue
      for (let o = 0; o < out; o++) weights[i * out + o] += x * d[o]
    }
  }
  return { weights, bias }
}

/** delta [batch, out] · Wᵀ [out, in] */
function timesTranspose(
  delta: Float64Array,
  { weights, bias }: Layer64,
  batch: number,
) {
  const out = bias.length
  const width = weights.length / out
  const result = new Float64Array(batch * width)
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < width; i++) {
      let sum = 0
      for (let o = 0; o < out; o++) sum += delta[b * out + o] * weights[i * out + o]
      result[b * width + i] = sum
    }
  }
  return result
}

/**
 * Guarded gradient steps on the user side only:
 *
 *   loss(θ) = softmax cross-entropy (lossAndGradient) + (0.5/k)/2 · ‖θ − θ₀‖²
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

/** The plain-JS backend: needs nothing, never fails. */
export function createReferenceDevice(): TowerDevice {
  return {
    backend: 'js',
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
