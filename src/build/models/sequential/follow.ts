/**
 * What follows one item, over all sequences:
 *
 *   C_ij = Σ over pairs of i and j at most `window` apart in a sequence of length L, the
 *          s-th of S:  e^(−τ(1 − s/S)) · (L − 1)^−a
 *                      · (forward^(lag−1) if j comes after i, else reverse · backward^(lag−1))
 *   W_ij = C_ij^pw · (f_i + 1)^−bi · (f_j + 1)^−bj          f: events on the item; W_ii = 0
 *
 * Shop sessions and review histories (bench/RESULTS.md, *Next clicks*) are both of this family.
 */
import type { Sequences } from './sequences.ts'
import type { SequenceSettings } from './settings.ts'

/** A sparse row being added up: dense values, and which of them are not 0. */
export interface RowSum {
  /** [items], 0 but at `touched`. */
  readonly values: Float64Array
  /** [items], the first `count` are places in `values`. */
  readonly touched: Uint32Array
  count: number
}

export function emptySum(rows: number): RowSum {
  return { values: new Float64Array(rows), touched: new Uint32Array(rows), count: 0 }
}

/** Sets every touched value back to 0. */
export function clearSum(sum: RowSum): void {
  for (let t = 0; t < sum.count; t++) sum.values[sum.touched[t]] = 0
  sum.count = 0
}

/** Where each item occurs. */
export interface Postings {
  /** [rows + 1] */
  readonly starts: Uint32Array
  /** Positions in `Sequences.rows`, rising within an item. */
  readonly positions: Uint32Array
  /** [positions of Sequences.rows] the sequence each belongs to. */
  readonly sequences: Uint32Array
}

export function findPostings({ rowCount, starts, rows }: Sequences): Postings {
  const from = new Uint32Array(rowCount + 1)
  for (const item of rows) from[item + 1]++
  for (let item = 0; item < rowCount; item++) from[item + 1] += from[item]
  const next = from.slice(0, rowCount)
  const positions = new Uint32Array(rows.length)
  const sequences = new Uint32Array(rows.length)
  for (let s = 0; s + 1 < starts.length; s++) {
    for (let at = starts[s]; at < starts[s + 1]; at++) {
      positions[next[rows[at]]++] = at
      sequences[at] = s
    }
  }
  return { starts: from, positions, sequences }
}

/** Adds one row of W to an empty sum. */
export type Follow = (row: number, sum: RowSum) => void

/** @param postings of the same sequences */
export function createFollow(
  all: Sequences,
  postings: Postings,
  settings: SequenceSettings,
): Follow {
  const { rowCount, starts, rows } = all
  const { window, countPower } = settings
  const weights = sequenceWeights(all, settings)
  const ahead = byLag(window, (lag) => settings.forward ** (lag - 1))
  const behind = byLag(
    window,
    (lag) => settings.reverse * settings.backward ** (lag - 1),
  )
  const { from, to } = frequencyFactors(rowCount, postings, settings)

  return (row, sum) => {
    const { values, touched } = sum
    let count = 0
    for (let e = postings.starts[row]; e < postings.starts[row + 1]; e++) {
      const at = postings.positions[e]
      const s = postings.sequences[at]
      const weight = weights[s]
      // after it, then before it, never beyond the sequence
      const end = Math.min(starts[s + 1], at + ahead.length)
      for (let p = at + 1; p < end; p++) {
        const other = rows[p]
        if (values[other] === 0) touched[count++] = other
        values[other] += weight * ahead[p - at]
      }
      const start = Math.max(starts[s], at - behind.length + 1)
      for (let p = at - 1; p >= start; p--) {
        const other = rows[p]
        if (values[other] === 0) touched[count++] = other
        values[other] += weight * behind[at - p]
      }
    }
    values[row] = 0 // itself may stay touched, at 0
    for (let t = 0; t < count; t++) {
      const other = touched[t]
      const counted = countPower === 1 ? values[other] : values[other] ** countPower
      values[other] = counted * from[row] * to[other]
    }
    sum.count = count
  }
}

/** Weight of each lag from 1 on, cut where it becomes 0, so that what is added is above 0. */
function byLag(window: number, weightOf: (lag: number) => number): Float64Array {
  const weights = Float64Array.from({ length: window + 1 }, (_, lag) => weightOf(lag))
  const zero = weights.findIndex((weight, lag) => lag > 0 && !(weight > 0))
  return zero < 0 ? weights : weights.subarray(0, zero)
}

/** What a pair of each sequence counts; 0 for one of a single event. */
function sequenceWeights(
  { starts, isInTimeOrder }: Sequences,
  { recency, lengthPower }: SequenceSettings,
): Float64Array {
  const count = starts.length - 1
  const fade = isInTimeOrder ? recency : 0
  return Float64Array.from({ length: count }, (_, s) => {
    const pairs = starts[s + 1] - starts[s] - 1
    if (pairs < 1) return 0
    return Math.exp(-fade * (1 - (s + 1) / count)) * pairs ** -lengthPower
  })
}

function frequencyFactors(
  rowCount: number,
  { starts }: Postings,
  { fromPower, toPower }: SequenceSettings,
) {
  const of = (power: number) =>
    Float64Array.from(
      { length: rowCount },
      (_, item) => (starts[item + 1] - starts[item] + 1) ** -power,
    )
  return { from: of(fromPower), to: of(toPower) }
}
