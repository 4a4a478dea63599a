/**
 * Which lists the visitor's opens came from, and which of two compared rankings won: counts of
 * the log, made on the device. An open is a click on an item that was seen in a list made here;
 * what it came from is what its impression recorded of that list (`Shown.policy`).
 */
import { binomialTest } from '../math/binomial-test.ts'
import type { FeedbackEvent } from './event.ts'

/** Policies of the two teams of a compared list; both stand in the shelf for the visitor. */
export const TEAMS = { own: 'team:shipped', other: 'team:popular' } as const

/** Policies that are a list of their own name; every other one chose for the visitor's list. */
const OTHER_LISTS: ReadonlySet<string> = new Set([
  ...['because', 'popular', 'different', 'continue', 'related', 'search'],
])
const OWN_LIST = 'for-you'

/** Of one list: what was seen of it while the counted opens were made. */
export interface ListOpens {
  /** `for-you`, `because`, `popular`, `different`, `continue`, `related` or `search`. */
  readonly list: string
  readonly opens: number
  /** Items seen in it, each once a slate. */
  readonly views: number
}

/** Two counts, and whether chance could have made them. */
export interface OpenComparison {
  readonly own: number
  readonly other: number
  /**
   * The probability that two equally good lists come out as unevenly or more, 0–1. Absent
   * below `MIN_OPENS` opens: too few to tell.
   */
  readonly chance?: number
}

export interface OpenCounts {
  /** Opens counted, the newest; at most `last`. */
  readonly opens: number
  /** Most opens first; those without an open or a view are left out. */
  readonly lists: readonly ListOpens[]
  /** `for-you` against all other lists, by the share of views that each had. */
  readonly ownList: OpenComparison
  /** All compared lists of the log: what was chosen for the visitor against the other team. */
  readonly teams: OpenComparison
}

/** Opens that a page counts. */
export const LAST_OPENS = 20
/** Below it even a one-sided count may be chance (5 of 5 has a chance of 1 in 16). */
export const MIN_OPENS = 10

interface View {
  readonly policy: string
  readonly at: number
}

/**
 * @param events of the log, in its order
 * @param last opens to count, an integer ≥ 1
 */
export function countOpens(
  events: readonly FeedbackEvent[],
  last = LAST_OPENS,
): OpenCounts {
  const views = viewsOf(events)
  const opened = openedKeys(events, views)
  const counted = opened.slice(-last)
  const since = Math.min(...counted.map((key) => views.get(key)!.at))
  const lists = new Map<string, { opens: number; views: number }>()
  const countOf = ({ policy }: View) => {
    const name = OTHER_LISTS.has(policy) ? policy : OWN_LIST
    const count = lists.get(name) ?? { opens: 0, views: 0 }
    lists.set(name, count)
    return count
  }
  for (const view of views.values()) if (view.at >= since) countOf(view).views++
  for (const key of counted) countOf(views.get(key)!).opens++
  const byList = [...lists].map(([list, count]) => ({ list, ...count }))
  return {
    opens: counted.length,
    lists: byList.sort((a, b) => b.opens - a.opens || b.views - a.views),
    ownList: ownListOf(byList, counted.length),
    teams: teamsOf(opened.map((key) => views.get(key)!.policy)),
  }
}

/** Slate and item → the first view of the item there. */
function viewsOf(events: readonly FeedbackEvent[]): Map<string, View> {
  const views = new Map<string, View>()
  for (const { kind, item, slate, at, shown } of events) {
    if (kind !== 'impression' || !shown || slate === undefined) continue
    const key = keyOf(slate, item)
    if (!views.has(key)) views.set(key, { policy: shown.policy, at })
  }
  return views
}

/** Views that were opened, in the order of their first opens. */
function openedKeys(
  events: readonly FeedbackEvent[],
  views: ReadonlyMap<string, View>,
): string[] {
  const keys = events
    .filter(({ kind, slate }) => kind === 'click' && slate !== undefined)
    .map(({ slate, item }) => keyOf(slate!, item))
  return [...new Set(keys)].filter((key) => views.has(key))
}

const keyOf = (slate: string, item: string | undefined) => `${slate}\n${item}`

function ownListOf(lists: readonly ListOpens[], opens: number): OpenComparison {
  const own = lists.find(({ list }) => list === OWN_LIST) ?? { opens: 0, views: 0 }
  const views = lists.reduce((sum, list) => sum + list.views, 0)
  const isComparable = own.views > 0 && own.views < views
  return comparison(own.opens, opens - own.opens, isComparable ? own.views / views : 0)
}

function teamsOf(policies: readonly string[]): OpenComparison {
  const count = (team: string) => policies.filter((policy) => policy === team).length
  return comparison(count(TEAMS.own), count(TEAMS.other), 0.5)
}

/** @param share that chance would give `own`; 0: there was nothing to compare */
function comparison(own: number, other: number, share: number): OpenComparison {
  const total = own + other
  if (total < MIN_OPENS || share === 0) return { own, other }
  return { own, other, chance: binomialTest(own, total, share) }
}
