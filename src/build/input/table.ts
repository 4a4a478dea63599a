/** A table in a file (text, packed or not, Parquet, SQLite or a workbook) → rows of cells. */
import { HearthError } from '../../errors.ts'
import { plainText } from './cell.ts'
import type { Warn } from './cleaning-log.ts'
import {
  closesQuotes,
  type Delimiter,
  detectDelimiter,
  parseCsv,
  readCsvRecords,
} from './csv-records.ts'
import { type JsonElement, readJsonElements } from './json-elements.ts'
import { peek } from './peek.ts'
import {
  type Line,
  type LineBlock,
  MAX_LINE_LENGTH,
  readLineBlocks,
  readLines,
} from './read-text.ts'
import { readBinaryTable } from './sources/binary-table.ts'
import { headerlessShape } from './sources/headerless.ts'
import {
  chooseJsonList,
  findJsonList,
  isRowItself,
  notesOnList,
  readJsonList,
  readJsonObject,
} from './sources/json-document.ts'
import { wrongFormat } from './sources/known-formats.ts'
import type { ChooseTable } from './sources/named-tables.ts'
import {
  isObject,
  type JsonObject,
  type NestedColumn,
  nestedColumns,
  valueAt,
} from './sources/nested-columns.ts'
import { isOpenLibraryDump, readOpenLibraryDump } from './sources/open-library-dump.ts'
import type { FolderOptions, WarnOfFile } from './sources/pages/folder-table.ts'
import {
  folderOfSitemap,
  isFolder,
  isSitemap,
  openFolder,
} from './sources/pages/open-folder.ts'
import type { PageOfRow } from './sources/pages/page-table.ts'
import { readSourceText } from './sources/source-text.ts'
import { wordPressEntries } from './sources/wordpress.ts'
import { readXmlFeed } from './sources/xml-feed.ts'

export interface TableRow {
  /** Line of the file the row starts on, from 1. */
  readonly line: number
  /** One a column; a CSV cell is a string, a JSON one any value or undefined. */
  readonly cells: readonly unknown[]
  /** Of a row of a folder: the file it is from, and what no cell holds. */
  readonly page?: PageOfRow
}

export interface Table {
  readonly path: string
  /** Of JSON, the fields of nested objects follow as `image.src`. */
  readonly columns: readonly string[]
  /** Can be read once. */
  readonly rows: AsyncIterable<TableRow>
  /**
   * What the owner should know about how the file is read, a clause each: its encoding
   * where it is not UTF-8, the file of an archive, the list of a document, names given to
   * columns. Whole when the rows are read.
   */
  readonly notes: readonly string[]
  /** Of a folder: pages that were read and are no rows. */
  readonly leftOut?: number
}

export interface OpenTableOptions {
  /** Of a file of several tables, which is read. Default: the one with most rows. */
  readonly choose?: ChooseTable
  /** Of a database: are names read for foreign keys, in the place of ids? Default false. */
  readonly followsKeys?: boolean
  /** How a folder of pages is read. */
  readonly folder?: FolderOptions
  /** Called for each fault that costs no row. Default: not reported. */
  readonly warnOfFault?: Warn
  /** Called for each fault in a file of a folder. Default: not reported. */
  readonly warnOfFile?: WarnOfFile
}

const largest: ChooseTable = (_, tables) =>
  tables.reduce((best, table) => (table.rows > best.rows ? table : best))

/**
 * Opens a table. Parquet, SQLite and workbooks are known by their first bytes; otherwise the
 * first character of its text decides the kind: `[` is a JSON array, `{` JSONL or a JSON
 * document that holds a list, `<` an XML feed, anything else CSV: with a header, or one of
 * the known tables without. Gzip and zip are unpacked, and the encoding is found. A
 * folder is read as the pages of a site.
 *
 * @param warn called for each row that cannot be read and is skipped
 * @throws HearthError `bad-input` when the file cannot be read, is empty or is no table
 */
export async function openTable(
  path: string,
  warn: Warn,
  options: OpenTableOptions = {},
): Promise<Table> {
  const { choose = largest, followsKeys = false } = options
  if (isFolder(path)) return openPages(path, options)
  const notes: string[] = []
  const source = { path, notes, warn, choose }
  const binary = await readBinaryTable(path, { choose, followsKeys }, notes)
  if (binary) return openJson(source, binary, 'the table is empty')
  const pieces = readSourceText(path, notes, choose)
  const head = await firstText(pieces)
  if (head === undefined) throw emptyFile(path)
  const start = head.trimStart().charAt(0)
  if (FRONT_MATTER.test(head)) throw notATable(path)
  if (isYaml(head)) throw wrongFormat(path, 'YAML', 'Save it as JSON and try again')
  if (start === '{') return openBraces(source, head, pieces)
  if (isSitemap(head)) {
    await pieces.return(undefined)
    return openPages(await folderOfSitemap(path), options)
  }
  const text = joined(head, pieces)
  if (start === '[') return openJson(source, readJsonElements(path, text))
  if (start === '<') {
    return openJson(
      source,
      wordPressEntries(readXmlFeed(path, text, { warn: options.warnOfFault })),
    )
  }
  if (isOpenLibraryDump(head)) {
    return openJson(source, readOpenLibraryDump(readLines(path, text)))
  }
  return openCsv(source, readLineBlocks(path, text))
}

