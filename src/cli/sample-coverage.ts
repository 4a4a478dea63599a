/** How much of a catalogue ever comes up: the check for "everyone sees the same things". */
import type { SparseRows } from '../catalogue/pack-source.ts'
import { topK } from '../math/top-k.ts'
import type { Interactions } from '../training/dataset.ts'

export interface SampleCoverage {
  readonly users: number
  /** Share of the items in at least one sampled user's list, 0–1. */
  readonly share: number
}

/** Users asked, and the length of the list each is shown. */
const SAMPLED_USERS = 500
const LIST_LENGTH = 20

/**
 * Folds a sample of users, evenly spread, into the item-item rows:
 * score(item) = Σ over the user's items of row[item]. Items the user has are left out, and
 * so are items no row speaks for.
 */
export function sampleCoverage(cf: SparseRows, events: Interactions): SampleCoverage {
  const step = Math.max(1, Math.floor(events.userCount / SAMPLED_USERS))
  const histories = sampleHistories(events, step)
  const shown = new Set<number>()
  const scores = new Float32Array(cf.columns)
  const seen = new Uint8Array(cf.columns)
  for (const history of histories) {
    scores.fill(0)
    seen.fill(0)
    for (const row of history) {
      seen[row] = 1
      for (let e = cf.indptr[row]!; e < cf.indptr[row + 1]!; e++) {
        scores[cf.indices[e]!]! += cf.values[e]!
      }
    }
    for (const row of topK(scores, LIST_LENGTH, seen)) {
      if (scores[row]! > 0) shown.add(row)
    }
  }
  return { users: histories.length, share: shown.size / cf.columns }
}

function sampleHistories({ users, rows }: Interactions, step: number): Set<number>[] {
  const histories: Set<number>[] = []
  users.forEach((user, i) => {
    if (user % step !== 0) return
    const place = user / step
    if (place >= SAMPLED_USERS) return
    histories[place] ??= new Set()
    histories[place].add(rows[i]!)
  })
  return histories
}
