/** A workbook (.xlsx or .ods) → the rows of one of its sheets, below a header. */
import { open, readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { CellValue, StreamRow } from 'hucre'
import sax from 'sax'
import { HearthError, messageOf } from '../../../errors.ts'
import type { JsonElement } from '../json-elements.ts'
import { wrongFormat } from './known-formats.ts'
import { type ChooseTable, type NamedTable, noteOnChoice } from './named-tables.ts'
import { plainValue } from './plain-value.ts'

/** Largest file read: it is held whole while its rows are read. */
const MAX_FILE_BYTES = 256 * 1024 * 1024
/** Most that a file may unpack to, in all and of what is held whole. */
const MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024
const MAX_HELD_BYTES = 100 * 1024 * 1024
/** Rows looked at to find a sheet's header. */
const PEEKED_ROWS = 30
/** Sheets looked at; later ones can be named. */
const MAX_SHEETS = 50
/** Share of the widest row's cells that a header fills: titles above it fill fewer. */
const MIN_HEADER_SHARE = 0.6
/** What a formula gives that failed. */
const FORMULA_ERROR = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/

const ADVICE = 'Save its sheet as CSV in UTF-8 and try again'

type WorkbookKind = 'xlsx' | 'ods'

/** A sheet whose rows can be read more than once. */
interface Sheet {
  readonly name: string
  /** @param max rows; all without it */
  readonly rows: (max?: number) => AsyncIterable<StreamRow>
}

/** A sheet with its header found. */
interface FoundSheet extends NamedTable {
  /** Of each of `columns`, its cell. */
  readonly cells: readonly number[]
  /** Those below the header; can be read once. */
  readonly all: AsyncIterable<StreamRow>
}

/**
 * Rows as objects, numbered as the program that wrote them does. Dates are ISO 8601, cells
 * of formulas hold their last value. Which sheet was chosen is added to `notes` first.
 *
 * @throws HearthError `bad-input` when the file is no workbook that can be read, unpacks
 *   to too much, or no sheet has a header
 */
export async function* readWorkbook(
  path: string,
  choose: ChooseTable,
  notes: string[],
): AsyncGenerator<JsonElement> {
  const { size } = await sizeOf(path)
  if (size > MAX_FILE_BYTES) {
    throw wrongFormat(path, `a workbook of ${Math.round(size / 1e6)} MB`, ADVICE)
  }
  const bytes = new Uint8Array(await readFile(path))
  const kind = kindOfWorkbook(path, bytes)
  try {
    const sheets = kind === 'ods' ? await odsSheets(bytes) : await xlsxSheets(bytes)
    const found: FoundSheet[] = []
    for (const sheet of sheets.slice(0, MAX_SHEETS)) {
      const one = await withHeader(sheet, sheets.length === 1)
      if (one) found.push(one)
    }
    if (found.length === 0) {
      throw new HearthError(
        'bad-input',
        `no items in ${path}: no sheet of the workbook has a header and a row.`,
      )
    }
    const chosen = choose(path, found)
    notes.push(noteOnChoice('sheet', chosen, found))
    yield* rowsOf(found.find((one) => one === chosen)!)
  } catch (error) {
    if (error instanceof HearthError) throw error
    throw new HearthError(
      'bad-input',
      `cannot read ${path}: the workbook cannot be read (${messageOf(error)}). ${ADVICE}.`,
      { cause: error },
    )
  }
}

async function sizeOf(path: string) {
  const file = await open(path)
  try {
    return await file.stat()
  } finally {
    await file.close()
  }
}

/** By the archive's table of contents, which states what every file unpacks to. */
function kindOfWorkbook(path: string, bytes: Uint8Array): WorkbookKind {
  let [all, held] = [0, 0]
  const names = new Set<string>()
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.add(name)
        all += originalSize
        if (/sharedStrings|styles|content\.xml/.test(name)) held += originalSize
        return false
      },
    })
  } catch (error) {
    throw new HearthError(
      'bad-input',
      `broken archive: ${path}, the data is damaged (${messageOf(error)}). ${ADVICE}.`,
      { cause: error },
    )
  }
  if (all > MAX_UNPACKED_BYTES || held > MAX_HELD_BYTES) {
    const unpacked = `a workbook that unpacks to ${Math.round(all / 1e6)} MB`
    throw wrongFormat(path, unpacked, ADVICE)
  }
  const has = (pattern: RegExp) => [...names].some((name) => pattern.test(name))
  if (has(/^xl\/workbook\.xml$/)) return 'xlsx'
  if (has(/^xl\/.*\.bin$/)) throw wrongFormat(path, 'a binary workbook (.xlsb)', ADVICE)
  if (has(/^(word|ppt)\//)) {
    throw wrongFormat(path, 'a Word or PowerPoint document', 'Give a table instead')
  }
  if (has(/^content\.xml$/)) return 'ods'
  if (has(/^xl\//)) return 'xlsx'
  throw wrongFormat(path, 'an Office file without a sheet', ADVICE)
}

async function xlsxSheets(bytes: Uint8Array): Promise<Sheet[]> {
  const { streamXlsxRows } = await import('hucre/xlsx')
  return shownSheets(bytes).map(({ name, index }) => ({
    name,
    rows: (maxRows) =>
      streamXlsxRows(bytes, {
        sheet: index,
        ...(maxRows !== undefined && { maxRows }),
      }),
  }))
}

/** The sheets that are not hidden, by the workbook's own list: the library reads all texts. */
function shownSheets(bytes: Uint8Array) {
  const list = unzipSync(bytes, { filter: ({ name }) => name === 'xl/workbook.xml' })
  const parser = sax.parser(true, { xmlns: true })
  const sheets: { name: string; index: number; isShown: boolean }[] = []
  parser.onopentag = (tag) => {
    if (!('local' in tag) || tag.local !== 'sheet') return
    const name = tag.attributes.name?.value ?? ''
    const isShown = (tag.attributes.state?.value ?? 'visible') === 'visible'
    sheets.push({ name, index: sheets.length, isShown })
  }
  parser.onerror = () => {
    throw new Error(`not XML: line ${parser.line + 1} of xl/workbook.xml`)
  }
  parser.write(strFromU8(list['xl/workbook.xml'] ?? new Uint8Array(0))).close()
  return sheets.filter(({ isShown }) => isShown)
}

async function odsSheets(bytes: Uint8Array): Promise<Sheet[]> {
  const { readOds } = await import('hucre/ods')
  const { sheets } = await readOds(bytes)
  return sheets.map(({ name, rows }) => ({ name, rows: (max) => numbered(rows, max) }))
}

async function* numbered(
  rows: readonly (readonly CellValue[])[],
  max = rows.length,
): AsyncGenerator<StreamRow> {
  for (const [index, values] of rows.slice(0, max).entries()) {
    yield { index, values: [...values] }
  }
}

/** @returns undefined for a sheet with less than a header and a row */
async function withHeader(
  sheet: Sheet,
  isOnly: boolean,
): Promise<FoundSheet | undefined> {
  // a sheet that is read whole anyway is opened once
  const stream = sheet.rows(isOnly ? undefined : PEEKED_ROWS)[Symbol.asyncIterator]()
  const peeked: StreamRow[] = []
  while (peeked.length < PEEKED_ROWS) {
    const next = await stream.next()
    if (next.done) break
    if (filled(next.value).length > 0) peeked.push(next.value)
  }
  if (!isOnly) await stream.return?.()
  const at = headerOf(peeked)
  const header = peeked[at]
  if (!header) return undefined
  const cells = filled(header)
  const columns = distinct(cells.map((cell) => String(header.values[cell]).trim()))
  const below = peeked.slice(at + 1)
  return {
    name: sheet.name,
    columns,
    cells,
    rows: below.length,
    all: isOnly ? restOf(below, stream) : rowsBelow(sheet.rows(), header.index),
  }
}

/** The index of the header, which rows follow; -1 where there is none. */
function headerOf(rows: readonly StreamRow[]): number {
  const widest = Math.max(0, ...rows.map((row) => filled(row).length))
  return rows.slice(0, -1).findIndex((row) => {
    const names = filled(row)
    const areTexts = names.every((cell) => typeof row.values[cell] === 'string')
    return areTexts && names.length >= MIN_HEADER_SHARE * widest
  })
}

async function* restOf(
  below: readonly StreamRow[],
  stream: AsyncIterator<StreamRow>,
): AsyncGenerator<StreamRow> {
  yield* below
  yield* { [Symbol.asyncIterator]: () => stream }
}

async function* rowsBelow(
  rows: AsyncIterable<StreamRow>,
  headerIndex: number,
): AsyncGenerator<StreamRow> {
  for await (const row of rows) if (row.index > headerIndex) yield row
}

/** The cells of a row that hold something. */
function filled({ values }: StreamRow): number[] {
  return [...values.keys()].filter((cell) => {
    const value = values[cell]
    return value !== null && value !== undefined && String(value).trim() !== ''
  })
}

/** A name that occurs again gets its number: `Title (2)`. */
function distinct(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name} (${count})`
  })
}

async function* rowsOf({
  all,
  columns,
  cells,
}: FoundSheet): AsyncGenerator<JsonElement> {
  for await (const row of all) {
    if (filled(row).length === 0) continue
    const entries = columns.map((name, i) => [name, cellOf(row.values[cells[i]!])])
    yield { line: row.index + 1, value: Object.fromEntries(entries) }
  }
}

function cellOf(value: CellValue | undefined): unknown {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'string' && FORMULA_ERROR.test(value)) return undefined
  return plainValue(value)
}
