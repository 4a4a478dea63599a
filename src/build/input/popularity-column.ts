/** A column of a catalogue that counts people (subscribers, votes, sales) → popularity. */
import type { ItemRecord } from '../../pack/item.ts'
import type { ItemTotals } from '../dataset/dataset.ts'
import { isEmpty } from './cell.ts'
import { columnKey, namedColumn } from './columns.ts'
import { countOf, POPULARITY_COLUMNS, POPULARITY_ENDING } from './counts.ts'
import type { ShownColumns } from './item-columns.ts'
import type { Table, TableRow } from './table.ts'

/** What an owner gives for a column's name to have none. */
const NO_COLUMN = 'none'

/** Columns with a usual name that are read: the first that holds counts is taken. */
const MAX_CANDIDATES = 4
/** Share of a column's filled cells that must be counts. */
const MIN_COUNTS = 0.5

interface Candidate {
  readonly at: number
  readonly counts: Map<string, number>
  filled: number
  readable: number
}

/**
 * @param named the column the owner named, or `none`
 * @throws HearthError `bad-input` when the named column is not in the table
 */
export function createPopularityColumn(
  table: Pick<Table, 'path' | 'columns'>,
  named?: string,
) {
  const candidates = placesOf(table, named).map(
    (at): Candidate => ({ at, counts: new Map(), filled: 0, readable: 0 }),
  )
  return {
    /** @param id of the item the row is of; its largest count stands */
    add({ cells }: TableRow, id: string | undefined) {
      if (id === undefined) return
      for (const candidate of candidates) {
        const cell = cells[candidate.at]
        if (isEmpty(cell)) continue
        candidate.filled++
        const count = countOf(cell)
        if (Number.isNaN(count)) continue
        candidate.readable++
        candidate.counts.set(id, Math.max(candidate.counts.get(id) ?? 0, count))
      }
    },
    /** @returns undefined where no column counts anything */
    finish(items: readonly ItemRecord[]): ItemTotals | undefined {
      const found = candidates.find(holdsCounts)
      if (!found) return undefined
      return {
        counts: Float64Array.from(items, ({ id }) => found.counts.get(id) ?? 0),
        from: table.columns[found.at]!,
      }
    },
  }
}

function placesOf(
  table: Pick<Table, 'path' | 'columns'>,
  named: string | undefined,
): number[] {
  if (named === NO_COLUMN) return []
  if (named !== undefined) return [namedColumn(table, 'popularity', named)]
  const keys = table.columns.map(columnKey)
  const usual = POPULARITY_COLUMNS.map((name) => keys.indexOf(name))
  const alike = [...keys.keys()].filter((at) => POPULARITY_ENDING.test(keys[at]!))
  const found = [...usual, ...alike].filter((at) => at >= 0)
  return [...new Set(found)].slice(0, MAX_CANDIDATES)
}

/** Counts, and not one number everywhere. */
function holdsCounts({ counts, filled, readable }: Candidate): boolean {
  return readable >= MIN_COUNTS * filled && new Set(counts.values()).size > 1
}

/** What was understood of the sources, with where popularity comes from. */
export function withPopularity<Source extends { readonly columns: ShownColumns }>(
  sources: readonly [Source, ...Source[]],
  totals: ItemTotals | undefined,
): readonly [Source, ...Source[]] {
  if (!totals) return sources
  const { from } = totals
  const [{ columns, ...first }, ...others] = sources
  const shown: ShownColumns = {
    ...columns,
    columns: { ...columns.columns, popularity: from },
    unused: columns.unused.filter((name) => name !== from),
    text: `${columns.text}, popularity ← ${from}`,
  }
  return [{ ...first, columns: shown } as Source, ...others]
}
