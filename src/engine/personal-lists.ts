/**
 * What makes lists for a visitor of whom something is known. A stranger's first lists do without:
 * it is a script of its own, asked for after them, or before the first list that needs it.
 */
import type { DenseLayer } from '../math/dense-layer.ts'
import type { Pack } from '../pack/pack.ts'
import type { WeightedItem } from '../scoring/score.ts'
import { userInput } from '../scoring/tower-input.ts'
import { forwardReference } from '../towers/forward.ts'

export { differentFirst } from '../scoring/different.ts'
export { renewOrder } from '../scoring/renew-order.ts'
export { scoreAll } from '../scoring/score-all.ts'
export { anchorsOf, becauseOf, forYou, toReturnTo } from './personal-shelves.ts'
export { createRelatedLists } from './related-lists.ts'

/** [tower dim] the user tower's vector of a history. */
export function userVectorOf(
  pack: Pack,
  layers: readonly DenseLayer[],
  history: readonly WeightedItem[],
): Float32Array {
  return forwardReference(layers, userInput(pack, history), 1)
}
