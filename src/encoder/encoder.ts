/** The seam of the text encoder: text → unit vector. */
export interface Encoder {
  /** Length of a vector, e.g. 384. */
  readonly dim: number
  /** SHA-256 over the model's files: vectors of different fingerprints never meet. */
  readonly fingerprint: string
  /**
   * @returns row-major [texts.length, dim], each row of length 1, or 0 for an empty text
   * @throws HearthError `no-encoder`
   */
  encode(texts: readonly string[]): Promise<Float32Array>
  dispose(): Promise<void>
}
