/** A table in a file (CSV, JSONL or a JSON array, gzipped or not) → rows of cells. */
import { Tokenizer, TokenParser, TokenType } from '@streamparser/json'
import { parse } from 'csv-parse/sync'
import { HearthError, messageOf } from '../../errors.ts'
import { plainText } from './cell.ts'
import type { Warn } from './cleaning-log.ts'
import {
  type LimitOptions,
  type Line,
  type LineBlock,
  lineTooLong,
  MAX_LINE_LENGTH,
  readLineBlocks,
  readLines,
  readText,
} from './read-text.ts'

// CSV: csv-parse reads the cells, a block of lines at a time, so that the line of each
// record is known and one bad quote costs one line.

interface CsvRecord {
  /** Where the record starts. */
  readonly line: number
  readonly cells: readonly string[]
}

type Delimiter = ',' | ';' | '\t'

interface CsvOptions {
  readonly delimiter: Delimiter
  /** Cells of every record: the header's. */
  readonly width: number
  readonly warn: Warn
}

/** Longest quoted record over several lines, in characters. */
const MAX_RECORD_LENGTH = 1024 * 1024
/** Lines read again after a fault; doubled while there is none. */
const LINES_AFTER_FAULT = 16

/** The delimiter that occurs most often in the header; a comma when none occurs. */
export function detectDelimiter(header: string): Delimiter {
  const count = (delimiter: string) => header.split(delimiter).length
  const others = (['\t', ';'] as const).filter((d) => count(d) > count(','))
  return others.sort((a, b) => count(b) - count(a))[0] ?? ','
}

/** Records from lines joined by `\n`; RFC 4180, stray quotes kept as text. */
function parseCsv(text: string, delimiter: Delimiter) {
  let isOpen = false
  const records: string[][] = parse(text, {
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    // With relaxed quotes one fault is left: a quote that the text does not close.
    skip_records_with_error: true,
    on_skip: () => {
      isOpen = true
    },
  })
  return { records, isOpen }
}

/**
 * Records of `width` cells. A quoted cell may hold line breaks; empty lines are passed
 * over; surplus empty cells at the end are dropped. A record of another width, or with a
 * quote that never closes, is reported and skipped, and reading resumes at its second line,
 * so nothing after it is lost.
 */
export async function* readCsvRecords(
  blocks: AsyncIterable<LineBlock>,
  options: CsvOptions,
): AsyncGenerator<CsvRecord> {
  let unread: LineBlock = { first: 1, lines: [] }
  for await (const { first, lines } of blocks) {
    const all =
      unread.lines.length === 0
        ? { first, lines }
        : { first: unread.first, lines: [...unread.lines, ...lines] }
    unread = yield* recordsOf(all, options, { isLast: false })
  }
  yield* recordsOf(unread, options, { isLast: true })
}

/** @returns the lines of a record that further lines may complete */
function* recordsOf(
  { first, lines }: LineBlock,
  { delimiter, width, warn }: CsvOptions,
  { isLast }: { readonly isLast: boolean },
): Generator<CsvRecord, LineBlock> {
  let at = 0
  let count = lines.length
  while (at < lines.length) {
    const some = lines.slice(at, at + count)
    const end = at + some.length
    const { records, isOpen } = parseCsv(some.join('\n'), delimiter)
    let isFaulty = false
    for (const record of records) {
      if (lines[at] === '') {
        at++
        continue
      }
      const height = heightOf(record)
      const cells = withWidth(record, width)
      isFaulty = height > 1 && !(cells && isBalanced(lines.slice(at, at + height)))
      if (isFaulty) break
      if (cells) yield { line: first + at, cells }
      else warn(BAD_WIDTH, first + at)
      at += height
    }
    if (!isFaulty && !isOpen) {
      at = end
      count *= 2
    } else if (!isFaulty && end < lines.length) {
      count *= 2 // the quote may close further on
    } else if (!isFaulty && !isLast && lengthOf(lines.slice(at)) < MAX_RECORD_LENGTH) {
      break
    } else {
      warn(BAD_WIDTH, first + at++)
      count = LINES_AFTER_FAULT
    }
  }
  return { first: first + at, lines: lines.slice(at) }
}

