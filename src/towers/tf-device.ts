/**
 * The towers on tfjs: WebGPU, or WASM with SIMD on one thread. The same arithmetic as
 * reference.ts, in float32.
 *
 * Tensors never leave this room: arrays in, arrays out, and nothing left behind.
 */
import * as tf from '@tensorflow/tfjs-core'
import { HearthError, messageOf } from '../errors.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { type Backend, type BackendOptions, startBackend } from './tf-backend.ts'
import {
  activations,
  crossEntropy,
  proximal,
  stepLayers,
  type TfLayer,
  uploadLayers,
  uploadProblem,
} from './tf-gradient.ts'
import type { TowerDevice, TuneBatch, TuneOptions } from './tower-device.ts'
import { checkForward, checkTune } from './tower-shapes.ts'
import { guardOf, keepIfBetter, type Tuned } from './tune-guard.ts'

/**
 * Opens a rung of the ladder. Calls on it fail with `no-device` once the device is lost;
 * opening again then starts a fresh one in the same realm.
 * @throws HearthError `no-device` if the backend does not start
 */
export async function createTfDevice(options: BackendOptions): Promise<TowerDevice> {
  const backend = await startBackend(options)
  return {
    rung: options.rung,
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

/** Runs `work` on the backend; what a dying device throws becomes `no-device`. */
async function guarded<T>(backend: Backend, work: () => Promise<T>): Promise<T> {
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
