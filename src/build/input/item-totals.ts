/** A table of totals an item (sold, viewed, voted), without users → how often each was chosen. */
import type { ItemTotals } from '../dataset/dataset.ts'
import { idOf } from './cell.ts'
import type { Warn } from './cleaning-log.ts'
import { columnKey } from './columns.ts'
import { countOf, OTHER_TOTALS, TOTAL_KINDS } from './counts.ts'
import { idInside } from './nested-lines.ts'
import type { ItemFinder } from './pages/item-finder.ts'
import { isAddress } from './pages/page-address.ts'
import { createPageCounter } from './pages/page-counter.ts'
import type { Table, TableRow } from './table.ts'

interface TotalColumn {
  readonly at: number
  readonly strength: number
}

export interface TotalsLayout {
  readonly item: number
  readonly counts: readonly TotalColumn[]
}

/**
 * @param item the column that names the items
 * @param named the column the owner named for the count
 * @returns undefined where no column counts anything
 */
export function totalsLayout(
  { columns }: Pick<Table, 'columns'>,
  peeked: readonly TableRow[],
  { item, named }: { readonly item: number; readonly named?: number | undefined },
): TotalsLayout | undefined {
  const keys = columns.map(columnKey)
  const isCount = (at: number) => {
    const filled = peeked.filter(({ cells }) => !isBlank(cells[at]))
    const counts = filled.filter(({ cells }) => countOf(cells[at]) >= 0)
    return counts.length > 0 && 2 * counts.length >= filled.length
  }
  if (named !== undefined) return { item, counts: [{ at: named, strength: 1 }] }
  const first = (names: readonly string[]) =>
    names
      .map((name) => keys.indexOf(name))
      .find((at) => at >= 0 && at !== item && isCount(at))
  const kinds = TOTAL_KINDS.flatMap(({ strength, names }) => {
    const at = first(names)
    return at === undefined ? [] : [{ at, strength }]
  })
  if (kinds.length === 1) return { item, counts: [{ ...kinds[0]!, strength: 1 }] }
  if (kinds.length > 1) return { item, counts: kinds }
  const other = first(OTHER_TOTALS)
  return other === undefined
    ? undefined
    : { item, counts: [{ at: other, strength: 1 }] }
}

/** The sum of each item's counts; what cannot be used is reported. */
export function createTotals(
  columns: readonly string[],
  layout: TotalsLayout,
  { finder, itemCount }: { readonly finder: ItemFinder; readonly itemCount: number },
) {
  const sums = new Float64Array(itemCount)
  const otherPages = createPageCounter()
  let unknown: string | undefined
  let kept = 0
  return {
    add({ cells, line }: TableRow, warn: Warn) {
      const id = idOf(idInside(cells[layout.item]))
      if (id === undefined) return warn('rows without an item: skipped', line)
      const item = finder.get(id)
      if (item === undefined) {
        unknown ??= id
        if (!isAddress(id)) {
          return warn('rows of items that are not in the catalogue: skipped', line)
        }
        otherPages.add(id)
        return warn('rows of pages that are of no item: skipped', line)
      }
      const sum = sumOf(cells, layout)
      if (Number.isNaN(sum)) return warn('rows whose count is no number: skipped', line)
      kept++
      sums[item] = sums[item]! + sum
    },
    finish() {
      const chosen = sums.reduce((items, count) => items + (count > 0 ? 1 : 0), 0)
      const totals: ItemTotals = { counts: sums, from: nameOf(columns, layout) }
      return { totals, kept, chosen, unknown, otherPages: otherPages.top() }
    },
  }
}

/** Empty cells are 0; NaN where one holds something that is no count. */
function sumOf(cells: readonly unknown[], { counts }: TotalsLayout): number {
  return counts.reduce((sum, { at, strength }) => {
    const count = isBlank(cells[at]) ? 0 : countOf(cells[at])
    return sum + strength * count
  }, 0)
}

function isBlank(cell: unknown): boolean {
  return cell === undefined || cell === null || cell === '' || cell === '-'
}

/** `Items purchased (×1), Items viewed (×0.2)` */
function nameOf(columns: readonly string[], { counts }: TotalsLayout): string {
  const only = counts.length === 1
  return counts
    .map(({ at, strength }) => (only ? columns[at]! : `${columns[at]} (×${strength})`))
    .join(' + ')
}
