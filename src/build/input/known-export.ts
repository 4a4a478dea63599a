/** What is known of one export of a shop or a site: its columns, and what they mean. */
import type { ItemColumn } from './columns.ts'

type Names = Partial<Readonly<Record<ItemColumn, readonly string[]>>>

/** A shop counts a variant only where it is tracked, and may go on selling without stock. */
interface StockNames {
  readonly tracker: string
  readonly quantity: string
  readonly policy: string
}

export interface KnownExport {
  readonly name: string
  /** Recognised where all columns of one of these are there. */
  readonly has: readonly (readonly string[])[]
  /**
   * Of the columns of a field that are there, the first that is filled counts. A field
   * that is not here goes by its usual names; one without names has no column.
   */
  readonly columns: Names
  /** Columns whose names are added to those of a list. */
  readonly also?: Partial<Readonly<Record<'authors' | 'genres', readonly string[]>>>
  /** An item's address, where it has no column: `/products/{Handle}`. */
  readonly url?: string
  /** Columns that tell together whether a variant is sold out. */
  readonly stock?: StockNames
  /** Further rows with an id are variants and pictures of its product. */
  readonly mergesRows?: boolean
  /** Variants and pictures follow their product, and do not name it. */
  readonly followsProduct?: boolean
  /** How the names of a category path are joined, where not by ` > `. */
  readonly pathSeparator?: string
  /** One category path a cell, so that a comma belongs to a name. */
  readonly isOnePath?: boolean
  /** Roots that every path begins with: no names of categories. */
  readonly pathRoots?: readonly string[]
  /** What its flag has for products that are not shown, besides 0 and false. */
  readonly unlistedFlags?: readonly string[]
}
