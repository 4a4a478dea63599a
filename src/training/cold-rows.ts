/**
 * Items nobody has chosen yet get their item-item entries from the warm items they are
 * most like, in text and shared entities, at a discount:
 *
 *   W[·, cold] = Σ_c s_c · W[·, c] + s_c at row c    W[cold, ·] likewise
 *
 * with c the NEIGHBOURS nearest warm items and s_c their similarity scaled to sum 1.
 * A first form: the learned map from text to taste is another trainer's work.
 */
import type { EntityBlock } from '../catalogue/pack.ts'
import type { SparseRows } from '../catalogue/pack-source.ts'
import { blendFactors, type ColdItem, putFactors, takeFactors } from './cold-pairs.ts'

const NEIGHBOURS = 8
/** Entries a cold item gets, as a row and as a column. */
const ENTRIES = 12
/** A cold item's entries beside a warm one's: less sure, so less strong. */
const DISCOUNT = 0.5
/** Warm items compared with, the most popular first: bounds the time. */
const MAX_WARM = 20_000
/** Weight of the share of entities in common beside the cosine of the texts. */
const ENTITY_SHARE = 0.5

export interface ColdInput {
  /** [rows] users of each row; 0 = cold. */
  readonly counts: Uint32Array
  readonly content?: { readonly dim: number; readonly vectors: Float32Array }
  readonly entities: EntityBlock
}

/** @returns `rows` with the cold items' rows and columns added; itself if there are none */
export function addColdRows(rows: SparseRows, input: ColdInput): SparseRows {
  const cold: number[] = []
  const warm: number[] = []
  input.counts.forEach((count, row) => void (count === 0 ? cold : warm).push(row))
  if (cold.length === 0 || warm.length === 0) return rows
  warm.sort((a, b) => input.counts[b] - input.counts[a] || a - b)
  const pool = warm.slice(0, MAX_WARM)
  const near = cold.map((item) => ({ item, near: nearest(item, pool, input) }))
  const { pairs } = rows
  if (!pairs) return addTo(rows, near)
  const strengths = addTo(takeFactors(rows, pairs), near)
  return putFactors(strengths, blendFactors(pairs, near, DISCOUNT))
}

function addTo(rows: SparseRows, cold: readonly ColdItem[]): SparseRows {
  const columns = transpose(rows)
  const direct = median(rows.values)
  const added: Entry[] = []
  for (const { item, near } of cold) {
    for (const [row, value] of blend(columns, near, direct)) {
      added.push({ row, column: item, value })
    }
    for (const [column, value] of blend(rows, near, direct)) {
      added.push({ row: item, column, value })
    }
  }
  return merge(rows, added)
}

interface Entry {
  readonly row: number
  readonly column: number
  readonly value: number
}

function nearest(
  item: number,
  warm: readonly number[],
  input: ColdInput,
): ColdItem['near'] {
  const mine = { ...input, mine: new Set(entitiesOf(input.entities, item)) }
  const found = warm
    .map((row) => ({ row, share: likeness(item, row, mine) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || a.row - b.row)
    .slice(0, NEIGHBOURS)
  const total = found.reduce((sum, { share }) => sum + share, 0)
  return found.map(({ row, share }) => ({ row, share: share / total }))
}

function likeness(
  a: number,
  b: number,
  { content, entities, mine }: ColdInput & { mine: ReadonlySet<number> },
): number {
  let cosine = 0
  if (content) {
    const { dim, vectors } = content
    for (let d = 0; d < dim; d++) cosine += vectors[a * dim + d] * vectors[b * dim + d]
  }
  const theirs = entitiesOf(entities, b)
  const common = theirs.reduce((n, entity) => n + (mine.has(entity) ? 1 : 0), 0)
  const shared = common / Math.sqrt(Math.max(1, mine.size * theirs.length))
  return Math.max(0, cosine) + ENTITY_SHARE * shared
}

function entitiesOf({ indptr, indices }: EntityBlock, row: number) {
  return indices.subarray(indptr[row], indptr[row + 1])
}

/** The strongest ENTRIES of the neighbours' vectors, blended and discounted. */
function blend(
  { indptr, indices, values }: SparseRows,
  near: ColdItem['near'],
  direct: number,
): [number, number][] {
  const sums = new Map<number, number>()
  const add = (key: number, value: number) => {
    sums.set(key, (sums.get(key) ?? 0) + DISCOUNT * value)
  }
  for (const { row, share } of near) {
    add(row, share * direct)
    for (let e = indptr[row]; e < indptr[row + 1]; e++)
      add(indices[e], share * values[e])
  }
  return [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, ENTRIES)
}

function transpose(rows: SparseRows): SparseRows {
  const indptr = new Uint32Array(rows.columns + 1)
  for (const column of rows.indices) indptr[column + 1]++
  for (let column = 0; column < rows.columns; column++)
    indptr[column + 1] += indptr[column]
  const indices = new Uint32Array(rows.indices.length)
  const values = new Float32Array(rows.indices.length)
  const next = indptr.slice(0, rows.columns)
  for (let row = 0; row < rows.rows; row++) {
    for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++) {
      const at = next[rows.indices[e]]++
      indices[at] = row
      values[at] = rows.values[e]
    }
  }
  return { ...rows, rows: rows.columns, columns: rows.rows, indptr, indices, values }
}

/** `rows` with the added entries, which are never in `rows` yet, sorted within a row. */
function merge(rows: SparseRows, added: readonly Entry[]): SparseRows {
  const byRow = new Map<number, Entry[]>()
  for (const entry of added) {
    const list = byRow.get(entry.row)
    if (list) list.push(entry)
    else byRow.set(entry.row, [entry])
  }
  const indptr = new Uint32Array(rows.rows + 1)
  const indices = new Uint32Array(rows.indices.length + added.length)
  const values = new Float32Array(indices.length)
  let end = 0
  for (let row = 0; row < rows.rows; row++) {
    const entries = (byRow.get(row) ?? []).map(({ column, value }) => ({
      column,
      value,
    }))
    for (let e = rows.indptr[row]; e < rows.indptr[row + 1]; e++) {
      entries.push({ column: rows.indices[e], value: rows.values[e] })
    }
    entries.sort((a, b) => a.column - b.column)
    for (const { column, value } of entries) {
      indices[end] = column
      values[end++] = value
    }
    indptr[row + 1] = end
  }
  return { ...rows, indptr, indices, values }
}

function median(values: Float32Array): number {
  if (values.length === 0) return 1
  return values.slice().sort()[values.length >> 1]
}
