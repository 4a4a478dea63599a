/**
 * Users held out, never trained on: each one's positives are split into what the recommender
 * knows (the history) and what it should find (targets).
 *
 * With times the targets are the newest fifth; without, a random fifth.
 */
import { createRandom, type Random } from '../../math/random.ts'
import type { Positives } from '../dataset/dataset.ts'

/** Users with fewer positives are never held out: they stay in training. */
export const MIN_POSITIVES = 5
const TARGET_SHARE = 0.2

export interface HeldOutUser {
  readonly user: number
  /** Newest first (random order without times); never empty. */
  readonly history: Uint32Array
  /** Never empty, shares no item with `history`. */
  readonly targets: Uint32Array
}

export interface HoldOut {
  /** The same user numbers; those held out have an empty list. */
  readonly train: Positives
  /** Only those held out, all their positives. */
  readonly validation: Positives
  readonly heldOut: readonly HeldOutUser[]
}

/** Positives, with the time of each entry where the file had times. */
export type TimedPositives = Positives & { readonly times?: Float64Array }

/**
 * @param options.share of the users with MIN_POSITIVES or more, 0–1
 * @param options.most ceiling on the number of users held out; default none
 * @param options.fold which of the folds that a seed gives, 0, 1 …; no user is in two.
 *   Default 0
 */
export function holdOutUsers(
  positives: TimedPositives,
  options: {
    readonly share: number
    readonly seed: number
    readonly most?: number
    readonly fold?: number
  },
): HoldOut {
  const random = createRandom(options.seed)
  const users: number[] = []
  for (let user = 0; user < positives.userCount; user++) {
    const size = positives.indptr[user + 1] - positives.indptr[user]
    if (size >= MIN_POSITIVES) users.push(user)
  }
  random.shuffleInto(users)
  const count = Math.min(
    options.most ?? Infinity,
    Math.round(users.length * options.share),
  )
  const first = (options.fold ?? 0) * count
  const chosen = users.slice(first, first + count).sort((a, b) => a - b)
  const isChosen = new Set(chosen)
  return {
    train: keepUsers(positives, (user) => !isChosen.has(user)),
    validation: keepUsers(positives, (user) => isChosen.has(user)),
    heldOut: chosen.map((user) => splitUser(positives, user, random)),
  }
}

/** Users that settings should be chosen by: where one fold has fewer, there are more folds. */
const ENOUGH_USERS = 240
const MAX_FOLDS = 5
/** Fewer in all folds are not worth the time. */
const MIN_IN_ALL = 30

/**
 * Folds of users held out, no user in two of them: one where that is enough users, up to
 * five of the same size where users are few.
 *
 * @param options as of `holdOutUsers`
 * @returns one or more
 */
export function holdOutFolds(
  positives: TimedPositives,
  options: { readonly share: number; readonly seed: number; readonly most?: number },
): [HoldOut, ...HoldOut[]] {
  const first = holdOutUsers(positives, options)
  const size = first.heldOut.length
  const wanted = Math.min(MAX_FOLDS, Math.ceil(ENOUGH_USERS / Math.max(1, size)))
  if (wanted * size < MIN_IN_ALL) return [first]
  const others = Array.from({ length: wanted - 1 }, (_, p) =>
    holdOutUsers(positives, { ...options, fold: p + 1 }),
  )
  return [first, ...others]
}

function splitUser(
  { indptr, rows, times }: TimedPositives,
  user: number,
  random: Random,
): HeldOutUser {
  const entries = Array.from(
    { length: indptr[user + 1] - indptr[user] },
    (_, i) => indptr[user] + i,
  )
  random.shuffleInto(entries)
  if (times) entries.sort((a, b) => times[b] - times[a]) // stable: ties stay random
  const targetCount = Math.max(1, Math.round(entries.length * TARGET_SHARE))
  const newestFirst = Uint32Array.from(entries, (entry) => rows[entry])
  return {
    user,
    targets: newestFirst.slice(0, targetCount).sort(),
    history: newestFirst.slice(targetCount),
  }
}

/** The same user numbers; the lists of the others are empty. */
function keepUsers(positives: Positives, keeps: (user: number) => boolean): Positives {
  const { userCount, rowCount, indptr, strengths } = positives
  const kept = new Uint32Array(userCount + 1)
  const rows = new Uint32Array(positives.rows.length)
  const kinds = strengths && new Float32Array(rows.length)
  for (let user = 0; user < userCount; user++) {
    kept[user + 1] = kept[user]
    if (!keeps(user)) continue
    rows.set(positives.rows.subarray(indptr[user], indptr[user + 1]), kept[user])
    kinds?.set(strengths!.subarray(indptr[user], indptr[user + 1]), kept[user])
    kept[user + 1] += indptr[user + 1] - indptr[user]
  }
  const end = kept[userCount]
  return {
    ...{ userCount, rowCount, indptr: kept, rows: rows.slice(0, end) },
    ...(kinds && { strengths: kinds.slice(0, end) }),
  }
}

/** At most `most` of the list (an integer of 1 or more), spread over the whole of it. */
export function evenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list
  return Array.from(
    { length: most },
    (_, i) => list[Math.floor((i * list.length) / most)],
  )
}
