/** A table in a file (CSV, JSONL or a JSON array, gzipped or not) → rows of cells. */
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
import {
  type Line,
  type LineBlock,
  readLineBlocks,
  readLines,
  readText,
} from './read-text.ts'

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
    return undefined // counted with the other values that are no object
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
