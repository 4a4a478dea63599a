/** Files that are tables but no text, known by their first bytes: Parquet, SQLite, workbooks. */
import { open } from 'node:fs/promises'
import type { JsonElement } from '../json-elements.ts'
import type { ChooseTable } from './named-tables.ts'
import { readParquet } from './parquet.ts'
import { readSqlite } from './sqlite.ts'
import { readWorkbook } from './workbook.ts'

const HEAD_LENGTH = 128
/** Names of the first file in an archive that is an Office document. */
const OFFICE = /^(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/|word\/|ppt\/)/
/** How an OpenDocument sheet begins: its first file names its kind. */
const SPREADSHEET = /^mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/
/** Of an archive's entry: the length of its name, and the name. */
const ZIP_NAME_LENGTH = 26
const ZIP_NAME = 30

export interface BinaryTableOptions {
  /** Which table of a database, or sheet of a workbook, is read. */
  readonly choose: ChooseTable
  /** Are names read for foreign keys, in the place of ids? */
  readonly followsKeys: boolean
}

/**
 * @param notes is given which table was chosen, before the first row
 * @returns undefined for a file that is none of these, or cannot be read
 */
export async function readBinaryTable(
  path: string,
  options: BinaryTableOptions,
  notes: string[],
): Promise<AsyncIterable<JsonElement> | undefined> {
  const head = await headOf(path)
  if (head.startsWith('PAR1')) return readParquet(path)
  if (head.startsWith('SQLite format 3\0')) return readSqlite(path, options, notes)
  return isWorkbook(head) ? readWorkbook(path, options.choose, notes) : undefined
}

function isWorkbook(head: string): boolean {
  if (!head.startsWith('PK\x03\x04')) return false
  const length = head.charCodeAt(ZIP_NAME_LENGTH)
  const name = head.slice(ZIP_NAME, ZIP_NAME + length)
  return OFFICE.test(name) || SPREADSHEET.test(head.slice(ZIP_NAME))
}

/** The first bytes, as Latin-1 text; '' where the file cannot be read. */
async function headOf(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined)
  if (!file) return ''
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(HEAD_LENGTH),
      0,
      HEAD_LENGTH,
      0,
    )
    return buffer.toString('latin1', 0, bytesRead)
  } catch {
    return '' // a folder: the reader of text reports it
  } finally {
    await file.close()
  }
}
