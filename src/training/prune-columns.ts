/**
 * Keeps the entries worth their bytes, over the whole matrix at once: an item that is
 * easy to tell needs few entries, a hard one many.
 */
import type { Columns } from './ridge-columns.ts'

/** Entries a column keeps at least, if it has them. */
const LEAST = 4
/** Entries a column keeps at most, as a multiple of the mean. */
const MOST_TIMES = 4

/**
 * Keeps the `perColumn` · columns entries with the largest w_ij · √d_i, at least LEAST
 * and at most MOST_TIMES · perColumn a column. Entries ≤ 0 never stay: the pack cannot
 * hold them.
 *
 * @param diagonal [rows] d
 * @returns new columns in shared memory with the kept supports; values are to be refitted
 */
export function pruneColumns(
  columns: Columns,
  diagonal: Float32Array,
  perColumn: number,
): Columns {
  const most = Math.max(LEAST, Math.round(MOST_TIMES * perColumn))
  const ranked = rankEntries(columns, diagonal, most)
  const floor = globalFloor(ranked, Math.round(perColumn * columns.lengths.length))
  const starts = new Uint32Array(new SharedArrayBuffer(columns.starts.length * 4))
  const kept = ranked.map(({ entries, worth }, column) => {
    let count = Math.min(LEAST, entries.length)
    while (count < entries.length && worth[count] >= floor) count++
    starts[column + 1] = starts[column] + count
    return entries.subarray(0, count)
  })
  const total = starts[kept.length]
  const pruned: Columns = {
    starts,
    lengths: new Uint32Array(new SharedArrayBuffer(kept.length * 4)),
    indices: new Uint32Array(new SharedArrayBuffer(total * 4)),
    values: new Float32Array(new SharedArrayBuffer(total * 4)),
  }
  for (const [column, entries] of kept.entries()) {
    const rows = Uint32Array.from(entries, (entry) => columns.indices[entry]).sort()
    pruned.indices.set(rows, starts[column])
    pruned.lengths[column] = rows.length
  }
  return pruned
}

interface RankedColumn {
  /** Positions in `columns`, most worth first, at most `most`. */
  readonly entries: Uint32Array
  /** w_ij · √d_i of each. */
  readonly worth: Float32Array
}

function rankEntries(
  { starts, lengths, indices, values }: Columns,
  diagonal: Float32Array,
  most: number,
): RankedColumn[] {
  const worthOf = (entry: number) => values[entry] * Math.sqrt(diagonal[indices[entry]])
  return Array.from(lengths, (length, column) => {
    const entries: number[] = []
    for (let e = starts[column]; e < starts[column] + length; e++) {
      if (values[e] > 0) entries.push(e)
    }
    entries.sort((a, b) => worthOf(b) - worthOf(a) || a - b)
    const first = Uint32Array.from(entries.slice(0, most))
    return { entries: first, worth: Float32Array.from(first, worthOf) }
  })
}

/** The worth below which entries go, so that about `count` stay in all. */
function globalFloor(ranked: readonly RankedColumn[], count: number): number {
  const certain = ranked.reduce(
    (n, { entries }) => n + Math.min(LEAST, entries.length),
    0,
  )
  const others = ranked.reduce(
    (n, { worth }) => n + Math.max(0, worth.length - LEAST),
    0,
  )
  const left = count - certain
  if (left >= others) return 0
  if (left <= 0) return Infinity
  const worths = new Float32Array(others)
  let end = 0
  for (const { worth } of ranked) {
    const open = worth.subarray(LEAST)
    worths.set(open, end)
    end += open.length
  }
  return worths.sort()[others - left]
}
