/** A table in a file (CSV, JSONL or a JSON array, gzipped or not) → rows of cells. */
import { HearthError } from '../errors.ts'
import { plainText } from './cell.ts'
import type { Warn } from './cleaning-log.ts'
import {
  type Delimiter,
  detectDelimiter,
  isOpen,
  readCsvRecords,
  splitCells,
} from './csv-records.ts'
import { type Line, readLines } from './input-lines.ts'
import { readText } from './input-text.ts'
import { readJsonElements } from './json-elements.ts'

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
