/** A table in a file (CSV, JSONL or a JSON array, gzipped or not) → rows of cells. */
import { HearthError } from '../errors.ts'
import type { Warn } from './cleaning-log.ts'
import { detectDelimiter, readCsvRecords, splitCells } from './csv-records.ts'
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
  let header = await lines.next()
  while (!header.done && header.value.text.trim() === '') header = await lines.next()
  if (header.done) throw emptyFile(path)
  const delimiter = detectDelimiter(header.value.text)
  const columns = splitCells(header.value.text, delimiter)?.map((name) => name.trim())
  if (!columns) {
    throw new HearthError(
      'bad-input',
      `broken CSV: ${path}, line ${header.value.number}: a quote in the header never closes.`,
    )
  }
  const rows = readCsvRecords(lines, { delimiter, width: columns.length, warn })
  return { path, columns, rows }
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
