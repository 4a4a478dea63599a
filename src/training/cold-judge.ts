/** How well new items are ranked for those who chose them: the targets of the search. */
import { topK } from '../math/top-k.ts'
import type { KnownKernel, NewItem } from './cold-mix.ts'
import { scoreNew, visitorOf } from './cold-visit.ts'
import type { Positives } from './dataset.ts'
import { ndcgAt } from './ndcg.ts'
import { rowsOf } from './positives.ts'

/** Users a hold-out is judged by. */
const USERS = 400
const LIST = 20

export interface ColdCase {
  /** What the user chose, of the items that take part. */
  readonly history: Uint32Array
  /** Numbers of the held-out items the user chose. */
  readonly targets: ReadonlySet<number>
}

/**
 * Up to USERS of `users`, in their order, who chose an item of `fresh` and another one.
 *
 * @param options.hidden [items] 1 = not shown to the visitor, as `fresh` must be
 */
export function casesOf(
  { positives }: { readonly positives: Positives },
  users: Uint32Array,
  { hidden, fresh }: { readonly hidden: Uint8Array; readonly fresh: readonly number[] },
): ColdCase[] {
  const numberOf = new Map(fresh.map((row, f) => [row, f]))
  const cases: ColdCase[] = []
  for (const user of users) {
    if (cases.length === USERS) break
    const rows = rowsOf(positives, user)
    const targets = new Set(
      Array.from(rows, (row) => numberOf.get(row)).filter((f) => f !== undefined),
    )
    const shown = rows.filter((row) => !hidden[row])
    if (targets.size === 0 || shown.length === 0) continue
    cases.push({ history: shown, targets })
  }
  return cases
}

/** @returns mean NDCG@20 of `items` alone; 0 without cases */
export function judgeNew(
  kernel: KnownKernel,
  items: readonly NewItem[],
  cases: readonly ColdCase[],
): number {
  let sum = 0
  for (const { history, targets } of cases) {
    // made anew each time: as long as the catalogue, it is not to be kept for every user
    const visitor = visitorOf(kernel, history)
    const scores = Float32Array.from(items, (item) => scoreNew(item, visitor))
    sum += ndcgAt(topK(scores, LIST), targets, LIST)
  }
  return cases.length === 0 ? 0 : sum / cases.length
}
