/**
 * The towers' forward pass in plain JS. It serves every click, where one visitor's pass (a few
 * ten thousand products) costs less than a trip to a GPU; what tunes the towers is beside it,
 * in `reference.ts`, and loads when there is something to learn.
 */
import type { DenseLayer } from '../math/dense-layer.ts'
import { checkForward } from './tower-shapes.ts'

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
