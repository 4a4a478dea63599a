/**
 * The dense half of a training step, in tfjs: the user tower, the full softmax over all
 * items, and back. Written out rather than traced: WASM has no kernel for some traced
 * gradients, and multiplies by a transposed matrix ten times slower than by a plain one.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { DenseLayer } from '../../../math/dense-layer.ts'

export interface DenseInput {
  readonly user: readonly DenseLayer[]
  /** [rows, dim] */
  readonly items: Float32Array
  /** [rows] */
  readonly itemBias: Float32Array
  /** [batch, in] */
  readonly inputs: Float32Array
  /** [batch, rows], rows sum to 1 */
  readonly targets: Float32Array
  readonly batch: number
}

interface DenseStep {
  readonly loss: number
  /** [rows, dim] ∂loss/∂items through the logits */
  readonly items: Float32Array
  /** [rows] */
  readonly itemBias: Float32Array
  /** [batch, in] */
  readonly inputs: Float32Array
  readonly user: readonly DenseLayer[]
}

type TfLayer = { weights: tf.Tensor2D; bias: tf.Tensor1D }

/** Mean softmax cross-entropy of the batch, and its gradient in every input. */
export async function denseStep(given: DenseInput): Promise<DenseStep> {
  const { loss, items, itemBias, inputs, user } = tf.tidy(() => {
    const { batch } = given
    const rows = given.itemBias.length
    const items = tf.tensor2d(given.items, [rows, given.items.length / rows])
    const layers = uploadLayers(given.user, given.inputs.length / batch)
    const outputs = runLayers(layers, given)
    const users = outputs[layers.length]
    const targets = tf.tensor2d(given.targets, [batch, rows])
    const logits = tf.add(tf.matMul(users, tf.transpose(items)), given.itemBias)
    const chances = tf.softmax(logits as tf.Tensor2D)
    const slope: tf.Tensor2D = tf.div(tf.sub(chances, targets), batch)
    // the chance of each target is all the loss needs: no second pass of logarithms
    const logs = tf.log(tf.maximum(chances, 1e-30))
    return {
      loss: tf.div(tf.sum(tf.mul(targets, logs)), -batch) as tf.Scalar,
      // (userᵀ·slope)ᵀ transposes two small matrices in place of one big one
      items: tf.transpose(tf.matMul(tf.transpose(users), slope)),
      itemBias: tf.sum<tf.Tensor1D>(slope, 0),
      ...backThrough(layers, outputs, tf.matMul(slope, items)),
    }
  })
  return {
    loss: (await take(loss))[0],
    items: await take(items),
    itemBias: await take(itemBias),
    inputs: await take(inputs),
    user: await Promise.all(
      user.map(async ({ weights, bias }) => {
        return { weights: await take(weights), bias: await take(bias) }
      }),
    ),
  }
}

/** The scores of a batch of users for every item: [batch, rows]. */
export async function scoreUsers(given: Omit<DenseInput, 'targets'>) {
  const scores = tf.tidy(() => {
    const rows = given.itemBias.length
    const items = tf.tensor2d(given.items, [rows, given.items.length / rows])
    const layers = uploadLayers(given.user, given.inputs.length / given.batch)
    const users = runLayers(layers, given)[layers.length]
    return tf.add(tf.matMul(users, tf.transpose(items)), given.itemBias)
  })
  return take(scores)
}

/** content·W and its gradient; the content stays on the backend between steps. */
export interface ContentMap {
  /** @returns [rows, dim] */
  forward(weights: Float32Array): Promise<Float32Array>
  /** @param delta [rows, dim]; @returns contentᵀ·delta, [content dim, dim] */
  backward(delta: Float32Array): Promise<Float32Array>
  dispose(): void
}

export function createContentMap(
  vectors: Float32Array,
  contentDim: number,
): ContentMap {
  const rows = vectors.length / contentDim
  const content = tf.tensor2d(vectors, [rows, contentDim])
  const transposed = tf.transpose(content)
  const multiply = (by: tf.Tensor2D, values: Float32Array) => {
    const inner = by.shape[1]
    return take(
      tf.tidy(() => tf.matMul(by, tf.tensor2d(values, [inner, values.length / inner]))),
    )
  }
  return {
    forward: (weights) => multiply(content, weights),
    backward: (delta) => multiply(transposed, delta),
    dispose: () => tf.dispose([content, transposed]),
  }
}

function uploadLayers(layers: readonly DenseLayer[], width: number): TfLayer[] {
  return layers.map(({ weights, bias }, l) => ({
    weights: tf.tensor2d(weights, [
      l === 0 ? width : layers[l - 1].bias.length,
      bias.length,
    ]),
    bias: tf.tensor1d(bias),
  }))
}

function runLayers(
  layers: readonly TfLayer[],
  { inputs, batch }: Pick<DenseInput, 'inputs' | 'batch'>,
): tf.Tensor2D[] {
  const outputs = [tf.tensor2d(inputs, [batch, inputs.length / batch])]
  for (const [l, { weights, bias }] of layers.entries()) {
    outputs.push(tf.relu(tf.add(tf.matMul(outputs[l], weights), bias)))
  }
  return outputs
}

function backThrough(
  layers: readonly TfLayer[],
  outputs: tf.Tensor2D[],
  slope: tf.Tensor2D,
) {
  let delta = slope
  const user: TfLayer[] = []
  for (let l = layers.length - 1; l >= 0; l--) {
    delta = tf.mul(delta, tf.step(outputs[l + 1]))
    const weights: tf.Tensor2D = tf.matMul(tf.transpose(outputs[l]), delta)
    user.unshift({ weights, bias: tf.sum<tf.Tensor1D>(delta, 0) })
    delta = tf.matMul(delta, tf.transpose(layers[l].weights))
  }
  return { user, inputs: delta }
}

/** Reads a tensor and frees it. */
async function take(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array
  tensor.dispose()
  return values
}
