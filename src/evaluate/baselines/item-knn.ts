/**
 * Item-based nearest neighbours with shrinkage.
 *
 *   s_ij = c_ij / (√(c_i·c_j) + shrink)       c_ij users of both, c_i of i
 *   score_j = Σ over history rows i among the `neighbours` nearest of j of s_ij
 *
 * The shrinkage lowers similarities that rest on few users.
 */
import type { Positives } from '../../build/dataset/dataset.ts'
import { countsOf } from '../../build/dataset/positives.ts'
import { type Baseline, type Scorer, transpose } from './baseline.ts'

interface ItemKnnSettings {
  /** ≥ 0, in users. */
  readonly shrink: number
  /** ≥ 1 an item. */
  readonly neighbours: number
}

export const itemKnn: Baseline<ItemKnnSettings> = {
  name: 'item-knn',
  start: { shrink: 10, neighbours: 100 },
  axes: [
    { setting: 'shrink', factor: 3, min: 0.1 },
    { setting: 'neighbours', factor: 2, min: 5 },
  ],
  fit: fitItemKnn,
  isAffordable: () => true,
}

interface Link {
  readonly from: number
  readonly likeness: number
}

function fitItemKnn(train: Positives, settings: ItemKnnSettings): Scorer {
  const counts = countsOf(train)
  const coUse = coUseOf(train)
  const links: [column: number, likeness: number][][] = Array.from(counts, () => [])
  for (let row = 0; row < counts.length; row++) {
    for (const { from, likeness } of nearest(row, { counts, coUse, settings })) {
      links[from].push([row, likeness])
    }
  }
  return (history) => {
    const scores = new Float32Array(counts.length)
    for (const row of history) {
      for (const [column, likeness] of links[row]) scores[column] += likeness
    }
    return scores
  }
}

/** The nearest rows of one row, nearest first; ties: the lower row. */
function nearest(
  row: number,
  {
    counts,
    coUse,
    settings,
  }: {
    readonly counts: Uint32Array
    readonly coUse: (row: number) => Map<number, number>
    readonly settings: ItemKnnSettings
  },
): Link[] {
  const { shrink, neighbours } = settings
  const links = Array.from(coUse(row), ([from, both]) => ({
    from,
    likeness: both / (Math.sqrt(counts[row] * counts[from]) + shrink),
  }))
  links.sort((a, b) => b.likeness - a.likeness || a.from - b.from)
  return links.slice(0, neighbours)
}

/** @returns row → every other row that shares users with it, and how many */
function coUseOf(train: Positives): (row: number) => Map<number, number> {
  const users = transpose(train)
  return (row) => {
    const both = new Map<number, number>()
    for (let e = users.indptr[row]; e < users.indptr[row + 1]; e++) {
      const user = users.rows[e]
      for (let p = train.indptr[user]; p < train.indptr[user + 1]; p++) {
        const other = train.rows[p]
        if (other !== row) both.set(other, (both.get(other) ?? 0) + 1)
      }
    }
    return both
  }
}
