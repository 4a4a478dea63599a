/** A table in a file (CSV, JSONL or a JSON array, gzipped or not) → rows of cells. */
import { parse } from 'csv-parse/sync'
import { HearthError } from '../../errors.ts'
import { plainText } from './cell.ts'
import type { Warn } from './cleaning-log.ts'
import {
  type LimitOptions,
  type Line,
  MAX_LINE_LENGTH,
  readLines,
  readText,
  tooLong,
} from './read-text.ts'

// Lines → CSV records with exact line numbers; one bad quote costs one line.

export interface CsvRecord {
  /** Where the record starts. */
  readonly line: number
  readonly cells: readonly string[]
}

export type Delimiter = ',' | ';' | '\t'

export interface CsvOptions {
  readonly delimiter: Delimiter
  /** Cells of every record: the header's. */
  readonly width: number
  readonly warn: Warn
}

/** Longest quoted record over several lines, in characters. */
const MAX_RECORD_LENGTH = 1024 * 1024

/** The delimiter the header has most of; a comma when it has none. */
export function detectDelimiter(header: string): Delimiter {
  const count = (delimiter: string) => header.split(delimiter).length
  const others = (['\t', ';'] as const).filter((d) => count(d) > count(','))
  return others.sort((a, b) => count(b) - count(a))[0] ?? ','
}

/** One record's cells (RFC 4180, stray quotes kept as text), or undefined if it is none. */
export function splitCells(record: string, delimiter: Delimiter): string[] | undefined {
  if (!record.includes('"')) return record.split(delimiter)
  try {
    const rows: string[][] = parse(record, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
    })
    return rows.length === 1 ? rows[0] : undefined
  } catch {
    return undefined // a quote that never closes: the caller counts the line
  }
}

/**
 * Records of `width` cells; empty lines are passed over. A quoted cell may hold line
 * breaks. A record of another width, or with a quote that never closes, is warned of and
 * skipped, and reading goes on with its second line: nothing after it is lost. Empty
 * cells too many at the end are let go.
 */
export async function* readCsvRecords(
  lines: AsyncIterable<Line>,
  options: CsvOptions,
): AsyncGenerator<CsvRecord> {
  const queue = createLineQueue(lines)
  for (let line = await queue.next(); line; line = await queue.next()) {
    if (line.text === '') continue
    const cells = await cellsFrom(line, queue, options)
    if (cells) yield { line: line.number, cells }
    else options.warn('rows without one cell for each column: skipped', line.number)
  }
}

async function cellsFrom(first: Line, queue: LineQueue, options: CsvOptions) {
  const fitting = (text: string) =>
    trimmed(splitCells(text, options.delimiter), options.width)
  let open = isOpen(first.text)
  if (!open) return fitting(first.text)
  const taken: Line[] = []
  let length = first.text.length
  while (open && length < MAX_RECORD_LENGTH) {
    const next = await queue.next()
    if (!next) break
    taken.push(next)
    length += next.text.length + 1
    open = isOpen(next.text) !== open
  }
  const texts = [first, ...taken].map((line) => line.text)
  const cells = open ? undefined : fitting(texts.join('\n'))
  if (cells) return cells
  queue.putBack(taken)
  return fitting(first.text)
}

/** Has an odd number of quotes: a quoted cell goes on in the next line. */
export function isOpen(text: string): boolean {
  let open = false
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) open = !open
  return open
}

function trimmed(cells: string[] | undefined, width: number): string[] | undefined {
  if (!cells || cells.length < width) return undefined
  return cells.slice(width).every((cell) => cell === '')
    ? cells.slice(0, width)
    : undefined
}

interface LineQueue {
  next(): Promise<Line | undefined>
  /** These come again before the rest. */
  putBack(lines: readonly Line[]): void
}

function createLineQueue(source: AsyncIterable<Line>): LineQueue {
  const lines = source[Symbol.asyncIterator]()
  let waiting: Line[] = []
  let at = 0
  return {
    async next() {
      if (at < waiting.length) return waiting[at++]
      const next = await lines.next()
      return next.done ? undefined : next.value
    },
    putBack(again) {
      waiting = [...again, ...waiting.slice(at)]
      at = 0
    },
  }
}

