/**
 * Two rankings as one list that favours neither: team-draft interleaving (Radlinski, Kurup and
 * Joachims 2008, *How does clickthrough data reflect retrieval quality?*). In each round a
 * coin decides which ranking takes its best item that is not in the list yet; then the other
 * does. The ranking whose items are opened more often is the better one for who opens them.
 */
import type { Random } from '../math/random.ts'

/** Which ranking an item was taken from. */
export type Team = 'first' | 'second'

export interface Drafted {
  /** Item index. */
  readonly index: number
  readonly team: Team
}

/**
 * @param first item indices, best first, each once
 * @param second likewise; items in both go to whichever takes them first
 * @param options.count items wanted, an integer ≥ 0; where one ranking ends, the list ends
 *   with its round: what is left of the other would be seen without its rival
 * @returns at most `count`, an even number of them unless `count` is odd
 */
export function teamDraft(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { count, random }: { readonly count: number; readonly random: Random },
): Drafted[] {
  const drafted: Drafted[] = []
  const taken = new Set<number>()
  const nextOf = (ranking: ArrayLike<number>) => {
    for (let place = 0; place < ranking.length; place++) {
      if (!taken.has(ranking[place]!)) return ranking[place]
    }
    return undefined
  }
  const take = (team: Team) => {
    const index = nextOf(team === 'first' ? first : second)
    if (index === undefined) return false
    taken.add(index)
    drafted.push({ index, team })
    return true
  }
  while (drafted.length < count) {
    const lead: Team = random.next() < 0.5 ? 'first' : 'second'
    const whole = drafted.length
    if (take(lead) && take(lead === 'first' ? 'second' : 'first')) continue
    return drafted.slice(0, whole)
  }
  return drafted.slice(0, count)
}
