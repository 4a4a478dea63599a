/**
 * The `cf` and `sequence` blocks: a sparse matrix in about 13 bits an entry. One that is
 * symmetric but for factors is written by pairs instead: pair-block.ts.
 *
 *   section 0  uint32 [4]       kind, columns, entries, bytes of a row length (1 or 2)
 *           1  float32 [16]     levels
 *           2  halves [rows]    scales: the largest value of each row
 *           3  uint [rows]      row lengths
 *           4  4 bits [rows]    Rice parameters
 *           5  4 bits [entries] codes
 *           6  bytes            Rice-coded column gaps
 */
import { assertLength, HearthError } from '../errors.ts'
import { packNibbles, unpackNibbles } from '../math/quantise.ts'
import { badPack } from './bad-pack.ts'
import { decodePairBlock, encodePairBlock, PAIR_KIND } from './coding/pair-block.ts'
import { decodeRice, encodeRice } from './coding/rice.ts'
import { packHalves, scalesOf } from './coding/scaled-halves.ts'
import type { BlockName, SparseBlock } from './pack.ts'
import type { SparseRows } from './pack-source.ts'
import {
  assertSectionCount,
  bytesOf,
  type Expected,
  float32Of,
  readSections,
  type Sections,
  uint16Of,
  uint32Of,
  writeSections,
} from './sections.ts'

const KINDS = ['item-item', 'sequence'] as const
const MAX_CODE = 15
const MAX_ROW_LENGTH = 65535
/** Values fall off fast within a row: finer steps near 0. */
const COMPANDER_POWER = 0.6

/** The value of each code: the inverse of the compander. */
const LEVELS = Float32Array.from(
  { length: MAX_CODE + 1 },
  (_, code) => (code / MAX_CODE) ** (1 / COMPANDER_POWER),
)

/** From this share of its row's largest on a value has the code one above the index. */
const STEPS = Float64Array.from(
  { length: MAX_CODE },
  (_, code) => ((code + 0.5) / MAX_CODE) ** (1 / COMPANDER_POWER),
)

/**
 * Entries ≤ 0 are dropped; every other one keeps a code of 1 or more.
 *
 * @throws HearthError `bad-argument` for a broken CSR or a value that is not finite
 */
export function encodeSparse(block: BlockName, source: SparseRows): Uint8Array {
  assertCsr(source)
  const { pairs } = source
  if (pairs) return encodePairBlock(block, { ...source, pairs })
  const { indptr, indices, codes, scales } = quantiseKept(source)
  const lengths = rowLengths(indptr)
  const rice = encodeRice({ indptr, indices })
  const lengthBytes = lengths.BYTES_PER_ELEMENT
  const kind = KINDS.indexOf(source.kind)
  return writeSections(block, source.rows, [
    Uint32Array.of(kind, source.columns, indices.length, lengthBytes),
    LEVELS,
    packHalves(`scales of ${block}`, scales),
    lengths,
    packNibbles(new Int8Array(rice.parameters.buffer)),
    packNibbles(codes),
    rice.stream,
  ])
}

/**
 * What reading the written block back would give, without the bytes between (but for the
 * scales, which writing rounds to 11 bits).
 *
 * @throws HearthError `bad-argument` as `encodeSparse`
 */
export function roundSparse(source: SparseRows): SparseBlock {
  assertCsr(source)
  const { kind, rows, columns } = source
  const { codes, ...kept } = quantiseKept(source)
  return { kind, rows, columns, ...kept, codes: unsigned(codes), levels: LEVELS }
}

function assertCsr({ rows, columns, indptr, indices, values }: SparseRows) {
  assertLength('indptr', indptr, rows + 1)
  assertLength('indices', indices, indptr[rows])
  assertLength('values', values, indptr[rows])
  for (let row = 0; row < rows; row++) {
    assertRising(indptr, row)
    let previous = -1
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const ok = indices[e] > previous && indices[e] < columns
      if (!ok || !Number.isFinite(values[e])) {
        throw new HearthError(
          'bad-argument',
          `invalid sparse row ${row}: entry ${e} has column ${indices[e]} and value ${values[e]}, expected rising columns below ${columns} and finite values.`,
        )
      }
      previous = indices[e]
    }
  }
}

