/**
 * Lines → CSV records with their line numbers. csv-parse reads the cells, a block of lines
 * at a time; what it cannot read costs one line.
 */
import { parse } from 'csv-parse/sync'
import type { Warn } from './cleaning-log.ts'
import type { LineBlock } from './read-text.ts'

interface CsvRecord {
  /** Where the record starts. */
  readonly line: number
  readonly cells: readonly string[]
}

export type Delimiter = ',' | ';' | '\t' | '|' | '::'

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

/**
 * The delimiter that occurs most often in the header; a comma when none occurs. `::`, as
 * MovieLens writes, wins where it occurs twice: titles between may hold all the others.
 */
export function detectDelimiter(header: string): Delimiter {
  const count = (delimiter: string) => header.split(delimiter).length
  if (count('::') > 2) return '::'
  const others = (['\t', ';', '|'] as const).filter((d) => count(d) > count(','))
  return others.sort((a, b) => count(b) - count(a))[0] ?? ','
}

/** Records from lines joined by `\n`; RFC 4180, stray quotes kept as text. */
export function parseCsv(text: string, delimiter: Delimiter) {
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
      isFaulty = height > 1 && !(cells && closesQuotes(lines.slice(at, at + height)))
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
export function closesQuotes(lines: readonly string[]): boolean {
  return lines.join('').split('"').length % 2 === 1
}

function withWidth(cells: string[], width: number): string[] | undefined {
  if (cells.length === width) return cells
  if (cells.length < width) return undefined
  return cells.slice(width).every((cell) => cell === '')
    ? cells.slice(0, width)
    : undefined
}
