/** The names columns go by in owners' tables. */
import { HearthError } from '../../errors.ts'
import type { Table } from './table.ts'

/**
 * Names a column may have, best first. Case, spaces, `_` and `-` do not matter: `Movie ID`,
 * `movie_id` and `movieId` are one name.
 */
export const ITEM_COLUMNS = {
  id: [
    'id',
    'itemid',
    'iid',
    'bookid',
    'movieid',
    'productid',
    'articleid',
    'trackid',
    'sku',
    'asin',
    'isbn',
    'slug',
    'guid',
  ],
  title: [
    'title',
    'name',
    'itemname',
    'producttitle',
    'productname',
    'booktitle',
    'movietitle',
    'headline',
  ],
  authors: [
    'authors',
    'author',
    'creators',
    'creator',
    'director',
    'directors',
    'artist',
    'artists',
    'brand',
    'by',
  ],
  year: [
    'year',
    'releaseyear',
    'publicationyear',
    'originalpublicationyear',
    'published',
    'pubdate',
    'releasedate',
    'date',
  ],
  genres: ['genres', 'genre', 'categories', 'category', 'tags', 'subjects', 'topics'],
  description: [
    'description',
    'plot',
    'summary',
    'overview',
    'synopsis',
    'abstract',
    'blurb',
    'excerpt',
    'content',
  ],
  url: ['url', 'link', 'href', 'permalink', 'canonical', 'page'],
  image: [
    'image',
    'imageurl',
    'cover',
    'coverurl',
    'img',
    'poster',
    'posterurl',
    'thumbnail',
    'picture',
  ],
  language: ['language', 'languagecode', 'lang', 'locale'],
  series: ['series', 'seriesname', 'seriestitle'],
  position: ['seriesposition', 'seriesindex', 'seriesnumber', 'volume'],
} as const

export type ItemColumn = keyof typeof ITEM_COLUMNS

/** Where each field is: its cell's index. */
export type ColumnMap<Field extends string> = Readonly<Partial<Record<Field, number>>>

/** Named by the owner on the command line: field → column name. */
export type ColumnNames<Field extends string> = Readonly<Partial<Record<Field, string>>>

// Which column holds which field: by its usual names, or as the owner names it.

/**
 * Finds each field's column: the one named by the owner, else the first alias present.
 * One column serves one field.
 *
 * @throws HearthError `bad-input` when a named column is not in the table
 */
export function findColumns<Field extends string>(
  table: Pick<Table, 'path' | 'columns'>,
  aliases: Readonly<Record<Field, readonly string[]>>,
  named?: ColumnNames<Field>,
): ColumnMap<Field> {
  const found: Partial<Record<Field, number>> = {}
  const taken = new Set<number>()
  const take = (field: Field, index: number) => {
    found[field] = index
    taken.add(index)
  }
  for (const [field, name] of Object.entries(named ?? {}) as [
    Field,
    string | undefined,
  ][]) {
    if (name !== undefined) take(field, namedColumn(table, field, name))
  }
  const keys = table.columns.map(columnKey)
  for (const field of Object.keys(aliases) as Field[]) {
    if (found[field] !== undefined) continue
    const indices = aliases[field].map((alias) => keys.indexOf(alias))
    const index = indices.find((at) => at >= 0 && !taken.has(at))
    if (index !== undefined) take(field, index)
  }
  return found
}

/** @throws HearthError `bad-input` naming the columns there are */
export function requireColumn<Field extends string>(
  table: Pick<Table, 'path' | 'columns'>,
  columns: ColumnMap<Field>,
  field: Field,
): number {
  const index = columns[field]
  if (index !== undefined) return index
  throw new HearthError(
    'bad-input',
    `no ${field} column in ${table.path}: got ${listColumns(table.columns)}. ` +
      `Name it with --${field} COLUMN.`,
  )
}

function namedColumn(
  table: Pick<Table, 'path' | 'columns'>,
  field: string,
  name: string,
) {
  const exact = table.columns.indexOf(name)
  const index =
    exact >= 0 ? exact : table.columns.map(columnKey).indexOf(columnKey(name))
  if (index >= 0) return index
  throw new HearthError(
    'bad-input',
    `no column "${name}" (--${field}) in ${table.path}: got ${listColumns(table.columns)}.`,
  )
}

/** Columns shown in an error. */
const COLUMNS_SHOWN = 20

function listColumns(columns: readonly string[]): string {
  const shown = columns.slice(0, COLUMNS_SHOWN).map((name) => name.slice(0, 40))
  return shown.join(', ') + (columns.length > COLUMNS_SHOWN ? ', …' : '')
}

function columnKey(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}