// A JSON array's elements, one at a time, so that no file is held whole.

/** The text of one element and the line it starts on. */
export interface JsonElement {
  readonly line: number
  readonly text: string
}

interface Scan {
  depth: number
  inString: boolean
  escaped: boolean
  line: number
  /** 0 until the element's first character. */
  startLine: number
  element: string
  closed: boolean
}

/**
 * `[a, b, …]` in pieces → the text of a, b, …: brackets and strings are followed, what
 * lies between is left to `JSON.parse`. Text after the closing bracket is refused.
 *
 * @throws HearthError `bad-input` when the array never ends or an element is too long
 */
export async function* readJsonElements(
  name: string,
  pieces: AsyncIterable<string>,
  options: LimitOptions = {},
): AsyncGenerator<JsonElement> {
  const maxLength = options.maxLength ?? MAX_LINE_LENGTH
  const scan: Scan = {
    depth: 0,
    inString: false,
    escaped: false,
    line: 1,
    startLine: 0,
    element: '',
    closed: false,
  }
  for await (const piece of pieces) {
    yield* elementsOf(scan, piece)
    if (scan.element.length > maxLength) throw tooLong(name, scan.startLine, maxLength)
    if (scan.closed && scan.element.trim() !== '')
      throw broken(name, scan, 'goes on after its end')
  }
  if (!scan.closed) throw broken(name, scan, 'never ends')
}

/** Feeds one piece; the unfinished element stays in `scan`. */
function* elementsOf(scan: Scan, piece: string): Generator<JsonElement> {
  let from = 0
  for (let at = 0; at < piece.length; at++) {
    const boundary = step(scan, piece.charCodeAt(at))
    if (boundary === 'inside') continue
    const text = (scan.element + piece.slice(from, at)).trim()
    if (boundary === 'end' && text !== '') yield { line: scan.startLine, text }
    scan.element = ''
    scan.startLine = 0
    from = at + 1
  }
  scan.element += piece.slice(from)
}

/** One character on: does an element begin after it, end before it, or neither? */
function step(scan: Scan, code: number): 'begin' | 'end' | 'inside' {
  if (code === NEWLINE) scan.line++
  if (scan.closed || code <= SPACE) return 'inside'
  if (scan.inString) return stepInString(scan, code)
  if (code === OPEN_BRACKET || code === OPEN_BRACE) {
    scan.depth++
    if (scan.depth === 1) return 'begin'
  } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
    scan.depth--
    scan.closed = scan.depth === 0
    if (scan.closed) return 'end'
  } else if (code === COMMA && scan.depth === 1) return 'end'
  scan.inString = code === QUOTE
  scan.startLine ||= scan.line
  return 'inside'
}

function stepInString(scan: Scan, code: number): 'inside' {
  if (scan.escaped) scan.escaped = false
  else if (code === BACKSLASH) scan.escaped = true
  else if (code === QUOTE) scan.inString = false
  return 'inside'
}

function broken(name: string, scan: Scan, what: string): HearthError {
  return new HearthError(
    'bad-input',
    `broken JSON: ${name}, the array ${what} (line ${scan.line}).`,
  )
}

const NEWLINE = 10
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const OPEN_BRACKET = 91
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

export interface TableRow {
  /** Line of the file the row starts on, from 1. */
  readonly line: number
  /** One a column; a CSV cell is a string, a JSON one any value or undefined. */
  readonly cells: readonly unknown[]
}

export interface Table {
  readonly path: string
  readonly columns: readonly string[]
  /** Can be read once. */
  readonly rows: AsyncIterable<TableRow>
}

type JsonObject = Readonly<Record<string, unknown>>

/** JSON objects looked at to learn the columns: later ones may leave some out. */
const PEEKED_OBJECTS = 200

/**
 * Opens a table. The kind is told by the first character: `[` is a JSON array, `{` JSONL,
 * anything else CSV with a header (comma, semicolon or tab).
 *
 * @param warn told of each row that cannot be read and is skipped
 * @throws HearthError `bad-input` when the file cannot be read or is empty
 */