const BAD_WIDTH = 'rows without one cell for each column: skipped'

/** Lines a record takes. */
function heightOf(record: readonly string[]): number {
  let height = 1
  for (const cell of record) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) height++
  }
  return height
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}

/** Has an even number of quotes: every quoted cell ends. */
function isBalanced(lines: readonly string[]): boolean {
  return lines.join('').split('"').length % 2 === 1
}

function withWidth(cells: string[], width: number): string[] | undefined {
  if (cells.length === width) return cells
  if (cells.length < width) return undefined
  return cells.slice(width).every((cell) => cell === '')
    ? cells.slice(0, width)
    : undefined
}

// JSON: the elements of an array, one at a time, so that no file is held whole.

interface JsonElement {
  /** Where the element starts. */
  readonly line: number
  readonly value: unknown
}

/** Bytes of a string that are decoded at once. */
const STRING_BUFFER_BYTES = 64 * 1024

/**
 * `[a, b, …]` in pieces → a, b, …
 *
 * @throws HearthError `bad-input` naming the line where the text is not JSON, where the
 *   array ends too early or too late, or where an element is too long
 */
export async function* readJsonElements(
  name: string,
  pieces: AsyncIterable<string>,
  { maxLength = MAX_LINE_LENGTH }: LimitOptions = {},
): AsyncGenerator<JsonElement> {
  const reader = createElementReader(name)
  for await (const piece of pieces) {
    yield* reader.read(Buffer.from(piece))
    if (reader.openBytes() > maxLength) {
      throw lineTooLong(name, reader.openLine(), maxLength)
    }
  }
  if (!reader.isEnded())
    throw brokenJson(name, 'the array never ends', reader.lastLine())
}

/** Tokens of bytes that follow each other → the elements they complete. */
function createElementReader(name: string) {
  const lines = createLineCounter()
  const tokenizer = new Tokenizer({ stringBufferSize: STRING_BUFFER_BYTES })
  const parser = new TokenParser({ paths: ['$.*'], keepStack: false })
  let found: JsonElement[] = []
  /** Where the element that is being read starts; undefined between two. */
  let start: { readonly offset: number; readonly line: number } | undefined
  let bytesRead = 0
  let lastOffset = -1
  tokenizer.onToken = (token) => {
    const { offset } = token
    if (!start && lastOffset >= 0 && token.token !== TokenType.COMMA) {
      start = { offset, line: lines.at(offset) }
    }
    lastOffset = offset
    if (parser.isEnded) throw new Error('a token after the end')
    parser.write(token)
  }
  parser.onValue = ({ value }) => {
    found.push({ line: start?.line ?? lines.last(), value })
    start = undefined
  }
  return {
    read(bytes: Uint8Array): readonly JsonElement[] {
      lines.feed(bytes)
      found = []
      try {
        tokenizer.write(bytes)
      } catch (error) {
        const line = lines.at(offsetOf(error) ?? lastOffset)
        const what = parser.isEnded ? 'the array goes on after its end' : faultOf(error)
        throw brokenJson(name, what, line, error)
      }
      bytesRead += bytes.length
      return found
    },
    isEnded: () => parser.isEnded,
    /** Bytes of an element that has not ended, or since the last one. */
    openBytes: () => (parser.isEnded ? 0 : bytesRead - (start?.offset ?? lastOffset)),
    openLine: () => start?.line ?? lines.last(),
    lastLine: () => lines.last(),
  }
}

/** The byte at which the tokenizer stopped: only its message has it. */
function offsetOf(error: unknown): number | undefined {
  const match = /absolute position "(\d+)"/.exec(messageOf(error))
  return match ? Number(match[1]) : undefined
}

/** `Unexpected "b" at chunk position … in state …` → `unexpected "b"` */
function faultOf(error: unknown): string {
  const [what = ''] = messageOf(error).split(/ at chunk | in state /)
  return what.charAt(0).toLowerCase() + what.slice(1)
}

const NEWLINE = 10

