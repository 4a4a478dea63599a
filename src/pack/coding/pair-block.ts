/**
 * The `cf` block of a symmetric kernel: what pairs of items have in common, once a pair.
 *
 *   value(i → j) = a_i · (s_ij + v_i·v_j) · t_j        s_ij = s_ji, i ≠ j
 *
 *   section 0  uint32 [4]          kind (3), pairs, latent dim, bits of a position (0: no order)
 *           1  float32 [16]        levels of s
 *           2  log bytes [rows]    a, times the largest s
 *           3  log bytes [rows]    t
 *           4  bits [rows]         order: the row at each position
 *           5  bytes               entropy coder's tables
 *           6  bytes               its stream
 *           7  bits                plain bits of lengths and gaps
 *           8  4 bits [rows, dim]  v, signed
 *           9  log bytes [rows]    scales of v, with the largest s taken out
 */

import { assertLength, HearthError } from '../../errors.ts'
import { packNibbles, quantiseRows4, unpackNibbles } from '../../math/quantise.ts'
import { badPack } from '../bad-pack.ts'
import type { BlockName, LatentTerm, SparseBlock } from '../pack.ts'
import type { PairForm, SparseRows } from '../pack-source.ts'
import {
  assertSectionCount,
  bytesOf,
  float32Of,
  type Sections,
  uint32Of,
  writeSections,
} from '../sections.ts'
import { createBitReader, createBitWriter } from './bit-stream.ts'
import { factorsOf, packFactors } from './log-bytes.ts'
import { decodePairs, encodePairs, MAX_PAIR_ROWS, mostPairs } from './pair-lists.ts'
import { expandPairs, foldPairs, isPermutation } from './pair-order.ts'

/** First number of section 0; lower ones are the kinds of plain rows. */
export const PAIR_KIND = 3
const SECTIONS = 10
const MAX_POSITION_BITS = 24

/**
 * @param source a sound CSR with its `pairs`
 * @throws HearthError `bad-argument` if it is not symmetric but for the factors
 */
export function encodePairBlock(
  block: BlockName,
  source: SparseRows & { readonly pairs: PairForm },
): Uint8Array {
  const { rows, pairs } = source
  assertForm(source)
  const strengths = strengthsOf(source)
  const { from, ...lists } = foldPairs(source, pairs.order)
  const once = Float32Array.from(from, (entry) => strengths[entry])
  const { levels, unit, codes } = quantisePairs(once)
  const coded = encodePairs({ ...lists, codes })
  if (codes.length > mostPairs(coded)) throw tooRegular(codes.length)
  const bits = pairs.order ? Math.ceil(Math.log2(Math.max(2, rows))) : 0
  const latent = latentBytes(rows, pairs.latent, unit)
  return writeSections(block, rows, [
    Uint32Array.of(PAIR_KIND, codes.length, pairs.latent?.dim ?? 0, bits),
    levels,
    packFactors(
      'row factors',
      pairs.rowFactors.map((a) => a * unit),
    ),
    packFactors('column factors', pairs.columnFactors),
    orderBytes(pairs.order, bits),
    coded.tables,
    coded.stream,
    coded.bits,
    latent.codes,
    latent.scales,
  ])
}

function orderBytes(order: Uint32Array | undefined, bits: number): Uint8Array {
  const writer = createBitWriter()
  for (const row of order ?? []) writer.write(row, bits)
  return writer.bytes()
}

