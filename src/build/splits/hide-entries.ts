/** Validation within users: part of each user's positives is hidden, the rest trained on. */
import { createRandom } from '../../math/random.ts'
import type { Positives, UserSplit } from '../dataset/dataset.ts'
import { rowsOf } from '../dataset/positives.ts'
import { type HeldOutUser, MIN_POSITIVES } from './hold-out.ts'

interface Hidden {
  readonly train: Positives
  /** What was hidden, for the same users. */
  readonly valid: Positives
}

/** Users with fewer than MIN_POSITIVES hide nothing; the others at least one entry. */
export function hideEntries(
  positives: Positives,
  { share, seed }: { readonly share: number; readonly seed: number },
): Hidden {
  const random = createRandom(seed)
  const kept: Uint32Array[] = []
  const hidden: Uint32Array[] = []
  for (let user = 0; user < positives.userCount; user++) {
    const rows = random.shuffleInto(rowsOf(positives, user).slice())
    const count =
      rows.length < MIN_POSITIVES ? 0 : Math.max(1, Math.round(share * rows.length))
    hidden.push(rows.slice(0, count).sort())
    kept.push(rows.slice(count).sort())
  }
  const { rowCount } = positives
  return { train: fromLists(kept, rowCount), valid: fromLists(hidden, rowCount) }
}

/** Each user's positives of either. */
export function mergePositives(a: Positives, b: Positives): Positives {
  const lists = Array.from({ length: a.userCount }, (_, user) =>
    Uint32Array.from(new Set([...rowsOf(a, user), ...rowsOf(b, user)])).sort(),
  )
  return fromLists(lists, a.rowCount)
}

function fromLists(lists: readonly Uint32Array[], rowCount: number): Positives {
  const indptr = new Uint32Array(lists.length + 1)
  lists.forEach((list, user) => {
    indptr[user + 1] = indptr[user] + list.length
  })
  const rows = new Uint32Array(indptr[lists.length])
  lists.forEach((list, user) => void rows.set(list, indptr[user]))
  return { userCount: lists.length, rowCount, indptr, rows }
}

/**
 * Users with `known` as their history and `wanted` as their targets: every user with a target.
 * The order of a history is not known in these folders, so it is random.
 */
export function usersToFind(
  known: Positives,
  wanted: UserSplit['test'],
  seed: number,
): HeldOutUser[] {
  const random = createRandom(seed)
  const users: HeldOutUser[] = []
  for (let user = 0; user < known.userCount; user++) {
    const targets = rowsOf(wanted, user).slice()
    if (targets.length === 0) continue
    users.push({
      user,
      history: random.shuffleInto(rowsOf(known, user).slice()),
      targets,
    })
  }
  return users
}
