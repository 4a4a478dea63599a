/**
 * The scale of cold-start items beside known ones: the factor of their scores at which they
 * take the share of the lists that their users' choices would give them.
 */

import { createRandom } from '../../../math/random.ts'
import { topK } from '../../../math/top-k.ts'
import type { Positives } from '../../dataset/dataset.ts'
import { rowsOf } from '../../dataset/positives.ts'
import type { ColdItem, KnownKernel } from './mix.ts'
import { scoreCold, scoreKnown, visitorOf } from './mix.ts'

/** Known items that were held out, and what was made of them. */
interface HeldOutItems {
  readonly indices: Uint32Array
  /** [indices] */
  readonly made: readonly ColdItem[]
}

/** Users whose lists are made. */
const USERS = 300
/** Fewer held-out items are too few: the factor stays 1. */
const MIN_ITEMS = 10
const LIST = 20
/** The factor is looked for in 1/MAX … MAX. */
const MAX = 16
const HALVINGS = 20

/** @returns the factor, in [1/16, 16]; 1 if there is too little data */
export function calibrateColdStart(
  kernel: KnownKernel,
  heldOut: HeldOutItems,
  sample: { readonly positives: Positives; readonly seed: number },
): number {
  const lists = listsOf(kernel, heldOut, sample)
  if (heldOut.indices.length < MIN_ITEMS || lists.length === 0) return 1
  const { counts } = kernel
  const all = counts.reduce((sum, n) => sum + n, 0)
  const wanted = heldOut.indices.reduce((sum, item) => sum + counts[item], 0) / all
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
  readonly cold: Float32Array
}

function listsOf(
  kernel: KnownKernel,
  { indices, made }: HeldOutItems,
  { positives, seed }: { readonly positives: Positives; readonly seed: number },
): Lists[] {
  const isHeldOut = new Uint8Array(kernel.counts.length)
  for (const item of indices) isHeldOut[item] = 1
  const users = Uint32Array.from({ length: positives.userCount }, (_, user) => user)
  const lists: Lists[] = []
  for (const user of createRandom(seed).shuffleInto(users)) {
    if (lists.length === USERS) break
    const chosen = rowsOf(positives, user)
    const history = chosen.filter((item) => !isHeldOut[item])
    if (history.length === 0) continue
    const visitor = visitorOf(kernel, history)
    const scores = scoreKnown(kernel, visitor)
    const out = isHeldOut.map((is, item) => (is || kernel.counts[item] === 0 ? 1 : 0))
    for (const item of history) out[item] = 1
    const known = Float32Array.from(topK(scores, LIST, out), (item) => scores[item])
    const isChosen = new Set(chosen)
    const open = made.filter((_, c) => !isChosen.has(indices[c]))
    const cold = Float32Array.from(open, (item) => scoreCold(item, visitor))
    lists.push({ known, cold: cold.sort().reverse().slice(0, LIST) })
  }
  return lists
}

/** Share of all users' first LIST that held-out items take, their scores times `factor`. */
function shareAt(lists: readonly Lists[], factor: number): number {
  let taken = 0
  let places = 0
  for (const { known, cold } of lists) {
    const length = Math.min(LIST, known.length + cold.length)
    let k = 0
    let c = 0
    while (k + c < length) {
      const isColdStart = c < cold.length && !(known[k] >= cold[c] * factor)
      if (isColdStart) c++
      else k++
    }
    taken += c
    places += length
  }
  return places === 0 ? 0 : taken / places
}
