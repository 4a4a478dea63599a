/** How good one ranked list is against the rows a user went on to like. */

/**
 * Binary NDCG: Σ over hits at rank r (from 1) of 1 / log2(r + 1), divided by the same
 * sum of a list that starts with all targets. Järvelin and Kekäläinen 2002.
 *
 * @param ranked rows, best first; only the first `count` are read
 * @returns in [0, 1]; 0 without targets
 */
export function ndcgAt(
  ranked: ArrayLike<number>,
  targets: ReadonlySet<number>,
  count: number,
): number {
  let gain = 0
  let ideal = 0
  for (let rank = 0; rank < count; rank++) {
    const worth = 1 / Math.log2(rank + 2)
    if (rank < targets.size) ideal += worth
    if (rank < ranked.length && targets.has(ranked[rank])) gain += worth
  }
  return ideal === 0 ? 0 : gain / ideal
}
