/**
 * The pairs of a symmetric matrix, each once: for every row the rising rows above it that
 * it is paired with, and a code of 4 bits for each pair.
 *
 * A length or a gap g is the symbol ⌊log2(g + 1)⌋ and that many plain bits; symbols and
 * codes go through one entropy coder. The context of a gap is the gap expected if the
 * rest of the row were spread evenly, and whether the gap before was shorter or longer
 * than was expected; of a code, the code before.
 */
import { createBitReader, createBitWriter, MAX_BITS } from './bit-stream.ts'
import { createSymbolReader, encodeSymbols } from './rans.ts'

export interface PairLists {
  /** [rows + 1] */
  readonly indptr: Uint32Array
  /** Rising within a row, each above the row itself. */
  readonly indices: Uint32Array
  /** [pairs] 0 … 15 */
  readonly codes: Uint8Array
}

interface PairBytes {
  readonly tables: Uint8Array
  readonly stream: Uint8Array
  readonly bits: Uint8Array
}

/** Rows at most: a gap has to fit MAX_BITS. */
export const MAX_PAIR_ROWS = 2 ** MAX_BITS

const LENGTH_CONTEXT = 0
const CODE_CONTEXTS = 8
const MAX_EXPECTED = 11
const GAP_CONTEXTS = 3 * (MAX_EXPECTED + 1)
const FIRST_GAP = 1 + CODE_CONTEXTS
const CONTEXTS = FIRST_GAP + GAP_CONTEXTS

export function encodePairs({ indptr, indices, codes }: PairLists): PairBytes {
  const rows = indptr.length - 1
  const symbols = new Uint8Array(rows + 2 * indices.length)
  const contexts = new Uint8Array(symbols.length)
  const bits = createBitWriter()
  let count = 0
  const put = (symbol: number, context: number) => {
    contexts[count] = context
    symbols[count++] = symbol
  }
  const putNumber = (value: number, context: number) => {
    const size = sizeOf(value)
    put(size, context)
    bits.write(value + 1 - 2 ** size, size)
  }
  for (let row = 0; row < rows; row++) {
    const end = indptr[row + 1]
    putNumber(end - indptr[row], LENGTH_CONTEXT)
    let last = row
    let lean = 1
    let code = 0
    for (let e = indptr[row]; e < end; e++) {
      const gap = indices[e] - last - 1
      const expected = expectedSize(rows - 1 - last, end - e)
      putNumber(gap, gapContext(expected, lean))
      lean = leanOf(sizeOf(gap), expected)
      last = indices[e]
      put(codes[e], codeContext(code))
      code = codes[e]
    }
  }
  return { ...encodeSymbols(symbols, contexts, CONTEXTS), bits: bits.bytes() }
}

/**
 * The inverse of `encodePairs`, safe on any bytes.
 *
 * @returns undefined unless the bytes are exactly those of `pairs` pairs in `rows` rows
 */
export function decodePairs(
  bytes: PairBytes,
  { rows, pairs }: { readonly rows: number; readonly pairs: number },
): PairLists | undefined {
  const symbols = createSymbolReader(bytes, CONTEXTS)
  if (!symbols || pairs > mostPairs(bytes)) return undefined
  const bits = createBitReader(bytes.bits)
  const indptr = new Uint32Array(rows + 1)
  const indices = new Uint32Array(pairs)
  const codes = new Uint8Array(pairs)
  const readNumber = (context: number) => {
    const size = symbols.read(context)
    // a size beyond MAX_BITS is damage: as a number it is larger than any allowed
    return size > MAX_BITS ? MAX_PAIR_ROWS * 2 : bits.read(size) + 2 ** size - 1
  }
  let end = 0
  for (let row = 0; row < rows; row++) {
    const start = end
    end += readNumber(LENGTH_CONTEXT)
    if (end > pairs || end - start > rows - 1 - row) return undefined
    indptr[row + 1] = end
    let last = row
    let lean = 1
    let code = 0
    for (let e = start; e < end; e++) {
      const expected = expectedSize(rows - 1 - last, end - e)
      const gap = readNumber(gapContext(expected, lean))
      last += gap + 1
      if (last >= rows - (end - 1 - e)) return undefined
      lean = leanOf(sizeOf(gap), expected)
      indices[e] = last
      code = symbols.read(codeContext(code))
      if (code > 15) return undefined
      codes[e] = code
    }
  }
  const isWhole = end === pairs && symbols.isAtEnd() && bits.isAtEnd()
  return isWhole ? { indptr, indices, codes } : undefined
}

/** More than any real matrix has in so few bytes: damage must not ask for all memory. */
export function mostPairs({ stream, bits }: PairBytes): number {
  return 2 ** 22 + 2 ** 10 * (stream.length + bits.length)
}

/** ⌊log2(value + 1)⌋ */
function sizeOf(value: number): number {
  return 31 - Math.clz32(value + 1)
}

/** Size of the mean gap of `left` entries among `open` rows, left ≤ open. */
function expectedSize(open: number, left: number): number {
  return Math.min(MAX_EXPECTED, 31 - Math.clz32(open / left))
}

/** 0 below what was expected, 1 as expected (and at a row's start), 2 above. */
function leanOf(size: number, expected: number): number {
  return size < expected ? 0 : size === expected ? 1 : 2
}

function gapContext(expected: number, lean: number): number {
  return FIRST_GAP + 3 * expected + lean
}

function codeContext(code: number): number {
  return 1 + (code >> 1)
}
