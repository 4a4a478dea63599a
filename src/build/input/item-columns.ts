/** Which columns of a table hold which field of an item, and what is done without some. */
import { HearthError } from '../../errors.ts'
import { type FoundAttributes, formatAttributes } from './attribute-columns.ts'
import { isEmpty } from './cell.ts'
import { type CleaningReport, formatLeftOut } from './cleaning-log.ts'
import {
  type ColumnMap,
  type ColumnNames,
  columnKey,
  findColumns,
  ITEM_COLUMNS,
  type ItemColumn,
  namedColumn,
  requireColumn,
} from './columns.ts'
import { type Fields, guessFields, guessMissing } from './guess-columns.ts'
import { INTERACTION_COLUMNS } from './interaction-columns.ts'
import { isInteractionTable } from './interaction-layout.ts'
import type { KnownExport } from './known-export.ts'
import { findExport } from './known-exports.ts'
import type { Table, TableRow } from './table.ts'

type TableHead = Pick<Table, 'path' | 'columns'>

/** A field's columns: in each row the first that is filled counts. */
type FieldColumns = Readonly<Partial<Record<ItemColumn, readonly number[]>>>

/** An address with the values of columns in it: `/products/{id}`. */
interface UrlTemplate {
  readonly text: string
  /** Name in braces → its column, or the item's own id or title. */
  readonly places: ReadonlyMap<string, number | 'id' | 'title'>
}

export interface ItemColumns {
  readonly fields: FieldColumns
  /** Columns whose names are added to those of a list. */
  readonly also: FieldColumns
  readonly url?: UrlTemplate
  readonly known?: KnownExport
  /** Where a known export keeps what is in stock. */
  readonly stock?: Readonly<Record<'tracker' | 'quantity' | 'policy', number>>
  /** Are rows of one group variants, to be merged? Else they are editions, each an item. */
  readonly mergesGroups: boolean
  /** Does an edition name its original by id? Then the original is of that group. */
  readonly groupsById: boolean
  /** Without an id column: where ids come from instead. */
  readonly idFrom?: 'url' | 'title'
  /** Found by what they hold, as no name was known. */
  readonly guessed: readonly ('id' | 'title')[]
}

interface FindOptions {
  /** The table's first rows: they decide where names do not. */
  readonly sample?: readonly TableRow[]
  /** Its columns have no names: all is found by what they hold. */
  readonly isUnnamed?: boolean
}

/**
 * Finds the columns of a known export, else those with usual names, else those that hold
 * what they should. A column serves one field, but for an id that is the only title too.
 *
 * @throws HearthError `bad-input` when a named column is not there, or there is no title
 */
export function findItemColumns(
  table: TableHead,
  named: ColumnNames<ItemColumn> = {},
  { sample = [], isUnnamed = false }: FindOptions = {},
): ItemColumns {
  const { url: urlNamed, ...others } = named
  const isTemplate = urlNamed?.includes('{')
  const given = isTemplate ? others : named
  const known = findExport(table.columns)
  const found = fieldsOf(table, given, known)
  const unnamed = !found.id && isUnnamedIndex(table)
  const fields: Fields = unnamed ? { id: [0], ...found } : { ...found }
  if (isTemplate) delete fields.url
  const { columns } = table
  const isFree = (index: number) => !Object.values(fields).flat().includes(index)
  if (isUnnamed) Object.assign(fields, guessFields(columns, { sample, isFree }), found)
  const like = [...columns.keys()].filter(
    (index) => isFree(index) && LIKE_TITLE.test(columns[index]!),
  )
  const isOpen = !known && !given.title && !given.id && hasGaps(fields.title, sample)
  if (isOpen) fields.title = [...(fields.title ?? []), ...like]
  if (!fields.id && LIKE_ID.test(columns[0] ?? '') && isFree(0)) fields.id = [0]
  const guessed = guessMissing(columns, fields, { given, sample, isFree })
  if (!fields.title?.length) delete fields.title
  if (!fields.title && fields.id && given.id !== undefined) fields.title = fields.id
  requireTitle(table, fields, sample)
  const template = isTemplate ? urlNamed : fields.url ? undefined : known?.url
  return {
    fields,
    also: known ? columnsOf(table, known.also) : moreCategories(columns, isFree),
    ...(template !== undefined && {
      url: templateOf(table, template, { mustExist: isTemplate === true }),
    }),
    ...(known && { known }),
    ...stockOf(table, known),
    ...groupingOf(table, fields),
    ...(!fields.id && { idFrom: fields.url ? 'url' : 'title' }),
    guessed,
  }
}

