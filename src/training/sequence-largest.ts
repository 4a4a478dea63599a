/** The k-th largest of many numbers, without sorting them all. */

/**
 * Hoare's quickselect with the middle element as pivot: linear on average.
 *
 * @param values the first `count` are looked at, and left in another order; none NaN
 * @param k 1 … count
 * @returns the k-th largest of them
 * Source: Hoare 1961, Algorithm 65 (Find).
 */
export function kthLargestInto(values: Float64Array, count: number, k: number): number {
  let low = 0
  let high = count - 1
  const place = k - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]
    let left = low
    let right = high
    while (left <= right) {
      while (values[left] > pivot) left++
      while (values[right] < pivot) right--
      if (left > right) break
      const kept = values[left]
      values[left++] = values[right]
      values[right--] = kept
    }
    if (place <= right) high = right
    else if (place >= left) low = left
    else break // between the two all are the pivot
  }
  return values[place]
}
