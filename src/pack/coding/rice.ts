/**
 * Sorted indices as Rice-coded gaps (Rice and Plaunt 1971), one parameter a row.
 *
 * The gap before an index is index − previous − 1 (previous = −1 at a row's start), so
 * repeats and disorder cannot be written down. A gap g with parameter k is g >> k zeros,
 * a one, then the k low bits of g. Bits fill each byte from its lowest bit.
 */

/** A parameter is stored in half a byte. */
const MAX_PARAMETER = 15
/** A window of 32 bits read at any bit position holds at least this many. */
const WINDOW_BITS = 25
const WINDOW_MASK = 0x1ffffff

/** Rows of sorted indices. */
interface IndexRows {
  /** [rows + 1] */
  readonly indptr: Uint32Array
  /** Strictly rising within a row. */
  readonly indices: Uint32Array
}

interface RiceCode {
  /** [rows], 0 … 15: the one that makes the row shortest. */
  readonly parameters: Uint8Array
  readonly stream: Uint8Array
}

export function encodeRice(rows: IndexRows): RiceCode {
  const parameters = new Uint8Array(rows.indptr.length - 1)
  let bits = 0
  for (let row = 0; row < parameters.length; row++) {
    let least = Number.POSITIVE_INFINITY
    for (let k = 0; k <= MAX_PARAMETER; k++) {
      const size = bitsOfRow(rows, row, k)
      if (size >= least) continue
      least = size
      parameters[row] = k
    }
    bits += least
  }
  return { parameters, stream: writeStream(rows, parameters, bits) }
}

function bitsOfRow({ indptr, indices }: IndexRows, row: number, k: number): number {
  let bits = 0
  let previous = -1
  for (let e = indptr[row]; e < indptr[row + 1]; e++) {
    bits += ((indices[e] - previous - 1) >>> k) + 1 + k
    previous = indices[e]
  }
  return bits
}

function writeStream(
  { indptr, indices }: IndexRows,
  parameters: Uint8Array,
  bits: number,
): Uint8Array {
  const stream = new Uint8Array(Math.ceil(bits / 8))
  let at = 0
  const putOne = () => {
    stream[at >>> 3] |= 1 << (at & 7)
  }
  for (let row = 0; row < parameters.length; row++) {
    const k = parameters[row]
    let previous = -1
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const gap = indices[e] - previous - 1
      previous = indices[e]
      at += gap >>> k
      putOne()
      at++
      for (let bit = 0; bit < k; bit++, at++) {
        if ((gap >>> bit) & 1) putOne()
      }
    }
  }
  return stream
}

interface RiceLayout {
  /** [rows], 0 … 15 */
  readonly parameters: Uint8Array
  /** [rows + 1] */
  readonly indptr: Uint32Array
  /** Every index is below this; less than 2^30. */
  readonly columns: number
}

/**
 * The inverse of `encodeRice`, safe on any bytes.
 *
 * @returns indices [indptr's last], rising within a row and below `columns`; undefined
 * if the stream is otherwise, or is not exactly as long as its codes
 */
export function decodeRice(
  stream: Uint8Array,
  { parameters, indptr, columns }: RiceLayout,
): Uint32Array | undefined {
  const indices = new Uint32Array(indptr[parameters.length])
  const limit = stream.length * 8
  // Windows may reach past the end: zeros there, never `undefined`.
  const bytes = new Uint8Array(stream.length + 8)
  bytes.set(stream)
  let bit = 0
  for (let row = 0; row < parameters.length; row++) {
    const k = parameters[row]
    const low = (1 << k) - 1
    // More zeros than this would pass the last column; it also keeps shifts in range.
    const mostZeros = columns >>> k
    let index = -1
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      let zeros = 0
      let word = windowAt(bytes, bit)
      while ((word & WINDOW_MASK) === 0) {
        zeros += WINDOW_BITS
        bit += WINDOW_BITS
        if (bit >= limit) return undefined
        word = windowAt(bytes, bit)
      }
      const run = 31 - Math.clz32(word & -word)
      bit += run + 1
      zeros += run
      if (zeros > mostZeros) return undefined
      index += (zeros << k) + (windowAt(bytes, bit) & low) + 1
      bit += k
      if (index >= columns) return undefined
      indices[e] = index
    }
  }
  return bit <= limit && limit - bit < 8 ? indices : undefined
}

/** The 32 bits from bit `bit` on, of which the lowest `WINDOW_BITS` are whole. */
function windowAt(bytes: Uint8Array, bit: number): number {
  const at = bit >> 3
  const word =
    bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)
  return word >> (bit & 7)
}
