/** Columns of items that no list has a name for, found by what they hold. */
import { contentOf } from './column-content.ts'
import { type ColumnNames, columnKey, type ItemColumn } from './columns.ts'
import type { TableRow } from './table.ts'

export interface GuessOptions {
  /** The table's first rows. */
  readonly sample: readonly TableRow[]
  /** Is the column of this index still without a field? */
  readonly isFree: (index: number) => boolean
}

/** A title names its item: few may share one. */
const MIN_DISTINCT_TITLES = 0.8
const MIN_FILLED = 0.5

/** Names of people, places and files: whatever they hold, they are no title. */
const NO_TITLE =
  /author|artist|director|brand|vendor|maker|company|publisher|user|email|e-mail|phone|address|city|state|country|file|path|genre|categor|tag|keyword|ingredient|description|location|status|type$/i

/**
 * The column most like titles: words that differ from row to row. Where all are sentences,
 * as of quotes, the first of them.
 *
 * @returns undefined where nothing is like a title
 */
export function guessTitle(
  columns: readonly string[],
  { sample, isFree }: GuessOptions,
): number | undefined {
  if (sample.length === 0) return undefined
  const candidates = [...columns.keys()]
    .filter((index) => isFree(index) && !NO_TITLE.test(columns[index]!))
    .map((index) => ({ index, ...contentOf(sample, index) }))
    .filter(({ filled, distinct }) => filled >= MIN_FILLED && distinct > 0)
  const phrases = candidates.filter(
    ({ kind, distinct }) => kind === 'phrase' && distinct >= MIN_DISTINCT_TITLES,
  )
  const texts = candidates.filter(({ kind }) => kind === 'text')
  return (phrases[0] ?? texts[0])?.index
}

const CODE_NAME = /(?:code|key|ref|reference|number|no|nr|symbol|ticker)$/i
/** Change with the order of the rows. */
const PLACE_NAME = /^(?:#|no|nr|rank|ranking|position|place|row|index|order|year)$/i

/**
 * A column of codes, each there once, that the table starts with or whose name ends as
 * names of codes do: `iata`, `accession_number`.
 */
export function guessId(
  columns: readonly string[],
  { sample, isFree }: GuessOptions,
): number | undefined {
  if (sample.length < 2) return undefined
  return [...columns.keys()].find((index) => {
    const name = columns[index]!
    if (!isFree(index) || PLACE_NAME.test(name)) return false
    if (index > 0 && !CODE_NAME.test(name)) return false
    const { kind, filled, distinct } = contentOf(sample, index)
    return kind === 'code' && filled === 1 && distinct === 1
  })
}

/** Names of languages are all there is in a column of languages. */
const LANGUAGE =
  /^(?:english|german|french|spanish|italian|russian|chinese|japanese|arabic|portuguese|dutch|polish|swedish|danish|norwegian|finnish|greek|turkish|hindi|korean|hebrew|latin|persian|hungarian|czech)\b/i

/** What the columns of a table without a header hold, as far as content alone tells. */
export function guessFields(
  columns: readonly string[],
  options: GuessOptions,
): Partial<Record<ItemColumn, readonly number[]>> {
  const { sample } = options
  const contents = columns.map((_, index) => contentOf(sample, index))
  const find = (test: (index: number) => boolean) => {
    const index = [...columns.keys()].find((at) => options.isFree(at) && test(at))
    return index === undefined ? [] : [index]
  }
  const kind = (name: string) => find((at) => contents[at]!.kind === name)
  const share = (at: number, test: (text: string) => boolean) => {
    const texts = sample.map(({ cells }) => String(cells[at] ?? '').trim())
    const filled = texts.filter((text) => text !== '')
    return filled.length > 0 && filled.filter(test).length >= filled.length * 0.8
  }
  const title = guessTitle(columns, options)
  const found = {
    title: title === undefined ? [] : [title],
    url: kind('url'),
    image: kind('image'),
    year: find((at) => share(at, (text) => /^-?\d{3,4}$/.test(text))),
    language: find((at) => share(at, (text) => LANGUAGE.test(text))),
  }
  return Object.fromEntries(
    Object.entries(found).filter(([, indices]) => indices.length > 0),
  )
}

/** Field → its columns, while they are found. */
export type Fields = Partial<Record<ItemColumn, readonly number[]>>

interface GuessContext extends GuessOptions {
  /** The owner's names. */
  readonly given: ColumnNames<ItemColumn>
}

/** An id and a title by what their columns hold. @returns the fields found this way */
export function guessMissing(
  columns: readonly string[],
  fields: Fields,
  { given, sample, isFree }: GuessContext,
): ('id' | 'title')[] {
  const guessed: ('id' | 'title')[] = []
  const isTable = sample.length > 1 // one row tells nothing of a column: `{"error": "not found"}`
  if (!fields.title?.length && given.id === undefined && isTable) {
    const title = pairedName(columns, isFree) ?? guessTitle(columns, { sample, isFree })
    if (title !== undefined) {
      fields.title = [title]
      guessed.push('title')
    }
  }
  if (!fields.id) {
    const id = guessId(columns, { sample, isFree })
    if (id !== undefined) {
      fields.id = [id]
      guessed.push('id')
    }
  }
  const isShown = fields.image !== undefined || fields.description !== undefined
  if (!fields.title?.length && fields.id && isShown) {
    fields.title = fields.id
    guessed.push('title')
  }
  return guessed
}

/** `categoryID` first, and `categoryName`: a table of categories. */
function pairedName(
  columns: readonly string[],
  isFree: (index: number) => boolean,
): number | undefined {
  const keys = columns.map(columnKey)
  const [, prefix] = /^(.+)id$/.exec(keys[0] ?? '') ?? []
  const index = keys.findIndex(
    (key, at) => isFree(at) && (key === `${prefix}name` || key === `${prefix}title`),
  )
  return index > 0 ? index : undefined
}