/** The columns of a table that only adds to items that others have: no title, no address made. */
export function findSideColumns(
  table: TableHead,
  id: number,
  named: ColumnNames<ItemColumn> = {},
): ItemColumns {
  const rest = table.columns.map((name, index) => (index === id ? '' : name))
  const { id: _, ...others } = named
  const fields = fieldsOf({ ...table, columns: rest }, others, undefined)
  const alone = { mergesGroups: false, groupsById: false, guessed: [] }
  return { fields: { ...fields, id: [id] }, also: {}, ...alone }
}

/** @returns nothing where a column of the three is missing */
function stockOf({ columns }: TableHead, known: KnownExport | undefined) {
  if (!known?.stock) return {}
  const keys = columns.map(columnKey)
  const [tracker, quantity, policy] = (['tracker', 'quantity', 'policy'] as const).map(
    (name) => keys.indexOf(columnKey(known.stock![name])),
  ) as [number, number, number]
  const isThere = tracker >= 0 && quantity >= 0 && policy >= 0
  return isThere ? { stock: { tracker, quantity, policy } } : {}
}

/** Does a row go without, so that another column of the kind must help out? */
function hasGaps(
  indices: readonly number[] = [],
  sample: readonly TableRow[],
): boolean {
  const isBare = ({ cells }: TableRow) => indices.every((at) => isEmpty(cells[at]))
  return indices.length === 0 || sample.some(isBare)
}

function requireTitle(
  table: TableHead,
  fields: Fields,
  sample: readonly TableRow[],
): void {
  if (!fields.title && isInteractionTable(table, sample)) {
    throw new HearthError(
      'bad-input',
      `no title column in ${table.path}: it looks like interactions (${table.columns.slice(0, 6).join(', ')}). ` +
        'Give it with --interactions, and the items as the first file.',
    )
  }
  requireColumn(table, firstOf(fields), 'title')
}

function groupingOf({ columns }: TableHead, { group: [index] = [] }: FieldColumns) {
  const key = columnKey(columns[index ?? -1] ?? '')
  return {
    mergesGroups: key === 'itemgroupid',
    groupsById: /^(?:editionof|originalid|originalbookid|originalwork)$/.test(key),
  }
}

/**
 * Names that no list has, taken where nothing better is there: `title_eng`, `recipe_name`,
 * `mal_id`. The name of a person, a company or a file is no title.
 */
const LIKE_TITLE =
  /^titles?[\s_-]|[\s_-]title$|^(?!(?:user|author|first|last|middle|full|nick|brand|category|company|vendor|publisher|artist|director|file|host|option\d*|seo|meta|tax|class|event|page)[\s_-]).*[\s_-]name$/i
const LIKE_ID = /[\s_-]ids?$|[a-z]I[dD]$|[\s_-]IDs?$/

