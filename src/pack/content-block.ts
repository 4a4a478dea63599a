/**
 * The `content` block: text vectors in half a byte a dimension.
 *
 *   section 0  uint32 [2]               dim, encoder dim
 *           1  4 bits [rows, dim]       signed codes; a row's scale is 1 / its length
 *           2  int8 [dim, encoder dim]  the projection, transposed
 *           3  halves [dim]             its scales
 *           4  halves [encoder dim]     mean
 *
 * Rows are unit vectors, so no scale is stored: the one that makes the codes' length 1
 * is also the one that keeps cosines true.
 */
import { assertLength, HearthError } from '../errors.ts'
import {
  packNibbles,
  quantiseRows,
  quantiseRows4,
  unpackNibbles,
} from '../math/quantise.ts'
import { badPack } from './bad-pack.ts'
import { halvesOf, packHalves, scalesOf } from './coding/scaled-halves.ts'
import type { ContentBlock } from './pack.ts'
import type { PackSource } from './pack-source.ts'
import {
  assertSectionCount,
  bytesOf,
  type Expected,
  int8Of,
  readSections,
  uint32Of,
  writeSections,
} from './sections.ts'

/** How far a row's length may be from 1: float32 rounding, not another scale. */
const UNIT_TOLERANCE = 1e-2

/** @throws HearthError `bad-argument` for wrong lengths or rows that are not unit or zero */
export function encodeContent(
  { dim, vectors, projection, mean }: NonNullable<PackSource['content']>,
  rows: number,
): Uint8Array {
  assertLength('projection', projection, mean.length * dim)
  const { codes } = quantiseRows4(vectors, rows, dim)
  assertUnitRows(vectors, dim)
  const columns = quantiseRows(transpose(projection, dim), dim, mean.length)
  return writeSections('content', rows, [
    Uint32Array.of(dim, mean.length),
    packNibbles(codes),
    columns.codes,
    packHalves('projection scales', columns.scales),
    packHalves('mean', mean),
  ])
}

function assertUnitRows(vectors: Float32Array, dim: number) {
  for (let start = 0; start < vectors.length; start += dim) {
    let square = 0
    for (let d = 0; d < dim; d++) square += vectors[start + d] ** 2
    if (square === 0 || Math.abs(Math.sqrt(square) - 1) <= UNIT_TOLERANCE) continue
    throw new HearthError(
      'bad-argument',
      `invalid content vector ${start / dim}: its length is ${Math.sqrt(square)}, expected 1 or 0.`,
    )
  }
}

/** Row-major [n, columns] to row-major [columns, n]. */
function transpose(matrix: Float32Array, columns: number): Float32Array {
  const n = matrix.length / columns
  const out = new Float32Array(matrix.length)
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < columns; column++) {
      out[column * n + row] = matrix[row * columns + column]
    }
  }
  return out
}

/**
 * @param dims the manifest's
 * @throws HearthError `bad-pack` unless the bytes are a whole, sound content block
 */
export function decodeContent(
  bytes: Uint8Array,
  expected: Expected,
  dims: { readonly content: number; readonly encoder: number },
): ContentBlock {
  const sections = readSections(bytes, expected)
  assertSectionCount(sections, 5)
  const { file, rows } = sections
  const [dim, encoderDim] = uint32Of(sections, 0, 2)
  if (dim !== dims.content || encoderDim !== dims.encoder) {
    throw badPack(
      file,
      `it maps ${encoderDim} to ${dim} dimensions, expected ${dims.encoder} to ${dims.content}.`,
    )
  }
  const count = rows * dim
  const codes = unpackNibbles(bytesOf(sections, 1, Math.ceil(count / 2)), count)
  const columns = int8Of(sections, 2, encoderDim * dim)
  const scales = scalesOf(sections, 3, dim)
  return {
    vectors: { rows, dim, codes, scales: unitScales(codes, rows, dim) },
    projection: transpose(widen(columns, scales), encoderDim),
    mean: halvesOf(sections, 4, encoderDim),
  }
}

/** Row-major [scales.length, …] codes times the scale of their row. */
function widen(codes: Int8Array, scales: Float32Array): Float32Array {
  const width = codes.length / scales.length
  const values = new Float32Array(codes.length)
  for (let row = 0; row < scales.length; row++) {
    for (let i = row * width; i < (row + 1) * width; i++) {
      values[i] = codes[i] * scales[row]
    }
  }
  return values
}

/** [rows] 1 / length of each row of codes; 0 for a row of zeros. */
function unitScales(codes: Int8Array, rows: number, dim: number): Float32Array {
  const scales = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    let square = 0
    for (let i = row * dim; i < (row + 1) * dim; i++) square += codes[i] * codes[i]
    scales[row] = square > 0 ? 1 / Math.sqrt(square) : 0
  }
  return scales
}
