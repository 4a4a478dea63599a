/** Rows → products: variants merged into theirs, and what is not for visitors left out. */

import type { ItemRecord } from '../../pack/item.ts'
import type { AttributeReader, OtherCells } from './attribute-columns.ts'
import { anyOf, flagOf, isDraftStatus, isVariationKind } from './availability.ts'
import { addressOf, idOf, isInexact, plainText, textOf } from './cell.ts'
import type { LeftOut, Warn } from './cleaning-log.ts'
import type { ItemColumns } from './item-columns.ts'
import { type Cells, cellsOf, itemOf, titleOf, withoutEmpty } from './item-row.ts'
import type { TableRow } from './table.ts'

/** An item while its rows are read. */
interface Product {
  item: ItemRecord
  readonly isDraft: boolean
  /** Of each of its rows, what no field of the item uses; its own first. */
  readonly others: OtherCells[]
}

/** Its product may come after it. */
interface Variation {
  readonly parent: string
  readonly item: ItemRecord
  readonly others: OtherCells
}

/** Of a row, beside the cells of its fields. */
interface RowRest {
  readonly line: number
  readonly others: OtherCells
}

const ignore: Warn = () => {}

/**
 * @param attributes reads what no field uses
 * @param warn called for each row that is left out for a fault, and for what it loses
 */
export function createProducts(
  columns: ItemColumns,
  attributes: Pick<AttributeReader, 'read'>,
  warn: Warn,
) {
  const products = new Map<string, Product>()
  const bySku = new Map<string, string>()
  const byGroup = new Map<string, string>()
  const freeId = createFreeIds(products)
  const variations: Variation[] = []
  const counts = { variations: 0, merged: 0 }
  /** Where variants follow their product. */
  let lastProduct: string | undefined

  const mergeInto = (id: string, item: ItemRecord, others: OtherCells) => {
    const product = products.get(id)
    if (!product) return
    product.item = withVariant(product.item, item)
    product.others.push(others)
  }
  const addVariation = (cells: Cells, { line, others }: RowRest) => {
    counts.variations++
    const parent = textOf(cells.first('parent')) ?? lastProduct
    const item = itemOf(cells, columns, { id: '-', line, warn: ignore, title: '-' })
    if (parent !== undefined && item) variations.push({ parent, item, others })
  }
  const addFurtherRow = (cells: Cells, id: string, { line, others }: RowRest) => {
    counts.merged++
    const item = itemOf(cells, columns, { id, line, warn: ignore, title: '-' })
    if (item) mergeInto(id, item, others)
  }
  const addProduct = (cells: Cells, id: string, { line, others }: RowRest): boolean => {
    const group = columns.mergesGroups ? textOf(cells.first('group')) : undefined
    const first = group === undefined ? undefined : byGroup.get(group)
    const isDraft = isDraftRow(cells, columns)
    const isQuiet = isDraft || first !== undefined
    const item = itemOf(cells, columns, { id, line, warn: isQuiet ? ignore : warn })
    if (!item) return false
    if (first !== undefined) {
      counts.variations++
      mergeInto(first, item, others)
      return false
    }
    if (products.has(id)) {
      warn('rows with the id of an earlier row: skipped', line)
      return false
    }
    products.set(id, { item, isDraft, others: [others] })
    if (columns.known?.followsProduct) lastProduct = id
    if (group !== undefined && !isDraft) byGroup.set(group, id)
    const sku = textOf(cells.first('sku'))
    if (sku !== undefined) bySku.set(sku, id)
    return true
  }
  return {
    /** @returns the id of the item the row is of; undefined where it is of none */
    add(row: TableRow): string | undefined {
      const { line } = row
      const cells = cellsOf(row, columns)
      const rest = { line, others: attributes.read(row) }
      if (isVariation(cells)) {
        addVariation(cells, rest)
        return undefined
      }
      const id = columns.fields.id
        ? idOf(cells.first('id'))
        : madeId(cells, columns, freeId)
      if (id === undefined) {
        warn(noId(cells.first('id')), line)
        return undefined
      }
      const isFurther = columns.known?.mergesRows && products.has(id)
      if (isFurther) addFurtherRow(cells, id, rest)
      else if (!addProduct(cells, id, rest)) return undefined
      return id
    },
    /** Once, after the last row. */
    finish(keepSoldOut: boolean) {
      for (const { parent, item, others } of variations) {
        const id = parent.replace(/^id:\s*/, '')
        mergeInto(products.has(id) ? id : (bySku.get(parent) ?? id), item, others)
      }
      const { kept, ...leftOut } = listed([...products.values()], keepSoldOut)
      return {
        items: withSharedGroups(kept.map(({ item }) => item)),
        /** [items][rows] */
        others: kept.map((product): readonly OtherCells[] => product.others),
        leftOut: { ...leftOut, ...counts } satisfies LeftOut,
      }
    },
  }
}

