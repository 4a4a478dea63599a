/**
 * The towers on tfjs: WebGPU, or WASM with SIMD on one thread. The same arithmetic as
 * reference.ts, in float32.
 *
 * Tensors never leave this module: arrays in, arrays out, and nothing left behind.
 */
import * as tf from '@tensorflow/tfjs-core'
import { HearthError, messageOf } from '../errors.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { startBackend, type TfBackend, type TfBackendOptions } from './tf-backend.ts'
import type { TowerDevice, TuneBatch, TuneOptions } from './tower-device.ts'
import { checkForward, checkTune } from './tower-shapes.ts'
import {
  GRADIENT_NORM_LIMIT,
  type Guard,
  guardOf,
  keepIfBetter,
  type Tuned,
} from './tune-guard.ts'

// The loss and gradient of reference.ts in tfjs ops, for use inside `tf.tidy`. The gradient
// is written out rather than traced: it needs only ops that both tfjs backends have.

/** A type alias, not an interface: `tf.tidy` takes only types with an index signature. */
type TfLayer = {
  /** [in, out] */
  weights: tf.Tensor2D
  /** [out] */
  bias: tf.Tensor1D
}

/** A tuning problem on the device. */
interface TfProblem {
  readonly start: TfLayer[]
  readonly inputs: tf.Tensor2D
  readonly items: tf.Tensor2D
  readonly bias: tf.Tensor1D
  readonly targets: tf.Tensor2D
}

function uploadLayers(layers: readonly DenseLayer[], width: number): TfLayer[] {
  return layers.map(({ weights, bias }, l) => {
    const inputs = l === 0 ? width : layers[l - 1].bias.length
    return {
      weights: tf.tensor2d(weights, [inputs, bias.length]),
      bias: tf.tensor1d(bias),
    }
  })
}

function uploadProblem(layers: readonly DenseLayer[], batch: TuneBatch): TfProblem {
  const candidates = batch.bias.length
  const width = batch.inputs.length / batch.batch
  return {
    start: uploadLayers(layers, width),
    inputs: tf.tensor2d(batch.inputs, [batch.batch, width]),
    items: tf.tensor2d(batch.items, [candidates, batch.items.length / candidates]),
    bias: tf.tensor1d(batch.bias),
    targets: tf.tensor2d(batch.targets, [batch.batch, candidates]),
  }
}

/** The inputs, then every layer's output. */
function activations(layers: readonly TfLayer[], inputs: tf.Tensor2D) {
  const outputs = [inputs]
  for (const { weights, bias } of layers) {
    const x = outputs[outputs.length - 1]
    outputs.push(tf.relu(tf.add(tf.matMul(x, weights), bias)))
  }
  return outputs
}

/** Softmax cross-entropy, a scalar. */
function crossEntropy(layers: readonly TfLayer[], problem: TfProblem): tf.Scalar {
  const users = activations(layers, problem.inputs)[layers.length]
  const logs = tf.logSoftmax(logitsOf(users, problem))
  const total = tf.sum(tf.mul(problem.targets, logs))
  return tf.div(total, -problem.inputs.shape[0]) as tf.Scalar
}

/** (pull/2)·‖θ − θ₀‖², a scalar. */
function proximal(
  layers: readonly TfLayer[],
  start: readonly TfLayer[],
  pull: number,
): tf.Scalar {
  const squares = layers.flatMap(({ weights, bias }, l) => [
    tf.sum(tf.squaredDifference(weights, start[l].weights)),
    tf.sum(tf.squaredDifference(bias, start[l].bias)),
  ])
  return tf.mul(tf.addN(squares), pull / 2) as tf.Scalar
}

/** The layers after one guarded step. */
function stepLayers(
  layers: readonly TfLayer[],
  problem: TfProblem,
  { step, pull }: Guard,
): TfLayer[] {
  const slopes = gradientOf(layers, problem).map(({ weights, bias }, l) => {
    const from = problem.start[l]
    const to = layers[l]
    return {
      weights: tf.add(weights, tf.mul(tf.sub(to.weights, from.weights), pull)),
      bias: tf.add(bias, tf.mul(tf.sub(to.bias, from.bias), pull)),
    }
  })
  const squares = slopes.flatMap(({ weights, bias }) => [
    tf.sum(tf.square(weights)),
    tf.sum(tf.square(bias)),
  ])
  const norm = tf.sqrt(tf.addN(squares))
  const clip = tf.minimum(tf.div(GRADIENT_NORM_LIMIT, tf.maximum(norm, 1e-12)), 1)
  const size = tf.mul(clip, step)
  return layers.map(({ weights, bias }, l) => ({
    weights: tf.sub(weights, tf.mul(slopes[l].weights, size)),
    bias: tf.sub(bias, tf.mul(slopes[l].bias, size)),
  }))
}