function fieldsOf(
  table: TableHead,
  named: ColumnNames<ItemColumn>,
  known: KnownExport | undefined,
) {
  const owned = findColumns<ItemColumn>(table, NO_ALIASES, named)
  const isOwned = new Set(Object.values(owned))
  const ofExport = columnsOf(table, known?.columns)
  const also = columnsOf(table, known?.also)
  const taken = new Set([ofExport, also].flatMap((map) => Object.values(map).flat()))
  const rest = table.columns.map((name, index) =>
    taken.has(index) && !isOwned.has(index) ? '' : name,
  )
  const aliases = known
    ? { ...ITEM_COLUMNS, ...noAliases(known.columns) }
    : ITEM_COLUMNS
  const usual = findColumns<ItemColumn>({ ...table, columns: rest }, aliases, named)
  const fields: Partial<Record<ItemColumn, readonly number[]>> = {}
  for (const field of Object.keys(ITEM_COLUMNS) as ItemColumn[]) {
    const own = owned[field] ?? usual[field]
    const known = ofExport[field]?.filter((index) => !isOwned.has(index)) ?? []
    const found = own === undefined ? known : [own]
    if (found.length > 0) fields[field] = found
  }
  return fields
}

function columnsOf(
  { columns }: TableHead,
  names: Partial<Readonly<Record<ItemColumn, readonly string[]>>> = {},
): FieldColumns {
  const keys = columns.map(columnKey)
  const found: Partial<Record<ItemColumn, readonly number[]>> = {}
  for (const [field, list] of Object.entries(names)) {
    const indices = list.map((name) => keys.indexOf(columnKey(name)))
    found[field as ItemColumn] = [...new Set(indices.filter((index) => index >= 0))]
  }
  return found
}

type Aliases = Record<ItemColumn, readonly string[]>

function noAliases(fields: object): Partial<Aliases> {
  return Object.fromEntries(Object.keys(fields).map((field) => [field, []]))
}

const NO_ALIASES = noAliases(ITEM_COLUMNS) as Aliases

function firstOf(fields: FieldColumns): ColumnMap<ItemColumn> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, indices]) => [field, indices[0]]),
  )
}

/** Beside a category: tags, and a second name of the same kind. */
function moreCategories(
  columns: readonly string[],
  isFree: (index: number) => boolean,
): FieldColumns {
  const names: readonly string[] = ITEM_COLUMNS.genres
  const genres = [...columns.keys()].filter(
    (index) => isFree(index) && names.includes(columnKey(columns[index]!)),
  )
  return genres.length > 0 ? { genres } : {}
}

/** Has a column of this name a meaning of its own? */
export function isColumnName(name: string): boolean {
  const key = columnKey(name)
  return (
    LIKE_TITLE.test(name) || LIKE_ID.test(name) || KNOWN_NAMES.has(key) || key === ''
  )
}

const KNOWN_NAMES: ReadonlySet<string> = new Set(
  Object.values({ ...ITEM_COLUMNS, ...INTERACTION_COLUMNS }).flat(),
)

/** pandas writes the numbers of its rows first, under no name. */
function isUnnamedIndex({ columns }: TableHead): boolean {
  return columns[0] === '' || /^unnamed: ?0$/i.test(columns[0] ?? '')
}

const PLACE = /\{([^{}]*)\}/g

function templateOf(
  table: TableHead,
  text: string,
  { mustExist }: { readonly mustExist: boolean },
): UrlTemplate {
  const keys = table.columns.map(columnKey)
  const places = new Map<string, number | 'id' | 'title'>()
  if (/[{}]/.test(text.replace(PLACE, ''))) {
    throw new HearthError(
      'bad-input',
      `invalid --url: got "${text}", a brace without its other one. Write each column's name as {name}.`,
    )
  }
  for (const [, name = ''] of text.matchAll(PLACE)) {
    const index = table.columns.indexOf(name)
    const alike = index >= 0 ? index : keys.indexOf(columnKey(name))
    if (alike >= 0) places.set(name, alike)
    else if (name === 'id' || name === 'title') places.set(name, name)
    else if (mustExist) namedColumn(table, 'url', name)
  }
  return { text, places }
}

/**
 * The template with its places filled, each value encoded for an address but for `/`.
 *
 * @returns undefined where a value is missing
 */
