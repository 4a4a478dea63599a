/**
 * Groups texts of like length, so that little is spent on padding.
 */

export interface BatchLimits {
  /** Texts in one batch, 1 or more. */
  readonly maxTexts: number
  /** Texts × longest text, in tokens: bounds memory. One text may exceed it alone. */
  readonly maxTokens: number
}

/**
 * @param lengths tokens of each text; a text of 0 tokens is in no batch
 * @returns batches of positions in `lengths`, each position once, longest texts first
 *   (so the first batch shows the most memory that will be needed)
 */
export function planBatches(
  lengths: ArrayLike<number>,
  limits: BatchLimits,
): readonly (readonly number[])[] {
  const order = Array.from(lengths, (_, position) => position)
    .filter((position) => lengths[position]! > 0)
    .sort((a, b) => lengths[b]! - lengths[a]! || a - b)
  const batches: number[][] = []
  let batch: number[] = []
  let longest = 0
  for (const position of order) {
    const isFull =
      batch.length >= limits.maxTexts || (batch.length + 1) * longest > limits.maxTokens
    if (batch.length === 0 || isFull) {
      batch = []
      batches.push(batch)
      longest = lengths[position]!
    }
    batch.push(position)
  }
  return batches
}
