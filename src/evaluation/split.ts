/**
 * The split of every claim about accuracy: a fifth of the users is never trained on, as a
 * page's visitor never is. Of each one's positives a fifth are targets (the newest where
 * there are times, random ones elsewhere) and the rest is what the page saw (fold-in).
 *
 * Users with fewer than 5 positives are not held out: four fifths of less say nothing.
 */
import { HearthError } from '../errors.ts'
import type { Dataset, Interactions } from '../training/dataset.ts'
import { type HeldOutUser, holdOutUsers, MIN_POSITIVES } from '../training/hold-out.ts'
import { toPositives } from '../training/positives.ts'

export const HELD_OUT_SHARE = 0.2

export interface EvaluationSplit {
  /** The dataset without any event of the held-out users. */
  readonly train: Dataset
  readonly heldOut: readonly HeldOutUser[]
}

/** @throws HearthError `bad-input` without interactions or without a user to hold out */
export function splitDataset(dataset: Dataset, seed: number): EvaluationSplit {
  const { interactions, items } = dataset
  if (!interactions) {
    throw new HearthError(
      'bad-input',
      'cannot evaluate: got no interactions, expected a table of them beside the items.',
    )
  }
  const positives = toPositives(interactions, items.length)
  const { heldOut } = holdOutUsers(positives, { share: HELD_OUT_SHARE, seed })
  if (heldOut.length === 0) {
    throw new HearthError(
      'bad-input',
      `cannot evaluate: got no user to hold out, expected some with ${MIN_POSITIVES} positive interactions or more.`,
    )
  }
  const isOut = new Set(heldOut.map(({ user }) => user))
  return { train: { ...dataset, interactions: without(interactions, isOut) }, heldOut }
}

function without(interactions: Interactions, isOut: ReadonlySet<number>): Interactions {
  const { users, rows, weights, times } = interactions
  const isKept = (_: number, event: number) => !isOut.has(users[event])
  return {
    ...interactions,
    users: users.filter(isKept),
    rows: rows.filter(isKept),
    weights: weights.filter(isKept),
    ...(times ? { times: times.filter(isKept) } : {}),
  }
}
