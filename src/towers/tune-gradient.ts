/**
 * Loss and gradient of the user tower, by hand, in float64.
 *
 *   u = relu(… relu(x·W₁ + b₁) …)        [batch, dim]
 *   z = u·itemsᵀ + bias                   [batch, candidates]
 *   loss = −(1/batch) Σ_b Σ_j t_bj · ln softmax(z_b)_j
 *   ∂loss/∂z = (softmax(z)·Σt − t) / batch, and Σt = 1
 *
 * then back through each layer: δ = (δ_out) ⊙ [y > 0], ∂W = xᵀδ, ∂b = Σ δ, δ_in = δWᵀ.
 */

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
    for (let j = 0; j < candidates; j++) {
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
      z[j] = (Math.exp(z[j] - logTotal) - t[j]) / batch
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