/** @throws HearthError `bad-pack` unless the sections are those of a sound pair block */
export function decodePairBlock(sections: Sections): SparseBlock {
  assertSectionCount(sections, SECTIONS)
  const { file, rows } = sections
  const [, pairs, dim, bits] = uint32Of(sections, 0, 4)
  const coded = {
    tables: bytesOf(sections, 5),
    stream: bytesOf(sections, 6),
    bits: bytesOf(sections, 7),
  }
  const lists = decodePairs(coded, { rows, pairs })
  if (!lists) throw badPack(file, 'its pairs are damaged.')
  const { indptr, indices, entries } = expandPairs(lists, readOrder(sections, bits))
  const scales = factorsOf(sections, 2, rows)
  const targets = factorsOf(sections, 3, rows)
  return {
    kind: 'item-item',
    rows,
    columns: rows,
    indptr,
    indices,
    codes: entries,
    levels: readLevels(sections),
    scales,
    targets,
    ...(dim > 0 ? { latent: readLatent(sections, 8, { dim, scales, targets }) } : {}),
  }
}

function readOrder(sections: Sections, bits: number): Uint32Array | undefined {
  const { file, rows } = sections
  if (bits === 0) return undefined
  if (bits > MAX_POSITION_BITS) throw badPack(file, `got ${bits} bits a position.`)
  const reader = createBitReader(bytesOf(sections, 4, Math.ceil((rows * bits) / 8)))
  const order = Uint32Array.from({ length: rows }, () => reader.read(bits))
  if (isPermutation(order, rows)) return order
  throw badPack(file, 'its order is not a permutation.')
}

function readLevels(sections: Sections): Float32Array {
  const levels = float32Of(sections, 1, LEVELS)
  if (levels.every((level) => level >= 0 && level <= 1)) return levels
  throw badPack(sections.file, 'a level is outside 0 … 1.')
}

function tooRegular(pairs: number) {
  return new HearthError(
    'bad-argument',
    `invalid pairs: ${pairs} of them are nearly all alike. Keep fewer.`,
  )
}

/** Dimensions of the low-rank term at most. */
const MAX_LATENT_DIM = 1024
/** How far the two directions of a pair may lie apart: float32 rounding. */
const TOLERANCE = 1e-3

/** @throws HearthError `bad-argument` for wrong lengths or an order that is none */
function assertForm({
  rows,
  columns,
  pairs,
}: SparseRows & { readonly pairs: PairForm }) {
  if (rows !== columns || rows > MAX_PAIR_ROWS) {
    throw invalidPairs(
      `got ${rows} × ${columns}, expected a square of at most ${MAX_PAIR_ROWS}`,
    )
  }
  assertLength('row factors', pairs.rowFactors, rows)
  assertLength('column factors', pairs.columnFactors, rows)
  if (pairs.order && !isPermutation(pairs.order, rows)) {
    throw invalidPairs('the order is not a permutation of its rows')
  }
  const { latent } = pairs
  if (!latent) return
  assertLength('latent vectors', latent.vectors, rows * latent.dim)
  if (latent.dim > MAX_LATENT_DIM) {
    throw invalidPairs(
      `got ${latent.dim} latent dimensions, expected at most ${MAX_LATENT_DIM}`,
    )
  }
}

/**
 * s of each entry.
 *
 * @throws HearthError `bad-argument` unless its mirror entry has the same
 */
function strengthsOf({
  rows,
  indptr,
  indices,
  values,
  pairs,
}: SparseRows & { readonly pairs: PairForm }) {
  const { rowFactors, columnFactors } = pairs
  const strengths = new Float32Array(indices.length)
  for (let row = 0; row < rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const strength = values[e] / (rowFactors[row] * columnFactors[indices[e]])
      if (!(strength > 0 && strength < 1e30))
        throw invalidPairs(
          `the pair ${row}, ${indices[e]} has the strength ${strength}, expected above 0 and finite`,
        )
      strengths[e] = strength
    }
  }
  const next = indptr.slice(0, rows)
  for (let row = 0; row < rows; row++) {
    for (let e = indptr[row]; e < indptr[row + 1]; e++) {
      const mirror = next[indices[e]]++
      const isSame =
        indices[mirror] === row &&
        Math.abs(strengths[mirror] - strengths[e]) <= TOLERANCE * strengths[e]
      if (!isSame || indices[e] === row)
        throw invalidPairs(`the pair ${row}, ${indices[e]} is not the same both ways`)
    }
  }
  const odd = next.findIndex((end, row) => end !== indptr[row + 1])
  if (odd >= 0) throw invalidPairs(`row ${odd} has entries that no other row has of it`)
  return strengths
}