export function fillTemplate(
  { text, places }: UrlTemplate,
  valueAt: (place: number | 'id' | 'title') => string | undefined,
): string | undefined {
  let isWhole = true
  const url = text.replace(PLACE, (_, name: string) => {
    const place = places.get(name)
    const value = place === undefined ? undefined : valueAt(place)
    if (value === undefined) isWhole = false
    return encodeURIComponent(value ?? '').replaceAll('%2F', '/')
  })
  return isWhole ? url : undefined
}

// What was understood, for the owner to see and correct.

/** Names that owners know fields by, where the command's option has another. */
const SHOWN: Partial<Readonly<Record<ItemColumn, string>>> = { genres: 'categories' }

export interface ShownColumns {
  /** What was made of the columns that no field uses. */
  readonly attributes?: FoundAttributes
  /** Field → its column, or its columns where it has several, or an address's template. */
  readonly columns: Readonly<Record<string, string | readonly string[]>>
  readonly unused: readonly string[]
  /** `columns` in words: `price ← Sale price or Regular price`. */
  readonly text: string
}

export function showColumns(
  { columns: names }: Pick<Table, 'columns'>,
  { fields: found, also, url, idFrom }: ItemColumns,
): ShownColumns {
  const columns: Record<string, string | readonly string[]> = {}
  const text: string[] = []
  const idColumns = idFrom && found[idFrom]
  const fields = {
    ...(found.id || idColumns ? { id: found.id ?? idColumns } : {}),
    ...found,
  }
  for (const [field, indices] of Object.entries(fields) as [ItemColumn, number[]][]) {
    const added = also[field] ?? []
    const nameOf = (index: number) => names[index] || `column ${index + 1}`
    // an id and a title hardly ever fall back on another column
    const main = field === 'id' || field === 'title' ? indices.slice(0, 1) : indices
    const shown = [...main, ...added].map(nameOf)
    const name = SHOWN[field] ?? field
    columns[name] = shown.length === 1 ? shown[0]! : shown
    text.push(
      `${name} ← ${[main.map(nameOf).join(' or '), ...added.map(nameOf)].join(' + ')}`,
    )
  }
  if (url) {
    columns.url = url.text
    text.push(`url ← ${url.text}`)
  }
  return { columns, unused: [], text: text.join(', ') }
}

/** Which columns fields use, whole or in part. */
export function usedColumns(
  { columns: names }: Pick<Table, 'columns'>,
  { fields, also, url, stock }: ItemColumns,
): (index: number) => boolean {
  const used = new Set(
    [
      ...Object.values(fields),
      ...Object.values(also),
      ...Object.values(stock ?? {}),
    ].flat(),
  )
  for (const place of url?.places.values() ?? [])
    if (typeof place === 'number') used.add(place)
  return (index) => isUsed(names, index, used)
}

/** Fields of a nested object that is used whole, as `image.src`, are used with it. */
function isUsed(
  names: readonly string[],
  index: number,
  used: ReadonlySet<number>,
): boolean {
  const [parent = ''] = names[index]!.split('.')
  const whole = names.indexOf(parent)
  return used.has(index) || (whole >= 0 && used.has(whole))
}

/**
 * `id ← Handle, title ← Title, categories ← Tags + Type; kept as attributes: Material
 * (category, 12 values); left out: Cost per item (looks private)`
 */
export function formatColumns({ text, attributes }: ShownColumns): string {
  return [text, ...(attributes ? formatAttributes(attributes) : [])].join('; ')
}

/** The first lines of a build: what its table of items was understood as. */
export function formatUnderstood(
  columns: ShownColumns,
  { leftOut, notes = [] }: CleaningReport,
): string {
  const out = formatLeftOut(leftOut)
  const lines = [formatColumns(columns), ...(out === undefined ? [] : [out]), ...notes]
  return lines.map((line) => `  ${line}\n`).join('')
}
