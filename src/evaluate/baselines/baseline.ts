/** The interface of every recommender that Hearth is compared with. */
import type { Positives } from '../../build/dataset/dataset.ts'

/**
 * A fitted recommender: the rows of a history, newest first → a score for every row. The
 * array belongs to the caller. Rows of the history may have any score.
 */
export type Scorer = (history: Uint32Array) => Float32Array

export interface Baseline<S> {
  readonly name: string
  /** Where the search for settings starts. */
  readonly start: S
  /** Settings searched one after another: see `tuneBaseline`. */
  readonly axes: readonly Axis<S>[]
  /** Users that are scored need not be among those of `train`. */
  readonly fit: (train: Positives, settings: S) => Scorer
  /** False where fitting would take minutes or gigabytes: the baseline is left out. */
  readonly isAffordable: (train: Positives) => boolean
}

/** A setting and the step of its search: value · factor, value / factor. */
export interface Axis<S> {
  readonly setting: keyof S & string
  readonly factor: number
  /** Smallest value. Default: no limit. */
  readonly min?: number
  readonly max?: number
}

/** The same entries by item: `rows` of item i are its users, rising. */
export function transpose({ userCount, rowCount, indptr, rows }: Positives): Positives {
  const starts = new Uint32Array(rowCount + 1)
  for (const row of rows) starts[row + 1]++
  for (let row = 0; row < rowCount; row++) starts[row + 1] += starts[row]
  const users = new Uint32Array(rows.length)
  const next = starts.slice(0, rowCount)
  for (let user = 0; user < userCount; user++) {
    for (let e = indptr[user]; e < indptr[user + 1]; e++) users[next[rows[e]]++] = user
  }
  return { userCount: rowCount, rowCount: userCount, indptr: starts, rows: users }
}