function gradientOf(layers: readonly TfLayer[], problem: TfProblem): TfLayer[] {
  const outputs = activations(layers, problem.inputs)
  const chances = tf.softmax(logitsOf(outputs[layers.length], problem))
  const weights = tf.sum(problem.targets, 1, true)
  const wanted = tf.sub(tf.mul(chances, weights), problem.targets)
  const slope = tf.div(wanted, problem.inputs.shape[0])
  let delta = tf.matMul(slope as tf.Tensor2D, problem.items)
  const gradient: TfLayer[] = []
  for (let l = layers.length - 1; l >= 0; l--) {
    delta = tf.mul(delta, tf.step(outputs[l + 1])) // relu passes nothing where it gave 0
    const weights: tf.Tensor2D = tf.matMul(tf.transpose(outputs[l]), delta)
    gradient.unshift({ weights, bias: tf.sum<tf.Tensor1D>(delta, 0) })
    if (l > 0) delta = tf.matMul(delta, tf.transpose(layers[l].weights))
  }
  return gradient
}

function logitsOf(users: tf.Tensor2D, { items, bias }: TfProblem): tf.Tensor2D {
  return tf.add(tf.matMul(users, tf.transpose(items)), bias)
}

/**
 * Opens the towers on a tfjs backend. Calls fail with `no-device` once the device is lost;
 * opening again then starts a fresh one in the same realm.
 * @throws HearthError `no-device` if the tfjs backend does not start
 */
export async function createTfDevice(options: TfBackendOptions): Promise<TowerDevice> {
  const backend = await startBackend(options)
  return {
    backend: options.backend,
    forward: async (layers, inputs, batch) => {
      checkForward(layers, inputs, batch)
      return guarded(backend, () => forward(layers, inputs, batch))
    },
    tune: async (layers, batch, tuneOptions) => {
      checkTune(layers, batch, tuneOptions)
      return guarded(backend, () => tune(layers, batch, tuneOptions))
    },
    dispose: async () => backend.dispose(),
  }
}

/** Runs `work` on the tfjs backend; what a dying device throws becomes `no-device`. */
async function guarded<T>(backend: TfBackend, work: () => Promise<T>): Promise<T> {
  backend.use()
  try {
    return await backend.guard(work())
  } catch (error) {
    if (error instanceof HearthError) throw error
    const message = `the device failed: ${messageOf(error).replace(/\.+$/, '')}. Open the towers again.`
    throw new HearthError('no-device', message, { cause: error })
  }
}

function forward(layers: readonly DenseLayer[], inputs: Float32Array, batch: number) {
  const output = tf.tidy(() => {
    const width = inputs.length / batch
    const x = tf.tensor2d(inputs, [batch, width])
    return activations(uploadLayers(layers, width), x)[layers.length]
  })
  return download(output)
}

async function tune(
  layers: readonly DenseLayer[],
  batch: TuneBatch,
  options: TuneOptions,
): Promise<Tuned> {
  const guard = guardOf(options)
  const { losses, moved } = tf.tidy(() => {
    const problem = uploadProblem(layers, batch)
    let moving = problem.start
    for (let n = 0; n < guard.steps; n++) {
      const from = moving
      moving = tf.tidy(() => stepLayers(from, problem, guard))
    }
    const before = crossEntropy(problem.start, problem)
    const pulled = proximal(moving, problem.start, guard.pull)
    const after = tf.add(crossEntropy(moving, problem), pulled)
    return { losses: tf.stack([before, after]), moved: moving }
  })
  const [loss, ...moves] = await Promise.all([
    download(losses),
    ...moved.map(downloadLayer),
  ])
  return keepIfBetter(layers, {
    layers: moves,
    lossBefore: loss[0],
    lossAfter: loss[1],
  })
}

async function downloadLayer({ weights, bias }: TfLayer): Promise<DenseLayer> {
  const [w, b] = await Promise.all([download(weights), download(bias)])
  return { weights: w, bias: b }
}

/** Reads a tensor and frees it. */
async function download(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    // a copy: a tensor no op has touched hands back the caller's own array
    return ((await tensor.data()) as Float32Array).slice()
  } finally {
    tensor.dispose()
  }
}
