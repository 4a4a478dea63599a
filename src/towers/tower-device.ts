/** What every backend of the dense towers offers: one arithmetic, three devices. */
import type { DenseLayer } from '../math/dense-layer.ts'

/** Best first: each falls back to the next. `js` needs nothing and is the others' reference. */
export const BACKENDS = ['webgpu', 'wasm', 'js'] as const
export type Backend = (typeof BACKENDS)[number]

/** One fine-tuning problem of the user tower; `checkTune` checks all sizes. */
export interface TuneBatch {
  /** User-tower inputs, row-major [batch, in]. */
  readonly inputs: Float32Array
  readonly batch: number
  /** Candidate item vectors, row-major [candidates, dim]. */
  readonly items: Float32Array
  /** [candidates] */
  readonly bias: Float32Array
  /**
   * Row-major [batch, candidates]: a distribution over the candidates times the weight of its
   * row in the loss, so that a row sums to its weight, in (0, 1].
   */
  readonly targets: Float32Array
}

export interface TuneOptions {
  /** Step size before the guard. */
  readonly rate: number
  /** Gradient steps. */
  readonly steps: number
  /** k, the visitor's events: the step is scaled by min(1, k/20), the pull to the start is 0.5/k. */
  readonly eventCount: number
}

export interface TowerDevice {
  readonly backend: Backend
  /**
   * relu(… relu(x·W₁+b₁) …): every layer is ReLU.
   * @param inputs row-major [batch, in]
   * @returns row-major [batch, out]
   */
  forward(
    layers: readonly DenseLayer[],
    inputs: Float32Array,
    batch: number,
  ): Promise<Float32Array>
  /**
   * Guarded gradient steps on the user side only: softmax cross-entropy over the
   * candidates plus a proximal pull to the layers it starts from.
   */
  tune(
    layers: readonly DenseLayer[],
    batch: TuneBatch,
    options: TuneOptions,
  ): Promise<{ layers: DenseLayer[]; lossBefore: number; lossAfter: number }>
  dispose(): Promise<void>
}
