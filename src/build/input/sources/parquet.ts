/** A Parquet file → its rows as plain objects, a row group at a time. */
import { open } from 'node:fs/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { HearthError, messageOf } from '../../../errors.ts'
import type { JsonElement } from '../json-elements.ts'

const MAGIC = 'PAR1'

/** Whether the file starts as Parquet does; false where it cannot be read. */
export async function isParquet(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined)
  if (!file) return false
  try {
    const { buffer } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
    return buffer.toString('latin1') === MAGIC
  } catch {
    return false // a folder: the reader of text reports it
  } finally {
    await file.close()
  }
}

/**
 * Rows numbered from 1. Whole numbers beyond what a JSON number holds and bytes become text,
 * times ISO 8601.
 *
 * @throws HearthError `bad-input` when the file is damaged or packed in a way not known here
 */
export async function* readParquet(path: string): AsyncGenerator<JsonElement> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } =
    await import('hyparquet')
  let line = 1
  try {
    const file = await asyncBufferFromFile(path)
    const metadata = await parquetMetadataAsync(file)
    let rowStart = 0
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows)
      const rows = await parquetReadObjects({
        file,
        metadata,
        compressors: COMPRESSORS,
        rowStart,
        rowEnd,
      })
      for (const row of rows) yield { line: line++, value: plainValue(row) }
      rowStart = rowEnd
    }
  } catch (error) {
    if (error instanceof HearthError) throw error
    throw new HearthError(
      'bad-input',
      `cannot read ${path}: the Parquet data cannot be read (${messageOf(error)}, ` +
        `row ${line}). Save the table as CSV in UTF-8 and try again.`,
      { cause: error },
    )
  }
}

/** Snappy is the library's own. */
const COMPRESSORS = {
  GZIP: (bytes: Uint8Array) => new Uint8Array(gunzipSync(bytes)),
  BROTLI: (bytes: Uint8Array) => new Uint8Array(brotliDecompressSync(bytes)),
}

/** As JSON would hold it. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  }
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? undefined : value.toISOString()
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown>, plainValue)
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, one]) => [key, plainValue(one)])
  return Object.fromEntries(entries)
}
