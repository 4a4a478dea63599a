/** The learned parts with the items in them that nobody has chosen yet. */
import { coldOf } from './build-notes.ts'
import { addColdItems, type ColdInput, type ColdReport } from './cold-items.ts'
import type { PairRows } from './cold-mix.ts'
import { placeInTower } from './cold-tower.ts'
import type { LearnedParts } from './learn-parts.ts'
import { countsOf, popularityOf } from './positives.ts'

export interface ColdParts extends LearnedParts {
  /** [rows] of known items as ever; of new ones what lets itself be expected. */
  readonly popularity?: Float32Array
  /** Absent where nothing was new, or CF holds nothing to mix. */
  readonly cold?: ColdReport
}

/**
 * New items get pairs in CF, a place in the towers' space and a popularity to be expected:
 * all mixtures of known items by one kernel ridge, so that they compete with them.
 */
export function withColdItems(learned: LearnedParts, input: ColdInput): ColdParts {
  const fresh = coldOf(countsOf(input.positives))
  if (fresh === 0) return learned
  const { cf, tower, notes } = learned
  const added = cf?.pairs && addColdItems(cf as PairRows, input)
  if (!added) return { ...learned, notes: [...notes, unread(fresh)] }
  const { rows, mixtures, expectedUsers, report } = added
  return {
    ...learned,
    cf: rows,
    ...(tower ? { tower: placeInTower(tower, mixtures) } : {}),
    popularity: expected(input, expectedUsers),
    cold: report,
    notes: [...notes, noteOf(input, report)],
  }
}

/** As `popularityOf`, with the users expected of new items. */
function expected({ positives }: ColdInput, users: Float32Array): Float32Array {
  const most = countsOf(positives).reduce((a, b) => Math.max(a, b), 1)
  return popularityOf(positives).map((known, row) =>
    users[row] > 0 ? Math.log1p(users[row]) / Math.log1p(most) : known,
  )
}

function unread(fresh: number): string {
  return `${fresh} items have no positive interactions, and no rows: CF is off.`
}

function noteOf({ positives }: ColdInput, report: ColdReport): string {
  const { items, known, entriesPerItem, readBy } = report
  const counts = countsOf(positives)
  const all = counts.length - coldOf(counts)
  const of = known < all ? `the ${known} most chosen of ${all}` : `${known}`
  return (
    `${items} items have no positive interactions: they got rows of ` +
    `${entriesPerItem.toFixed(0)} pairs by kernel ridge over ${of} known items, ` +
    `read by ${readBy.join(', ') || 'nothing'}.`
  )
}
