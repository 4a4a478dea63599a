/**
 * Interactions → what each user liked.
 *
 * With ratings an event is positive from `ratingThreshold` up, and, where `hasUnrated`, if
 * its rating is NaN.
 * Without ratings an event is positive if its weight is above 0. Duplicates of a pair
 * are merged (newest time kept). Users who look like bots are dropped and counted.
 */

import { HearthError } from '../../errors.ts'
import { isStars } from '../../scoring/rating.ts'
import type { Interactions, Positives } from './dataset.ts'

// The rating from which a person liked what they rated.

const FIVE_STARS_FROM = 4
const RANGE_SHARE = 0.7
/** Share of the ratings at either end that may be slips: a -1, a 1e38. */
const ODD_SHARE = 0.005
/** One beyond the rest by more than this share of their range is such a slip. */
const FAR_SHARE = 1 / 3
/** Of fewer ratings, one far from the others is no slip but one of few. */
const MIN_TO_DOUBT = 20

/**
 * 4 on a scale that ends at 5, low + 0.7 · (high − low) on any other; if every rating is
 * the same, that one. The ends of the scale are those of all ratings but the odd one in
 * 200 at either end, so that no slip moves it.
 *
 * @param ratings in the file's own scale, NaN passed over
 * @returns Infinity without any
 */
export function ratingThreshold(ratings: Float32Array): number {
  const sorted = ratings.filter((rating) => !Number.isNaN(rating)).sort()
  const [low, high] = endsOf(sorted)
  if (!(low < high)) return low // all the same, or none at all
  return isStars({ low, high }) ? FIVE_STARS_FROM : low + RANGE_SHARE * (high - low)
}

/**
 * The ends of the ratings' scale: all of them but the odd ones in 200 at either end that
 * lie far beyond the rest.
 *
 * @param ratings in the file's own scale, NaN passed over
 * @returns the same number twice if all ratings are the same; a falling scale without any
 */
export function ratingScale(ratings: Float32Array): { low: number; high: number } {
  const sorted = ratings.filter((rating) => !Number.isNaN(rating)).sort()
  const [low, high] = endsOf(sorted)
  const beyond = (high - low) * FAR_SHARE
  const isIn = (rating: number) => rating >= low - beyond && rating <= high + beyond
  const near = sorted.filter(isIn)
  return { low: near[0] ?? low, high: near.at(-1) ?? high }
}

function endsOf(sorted: Float32Array): [low: number, high: number] {
  const odd = Math.floor(ODD_SHARE * sorted.length)
  const scale = odd > 0 ? scaleOf(sorted, odd) : nearEnds(sorted)
  // Where nearly all are the same, the few others are no slips but the scale.
  return scale[0] < scale[1] ? scale : scaleOf(sorted, 0)
}

/** Of a short table: its own ends, but for one slip far off at either. */
function nearEnds(sorted: Float32Array): [low: number, high: number] {
  const [low, high] = scaleOf(sorted, 0)
  const [innerLow, innerHigh] = scaleOf(sorted, 1)
  const beyond = FAR_SHARE * (innerHigh - innerLow)
  if (sorted.length < MIN_TO_DOUBT || !(beyond > 0)) return [low, high]
  return [
    innerLow - low > beyond ? innerLow : low,
    high - innerHigh > beyond ? innerHigh : high,
  ]
}

/** Lowest and highest of sorted ratings, `odd` of them left out at either end. */
function scaleOf(sorted: Float32Array, odd: number): [low: number, high: number] {
  return [sorted[odd] ?? Infinity, sorted[sorted.length - 1 - odd] ?? -Infinity]
}

/** Raw events of a user; from so many on, no person. */
export const BOT_EVENTS = 50_000
/** Share of the catalogue a user liked, from BOT_MIN_ITEMS items up; above it, no person. */
const BOT_SHARE = 0.5
const BOT_MIN_ITEMS = 500

/** What became of the events; they add up: events = kept + every other count. */
export interface PositivesReport {
  readonly events: number
  /** Distinct (user, item) pairs kept. */
  readonly kept: number
  readonly duplicates: number
  readonly belowThreshold: number
  /** Weight or rating not a number, or an item outside the catalogue. */
  readonly unusable: number
  readonly botUsers: number
  readonly botEvents: number
  /** Rating from which an event is positive; absent without ratings. */
  readonly threshold?: number
}

/** Positives with the time of each entry and the count of what was left out. */
export interface CleanPositives extends Positives {
  /** Unix ms of the newest event of each entry, in the order of `rows`. */
  readonly times?: Float64Array
  readonly report: PositivesReport
}

/**
 * @param itemCount rows of the catalogue; events on other rows are unusable
 * @returns users keep their numbers; a user without positives has an empty list
 * @throws HearthError `bad-argument` if the arrays disagree or a user is out of range
 */
export function toPositives(
  interactions: Interactions,
  itemCount: number,
): CleanPositives {
  checkShapes(interactions)
  const threshold = interactions.hasRatings
    ? ratingThreshold(interactions.weights)
    : undefined
  const counts = { belowThreshold: 0, unusable: 0 }
  const passes = (event: number) => {
    const weight = interactions.weights[event]
    const isUnrated = interactions.hasUnrated === true && Number.isNaN(weight)
    if (isUnrated && interactions.rows[event] < itemCount) return true
    if (Number.isNaN(weight) || interactions.rows[event] >= itemCount) {
      counts.unusable++
      return false
    }
    if (threshold === undefined ? weight > 0 : weight >= threshold) return true
    counts.belowThreshold++
    return false
  }
  const byUser = bucketByUser(interactions, passes)
  const merged = mergeUsers(interactions, byUser, itemCount)
  return {
    userCount: interactions.userCount,
    rowCount: itemCount,
    indptr: merged.indptr,
    rows: merged.rows,
    ...(merged.times ? { times: merged.times } : {}),
    ...(merged.strengths ? { strengths: merged.strengths } : {}),
    report: {
      events: interactions.users.length,
      kept: merged.rows.length,
      ...counts,
      duplicates: merged.duplicates,
      botUsers: merged.botUsers,
      botEvents: merged.botEvents,
      ...(threshold === undefined ? {} : { threshold }),
    },
  }
}

