/**
 * Somebody whose taste is known, shown one list after another.
 *
 *   place p (from 0) is looked at with attention^p
 *   an item looked at is opened with openLiked if it is liked, else with openOther
 *   an opened item that is liked is also liked with the page's button
 *
 * Every draw is a hash of seed, visitor and what is drawn (a place of a list; an item and how
 * often it was looked at before), so that two policies that show the same visitor the same
 * item meet the same answer: what differs between them is what they showed.
 */

/** How visitors behave; all of them in one run alike. */
export interface Behaviour {
  /** Lists a session, ≥ 1. Default 30. */
  readonly lists: number
  /** Items a list, 1–50. Default 10. */
  readonly listLength: number
  /** Place p is looked at with attention^p, (0, 1]. Default .95. */
  readonly attention: number
  /** Share of liked items looked at that are opened, 0–1. Default .7. */
  readonly openLiked: number
  /** Share of other items looked at that are opened, 0–1. Default .01. */
  readonly openOther: number
  /** Share of looks at which liked and other are mixed up, 0–1. Default 0. */
  readonly noise: number
  /** List from which on the visitor has another's taste, from 0. Default: never. */
  readonly driftAt: number | undefined
  /** Share of the likes that a drift exchanges, 0–1. Default 1. */
  readonly driftShare: number
  /** Lists in a row without an open after which the visitor leaves. Default: never. */
  readonly patience: number | undefined
  /**
   * What the page reports as seen. `screen`: every card of the list, as viewability would,
   * which knows what was on the screen and not where the eyes were. `looked`: only what was
   * looked at. Default `screen`.
   */
  readonly impressions: 'screen' | 'looked'
  /** Between two lists, ms. Default a minute. */
  readonly spacingMs: number
}

export const behaviourDefaults: Behaviour = {
  lists: 30,
  listLength: 10,
  attention: 0.95,
  openLiked: 0.7,
  openOther: 0.01,
  noise: 0,
  driftAt: undefined,
  driftShare: 1,
  patience: undefined,
  impressions: 'screen',
  spacingMs: 60_000,
}

/** What a visitor did with one list. */
export interface ListFeedback {
  /** Index of the list in the session, from 0. */
  readonly list: number
  /** Item ids as the page reports them seen, in the list's order. */
  readonly seen: readonly string[]
  /** Opened, in the list's order; a subset of `seen`. */
  readonly opened: readonly { readonly id: string; readonly isLiked: boolean }[]
}

export interface SimulatedVisitor {
  /** Answers the next list; call it once a list. */
  answer(ids: readonly string[]): ListFeedback
  /** Whether the visitor left. */
  hasLeft(): boolean
}

/**
 * @param likes ids this visitor likes
 * @param next ids another visitor likes: the taste after a drift
 * @param seed of this visitor's draws, an integer
 */
export function createVisitor(
  likes: readonly string[],
  next: readonly string[],
  { seed, behaviour }: { readonly seed: number; readonly behaviour: Behaviour },
): SimulatedVisitor {
  const { attention, openLiked, openOther, noise, driftAt, patience } = behaviour
  const drifted = driftedLikes(likes, next, { seed, share: behaviour.driftShare })
  let liked: ReadonlySet<string> = new Set(likes)
  const looks = new Map<string, number>()
  let list = 0
  let empty = 0

  function isOpened(id: string): boolean {
    const look = looks.get(id) ?? 0
    looks.set(id, look + 1)
    const draw = (what: string) => uniform(seed, `${what}:${id}:${look}`)
    const isMixedUp = draw('noise') < noise
    const share = liked.has(id) === isMixedUp ? openOther : openLiked
    return draw('open') < share
  }

  return {
    hasLeft: () => patience !== undefined && empty >= patience,
    answer: (ids) => {
      if (list === driftAt) liked = drifted
      const looked = ids.filter(
        (_, place) => uniform(seed, `look:${list}:${place}`) < attention ** place,
      )
      const opened = looked
        .filter(isOpened)
        .map((id) => ({ id, isLiked: liked.has(id) }))
      empty = opened.length > 0 ? 0 : empty + 1
      const seen = behaviour.impressions === 'screen' ? ids : looked
      return { list: list++, seen, opened }
    },
  }
}

/** A share of the likes, drawn item by item, replaced by as large a share of the other's. */
function driftedLikes(
  likes: readonly string[],
  next: readonly string[],
  { seed, share }: { seed: number; share: number },
): ReadonlySet<string> {
  const isTaken = (id: string) => uniform(seed, `drift:${id}`) < share
  return new Set([...likes.filter((id) => !isTaken(id)), ...next.filter(isTaken)])
}

/** Uniform in [0, 1) from a seed and a name: FNV-1a, mixed by murmur3's finaliser. */
export function uniform(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
