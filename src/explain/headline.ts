import type { Reason } from './reason.ts'

/** A reason that names something of the visitor's may be this much weaker and still lead. */
const NAMED_SHARE = 0.5

/**
 * The one reason a card has room for: the strongest, unless one that names an item of the
 * visitor's ("because you saved Dune") has at least half its share. "Fits your taste as a
 * whole" is true and tells nobody anything.
 *
 * @param reasons strongest first, as `explain` gives them
 */
export function headline(reasons: readonly Reason[]): Reason | undefined {
  const [strongest] = reasons
  if (!strongest || strongest.itemId !== undefined) return strongest
  const named = reasons.find(({ itemId }) => itemId !== undefined)
  const isStrong = named && named.share >= NAMED_SHARE * strongest.share
  return isStrong ? named : strongest
}
