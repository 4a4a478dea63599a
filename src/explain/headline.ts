import type { Reason } from './reason.ts'

/** A reason that names something of the visitor's may be this much weaker and still lead. */
const NAMED_SHARE = 1 / 3

/** What put a pick on its shelf: its score, its popularity, the visitor's own deeds, or chance. */
export type ShelfRule = 'score' | 'popularity' | 'evidence' | 'chance'

/**
 * The one reason a card has room for.
 *
 * On a shelf made by score: the strongest, unless one that names an item of the visitor's
 * ("because you saved Dune") has at least a third of its share. "Fits your taste as a whole" is
 * true and tells nobody anything. On the other shelves: the reason that is the shelf's own
 * rule, where the pick has it.
 *
 * @param reasons strongest first, as `explain` gives them
 */
export function headline(
  reasons: readonly Reason[],
  rule: ShelfRule,
): Reason | undefined {
  const [strongest] = reasons
  if (!strongest) return undefined
  if (rule === 'chance') return guessOf(reasons)
  if (rule !== 'score') return reasons.find(({ part }) => part === rule) ?? strongest
  if (strongest.itemId !== undefined) return strongest
  const named = reasons.find(({ itemId }) => itemId !== undefined)
  const isStrong = named && named.share >= NAMED_SHARE * strongest.share
  return isStrong ? named : strongest
}

/** A shelf drawn by chance among what many read claims no more than that. */
function guessOf(reasons: readonly Reason[]): Reason {
  const popular = reasons.find(({ part }) => part === 'popularity')
  if (popular?.text.startsWith('a guess')) return popular
  const text = popular ? `a guess: ${popular.text}` : 'a guess, to learn from'
  return { part: 'popularity', text, share: popular?.share ?? 0 }
}
