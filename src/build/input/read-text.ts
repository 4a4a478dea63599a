/** A file, plain or gzipped, as checked UTF-8 text in pieces: memory stays bounded. */

import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { HearthError, messageOf } from '../../errors.ts'

// Text pieces → lines, numbered from 1.

/** Longest line (or JSON element) read, in characters: longer is no table. */
export const MAX_LINE_LENGTH = 16 * 1024 * 1024

export interface Line {
  readonly number: number
  readonly text: string
}

/** Lines that follow each other. */
export interface LineBlock {
  /** Number of the first one. */
  readonly first: number
  readonly lines: readonly string[]
}

export interface LimitOptions {
  /** Longest line in characters, ≥ 1. Default MAX_LINE_LENGTH. */
  readonly maxLength?: number
}

/**
 * Lines without their `\n` or `\r\n`; a last line without one counts, an empty rest
 * after the last one does not.
 *
 * @throws HearthError `bad-input` naming the first line that is too long
 */
export async function* readLines(
  name: string,
  pieces: AsyncIterable<string>,
  options: LimitOptions = {},
): AsyncGenerator<Line> {
  for await (const { first, lines } of readLineBlocks(name, pieces, options)) {
    for (let i = 0; i < lines.length; i++) yield { number: first + i, text: lines[i]! }
  }
}

/**
 * `readLines`, the lines that a piece of text ends all at once: an await a line is slow.
 *
 * @throws HearthError `bad-input` naming the first line that is too long
 */
export async function* readLineBlocks(
  name: string,
  pieces: AsyncIterable<string>,
  { maxLength = MAX_LINE_LENGTH }: LimitOptions = {},
): AsyncGenerator<LineBlock> {
  let first = 1
  let rest: string[] = []
  let restLength = 0
  for await (const piece of pieces) {
    const lines: string[] = []
    for (const [i, text] of piece.split('\n').entries()) {
      if (i > 0) {
        lines.push(withoutReturn(rest.join('')))
        rest = []
        restLength = 0
      }
      rest.push(text)
      restLength += text.length
      if (restLength > maxLength)
        throw lineTooLong(name, first + lines.length, maxLength)
    }
    if (lines.length > 0) yield { first, lines }
    first += lines.length
  }
  if (restLength > 0) yield { first, lines: [withoutReturn(rest.join(''))] }
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

export function lineTooLong(
  name: string,
  line: number,
  maxLength: number,
): HearthError {
  return new HearthError(
    'bad-input',
    `line too long: ${name}, line ${line} has more than ${maxLength} characters. ` +
      'Expected one item, event or text a line.',
  )
}

const NEWLINE = 0x0a

/**
 * File → text in pieces. Gzip is recognised by its first two bytes, whatever the file's name.
 *
 * @throws HearthError `bad-input` when the file cannot be read, is a folder, is damaged
 *   gzip, or is not UTF-8 (the message names the line)
 */
export function readText(path: string): AsyncGenerator<string> {
  return decodeText(path, readBytes(path))
}

/**
 * Bytes → checked UTF-8 text in pieces, cut anywhere but inside a character. A byte-order
 * mark is dropped.
 *
 * @param name what the errors call it
 * @throws HearthError `bad-input` naming the first line that is not UTF-8
 */
export async function* decodeText(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let line = 1
  let first = true
  let pending: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const end = completeLength(bytes)
    const block = bytes.subarray(0, end)
    const other = line === 1 && first ? otherFormat(block) : undefined
    if (other) throw wrongFormat(name, other)
    if (!isUtf8(block)) throw notUtf8(name, line + firstBadLine(block))
    const text = decoder.decode(block)
    yield first && text.startsWith('\uFEFF') ? text.slice(1) : text
    first &&= text === ''
    line += countNewlines(block)
    pending = bytes.slice(end)
  }
  if (pending.length > 0) throw notUtf8(name, line)
}

/**
 * File → bytes, unzipped where they are gzip.
 *
 * @throws HearthError `bad-input` when the file cannot be read or is damaged gzip
 */
export async function* readBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* unzipped(createReadStream(path))
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function* unzipped(file: Readable): AsyncGenerator<Uint8Array> {
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  const head = await chunks.next()
  if (head.done) return
  const whole = rejoined(head.value, chunks)
  const isGzip = head.value[0] === 0x1f && head.value[1] === 0x8b
  if (!isGzip) return yield* whole
  // pipeline hands a failing source on to gunzip, whose iteration then throws.
  const gunzip = createGunzip()
  pipeline(Readable.from(whole), gunzip, () => {})
  yield* gunzip as AsyncIterable<Uint8Array>
}

/** A stream whose first piece was taken from it; closing it closes the rest. */
export async function* rejoined(
  head: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield head
    for (let next = await rest.next(); !next.done; next = await rest.next()) {
      yield next.value
    }
  } finally {
    await rest.return?.()
  }
}

/** Bytes up to a character that the next piece finishes. */
export function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte < 0xc0) continue
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return size > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function firstBadLine(block: Uint8Array): number {
  let start = 0
  for (let line = 0; ; line++) {
    const newline = block.indexOf(NEWLINE, start)
    const end = newline < 0 ? block.length : newline
    if (newline < 0 || !isUtf8(block.subarray(start, end))) return line
    start = end + 1
  }
}

export function countNewlines(block: Uint8Array): number {
  let count = 0
  for (let at = block.indexOf(NEWLINE); at >= 0; at = block.indexOf(NEWLINE, at + 1)) {
    count++
  }
  return count
}

/** A format often mistaken for a text table, recognised by its first bytes. */
function otherFormat(head: Uint8Array): string | undefined {
  const [a, b] = head
  if (a === 0x50 && b === 0x4b) return 'a zip or Excel file'
  const isUtf16 = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)
  return isUtf16 || a === 0 || b === 0 ? 'UTF-16 text, or no text at all' : undefined
}

function wrongFormat(path: string, got: string): HearthError {
  return new HearthError(
    'bad-input',
    `not UTF-8 text: ${path} looks like ${got}. Save it as CSV in UTF-8 and try again.`,
  )
}

function notUtf8(path: string, line: number): HearthError {
  return new HearthError(
    'bad-input',
    `not UTF-8 text: ${path}, line ${line}. Save it as UTF-8 and try again.`,
  )
}

/** Why a file cannot be read, in one line. */
export function unreadable(path: string, error: unknown): HearthError {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const why = REASONS[code] ?? messageOf(error)
  return new HearthError('bad-input', `cannot read ${path}: ${why}.`, { cause: error })
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, expected a file',
  ELOOP: 'it is a link to itself',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  Z_BUF_ERROR: 'the gzip data is cut short',
  Z_DATA_ERROR: 'the gzip data is damaged',
}
