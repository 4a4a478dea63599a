/**
 * A file as the visitor gave it → the texts in it: known by its first bytes, unpacked within
 * bounds, decoded. What holds no history is refused with the name of what it seems to be.
 */

import { HearthError } from '../errors.ts'

/** One text file, or one of those in a `.zip`. */
export interface TextFile {
  readonly name: string
  readonly text: string
}

/** A large library is 20 MB; ten years of a streaming service are 60. Bytes. */
const MAX_FILE_BYTES = 128 * 1024 * 1024
/** Of all files in a `.zip` that are read, unpacked; bytes. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024
/** Files in a `.zip` that are read. */
const MAX_FILES = 200

/** First bytes of what is sometimes chosen by mistake. */
const FORMATS: readonly (readonly [name: string, bytes: string, at?: number])[] = [
  ['a PDF', '%PDF'],
  ['a picture (PNG)', '\x89PNG'],
  ['a picture (JPEG)', '\xff\xd8\xff'],
  ['a picture (GIF)', 'GIF8'],
  ['a picture (WebP)', 'WEBP', 8],
  ['a picture (HEIC)', 'ftyphei', 4],
  ['a film (MP4)', 'ftyp', 4],
  ['a sound (MP3)', 'ID3'],
  ['a database (SQLite)', 'SQLite format 3'],
  ['a Parquet table', 'PAR1'],
  ['an old Office document', '\xd0\xcf\x11\xe0'],
  ['a gzip archive', '\x1f\x8b'],
  ['a 7-Zip archive', '7z\xbc\xaf'],
  ['a RAR archive', 'Rar!'],
  ['a program', 'MZ'],
  ['a program', '\x7fELF'],
]
const ZIP = 'PK\x03\x04'
const EMPTY_ZIP = 'PK\x05\x06'

/**
 * @returns the text files, at least one, in the archive's order
 * @throws HearthError `bad-profile` for what is too large or is no text
 */
export async function openFile(
  file: Blob | string,
  name = 'name' in Object(file) ? String((file as File).name) : '',
): Promise<readonly TextFile[]> {
  if (typeof file === 'string') {
    checkSize(file.length, name)
    return [{ name, text: file.replace(/^\uFEFF/, '') }]
  }
  checkSize(file.size, name)
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes.length === 0) throw unreadable(name, 'is empty', ASK_EXPORT)
  if (startsWith(bytes, ZIP)) return unzip(bytes, name)
  if (startsWith(bytes, EMPTY_ZIP))
    throw unreadable(name, 'is an empty archive', ASK_EXPORT)
  return [{ name, text: textOf(bytes, name) }]
}

const ASK_EXPORT = 'Choose the file that the service gave you as your export.'

function checkSize(size: number, name: string) {
  if (size <= MAX_FILE_BYTES) return
  const got = `${Math.round(size / 1024 / 1024)} MB`
  throw unreadable(
    name,
    `is too large: got ${got}, expected at most ${MAX_FILE_BYTES / 1024 / 1024} MB`,
    'Choose the history alone, not the whole archive of the service.',
  )
}

/** @throws HearthError `bad-profile`, naming the format where it is one that is known */
function textOf(bytes: Uint8Array, name: string): string {
  const format = FORMATS.find(([, start, at]) => startsWith(bytes, start, at))?.[0]
  if (format) {
    const advice = format.endsWith('archive')
      ? 'Unpack it and choose the file inside.'
      : ASK_EXPORT
    throw unreadable(name, `seems to be ${format}, expected an export as text`, advice)
  }
  const text = decode(bytes)
  if (text.includes('\0')) {
    throw unreadable(name, 'holds no text', ASK_EXPORT)
  }
  return text
}

function startsWith(bytes: Uint8Array, start: string, at = 0): boolean {
  for (let i = 0; i < start.length; i++) {
    if (bytes[at + i] !== start.charCodeAt(i)) return false
  }
  return true
}

/**
 * By its first bytes (FF FE, FE FF), else UTF-8 where it is that, else UTF-16 where every other byte is
 * 0, else windows-1252, which spreadsheets of Western Europe write.
 */