function assertRising(indptr: Uint32Array, row: number) {
  if (indptr[0] === 0 && indptr[row] <= indptr[row + 1]) return
  throw new HearthError(
    'bad-argument',
    `invalid indptr: row ${row} is ${indptr[row]} to ${indptr[row + 1]}, expected to start at 0 and never fall.`,
  )
}

function quantiseKept({ rows, indptr, indices, values }: SparseRows) {
  const kept = values.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
  const out = {
    indptr: new Uint32Array(rows + 1),
    indices: new Uint32Array(kept),
    codes: new Int8Array(kept),
    scales: new Float32Array(rows),
  }
  let at = 0
  for (let row = 0; row < rows; row++) {
    let max = 0
    for (let e = indptr[row]; e < indptr[row + 1]; e++) max = Math.max(max, values[e])
    out.scales[row] = max
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      if (!(values[e] > 0)) continue
      out.indices[at] = indices[e]
      out.codes[at++] = codeOf(values[e] / max)
    }
    out.indptr[row + 1] = at
  }
  return out
}

/**
 * round(15·share^0.6), at least 1: compared with steps, as powers would take longer than
 * all the rest of writing.
 *
 * @param share value / largest of its row, in (0, 1]
 */
function codeOf(share: number): number {
  let code = 1
  while (code < MAX_CODE && share >= STEPS[code]) code++
  return code
}

function rowLengths(indptr: Uint32Array): Uint8Array | Uint16Array {
  const lengths = indptr.subarray(1).map((end, row) => end - indptr[row])
  const longest = lengths.reduce((max, length) => Math.max(max, length), 0)
  if (longest > MAX_ROW_LENGTH) {
    throw new HearthError(
      'bad-argument',
      `sparse row too long: got ${longest} entries, expected at most ${MAX_ROW_LENGTH}.`,
    )
  }
  return longest < 256 ? Uint8Array.from(lengths) : Uint16Array.from(lengths)
}

/** @throws HearthError `bad-pack` unless the bytes are a whole, sound sparse block */
export function decodeSparse(bytes: Uint8Array, expected: Expected): SparseBlock {
  const sections = readSections(bytes, expected)
  if (uint32Of(sections, 0, 4)[0] === PAIR_KIND) return decodePairBlock(sections)
  assertSectionCount(sections, 7)
  const { file, rows } = sections
  const [kindIndex, columns, entries, lengthBytes] = uint32Of(sections, 0, 4)
  const kind = KINDS[kindIndex]
  if (!kind) throw badPack(file, `unknown kind of sparse block: got ${kindIndex}.`)
  if (columns !== rows) {
    throw badPack(file, `got ${columns} columns for ${rows} rows of kind ${kind}.`)
  }
  // Bounded by the file's own size before anything of `entries` length is made.
  const codes = unpackNibbles(bytesOf(sections, 5, Math.ceil(entries / 2)), entries)
  const indptr = readIndptr(sections, lengthBytes, entries)
  const parameters = unpackNibbles(bytesOf(sections, 4, (rows + 1) >> 1), rows)
  const indices = decodeRice(bytesOf(sections, 6), {
    parameters: unsigned(parameters),
    indptr,
    columns,
  })
  if (!indices) throw badPack(file, 'its column numbers are damaged.')
  return {
    kind,
    rows,
    columns,
    indptr,
    indices,
    codes: unsigned(codes),
    levels: readLevels(sections),
    scales: scalesOf(sections, 2, rows),
  }
}

function readIndptr(sections: Sections, lengthBytes: number, entries: number) {
  const { file, rows } = sections
  const lengths =
    lengthBytes === 1 ? bytesOf(sections, 3, rows) : uint16Of(sections, 3, rows)
  const indptr = new Uint32Array(rows + 1)
  let end = 0
  for (let row = 0; row < rows; row++) {
    end += lengths[row]
    indptr[row + 1] = end
  }
  if (end === entries) return indptr
  throw badPack(file, `its rows hold ${end} entries, expected ${entries}.`)
}

function readLevels(sections: Sections): Float32Array {
  const levels = float32Of(sections, 1, MAX_CODE + 1)
  if (levels.every((level) => level >= -1 && level <= 1)) return levels
  throw badPack(sections.file, 'a level is outside −1 … 1.')
}

/** Signed 4-bit codes as the unsigned ones they were, in place. */
function unsigned(codes: Int8Array): Uint8Array {
  const bytes = new Uint8Array(codes.buffer)
  for (let i = 0; i < bytes.length; i++) bytes[i] &= 15
  return bytes
}