async function openPages(
  path: string,
  { warnOfFile = () => {}, folder }: OpenTableOptions,
): Promise<Table> {
  const { rows, ...table } = await openFolder(path, warnOfFile, folder)
  return { ...table, path, rows: inTurn(rows) }
}

async function* inTurn(rows: readonly TableRow[]): AsyncGenerator<TableRow> {
  yield* rows
}

/** A file that is being opened. */
interface Source {
  readonly path: string
  readonly notes: string[]
  readonly warn: Warn
  readonly choose: ChooseTable
}

async function openCsv(
  { path, notes, warn }: Source,
  blocks: AsyncGenerator<LineBlock>,
) {
  const header = await readHeader(path, blocks)
  const delimiter = header.delimiter ?? detectDelimiter(header.text)
  const { records, isOpen } = parseCsv(header.text, delimiter)
  if (isOpen || records.length !== 1) {
    throw new HearthError(
      'bad-input',
      `broken CSV: ${path}, line ${header.number}: a quote in the header never closes.`,
    )
  }
  const names = records[0]!
  const shape = headerlessShape(names, delimiter)
  if (shape) {
    const { columns, flags } = shape
    const all = flags ? [...columns, flags.column] : columns
    notes.push(`it has no header: its columns are taken for ${all.join(', ')}`)
    const first = { first: header.number, lines: [header.text, ...header.rest.lines] }
    const options = { delimiter, width: names.length, warn }
    const records = readCsvRecords(joined(first, blocks), options)
    const rows = flags ? withFlags(records, columns.length, flags.names) : records
    return { path, columns: all, rows, notes }
  }
  if (names.every((name) => /^\s*-?[\d.]+\s*$/.test(name))) {
    notes.push(
      `its first line is all numbers (line ${header.number}), taken for a header`,
    )
  }
  const columns = names.map(plainText)
  notes.push(...notesOnNames(columns))
  const options = { delimiter, width: columns.length, warn }
  return {
    path,
    columns,
    rows: readCsvRecords(joined(header.rest, blocks), options),
    notes,
  }
}

/** Columns are known by their names: of several with one name, only the first is. */
function notesOnNames(columns: readonly string[]): string[] {
  const twice = columns.filter((name, at) => name !== '' && columns.indexOf(name) < at)
  return [...new Set(twice)].map(
    (name) =>
      `several columns are named ${name}: the first is read, the others are not`,
  )
}

/** Replaces cells of 0 and 1 from `start` on by the list of the names whose cell is 1. */
async function* withFlags(
  records: AsyncIterable<TableRow>,
  start: number,
  names: readonly string[],
): AsyncGenerator<TableRow> {
  for await (const { line, cells } of records) {
    const flagged = names.filter((_, i) => cells[start + i] === '1')
    yield { line, cells: [...cells.slice(0, start), flagged] }
  }
}

/** Lines a header with line breaks in its names may take. */
const MAX_HEADER_LINES = 20
/** Excel's own first line: which delimiter the rest has. */
const SEPARATOR_LINE = /^sep=([,;\t|])$/i

/** Google Analytics begins its reports with lines of comments, this one first. */
const COMMENT_RULE = /^#\s?-{5,}/

/** The first line with text, and the next ones where a quoted name breaks off in it. */
async function readHeader(path: string, blocks: AsyncGenerator<LineBlock>) {
  let block: LineBlock = { first: 1, lines: [] }
  let at = 0
  const nextLine = async () => {
    while (at === block.lines.length) {
      const next = await blocks.next()
      if (next.done) return undefined
      block = next.value
      at = 0
    }
    return block.lines[at++]
  }
  let delimiter: Delimiter | undefined
  let hasComments = false
  for (;;) {
    let text = await nextLine()
    if (text === undefined) throw emptyFile(path)
    const stated = SEPARATOR_LINE.exec(text.trimEnd())?.[1]
    if (stated) delimiter = stated as Delimiter
    hasComments ||= COMMENT_RULE.test(text)
    const isComment = hasComments && text.startsWith('#')
    if (stated || isComment || text.trim() === '') continue
    const number = block.first + at - 1
    for (let more = 1; !closesQuotes([text]) && more < MAX_HEADER_LINES; more++) {
      const next = await nextLine()
      if (next === undefined) break
      text += `\n${next}`
    }
    const rest = { first: block.first + at, lines: block.lines.slice(at) }
    return { text, delimiter, number, rest }
  }
}

interface JsonObjectAt {
  readonly line: number
  readonly value: JsonObject
}

