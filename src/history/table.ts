/** A text of rows, CSV or JSON, as one table: columns by a plain key, cells as text, line numbers. */

import Papa from 'papaparse'
import type { SkipLog } from './entry.ts'

export interface Table {
  /** Plain keys of the columns and their places. */
  readonly columns: ReadonlyMap<string, number>
  /** As the file writes them. */
  readonly names: readonly string[]
  readonly rows: readonly TableRow[]
}

export interface TableRow {
  /** From 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** A row of a table, asked by column. */
export interface Row {
  readonly line: number
  /** The first of these columns that has something, trimmed; empty for none. */
  cell(...columns: readonly string[]): string
}

/** `My Rating`, `my_rating` and `my.rating` are one column. */
export function columnKey(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** The rows of `table`, ready to be asked. */
export function rowsOf({ columns, rows }: Table): Row[] {
  const places = new Map<string, number>() // of the names that were asked for
  const placeOf = (name: string) => {
    const known = places.get(name) ?? columns.get(columnKey(name)) ?? -1
    places.set(name, known)
    return known
  }
  return rows.map(({ line, cells }) => ({
    line,
    cell: (...names) => {
      for (const name of names) {
        const value = plainCell(cells[placeOf(name)])
        if (value !== '') return value
      }
      return ''
    },
  }))
}

/** Text of a cell: `="0439023483"`, which keeps a spreadsheet from making a number of it, is what is quoted. */
function plainCell(cell = ''): string {
  return cell.startsWith('="') && cell.endsWith('"')
    ? cell.slice(2, -1).trim()
    : cell.trim()
}

// CSV

/** Lines before the header that an export may have. */
const MAX_PREAMBLE = 10
/** Quotes that never close, each costing its line, before quotes are taken for letters. */
const MAX_OPEN_QUOTES = 50

/**
 * CSV with `,` `;` tab or `|` between its cells. A quote that never closes costs its line.
 * @param isHeader finds the header among the first lines; the first line, if none is one
 */
export function readCsv(
  text: string,
  isHeader: (keys: ReadonlySet<string>) => boolean,
  skips: SkipLog,
): Table {
  const rows = recordsOf(text.replace(/\r\n?/g, '\n'), skips)
  const keysOf = ({ cells }: TableRow) => new Set(cells.map(columnKey))
  const found = rows.slice(0, MAX_PREAMBLE).findIndex((row) => isHeader(keysOf(row)))
  const header = rows[Math.max(0, found)]
  const names = header?.cells ?? []
  const fits = (row: TableRow) => {
    if (row.cells.slice(names.length).every((cell) => cell.trim() === '')) return true
    skips.add('more cells than the header has', row.line)
    return false
  }
  return {
    columns: placesOf(names.map(columnKey)),
    names,
    rows: rows.slice(Math.max(0, found) + 1).filter(fits),
  }
}

/** @returns the first place of each key */
function placesOf(keys: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  keys.forEach((key, place) => {
    if (!places.has(key)) places.set(key, place)
  })
  return places
}

/** Records that hold anything, with the lines they begin at. */
function recordsOf(text: string, skips: SkipLog): TableRow[] {
  const delimiter = delimiterOf(text)
  const records: TableRow[] = []
  let rest = text.replace(/^sep=.\n/i, '')
  let line = 1 + (rest === text ? 0 : 1)
  for (let faults = 0; rest !== ''; faults++) {
    // so many are no slips: from here on a quote is a letter, and a line a record
    const quoteChar = faults < MAX_OPEN_QUOTES ? '"' : '\0'
    const { data, errors } = Papa.parse<string[]>(rest, { delimiter, quoteChar })
    const open = errors.find(({ code }) => code === 'MissingQuotes')?.row ?? data.length
    for (const cells of data.slice(0, open)) {
      if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells })
      line += 1 + lineBreaksIn(cells)
    }
    if (open === data.length) break
    skips.add('a quote that is not closed', line)
    rest = linesAfter(text, line)
    line++
  }
  return records
}

function lineBreaksIn(cells: readonly string[]): number {
  let count = 0
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++
  }
  return count
}

function linesAfter(text: string, line: number): string {
  let at = 0
  for (let passed = 0; passed < line; passed++) {
    at = text.indexOf('\n', at) + 1
    if (at === 0) return ''
  }
  return text.slice(at)
}

/** What stands between the first line's cells; a comma where nothing does. */
function delimiterOf(text: string): string {
  if (/^sep=.\n/i.test(text)) return text[4]!
  const [first = ''] = text.slice(0, 10_000).split('\n', 1)
  const bare = first.replace(/"[^"]*"/g, '')
  const count = (delimiter: string) => bare.split(delimiter).length
  const most = Math.max(...[',', ';', '\t', '|'].map(count))
  return [',', ';', '\t', '|'].find((delimiter) => count(delimiter) === most)!
}

// JSON

/** Objects within objects that are read: `movie.ids.imdb` is three deep. */
const MAX_DEPTH = 4

/**
 * A list of objects, in whatever it is wrapped, or one object a line.
 * @returns undefined where the text is no JSON, or holds no list of objects
 */
export function readJson(text: string): Table | undefined {
  const objects = listIn(parseAny(text), 0)
  if (!objects) return undefined
  const columns = new Map<string, number>()
  const names: string[] = []
  const placeOf = (name: string) => {
    const key = columnKey(name)
    const known = columns.get(key)
    if (known !== undefined) return known
    columns.set(key, names.length)
    return names.push(name) - 1
  }
  const rows = objects.map((object, i): TableRow => {
    const cells: string[] = []
    flattenInto(cells, object, { placeOf, prefix: '', depth: 0 })
    return { line: i + 1, cells: Array.from(cells, (cell) => cell ?? '') }
  })
  return { columns, names, rows }
}

/** @returns undefined for what is neither JSON nor JSON a line */
export function parseAny(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // perhaps an object a line
  }
  try {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    return lines.map((line) => JSON.parse(line) as unknown)
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The longest list of objects within `value`; the values of a dictionary of objects count as one. */
function listIn(value: unknown, depth: number): readonly Fields[] | undefined {
  if (Array.isArray(value)) {
    const objects = value.filter(isFields)
    return objects.length > 0 ? objects : undefined
  }
  if (!isFields(value) || depth > MAX_DEPTH) return undefined
  const values = Object.values(value)
  if (values.length > 1 && values.every(isFields)) return values
  const lists = values.flatMap((inner) => {
    const list = listIn(inner, depth + 1)
    return list ? [list] : []
  })
  return lists.sort((a, b) => b.length - a.length)[0]
}

interface Flattening {
  readonly placeOf: (name: string) => number
  readonly prefix: string
  readonly depth: number
}

function flattenInto(cells: string[], object: Fields, flattening: Flattening) {
  const { placeOf, prefix, depth } = flattening
  for (const [key, value] of Object.entries(object)) {
    const name = `${prefix}${key}`
    if (isFields(value)) {
      if (depth >= MAX_DEPTH) continue
      flattenInto(cells, value, { placeOf, prefix: `${name}.`, depth: depth + 1 })
    } else {
      cells[placeOf(name)] = Array.isArray(value) ? listText(value) : scalarText(value)
    }
  }
}

/** Words of a list, or the names of its objects. */
function listText(list: readonly unknown[]): string {
  const words = list.map((value) =>
    scalarText(isFields(value) ? (value.name ?? value.title) : value),
  )
  return words.filter((word) => word !== '').join('; ')
}

function scalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
