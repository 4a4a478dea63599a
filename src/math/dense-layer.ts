/** One dense ReLU layer's numbers: y = relu(x·W + b). */
export interface DenseLayer {
  /** Row-major [in, out]. */
  readonly weights: Float32Array
  /** [out] */
  readonly bias: Float32Array
}
