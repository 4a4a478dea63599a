/** A Parquet file → its rows as plain objects, a row group at a time. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { HearthError, messageOf } from '../../../errors.ts'
import type { JsonElement } from '../json-elements.ts'
import { plainValue } from './plain-value.ts'

/** Unpacked bytes of a row group that are held at a time. */
const SLICE_BYTES = 64 * 1024 * 1024
/** Each slice reads its row group's bytes again, so that none is too small. */
const MIN_SLICE_ROWS = 1000

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
    const read = {
      file,
      metadata,
      compressors: await compressors(),
      useOffsetIndex: true,
    }
    for (const range of slicesOf(metadata.row_groups)) {
      const rows = await parquetReadObjects({ ...read, ...range })
      for (const row of rows) yield { line: line++, value: plainValue(row) }
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

interface RowGroupSize {
  readonly num_rows: bigint
  readonly total_byte_size: bigint
}

/** Ranges of rows, none over two row groups, and none of much more than SLICE_BYTES. */
export function slicesOf(groups: readonly RowGroupSize[]) {
  const slices: { rowStart: number; rowEnd: number }[] = []
  let start = 0
  for (const group of groups) {
    const rows = Number(group.num_rows)
    const count = Math.max(1, Math.ceil(Number(group.total_byte_size) / SLICE_BYTES))
    const step = Math.max(MIN_SLICE_ROWS, Math.ceil(rows / count))
    for (let at = 0; at < rows; at += step) {
      slices.push({ rowStart: start + at, rowEnd: start + Math.min(rows, at + step) })
    }
    start += rows
  }
  return slices
}

/** Snappy is the library's own. */
async function compressors() {
  const { decompressLz4, decompressLz4Raw, decompressZstd } = await import(
    'hyparquet-compressors'
  )
  return {
    GZIP: (bytes: Uint8Array, maxOutputLength: number) =>
      new Uint8Array(gunzipSync(bytes, { maxOutputLength })),
    BROTLI: (bytes: Uint8Array, maxOutputLength: number) =>
      new Uint8Array(brotliDecompressSync(bytes, { maxOutputLength })),
    ZSTD: (bytes: Uint8Array) => decompressZstd(bytes),
    LZ4: decompressLz4,
    LZ4_RAW: decompressLz4Raw,
  }
}
