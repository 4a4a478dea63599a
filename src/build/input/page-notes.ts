/** What a folder's rows hold beside their cells → the items made of them. */
import type { ItemRecord } from '../../pack/item.ts'
import { idOf } from './cell.ts'
import type { ItemColumns } from './item-columns.ts'
import { cellsOf } from './item-row.ts'
import type { PageOfRow } from './sources/pages/page-table.ts'
import type { TableRow } from './table.ts'

interface WithPages {
  readonly items: readonly ItemRecord[]
  /** [items] Absent where no row is of a page. */
  readonly bodies?: readonly (string | undefined)[]
}

export function createPageNotes(columns: ItemColumns) {
  const pages = new Map<string, PageOfRow>()
  let current: TableRow | undefined
  return {
    add(row: TableRow) {
      current = row
      const id = row.page && idOf(cellsOf(row, columns).first('id'))
      // of rows with one id the first is kept
      if (row.page && id !== undefined && !pages.has(id)) pages.set(id, row.page)
    },
    /** Of the row added last. */
    file: (): string | undefined => current?.page?.file,
    addTo(items: readonly ItemRecord[]): WithPages {
      if (pages.size === 0) return { items }
      return {
        items: items.map((item) => withPage(item, pages.get(item.id))),
        bodies: items.map(({ id }) => pages.get(id)?.body),
      }
    },
  }
}

function withPage(item: ItemRecord, page: PageOfRow | undefined): ItemRecord {
  const { group, imageSize } = page ?? {}
  return {
    ...item,
    ...(group !== undefined && item.group === undefined && { group }),
    ...(imageSize && item.image !== undefined && { imageSize }),
  }
}