/** A text that starts with `{`: JSONL, one object, or a document that holds a list. */
async function openBraces(
  source: Source,
  head: string,
  pieces: AsyncGenerator<string>,
): Promise<Table> {
  const { path, notes, choose } = source
  const text = await twoLines(head, pieces)
  const [first = '', second = ''] = text
    .split('\n')
    .filter((line) => line.trim() !== '')
  const isJsonl = second !== '' && isOnItsOwn(first, second)
  if (isJsonl) {
    return openJson(source, parseLines(readLines(path, joined(text, pieces))))
  }
  await pieces.return(undefined)
  notes.length = 0 // the whole text is read now: all there is to note
  const found = await findJsonList(path, readSourceText(path, notes, choose))
  const { list, others } = chooseJsonList(path, found, choose)
  const again = readSourceText(path, [], choose)
  if (!list || (isRowItself(found.keys) && list.kind !== 'columns')) {
    return openJson(source, readJsonObject(path, again))
  }
  notes.push(...notesOnList(list, others))
  return openJson(source, readJsonList(path, again, list))
}

/** Whether two lines are JSONL, of which one may be broken, and not a document's first two. */
function isOnItsOwn(first: string, second: string): boolean {
  if (isObject(parseJson(first))) return true
  return !/[[{,:]\s*$/.test(first) && isObject(parseJson(second))
}

/** Text up to the end of the second line that holds something, or all that may be one. */
async function twoLines(head: string, pieces: AsyncGenerator<string>) {
  const parts = [head]
  let length = head.length
  for (let found = linesIn(head); found < 3 && length < MAX_LINE_LENGTH; ) {
    const next = await pieces.next()
    if (next.done) break
    parts.push(next.value)
    length += next.value.length
    if (next.value.includes('\n')) found = linesIn(parts.join(''))
  }
  return parts.join('')
}

function linesIn(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length
}

async function openJson(
  { path, notes, warn }: Source,
  elements: AsyncIterable<JsonElement>,
  nothing = 'found no JSON object, expected one a line or an array of them',
): Promise<Table> {
  // any object may leave some columns out
  const { first, all } = await peek(onlyObjects(elements, warn))
  if (first.length === 0) {
    throw new HearthError('bad-input', `no items in ${path}: ${nothing}.`)
  }
  const columns = [...new Set(first.flatMap(({ value }) => Object.keys(value)))]
  const nested = nestedColumns(first.map(({ value }) => value)).filter(
    ({ name }) => !columns.includes(name),
  )
  const rows = jsonRows(columns, nested, all)
  return { path, columns: [...columns, ...nested.map(({ name }) => name)], rows, notes }
}

async function* onlyObjects(
  elements: AsyncIterable<JsonElement>,
  warn: Warn,
): AsyncGenerator<JsonObjectAt> {
  for await (const { line, value } of elements) {
    if (isObject(value)) yield { line, value }
    else warn('rows that are not a JSON object: skipped', line)
  }
}

/** JSONL: one value a line; a line that is not JSON is undefined. */
async function* parseLines(lines: AsyncIterable<Line>): AsyncGenerator<JsonElement> {
  for await (const { number, text } of lines) {
    if (text.trim() !== '') yield { line: number, value: parseJson(text) }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // counted with the other values that are no object
  }
}

async function* jsonRows(
  columns: readonly string[],
  nested: readonly NestedColumn[],
  objects: AsyncIterable<JsonObjectAt>,
): AsyncGenerator<TableRow> {
  for await (const { line, value } of objects) {
    const cells = columns.map((name) => value[name])
    for (const { keys } of nested) cells.push(valueAt(value, keys))
    yield { line, cells }
  }
}

/** Pieces up to the first character that is not white space, as one. */
async function firstText(pieces: AsyncGenerator<string>): Promise<string | undefined> {
  let head = ''
  for (;;) {
    const next = await pieces.next()
    if (next.done) return undefined
    head += next.value
    if (head.trimStart() !== '') return head
  }
}

async function* joined<T, R>(head: T, rest: AsyncIterable<R>): AsyncGenerator<T | R> {
  yield head
  yield* rest
}

/** Lines of settings between two of dashes: what sites are made from. */
const FRONT_MATTER = /^\uFEFF?---\s*\n(?:[\w-]+:.*\n|\s.*\n|\n)*---\s*\n/

/** Lines looked at to tell YAML from a table. */
const YAML_LINES = 20
const YAML_LINE = /^\s*(?:-\s+)?(?:[\w.-]+|"[^"]*"):(?:\s|$)|^\s*-\s/

/** Keys with colons, or items with dashes, on each of its first lines: two at least. */
function isYaml(head: string): boolean {
  const lines = head
    .split('\n')
    .slice(0, YAML_LINES)
    .filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
  const all = lines[0]?.startsWith('---') ? lines.slice(1) : lines
  return all.length > 1 && all.every((line) => YAML_LINE.test(line))
}

function notATable(path: string): HearthError {
  return new HearthError(
    'bad-input',
    `not a table: ${path} is a page or template of a site generator. Give the folder of ` +
      'pages, or the site or feed that is built from it.',
  )
}

function emptyFile(path: string): HearthError {
  return new HearthError(
    'bad-input',
    `nothing in ${path}: the file is empty, expected a table with a header.`,
  )
}