function invalidPairs(what: string) {
  return new HearthError('bad-argument', `invalid pairs: ${what}.`)
}

/** Levels that the strengths of pairs are rounded to. */
const LEVELS = 16
/**
 * Strengths fall off fast: finer steps near 0. Found on two catalogues beside steps of
 * one ratio and other powers.
 */
const POWER = 0.6
/** The strongest pairs share the top level: its bound is this quantile. */
const TOP_QUANTILE = 0.9995
/** Enough strengths to know the quantile by. */
const SAMPLE = 100_000

interface PairLevels {
  /** [16] in [0, 1], as shares of `unit`. */
  readonly levels: Float32Array
  /** The largest level's strength; 1 without pairs. */
  readonly unit: number
  /** [pairs] 0 … 15 */
  readonly codes: Uint8Array
}

/**
 * Each level is the mean of the strengths that have it.
 *
 * @param strengths [pairs] > 0, finite
 */
export function quantisePairs(strengths: Float32Array): PairLevels {
  const top = topOf(strengths)
  const codes = new Uint8Array(strengths.length)
  const sums = new Float64Array(LEVELS)
  const counts = new Float64Array(LEVELS)
  for (let e = 0; e < strengths.length; e++) {
    const share = Math.min(1, strengths[e] / top) ** POWER
    const code = Math.min(LEVELS - 1, Math.floor(share * LEVELS))
    codes[e] = code
    sums[code] += strengths[e]
    counts[code]++
  }
  const means = sums.map((sum, code) => (counts[code] > 0 ? sum / counts[code] : 0))
  const unit = means.reduce((a, b) => Math.max(a, b), 0) || 1
  return { levels: Float32Array.from(means, (mean) => mean / unit), unit, codes }
}

function topOf(strengths: Float32Array): number {
  if (strengths.length === 0) return 1
  const step = Math.max(1, Math.floor(strengths.length / SAMPLE))
  const sample = strengths.filter((_, e) => e % step === 0).sort()
  return sample[Math.floor(TOP_QUANTILE * (sample.length - 1))]
}

/**
 * The low-rank term: half a byte a dimension, and a byte for the scale.
 *
 * @param unit what the row factors were multiplied by
 */
function latentBytes(rows: number, latent: PairForm['latent'], unit: number) {
  if (!latent) return { codes: new Uint8Array(0), scales: new Uint8Array(0) }
  const { codes, scales } = quantiseRows4(latent.vectors, rows, latent.dim)
  const share = 1 / Math.sqrt(unit)
  return {
    codes: packNibbles(codes),
    scales: packFactors(
      'latent scales',
      scales.map((scale) => scale * share),
    ),
  }
}

/**
 * @param section of the codes; the scales are in the next one
 * @throws HearthError `bad-pack`
 */
function readLatent(
  sections: Sections,
  section: number,
  {
    dim,
    scales,
    targets,
  }: {
    readonly dim: number
    readonly scales: Float32Array
    readonly targets: Float32Array
  },
): LatentTerm {
  const { file, rows } = sections
  if (dim > MAX_LATENT_DIM) throw badPack(file, `got ${dim} latent dimensions.`)
  const count = rows * dim
  const codes = unpackNibbles(bytesOf(sections, section, Math.ceil(count / 2)), count)
  const sizes = factorsOf(sections, section + 1, rows)
  return {
    given: { rows, dim, codes, scales: sizes.map((size, row) => size * scales[row]) },
    taken: { rows, dim, codes, scales: sizes.map((size, row) => size * targets[row]) },
  }
}
