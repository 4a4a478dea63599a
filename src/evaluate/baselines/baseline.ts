/** What every recommender that Hearth is compared with looks like. */
import type { Positives } from '../../build/dataset/dataset.ts'

/**
 * A fitted recommender: the rows of a history, newest first → a score for every row. The
 * array is new and the caller's own. Rows of the history may have any score.
 */
export type Scorer = (history: Uint32Array) => Float32Array

export interface Baseline<S> {
  readonly name: string
  /** Where the search for settings starts. */
  readonly start: S
  /** One setting after another, each walked to its best: see `tuneBaseline`. */
  readonly axes: readonly Axis<S>[]
  /** Visitors are folded in: those scored need not be among the users of `train`. */
  readonly fit: (train: Positives, settings: S) => Scorer
  /** False where fitting would take minutes or gigabytes: the baseline is left out. */
  readonly isAffordable: (train: Positives) => boolean
}

/** A setting and the step it is walked by: value · factor, value / factor. */
export interface Axis<S> {
  readonly setting: keyof S & string
  readonly factor: number
  /** Default: no end. */
  readonly least?: number
  readonly most?: number
}

/** The same entries seen from the items: `rows` of item i are its users, rising. */
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
