/** A page's file → its text, in whatever encoding it is. */
import { isUtf8 } from 'node:buffer'
import { open } from 'node:fs/promises'
import { unreadable } from '../../read-text.ts'
import { decodeSource } from '../encoding.ts'

/** A page is read up to here: the rest of a longer one is data, no text. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024
/** Where a page states its encoding, if it does. */
const HEAD_BYTES = 2048

export interface PageText {
  readonly text: string
  readonly isCut: boolean
}

/** @throws HearthError `bad-input` when the file cannot be read, or is no text */
export async function readPageText(path: string): Promise<PageText> {
  const bytes = await readBytes(path)
  const isCut = bytes.length > MAX_PAGE_BYTES
  const kept = isCut ? withoutHalf(bytes.subarray(0, MAX_PAGE_BYTES)) : bytes
  return { text: await decode(path, kept), isCut }
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const buffer = Buffer.alloc(Math.min(size, MAX_PAGE_BYTES + 1))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw unreadable(path, error)
  }
}

/** Up to the last line or tag that ends. */
function withoutHalf(bytes: Buffer): Buffer {
  const end = Math.max(bytes.lastIndexOf('>'), bytes.lastIndexOf('\n'))
  return end < 0 ? bytes : bytes.subarray(0, end + 1)
}

async function decode(path: string, bytes: Buffer): Promise<string> {
  const hasZeros = bytes.subarray(0, HEAD_BYTES).includes(0)
  if (!hasZeros && isUtf8(bytes)) return withoutMark(bytes.toString('utf8'))
  const stated = hasZeros ? undefined : statedEncoding(bytes)
  if (stated !== undefined) return withoutMark(new TextDecoder(stated).decode(bytes))
  const pieces: string[] = []
  for await (const piece of decodeSource(path, only(bytes), [])) pieces.push(piece)
  return pieces.join('')
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** `<meta charset=…>`, `content="text/html; charset=…"`, `<?xml encoding=…?>` */
function statedEncoding(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, HEAD_BYTES).toString('latin1')
  const label = /\b(?:charset|encoding)\s*=\s*["']?\s*([\w:-]+)/i.exec(head)?.[1]
  if (label === undefined || /^utf-?8$/i.test(label)) return undefined
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined // no encoding of the web: then it is found from the bytes
  }
}
