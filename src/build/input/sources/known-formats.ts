/** Formats that are no text table, recognised by their first bytes, and what to do with them. */
import { HearthError } from '../../../errors.ts'

interface KnownFormat {
  /** After "looks like". */
  readonly name: string
  /** First bytes, as Latin-1 text. */
  readonly magic: string
  /** Where they are; 0 by default. */
  readonly at?: number
  /** What the owner can do. */
  readonly advice: string
}

/** Bytes needed to recognise every format. */
export const HEAD_LENGTH = 512

const AS_TABLE = 'Save the table in it as CSV in UTF-8 and try again'
const UNPACK = 'Unpack it and try the file inside'
const NO_TABLE = 'Give the table (CSV, JSON, JSONL or XML) of the items instead'

const FORMATS: readonly KnownFormat[] = [
  // packed: as they are, these are read
  { name: 'Parquet', magic: 'PAR1', advice: UNPACK },
  { name: 'a SQLite database', magic: 'SQLite format 3\0', advice: UNPACK },
  {
    name: 'an old Excel or Office file (.xls), or one with a password',
    magic: '\xd0\xcf\x11\xe0',
    advice: AS_TABLE,
  },
  { name: 'an Arrow or Feather table', magic: 'ARROW1', advice: AS_TABLE },
  { name: 'a Feather table', magic: 'FEA1', advice: AS_TABLE },
  { name: 'HDF5', magic: '\x89HDF', advice: AS_TABLE },
  { name: 'a NumPy array', magic: '\x93NUMPY', advice: AS_TABLE },
  { name: 'a Python pickle', magic: '\x80\x04\x95', advice: AS_TABLE },
  { name: 'a PDF', magic: '%PDF', advice: NO_TABLE },
  { name: 'an RTF document', magic: '{\\rtf', advice: NO_TABLE },
  { name: 'a PNG image', magic: '\x89PNG', advice: NO_TABLE },
  { name: 'a JPEG image', magic: '\xff\xd8\xff', advice: NO_TABLE },
  { name: 'a GIF image', magic: 'GIF8', advice: NO_TABLE },
  { name: 'a WebP image', magic: 'WEBP', at: 8, advice: NO_TABLE },
  { name: 'an AVIF image', magic: 'ftypavif', at: 4, advice: NO_TABLE },
  { name: 'a video or HEIC image', magic: 'ftyp', at: 4, advice: NO_TABLE },
  { name: 'an empty zip archive', magic: 'PK\x05\x06', advice: NO_TABLE },
  { name: 'a 7-Zip archive', magic: '7z\xbc\xaf', advice: UNPACK },
  { name: 'a RAR archive', magic: 'Rar!', advice: UNPACK },
  { name: 'Zstandard data', magic: '\x28\xb5\x2f\xfd', advice: UNPACK },
  { name: 'XZ data', magic: '\xfd7zXZ', advice: UNPACK },
  { name: 'bzip2 data', magic: 'BZh', advice: UNPACK },
  { name: 'a tar archive', magic: 'ustar', at: 257, advice: UNPACK },
  {
    name: 'a Git LFS pointer, not the file itself',
    magic: 'version https://git-lfs',
    advice: 'Run `git lfs pull` and try again',
  },
]

const HTML = /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body)\b/i
const SVG = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg\b/i

/**
 * Refuses what is known to be no text table.
 *
 * @param head the first bytes of the file, HEAD_LENGTH or all there are
 * @throws HearthError `bad-input` naming the format and what to do
 */
export function refuseKnownFormat(path: string, head: Uint8Array): void {
  const text = Buffer.from(head)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  const found = FORMATS.find(({ magic, at = 0 }) => text.startsWith(magic, at))
  if (found) throw wrongFormat(path, found.name, found.advice)
  if (SVG.test(text)) throw wrongFormat(path, 'an SVG image', NO_TABLE)
  if (!HTML.test(text)) return
  const advice =
    'Perhaps the download gave an error page: open it in a browser to see, then fetch ' +
    'the table itself'
  throw wrongFormat(path, 'a web page (HTML)', advice)
}

export function wrongFormat(path: string, got: string, advice: string): HearthError {
  return new HearthError(
    'bad-input',
    `not a table: ${path} looks like ${got}. ${advice}.`,
  )
}
