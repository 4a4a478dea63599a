/**
 * The splits that claims about accuracy rest on.
 *
 * `users`: a fifth of the users (a fold) is never trained on, as a page's visitor never is. Of each
 * one's positives a fifth are targets (the newest where there are times, random ones
 * elsewhere) and the rest is what the page saw (history).
 *
 * `time`: of every user the newest positive is the target and all before it is both the
 * history and trained on; nothing that user did later is.
 *
 * Users with fewer than 5 positives are trained on and not measured.
 */

import type { Dataset, Interactions, UserSplit } from '../../build/dataset/dataset.ts'
import {
  type CleanPositives,
  rowsOf,
  toPositives,
} from '../../build/dataset/positives.ts'
import { mergePositives } from '../../build/splits/hide-entries.ts'
import { holdOutUsers, MIN_POSITIVES } from '../../build/splits/hold-out.ts'
import { HearthError } from '../../errors.ts'
import { createRandom } from '../../math/random.ts'
import type { Visitor } from '../visitor.ts'

/** Of `users`: each user with enough positives is held out in exactly one. */
export const FOLDS = 5

export type SplitKind = 'users' | 'time'

interface CutOptions {
  readonly seed: number
  readonly by: SplitKind
  /** Of `users`, 0 … FOLDS−1: which fifth is held out. Default 0. */
  readonly fold?: number
}

interface EvaluationSplit {
  /** The dataset without the visitors' targets. */
  readonly train: Dataset
  readonly visitors: readonly Visitor[]
}

/**
 * @throws HearthError `bad-input` without interactions, without a user to measure, or to
 *   split by time without times
 */
export function splitDataset(dataset: Dataset, options: CutOptions): EvaluationSplit {
  const split = cutDataset(dataset, options)
  if (split.visitors.length > 0) return split
  throw new HearthError(
    'bad-input',
    `cannot evaluate: got no user to hold out, expected some with ${MIN_POSITIVES} positive interactions or more.`,
  )
}

/** As `splitDataset`, but a dataset too thin to split gives no visitors. */
export function cutDataset(
  dataset: Dataset,
  { seed, by, fold = 0 }: CutOptions,
): EvaluationSplit {
  const { interactions, items } = dataset
  if (!interactions) {
    throw new HearthError(
      'bad-input',
      'cannot evaluate: got no interactions, expected a table of them beside the items.',
    )
  }
  const positives = toPositives(interactions, items.length)
  const visitors =
    by === 'users'
      ? foldOf(holdOutUsers(positives, { share: 1, seed }).heldOut, { seed, fold })
      : newestOf(positives)
  const isTrained =
    by === 'users'
      ? notOf(visitors, interactions)
      : beforeTargets(visitors, interactions)
  return {
    train: { ...dataset, interactions: keepEvents(interactions, isTrained) },
    visitors: withDislikes(visitors, { interactions, positives }),
  }
}

/** Every FOLDS-th of the users in a random order that the seed names. */
function foldOf<V>(
  users: readonly V[],
  { seed, fold }: { readonly seed: number; readonly fold: number },
): readonly V[] {
  const places = createRandom(seed).shuffleInto(users.map((_, place) => place))
  const chosen = places.filter((_, turn) => turn % FOLDS === fold)
  return chosen.sort((a, b) => a - b).map((place) => users[place])
}

/** At most `most` of the visitors, drawn at random, in their old order. */
export function sampleVisitors(
  visitors: readonly Visitor[],
  { most, seed }: { readonly most: number; readonly seed: number },
): readonly Visitor[] {
  if (visitors.length <= most) return visitors
  const order = createRandom(seed).shuffleInto(visitors.map((_, v) => v))
  return order
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((v) => visitors[v])
}

/** Every user with enough positives: the newest is the target. Ties: the later row. */
function newestOf(positives: CleanPositives): Visitor[] {
  const { times, indptr, userCount } = positives
  if (!times) {
    throw new HearthError(
      'bad-input',
      'cannot split by time: got interactions without times, expected a time column.',
    )
  }
  const visitors: Visitor[] = []
  for (let user = 0; user < userCount; user++) {
    const rows = rowsOf(positives, user)
    if (rows.length < MIN_POSITIVES) continue
    const at = (place: number) => times[indptr[user] + place]
    const newestFirst = Array.from(rows, (_, place) => place)
    newestFirst.sort((a, b) => at(b) - at(a) || b - a)
    const ordered = Uint32Array.from(newestFirst, (place) => rows[place])
    visitors.push({
      user,
      targets: ordered.slice(0, 1),
      history: ordered.slice(1),
    })
  }
  return visitors
}

type EventFilter = (event: number) => boolean

function notOf(visitors: readonly Visitor[], { users }: Interactions): EventFilter {
  const isOut = new Set(visitors.map(({ user }) => user))
  return (event) => !isOut.has(users[event])
}

/** Neither the target nor anything that its user did after it. */
function beforeTargets(
  visitors: readonly Visitor[],
  { users, rows, times = new Float64Array(rows.length) }: Interactions,
): EventFilter {
  const targetOf = new Map(visitors.map(({ user, targets }) => [user, targets[0]]))
  const timeOf = new Map<number, number>()
  users.forEach((user, event) => {
    if (targetOf.get(user) !== rows[event]) return
    timeOf.set(user, Math.max(timeOf.get(user) ?? -Infinity, times[event]))
  })
  return (event) => {
    const user = users[event]
    if (targetOf.get(user) === rows[event]) return false
    return times[event] <= (timeOf.get(user) ?? Infinity)
  }
}

function keepEvents(interactions: Interactions, keeps: EventFilter): Interactions {
  const { users, rows, weights, times } = interactions
  const isKept = (_: number, event: number) => keeps(event)
  return {
    ...interactions,
    users: users.filter(isKept),
    rows: rows.filter(isKept),
    weights: weights.filter(isKept),
    ...(times ? { times: times.filter(isKept) } : {}),
  }
}

/** With ratings, every visitor gets the rows rated below the threshold and never above. */
function withDislikes(
  visitors: readonly Visitor[],
  {
    interactions,
    positives,
  }: { readonly interactions: Interactions; readonly positives: CleanPositives },
): readonly Visitor[] {
  const { threshold } = positives.report
  if (threshold === undefined) return visitors
  const disliked = new Map(visitors.map(({ user }) => [user, new Set<number>()]))
  const { users, rows, weights } = interactions
  for (let event = 0; event < users.length; event++) {
    if (weights[event] < threshold) disliked.get(users[event])?.add(rows[event])
  }
  return visitors.map((visitor) => {
    const bad = disliked.get(visitor.user) ?? new Set()
    for (const row of rowsOf(positives, visitor.user)) bad.delete(row)
    return { ...visitor, disliked: bad }
  })
}

// A folder that comes cut into training and test, joined again: to be cut by users.

/** Items of nothing but ids; every entry is one interaction of weight 1, without a time. */
export function joinSplit({ name, itemIds, train, valid, test }: UserSplit): Dataset {
  const known = valid ? mergePositives(train, valid) : train
  const { userCount, indptr, rows } = mergePositives(known, test)
  const users = new Uint32Array(rows.length)
  for (let user = 0; user < userCount; user++) {
    users.fill(user, indptr[user], indptr[user + 1])
  }
  return {
    name,
    items: itemIds.map((id) => ({ id, title: id })),
    interactions: {
      userCount,
      users,
      rows,
      weights: new Float32Array(rows.length).fill(1),
      hasRatings: false,
    },
  }
}