/** Line numbers of byte offsets, which must not go back. */
function createLineCounter() {
  let bytes: Uint8Array = new Uint8Array(0)
  let bytesBefore = 0
  let line = 1
  let next = -1
  const advance = (to: number) => {
    while (next >= 0 && next < to) {
      line++
      next = bytes.indexOf(NEWLINE, next + 1)
    }
    return line
  }
  return {
    feed(more: Uint8Array) {
      advance(bytes.length)
      bytesBefore += bytes.length
      bytes = more
      next = bytes.indexOf(NEWLINE)
    },
    /** The line of a byte of the last piece fed, or of the one that piece starts with. */
    at: (offset: number) => advance(offset - bytesBefore),
    last: () => advance(bytes.length),
  }
}

function brokenJson(name: string, what: string, line: number, cause?: unknown) {
  return new HearthError('bad-input', `broken JSON: ${name}, ${what} (line ${line}).`, {
    cause,
  })
}

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

/** JSON objects read ahead to learn the columns: any one may leave some out. */
const PEEKED_OBJECTS = 200

/**
 * Opens a table. Its first character decides the kind: `[` is a JSON array, `{` JSONL,
 * anything else CSV with a header (comma, semicolon or tab).
 *
 * @param warn called for each row that cannot be read and is skipped
 * @throws HearthError `bad-input` when the file cannot be read or is empty
 */
export async function openTable(path: string, warn: Warn): Promise<Table> {
  const pieces = readText(path)
  const head = await firstText(pieces)
  if (head === undefined) throw emptyFile(path)
  const text = joined(head, pieces)
  const start = head.trimStart().charAt(0)
  if (start === '[') return openJson(path, readJsonElements(path, text), warn)
  return start === '{'
    ? openJson(path, parseLines(readLines(path, text)), warn)
    : openCsv(path, readLineBlocks(path, text), warn)
}

async function openCsv(path: string, blocks: AsyncGenerator<LineBlock>, warn: Warn) {
  const header = await readHeader(path, blocks)
  const delimiter = header.delimiter ?? detectDelimiter(header.text)
  const { records, isOpen } = parseCsv(header.text, delimiter)
  if (isOpen || records.length !== 1) {
    throw new HearthError(
      'bad-input',
      `broken CSV: ${path}, line ${header.number}: a quote in the header never closes.`,
    )
  }
  const columns = records[0]!.map(plainText)
  const options = { delimiter, width: columns.length, warn }
  return { path, columns, rows: readCsvRecords(joined(header.rest, blocks), options) }
}

/** Lines a header with line breaks in its names may take. */
const MAX_HEADER_LINES = 20
/** Excel's own first line: which delimiter the rest has. */
const SEPARATOR_LINE = /^sep=([,;\t])$/i

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
  for (;;) {
    let text = await nextLine()
    if (text === undefined) throw emptyFile(path)
    const stated = SEPARATOR_LINE.exec(text.trimEnd())?.[1]
    if (stated) delimiter = stated as Delimiter
    if (stated || text.trim() === '') continue
    const number = block.first + at - 1
    for (let more = 1; !isBalanced([text]) && more < MAX_HEADER_LINES; more++) {
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

async function openJson(
  path: string,
  elements: AsyncIterable<JsonElement>,
  warn: Warn,
): Promise<Table> {
  const objects = onlyObjects(elements, warn)
  const peeked: JsonObjectAt[] = []
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

async function* onlyObjects(
  elements: AsyncIterable<JsonElement>,
  warn: Warn,
): AsyncGenerator<JsonObjectAt> {
  for await (const { line, value } of elements) {
    const isObject =
      typeof value === 'object' && value !== null && !Array.isArray(value)
    if (isObject) yield { line, value: value as JsonObject }
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
    return undefined // counted with whatever else is no object
  }
}

async function* jsonRows(
  columns: readonly string[],
  objects: AsyncIterable<JsonObjectAt | readonly JsonObjectAt[]>,
): AsyncGenerator<TableRow> {
  for await (const some of objects) {
    for (const { line, value } of [some].flat()) {
      yield { line, cells: columns.map((name) => value[name]) }
    }
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