/**
 * log(1 + n) / log(1 + most) of each item's number of users, each counted by the strength of
 * their events where these differ: a purchase for one, a view for a share of one.
 * @returns [rowCount] in [0, 1]; all 0 without positives
 */
export function popularityOf(positives: Positives): Float32Array {
  return popularityOfCounts(
    positives.strengths ? strengthsOf(positives) : countsOf(positives),
  )
}

/**
 * log(1 + n) / log(1 + most).
 *
 * @param counts [items] how often each was chosen, ≥ 0
 * @returns [items] in [0, 1]; all 0 where every count is
 */
export function popularityOfCounts(
  counts: ArrayLike<number> & Iterable<number>,
): Float32Array {
  let most = 0
  for (const count of counts) most = Math.max(most, count)
  const popularity = new Float32Array(counts.length)
  if (most === 0) return popularity
  for (let item = 0; item < counts.length; item++) {
    popularity[item] = Math.log1p(counts[item]!) / Math.log1p(most)
  }
  return popularity
}

/** Users per item: [rowCount]. */
export function countsOf(positives: Positives): Uint32Array {
  const counts = new Uint32Array(positives.rowCount)
  for (const item of positives.rows) counts[item]++
  return counts
}

/** The sum of the users' strengths per item: [rowCount]. */
function strengthsOf({ rows, rowCount, strengths }: Positives): Float64Array {
  const sums = new Float64Array(rowCount)
  rows.forEach((item, entry) => {
    sums[item] += strengths?.[entry] ?? 1
  })
  return sums
}

/** The rows of one user, sorted: a view, not a copy. */
export function rowsOf(positives: Positives, user: number): Uint32Array {
  return positives.rows.subarray(positives.indptr[user], positives.indptr[user + 1])
}

function checkShapes({ users, rows, weights, times, userCount }: Interactions) {
  const lengths = [rows.length, weights.length, times?.length ?? users.length]
  const odd = lengths.find((length) => length !== users.length)
  if (odd !== undefined) {
    throw new HearthError(
      'bad-argument',
      `interactions disagree in length: got ${odd}, expected ${users.length}.`,
    )
  }
  const outside = users.find((user) => user >= userCount)
  if (outside !== undefined) {
    throw new HearthError(
      'bad-argument',
      `unknown user in interactions: got ${outside}, expected below ${userCount}.`,
    )
  }
}

/** Event numbers of the passing events, grouped by user (CSR), in file order. */
function bucketByUser(interactions: Interactions, passes: (event: number) => boolean) {
  const { users, userCount } = interactions
  const isIn = new Uint8Array(users.length)
  const raw = new Uint32Array(userCount)
  const indptr = new Uint32Array(userCount + 1)
  for (let event = 0; event < users.length; event++) {
    raw[users[event]]++
    if (!passes(event)) continue
    isIn[event] = 1
    indptr[users[event] + 1]++
  }
  for (let user = 0; user < userCount; user++) indptr[user + 1] += indptr[user]
  const events = new Uint32Array(indptr[userCount])
  const next = indptr.slice(0, userCount)
  for (let event = 0; event < users.length; event++) {
    if (isIn[event]) events[next[users[event]]++] = event
  }
  return { raw, indptr, events }
}

function mergeUsers(
  { rows, times, weights, hasStrengths, userCount }: Interactions,
  byUser: ReturnType<typeof bucketByUser>,
  itemCount: number,
) {
  const out = new Uint32Array(byUser.events.length)
  const outTimes = times && new Float64Array(byUser.events.length)
  const strengths = hasStrengths ? new Float32Array(byUser.events.length) : undefined
  const indptr = new Uint32Array(userCount + 1)
  let [end, duplicates, botUsers, botEvents] = [0, 0, 0, 0]
  for (let user = 0; user < userCount; user++) {
    const start = end
    const events = byUser.events.subarray(byUser.indptr[user], byUser.indptr[user + 1])
    // newest last within an item, so that the last write keeps the newest time
    events.sort((a, b) => rows[a] - rows[b] || (times ? times[a] - times[b] : 0))
    for (const event of events) {
      if (end === start || out[end - 1] !== rows[event]) end++
      out[end - 1] = rows[event]
      if (outTimes && times) outTimes[end - 1] = times[event]
      if (strengths) {
        const strength = Math.min(1, weights[event])
        strengths[end - 1] = Math.max(strengths[end - 1], strength)
      }
    }
    if (isBot(byUser.raw[user], end - start, itemCount)) {
      botUsers++
      botEvents += events.length
      strengths?.fill(0, start, end)
      end = start
    } else {
      duplicates += events.length - (end - start)
    }
    indptr[user + 1] = end
  }
  const kept = {
    rows: out.slice(0, end),
    times: outTimes?.slice(0, end),
    strengths: strengths?.slice(0, end),
  }
  return { ...kept, indptr, duplicates, botUsers, botEvents }
}

function isBot(events: number, liked: number, itemCount: number) {
  if (events >= BOT_EVENTS) return true
  return liked >= BOT_MIN_ITEMS && liked > BOT_SHARE * itemCount
}

/** Items without a positive interaction. */
export function coldOf(counts: Uint32Array): number {
  return counts.reduce((cold, count) => cold + (count === 0 ? 1 : 0), 0)
}