function decode(bytes: Uint8Array): string {
  if (startsWith(bytes, '\xff\xfe')) return new TextDecoder('utf-16le').decode(bytes)
  if (startsWith(bytes, '\xfe\xff')) return new TextDecoder('utf-16be').decode(bytes)
  const zeros = zerosByParity(bytes)
  if (zeros) return new TextDecoder(zeros).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decode1252(bytes)
  }
}

/** What windows-1252 has from 0x80 to 0x9f. */
const HIGH_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** Node takes windows-1252 for Latin-1: https://github.com/nodejs/node/issues/56542 */
function decode1252(bytes: Uint8Array): string {
  const text = new TextDecoder('windows-1252').decode(bytes)
  return text.replace(/[\x80-\x9f]/g, (c) => HIGH_1252[c.charCodeAt(0) - 0x80]!)
}

/** Bytes looked at to tell UTF-16 that does not begin so. */
const SAMPLE_BYTES = 512

function zerosByParity(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES)
  const zeros = [0, 0]
  sample.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]!++
  })
  const [even = 0, odd = 0] = zeros
  if (odd > sample.length / 4 && even === 0) return 'utf-16le'
  if (even > sample.length / 4 && odd === 0) return 'utf-16be'
  return undefined
}

/** Files of an archive that may hold a history. */
const TEXT_NAME = /\.(csv|tsv|txt|json|html?|opml|xml)$/i

/** @throws HearthError `bad-profile` for a damaged archive, or one that would grow too large */
async function unzip(bytes: Uint8Array, name: string): Promise<readonly TextFile[]> {
  const { unzipSync } = await import('fflate')
  const kinds = new Set<string>()
  let unpacked = 0
  let files: Record<string, Uint8Array>
  let isTooLarge = false
  try {
    files = unzipSync(bytes, {
      filter: (entry) => {
        kinds.add(entry.name)
        if (!TEXT_NAME.test(entry.name) || entry.name.startsWith('__MACOSX'))
          return false
        unpacked += entry.originalSize
        isTooLarge ||= unpacked > MAX_UNPACKED_BYTES
        return !isTooLarge && kinds.size <= MAX_FILES
      },
    })
  } catch (cause) {
    throw unreadable(name, 'is a damaged archive', 'Download the export again.', cause)
  }
  if (isTooLarge) {
    throw unreadable(
      name,
      `is too large when unpacked: expected at most ${MAX_UNPACKED_BYTES / 1024 / 1024} MB`,
      'Unpack it and choose the history inside.',
    )
  }
  refuseOffice(kinds, name)
  const texts = Object.entries(files).map(([path, content]) => ({
    name: path,
    text: decode(content),
  }))
  if (texts.length > 0) return texts
  throw unreadable(
    name,
    'is an archive without a history: expected a .csv, .json, .html or .opml file in it',
    ASK_EXPORT,
  )
}

/** Spreadsheets and books are archives too. */
function refuseOffice(names: ReadonlySet<string>, name: string) {
  if (names.has('xl/workbook.xml')) {
    const advice = 'Save the sheet as CSV and choose that.'
    throw unreadable(name, 'seems to be an Excel workbook', advice)
  }
  if (names.has('[Content_Types].xml')) {
    throw unreadable(name, 'seems to be an Office document', ASK_EXPORT)
  }
  if (names.has('META-INF/container.xml')) {
    throw unreadable(name, 'seems to be an e-book', ASK_EXPORT)
  }
}

/** `what` follows "This file". */
export function unreadable(
  name: string,
  what: string,
  advice: string,
  cause?: unknown,
): HearthError {
  const file = name === '' ? 'This file' : `“${shorten(name)}”`
  const options = cause === undefined ? {} : { cause }
  return new HearthError(
    'bad-profile',
    `${file} ${what}. ${advice} Nothing was added.`,
    options,
  )
}

/** Characters of a file's name in a message. */
const MAX_NAME_LENGTH = 60

function shorten(name: string): string {
  return name.length <= MAX_NAME_LENGTH ? name : `${name.slice(0, MAX_NAME_LENGTH)}…`
}