function listed(products: readonly Product[], keepSoldOut: boolean) {
  const shown = products.filter(({ isDraft }) => !isDraft)
  const inStock = shown.filter(({ item }) => item.available !== false)
  // where nothing at all is in stock, the shop does not count it
  const kept = keepSoldOut || inStock.length === 0 ? shown : inStock
  return {
    kept,
    drafts: products.length - shown.length,
    soldOut: shown.length - kept.length,
  }
}

/** Without the groups that hold one item alone. */
function withSharedGroups(items: readonly ItemRecord[]): ItemRecord[] {
  const counts = new Map<string, number>()
  for (const { group } of items)
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1)
  return items.map(({ group, ...item }) =>
    group !== undefined && counts.get(group)! > 1 ? { ...item, group } : item,
  )
}

/** What a product's own row leaves open, by one of its variants; one in stock suffices. */
function withVariant(item: ItemRecord, variant: ItemRecord): ItemRecord {
  const { price, currency, image } = variant
  const available = anyOf([item.available, variant.available])
  return withoutEmpty({
    ...item,
    ...(item.image === undefined && { image, imageSize: variant.imageSize }),
    price: item.price ?? price,
    currency: item.price === undefined ? (currency ?? item.currency) : item.currency,
    available,
  })
}

function isDraftRow(cells: Cells, { known }: ItemColumns): boolean {
  const listed = cells.first('listed')
  const isUnlisted =
    flagOf(listed) === false || known?.unlistedFlags?.includes(plainText(listed))
  return (
    isUnlisted === true ||
    flagOf(cells.first('draft')) === true ||
    flagOf(cells.first('published')) === false ||
    isDraftStatus(cells.first('status'))
  )
}

function isVariation(cells: Cells): boolean {
  const parent = textOf(cells.first('parent'))
  return parent !== undefined || isVariationKind(cells.first('kind'))
}

/** Without an id column: from the address, else the title, made distinct. */
function madeId(
  cells: Cells,
  { idFrom }: ItemColumns,
  freeId: (title: string) => string,
): string | undefined {
  const url = idFrom === 'url' ? addressOf(cells.first('url')) : undefined
  if (url !== undefined) return url
  const title = titleOf(cells.first('title'))
  return title === '' ? undefined : freeId(title)
}

/** Two items may have one title: `Emma`, `Emma (2)`. */
function createFreeIds(taken: ReadonlyMap<string, unknown>) {
  const counts = new Map<string, number>()
  return (title: string): string => {
    if (!taken.has(title)) return title
    let count = (counts.get(title) ?? 1) + 1
    while (taken.has(`${title} (${count})`)) count++
    counts.set(title, count)
    return `${title} (${count})`
  }
}

function noId(cell: unknown): string {
  return isInexact(cell)
    ? 'rows whose id is too long for a JSON number (write it as text): skipped'
    : 'rows without an id: skipped'
}
