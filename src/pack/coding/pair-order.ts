/** A symmetric sparse matrix as lists of pairs, in an order of rows that the writer chose. */
import type { PairLists } from './pair-lists.ts'

/** A symmetric matrix in CSR, both directions, with something in each entry. */
interface SymmetricRows<A> {
  /** [rows + 1] */
  readonly indptr: Uint32Array
  /** Rising within a row. */
  readonly indices: Uint32Array
  readonly entries: A
}

/**
 * Each pair once, at the row that comes first in `order`.
 *
 * @param order [rows] a permutation: the row at each position; default as they are
 * @returns lists of positions, and which entry of `rows` each pair is
 */
export function foldPairs(
  { indptr, indices }: Omit<SymmetricRows<unknown>, 'entries'>,
  order?: Uint32Array,
): {
  readonly indptr: Uint32Array
  readonly indices: Uint32Array
  readonly from: Uint32Array
} {
  const count = indptr.length - 1
  const rank = invert(order, count)
  const starts = new Uint32Array(count + 1)
  const each = (emit: (low: number, high: number, entry: number) => void) => {
    for (let position = 0; position < count; position++) {
      const row = order ? order[position] : position
      for (let e = indptr[row]; e < indptr[row + 1]; e++) {
        const low = rank ? rank[indices[e]] : indices[e]
        if (low < position) emit(low, position, e)
      }
    }
  }
  each((low) => starts[low + 1]++)
  for (let row = 0; row < count; row++) starts[row + 1] += starts[row]
  const next = starts.slice(0, count)
  const highs = new Uint32Array(starts[count])
  const from = new Uint32Array(starts[count])
  each((low, high, entry) => {
    from[next[low]] = entry
    highs[next[low]++] = high // positions come in order, so a list ends up sorted
  })
  return { indptr: starts, indices: highs, from }
}

/** The inverse of `foldPairs`: both directions, by row, with the code of the pair. */
export function expandPairs(
  { indptr, indices, codes }: PairLists,
  order?: Uint32Array,
): SymmetricRows<Uint8Array> {
  const count = indptr.length - 1
  const rowAt = (position: number) => (order ? order[position] : position)
  const starts = new Uint32Array(count + 1)
  for (let low = 0; low < count; low++) {
    starts[rowAt(low) + 1] += indptr[low + 1] - indptr[low]
    for (let e = indptr[low]; e < indptr[low + 1]; e++) starts[rowAt(indices[e]) + 1]++
  }
  for (let row = 0; row < count; row++) starts[row + 1] += starts[row]
  const mixed = {
    others: new Uint32Array(starts[count]),
    codes: new Uint8Array(starts[count]),
  }
  const next = starts.slice(0, count)
  const put = (row: number, other: number, code: number) => {
    mixed.others[next[row]] = other
    mixed.codes[next[row]++] = code
  }
  for (let low = 0; low < count; low++) {
    for (let e = indptr[low]; e < indptr[low + 1]; e++) {
      put(rowAt(low), rowAt(indices[e]), codes[e])
      put(rowAt(indices[e]), rowAt(low), codes[e])
    }
  }
  return sorted(starts, mixed)
}

/** Reading a symmetric matrix by rows writes its columns, which are its rows, in order. */
function sorted(
  indptr: Uint32Array,
  mixed: { readonly others: Uint32Array; readonly codes: Uint8Array },
): SymmetricRows<Uint8Array> {
  const count = indptr.length - 1
  const indices = new Uint32Array(mixed.others.length)
  const entries = new Uint8Array(mixed.codes.length)
  const next = indptr.slice(0, count)
  for (let row = 0; row < count; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const at = next[mixed.others[e]]++
      indices[at] = row
      entries[at] = mixed.codes[e]
    }
  }
  return { indptr, indices, entries }
}

function invert(
  order: Uint32Array | undefined,
  count: number,
): Uint32Array | undefined {
  if (!order) return undefined
  const rank = new Uint32Array(count)
  for (let position = 0; position < count; position++) rank[order[position]] = position
  return rank
}

/** Whether every row below `count` occurs once. */
export function isPermutation(order: Uint32Array, count: number): boolean {
  const seen = new Uint8Array(count)
  for (const row of order) {
    if (row >= count || seen[row]) return false
    seen[row] = 1
  }
  return order.length === count
}
