/** The names columns go by in owners' tables. */
import { HearthError } from '../../errors.ts'
import type { Table } from './table.ts'

const names = (list: string): readonly string[] => list.split(' ')

/**
 * Names a column may have, best first. Case and everything but letters and digits do not
 * matter: `Movie ID`, `movie_id` and `movieId` are one name. What one shop or site calls
 * them is in `known-exports.ts`.
 */
export const ITEM_COLUMNS = {
  id: names(
    'id itemid iid bookid movieid productid articleid trackid sku asin isbn slug ' +
      'guid objectid appid gameid animeid songid courseid recipeid postid uuid ' +
      'handle productcode itemcode itemnumber identifier',
  ),
  title: names(
    'title name itemname producttitle productname booktitle movietitle headline ' +
      'itemtitle primarytitle coursetitle gamename displayname songname trackname ' +
      'label',
  ),
  authors: names(
    'authors author creators creator director directors designer designers artist ' +
      'artists brand by ' +
      'bookauthor authorname authornames vendor manufacturer writer writers ' +
      'directedby brandname maker instructor instructors speaker speakers developer ' +
      'developers composer',
  ),
  year: names(
    'year releaseyear publicationyear originalpublicationyear yearpublished ' +
      'yearofpublication publishedyear publishyear firstpublishyear startyear ' +
      'filmyear',
  ),
  genres: names(
    'genres genre categories category tags subjects topics subject producttype ' +
      'producttags majorgenre maingenre productcategory categorypath ' +
      'googleproductcategory breadcrumbs keywords cuisine cuisinepath listcategories',
  ),
  description: names(
    'description plot summary overview synopsis abstract blurb excerpt content ' +
      'bodyhtml body longdescription shortdescription productdescription ' +
      'itemdescription desc details text aboutthegame descriptionhtml encoded contenthtml contenttext',
  ),
  url: names(
    'url link href permalink canonical page producturl itemurl pageurl bookurl ' +
      'webpage uri onlinestoreurl producturlhref sourceurl productlink itemlink ' +
      'affiliatelink affiliateurl deeplink buylink website homepage',
  ),
  image: names(
    'image imageurl cover coverurl img poster posterurl thumbnail picture images ' +
      'imagesrc imgsrc imagepath imagelink imageurls featuredimage pictureurl thumbnailurl imgurl ' +
      'coverimage headerimage photo photos mainimage pictures',
  ),
  language: names('language languagecode lang locale'),
  series: names('series seriesname seriestitle'),
  position: names('seriesposition seriesindex seriesnumber volume'),
  price: names(
    'price saleprice regularprice currentprice unitprice listprice retailprice ' +
      'priceusd priceeur',
  ),
  currency: names('currency currencycode pricecurrency'),
  available: names(
    'available availability instock isinstock stockstatus availabilitystatus ' +
      'stock stockquantity unitsinstock inventory inventoryquantity',
  ),
  published: names(
    'published pubdate releasedate date publishedat publisheddate datepublished ' +
      'publicationdate publishdate publishedon released releasedon',
  ),
  /** A flag: false for what visitors of the shop do not see. */
  listed: names('ispublished visible isvisible isactive'),
  /** A flag: true for what they do not see yet. */
  draft: names('draft isdraft'),
  /** A word: `draft`, `archived`, … */
  status: names('status poststatus'),
  /** What variants of one product, or editions of one work, share. */
  group: names(
    'itemgroupid workid editionof originalid originalbookid originalwork groupid',
  ),
  /** Of the picture, px. */
  imageWidth: names('imagewidth coverwidth posterwidth thumbnailwidth'),
  imageHeight: names('imageheight coverheight posterheight thumbnailheight'),
  /** Names the product, by its id or SKU, that this row is a variant of. */
  parent: names('parentsku'),
  /** A type of row: `variation`, … Of known exports only. */
  kind: [] as readonly string[],
  /** What variants name their product by. Of known exports only. */
  sku: [] as readonly string[],
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

/** @throws HearthError `bad-input` naming the columns there are */
export function namedColumn(
  table: Pick<Table, 'path' | 'columns'>,
  field: string,
  name: string,
) {
  const exact = table.columns.indexOf(name)
  const key = columnKey(name)
  const index =
    exact >= 0 || key === '' ? exact : table.columns.map(columnKey).indexOf(key)
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

/** A column's name as names are compared. A feed's `g:price` is `price`. */
export function columnKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/^g:/, '')
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
}
