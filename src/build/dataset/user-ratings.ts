/**
 * Interactions → what each user rated, one rating a pair. The newest counts (without times
 * the last of the file). Left out: ratings that are no numbers or far off the scale, as a
 * slip is (a -1, a 1e38), and all of users with more events than a person has.
 */
import type { Interactions } from './dataset.ts'
import { BOT_EVENTS, ratingScale } from './positives.ts'

/** As CSR by user; an entry's item, rating and time have the same index. */
export interface UserRatings {
  readonly userCount: number
  readonly rowCount: number
  /** [userCount + 1] */
  readonly indptr: Uint32Array
  /** Rising within a user. */
  readonly rows: Uint32Array
  /** In the file's own scale, low … high. */
  readonly ratings: Float32Array
  /** Unix ms; absent if the file has no times. */
  readonly times?: Float64Array
  readonly low: number
  readonly high: number
}

/**
 * @returns undefined where the weights are no ratings, or all the same: there is nothing to
 *   predict
 */
export function userRatings(
  interactions: Interactions,
  rowCount: number,
): UserRatings | undefined {
  if (!interactions.hasRatings) return undefined
  const { low, high } = ratingScale(interactions.weights)
  if (!(low < high)) return undefined
  const { rows, weights, times, userCount } = interactions
  const kept = eventsByUser(interactions, (event) => {
    return rows[event] < rowCount && weights[event] >= low && weights[event] <= high
  })
  const entries: number[] = []
  const indptr = new Uint32Array(userCount + 1)
  for (let user = 0; user < userCount; user++) {
    const own = newestOfRows(kept[user] ?? [], { rows, times })
    for (const event of own) entries.push(event)
    indptr[user + 1] = entries.length
  }
  return {
    ...{ userCount, rowCount, indptr, low, high },
    rows: Uint32Array.from(entries, (event) => rows[event]),
    ratings: Float32Array.from(entries, (event) => weights[event]),
    ...(times && { times: Float64Array.from(entries, (event) => times[event]) }),
  }
}

/** [users] event numbers in file order; none of a user of BOT_EVENTS and more. */
function eventsByUser(
  { users, userCount }: Interactions,
  passes: (event: number) => boolean,
): number[][] {
  const raw = new Uint32Array(userCount)
  for (const user of users) raw[user]++
  const events = Array.from({ length: userCount }, (): number[] => [])
  for (let event = 0; event < users.length; event++) {
    const user = users[event]
    if (raw[user] < BOT_EVENTS && passes(event)) events[user].push(event)
  }
  return events
}

/** The newest event of each item, by item. */
function newestOfRows(
  events: readonly number[],
  {
    rows,
    times,
  }: { readonly rows: Uint32Array; readonly times?: Float64Array | undefined },
): number[] {
  const newest = new Map<number, number>()
  for (const event of events) {
    const known = newest.get(rows[event])
    const isOlder = known !== undefined && times && times[event] < times[known]
    if (!isOlder) newest.set(rows[event], event)
  }
  return [...newest.values()].sort((a, b) => rows[a] - rows[b])
}
