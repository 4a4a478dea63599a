/** Lines → CSV records with exact line numbers; one bad quote costs one line. */
import { parse } from 'csv-parse/sync'
import type { Warn } from './cleaning-log.ts'
import type { Line } from './input-lines.ts'

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
