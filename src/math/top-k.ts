import { assertLength, HearthError } from '../errors.ts'

/**
 * The rows of the `count` highest scores, best first; ties: the lower row wins.
 *
 * One pass with a bounded heap whose root is the worst row kept, so most rows cost one
 * comparison.
 *
 * @param scores [rows]; NaN is never returned, −Infinity is
 * @param count rows wanted, an integer ≥ 0; fewer come back if fewer can
 * @param exclude [rows], non-zero = never return this row
 * @throws HearthError `bad-argument` for a bad count or a mask of another length
 */
export function topK(
  scores: Float32Array,
  count: number,
  exclude?: Uint8Array,
): Uint32Array {
  if (!Number.isInteger(count) || count < 0) {
    throw new HearthError(
      'bad-argument',
      `invalid count: got ${count}, expected an integer of 0 or more.`,
    )
  }
  if (exclude) assertLength('exclude', exclude, scores.length)
  const size = Math.min(count, scores.length)
  const heap = new Uint32Array(size)
  if (size === 0) return heap
  let row = 0
  let kept = 0
  for (; kept < size && row < scores.length; row++) {
    if (exclude?.[row] || Number.isNaN(scores[row])) continue
    heap[kept] = row
    siftUp(heap, scores, kept++)
  }
  let worst = scores[heap[0]]
  for (; row < scores.length; row++) {
    // A later row of equal score ranks below the root: strictly greater, and never NaN.
    if (!(scores[row] > worst) || exclude?.[row]) continue
    heap[0] = row
    siftDown(heap, scores, kept)
    worst = scores[heap[0]]
  }
  return unwindInto(heap, scores, kept)
}

/** Takes the worst off again and again, so that the array ends up best first. */
function unwindInto(heap: Uint32Array, scores: Float32Array, kept: number) {
  for (let last = kept - 1; last > 0; last--) {
    const worst = heap[0]
    heap[0] = heap[last]
    heap[last] = worst
    siftDown(heap, scores, last)
  }
  return heap.subarray(0, kept)
}

function siftUp(heap: Uint32Array, scores: Float32Array, start: number) {
  const row = heap[start]
  let at = start
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isWorse(scores, row, heap[parent])) break
    heap[at] = heap[parent]
    at = parent
  }
  heap[at] = row
}

function siftDown(heap: Uint32Array, scores: Float32Array, size: number) {
  const row = heap[0]
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= size) break
    if (child + 1 < size && isWorse(scores, heap[child + 1], heap[child])) child++
    if (!isWorse(scores, heap[child], row)) break
    heap[at] = heap[child]
    at = child
  }
  heap[at] = row
}

function isWorse(scores: Float32Array, a: number, b: number): boolean {
  return scores[a] < scores[b] || (scores[a] === scores[b] && a > b)
}
