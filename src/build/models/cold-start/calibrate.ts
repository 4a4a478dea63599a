/**
 * How large new items are beside known ones: the factor of their scores at which they take
 * the share of the first lists that their users' choices would give them.
 */

import { createRandom } from '../../../math/random.ts'
import { topK } from '../../../math/top-k.ts'
import type { Positives } from '../../dataset/dataset.ts'
import { rowsOf } from '../../dataset/positives.ts'
import type { KnownKernel, NewItem } from './mix.ts'
import { scoreKnown, scoreNew, visitorOf } from './mix.ts'

/** Known items that were held out, and what was made of them. */
export interface HeldOutItems {
  /** Item rows. */
  readonly rows: Uint32Array
  /** [rows] */
  readonly made: readonly NewItem[]
}

/** Users asked. */
const USERS = 300
/** Fewer held-out items say too little: the factor stays 1. */
const MIN_ITEMS = 10
const LIST = 20
/** The factor is looked for in 1/MAX … MAX. */
const MAX = 16
const HALVINGS = 20

/** @returns the factor, in [1/16, 16]; 1 if there is too little to tell by */
export function calibrateColdStart(
  kernel: KnownKernel,
  heldOut: HeldOutItems,
  visits: { readonly positives: Positives; readonly seed: number },
): number {
  const lists = listsOf(kernel, heldOut, visits)
  if (heldOut.rows.length < MIN_ITEMS || lists.length === 0) return 1
  const { counts } = kernel
  const all = counts.reduce((sum, n) => sum + n, 0)
  const wanted = heldOut.rows.reduce((sum, row) => sum + counts[row], 0) / all
  let [low, high] = [-Math.log(MAX), Math.log(MAX)]
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2
    if (shareAt(lists, Math.exp(middle)) < wanted) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}

/** The best scores of a user, best first, of known and of held-out items. */
interface Lists {
  readonly known: Float32Array
  readonly fresh: Float32Array
}

function listsOf(
  kernel: KnownKernel,
  { rows, made }: HeldOutItems,
  { positives, seed }: { readonly positives: Positives; readonly seed: number },
): Lists[] {
  const isHeldOut = new Uint8Array(kernel.counts.length)
  for (const row of rows) isHeldOut[row] = 1
  const users = Uint32Array.from({ length: positives.userCount }, (_, user) => user)
  const lists: Lists[] = []
  for (const user of createRandom(seed).shuffleInto(users)) {
    if (lists.length === USERS) break
    const chosen = rowsOf(positives, user)
    const history = chosen.filter((row) => !isHeldOut[row])
    if (history.length === 0) continue
    const visitor = visitorOf(kernel, history)
    const scores = scoreKnown(kernel, visitor)
    const out = isHeldOut.map((is, row) => (is || kernel.counts[row] === 0 ? 1 : 0))
    for (const row of history) out[row] = 1
    const known = Float32Array.from(topK(scores, LIST, out), (row) => scores[row])
    const isChosen = new Set(chosen)
    const open = made.filter((_, f) => !isChosen.has(rows[f]))
    const fresh = Float32Array.from(open, (item) => scoreNew(item, visitor))
    lists.push({ known, fresh: fresh.sort().reverse().slice(0, LIST) })
  }
  return lists
}

/** Share of all users' first LIST that held-out items take, their scores times `factor`. */
function shareAt(lists: readonly Lists[], factor: number): number {
  let taken = 0
  let places = 0
  for (const { known, fresh } of lists) {
    const length = Math.min(LIST, known.length + fresh.length)
    let k = 0
    let f = 0
    while (k + f < length) {
      const isFresh = f < fresh.length && !(known[k] >= fresh[f] * factor)
      if (isFresh) f++
      else k++
    }
    taken += f
    places += length
  }
  return places === 0 ? 0 : taken / places
}
