/**
 * Folders whose lines are ordered: what is trained on, what settings are chosen by and
 * what is tested, each case a history and the one item that came next.
 *
 *   sequences  the last item of each user is tested, the one before it validates, and only
 *              what comes before both is trained on; all items but the history are ranked
 *              (Kang and McAuley 2018, SASRec, and after it TIGER)
 *   sessions   the file's own test; the newest tenth of training validates; all items are
 *              ranked, the ones of the session too (as for SR-GNN and GCE-GNN)
 */

import type { SequenceCase } from '../../build/models/sequential/sequences.ts'
import {
  caseAt,
  holdOutSequences,
  type Sequences,
  sampleOf,
  toSequences,
} from '../../build/models/sequential/sequences.ts'
import { HearthError } from '../../errors.ts'

/** Lines of items, as read: rows are numbered in the order in which they first appear. */
interface OrderedLines {
  readonly name: string
  /** [rows] */
  readonly itemIds: readonly string[]
  /** One list a line, oldest first. */
  readonly lines: readonly Uint32Array[]
}

export interface SequenceFolder extends OrderedLines {
  /** [rows] attributes of each item (category, brand), where the folder has them. */
  readonly attributes?: readonly (readonly string[])[]
}

export interface SessionFolder extends OrderedLines {
  /** A prefix, then what was clicked next; `itemIds` covers them too. */
  readonly test: readonly Uint32Array[]
}

export interface NextClicks {
  readonly name: string
  readonly itemIds: readonly string[]
  readonly attributes?: readonly (readonly string[])[]
  /** Settings are chosen by cases that this part of training does not know. */
  readonly tuning: {
    readonly train: Sequences
    readonly cases: readonly SequenceCase[]
  }
  /** What the measured pack is trained on. */
  readonly train: Sequences
  readonly test: readonly SequenceCase[]
  /** [test] the visitor each case is of, rising: intervals draw visitors, not cases. */
  readonly visitors: Uint32Array
  /** Unseen items are ranked, or all with what is worth coming back to. */
  readonly ranks: 'new' | 'all'
  /** Lengths of the lists that are measured; settings are chosen by the first. */
  readonly lengths: readonly number[]
  readonly protocol: string
}

/** Cases that settings are chosen by at most. */
const MAX_TUNING_CASES = 10_000
const VALIDATION_SHARE = 0.1
/** A user needs one item to know, one to validate and one to test. */
const MIN_ITEMS = 3

/** @throws HearthError `bad-input` if no line has three items or more */
export function leaveLastOut(folder: SequenceFolder, seed: number): NextClicks {
  const lists = folder.lines.filter(({ length }) => length >= MIN_ITEMS)
  if (lists.length === 0) {
    throw new HearthError(
      'bad-input',
      `no user to test: got ${folder.lines.length} users with fewer than ${MIN_ITEMS} items, expected lines of a user and its items in time order.`,
    )
  }
  const train = toSequences(
    lists.map((list) => list.subarray(0, -2)),
    { rowCount: folder.itemIds.length, isInTimeOrder: false },
  )
  const { name, itemIds, attributes } = folder
  return {
    name,
    itemIds,
    ...(attributes ? { attributes } : {}),
    tuning: {
      train,
      cases: sampleOf(lists, MAX_TUNING_CASES, seed).map((list) =>
        caseAt(list, list.length - 2),
      ),
    },
    train,
    test: lists.map((list) => caseAt(list, list.length - 1)),
    visitors: Uint32Array.from(lists.keys()),
    ranks: 'new',
    lengths: [10, 20],
    protocol:
      'The last item of each user is tested, the one before it validates, training knows neither; all items but the history are ranked.',
  }
}

/** @throws HearthError `bad-input` if no test line has a click and a next one */
export function sessionClicks(folder: SessionFolder, seed: number): NextClicks {
  const options = { rowCount: folder.itemIds.length, isInTimeOrder: true }
  const train = toSequences(folder.lines, options)
  const lists = folder.test.filter(({ length }) => length >= 2)
  if (lists.length === 0) {
    throw new HearthError(
      'bad-input',
      `no session to test: got ${folder.test.length} test lines without a next click, expected lines of clicks whose last is to be found.`,
    )
  }
  return {
    name: folder.name,
    itemIds: folder.itemIds,
    tuning: holdOutSequences(train, {
      share: VALIDATION_SHARE,
      maxCases: MAX_TUNING_CASES,
      seed,
    }),
    train,
    test: lists.map((list) => caseAt(list, list.length - 1)),
    visitors: visitorsOf(lists),
    ranks: 'all',
    lengths: [20, 10],
    protocol:
      'Every test prefix as given, its next click to be found; all items are ranked, those of the session too.',
  }
}

/**
 * Prefixes of one session stand together, longest first: a line that is no beginning of
 * the one before it starts another session.
 */
function visitorsOf(lists: readonly Uint32Array[]): Uint32Array {
  let visitor = 0
  return Uint32Array.from(lists, (list, at) => {
    const before = lists[at - 1]
    const isSame =
      before !== undefined &&
      list.length < before.length &&
      list.every((row, p) => row === before[p])
    if (at > 0 && !isSame) visitor++
    return visitor
  })
}
