/**
 * Cold-start items: held out with all of their interactions, so that training knows nothing
 * of them but texts and attributes, while the users who chose them are known by the rest.
 */

import type { Dataset, Positives } from '../../build/dataset/dataset.ts'
import { countsOf, rowsOf, toPositives } from '../../build/dataset/positives.ts'
import { usersToFind } from '../../build/splits/hide-entries.ts'
import { HearthError } from '../../errors.ts'
import { createRandom } from '../../math/random.ts'
import type { Visitor } from '../visitor.ts'

export interface HeldOutItems {
  /** Item rows, rising: only these are ranked. */
  readonly rows: Uint32Array
  /** Who chose them, by the users of training. */
  readonly chosen: Positives
}

export interface ColdStartSplit {
  /** All items; interactions with none of those held out. */
  readonly train: Dataset
  /** To choose settings by. */
  readonly valid: HeldOutItems
  readonly test: HeldOutItems
}

/** Share of the items with interactions, held out to test and to choose settings by. */
const TEST_SHARE = 0.1
const VALID_SHARE = 0.05

/**
 * A seeded tenth of a catalogue's items to test, and a twentieth to choose settings by.
 *
 * @throws HearthError `bad-input` without interactions, or too few items for one of each
 */
export function cutColdStart(dataset: Dataset, { seed }: { readonly seed: number }) {
  const { interactions, items } = dataset
  if (!interactions) {
    throw new HearthError(
      'bad-input',
      'cannot evaluate: got no interactions, expected a table of them beside the items.',
    )
  }
  const all = toPositives(interactions, items.length)
  const chosen = Uint32Array.from(countsOf(all), (count, row) =>
    count > 0 ? row + 1 : 0,
  )
  const order = createRandom(seed).shuffleInto(chosen.filter((row) => row > 0))
  const rows = order.map((row) => row - 1)
  const tested = Math.floor(rows.length * TEST_SHARE)
  const valid = Math.floor(rows.length * VALID_SHARE)
  if (valid === 0) throw tooFew(rows.length)
  const heldOutOf = (held: Uint32Array): HeldOutItems => {
    return { rows: held.sort(), chosen: onlyRows(all, held) }
  }
  const split: ColdStartSplit = {
    train: withoutRows(dataset, rows.slice(0, tested + valid)),
    test: heldOutOf(rows.slice(0, tested)),
    valid: heldOutOf(rows.slice(tested, tested + valid)),
  }
  return split
}

/** Users who chose a held-out item, and one that was trained on; histories in random order. */
export function coldStartVisitors(
  { train }: ColdStartSplit,
  { chosen }: HeldOutItems,
  seed: number,
): Visitor[] {
  const { interactions, items } = train
  if (!interactions) throw new HearthError('internal', 'a split lost its interactions.')
  const known = toPositives(interactions, items.length)
  return usersToFind(known, chosen, seed).filter(({ history }) => history.length > 0)
}

/** [items] 1 = not held out here. */
export function othersOf({ rows }: HeldOutItems, items: number): Uint8Array {
  const others = new Uint8Array(items).fill(1)
  for (const row of rows) others[row] = 0
  return others
}

function onlyRows(positives: Positives, kept: Uint32Array): Positives {
  const isKept = new Set(kept)
  const lists = Array.from({ length: positives.userCount }, (_, user) =>
    rowsOf(positives, user).filter((row) => isKept.has(row)),
  )
  const indptr = new Uint32Array(lists.length + 1)
  lists.forEach((list, user) => {
    indptr[user + 1] = indptr[user] + list.length
  })
  const rows = new Uint32Array(indptr[lists.length])
  lists.forEach((list, user) => void rows.set(list, indptr[user]))
  const { strengths: _, ...others } = positives
  return { ...others, indptr, rows }
}

function withoutRows(dataset: Dataset, held: Uint32Array): Dataset {
  const { interactions } = dataset
  if (!interactions) return dataset
  const isHeld = new Set(held)
  const { users, rows, weights, times } = interactions
  const keeps = (_: number, event: number) => !isHeld.has(rows[event])
  return {
    ...dataset,
    interactions: {
      ...interactions,
      users: users.filter(keeps),
      rows: rows.filter(keeps),
      weights: weights.filter(keeps),
      ...(times ? { times: times.filter(keeps) } : {}),
    },
  }
}

function tooFew(items: number) {
  return new HearthError(
    'bad-input',
    `too few items to hold some out: got ${items} that somebody chose, expected ${1 / VALID_SHARE} or more.`,
  )
}