export async function openTable(path: string, warn: Warn): Promise<Table> {
  const pieces = readText(path)
  const head = await firstText(pieces)
  if (head === undefined) throw emptyFile(path)
  const text = joined(head, pieces)
  const start = head.trimStart().charAt(0)
  if (start === '[') return openJson(path, readJsonElements(path, text), warn)
  const lines = readLines(path, text)
  return start === '{'
    ? openJson(path, numbered(lines), warn)
    : openCsv(path, lines, warn)
}

async function openCsv(path: string, lines: AsyncGenerator<Line>, warn: Warn) {
  const header = await readHeader(path, lines)
  const delimiter = header.delimiter ?? detectDelimiter(header.text)
  const columns = splitCells(header.text, delimiter)?.map(plainText)
  if (!columns) {
    throw new HearthError(
      'bad-input',
      `broken CSV: ${path}, line ${header.number}: a quote in the header never closes.`,
    )
  }
  const rows = readCsvRecords(lines, { delimiter, width: columns.length, warn })
  return { path, columns, rows }
}

/** Lines a header with line breaks in its names may take. */
const MAX_HEADER_LINES = 20
/** Excel's own first line: which delimiter the rest has. */
const SEPARATOR_LINE = /^sep=([,;\t])$/i

/** The first line with text, and the next ones where a quoted name breaks off in it. */
async function readHeader(path: string, lines: AsyncGenerator<Line>) {
  let delimiter: Delimiter | undefined
  for (;;) {
    const next = await lines.next()
    if (next.done) throw emptyFile(path)
    let { text } = next.value
    const stated = SEPARATOR_LINE.exec(text.trimEnd())?.[1]
    if (stated) delimiter = stated as Delimiter
    if (stated || text.trim() === '') continue
    for (let more = 1; isOpen(text) && more < MAX_HEADER_LINES; more++) {
      const { value, done } = await lines.next()
      if (done) break
      text += `\n${value.text}`
    }
    return { text, delimiter, number: next.value.number }
  }
}

interface Parsed {
  readonly line: number
  readonly value: JsonObject
}

async function openJson(
  path: string,
  elements: AsyncIterable<{ line: number; text: string }>,
  warn: Warn,
): Promise<Table> {
  const objects = parseObjects(elements, warn)
  const peeked: Parsed[] = []
  while (peeked.length < PEEKED_OBJECTS) {
    const next = await objects.next()
    if (next.done) break
    peeked.push(next.value)
  }
  if (peeked.length === 0) {
    throw new HearthError(
      'bad-input',
      `no items in ${path}: found no JSON object, expected one a line or an array of them.`,
    )
  }
  const columns = [...new Set(peeked.flatMap(({ value }) => Object.keys(value)))]
  return { path, columns, rows: jsonRows(columns, joined(peeked, objects)) }
}

async function* parseObjects(
  elements: AsyncIterable<{ line: number; text: string }>,
  warn: Warn,
): AsyncGenerator<Parsed> {
  for await (const { line, text } of elements) {
    const value = parseObject(text)
    if (value) yield { line, value }
    else warn('rows that are not a JSON object: skipped', line)
  }
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isObject =
      typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as JsonObject) : undefined
  } catch {
    return undefined // counted by the caller
  }
}

async function* jsonRows(
  columns: readonly string[],
  objects: AsyncIterable<Parsed | readonly Parsed[]>,
): AsyncGenerator<TableRow> {
  for await (const some of objects) {
    for (const { line, value } of [some].flat()) {
      yield { line, cells: columns.map((name) => value[name]) }
    }
  }
}

async function* numbered(lines: AsyncIterable<Line>) {
  for await (const { number, text } of lines) {
    if (text.trim() !== '') yield { line: number, text }
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

function emptyFile(path: string): HearthError {
  return new HearthError(
    'bad-input',
    `nothing in ${path}: the file is empty, expected a table with a header.`,
  )
}
