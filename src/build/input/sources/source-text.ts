/** Any file an owner may give → its text in pieces: unpacked, decoded, or refused by name. */
import { readBytes, rejoined } from '../read-text.ts'
import { decodeSource } from './encoding.ts'
import { HEAD_LENGTH, refuseKnownFormat } from './known-formats.ts'
import type { ChooseTable } from './named-tables.ts'
import { isZip, readZip } from './zip.ts'
import { chooseEntry } from './zip-tables.ts'

/**
 * @param notes is given what the owner should know: the encoding where it is not UTF-8, the
 *   file read in an archive, and, at the end, what could not be decoded
 * @param choose of an archive's tables; default: the first
 * @throws HearthError `bad-input` when the file cannot be read or is no text
 */
export function readSourceText(
  path: string,
  notes: string[],
  choose?: ChooseTable,
): AsyncGenerator<string> {
  return withNewlines(decodeSource(path, unpacked(path, notes, choose), notes))
}

/** Lines that end in a carriage return alone, as old spreadsheets write them, are lines too. */
async function* withNewlines(pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  let isOld: boolean | undefined
  for await (const piece of pieces) {
    isOld ??= /\r./s.test(piece) && !piece.includes('\n')
    yield isOld ? piece.replaceAll('\r', '\n') : piece
  }
}

async function* unpacked(
  path: string,
  notes: string[],
  choose?: ChooseTable,
): AsyncGenerator<Uint8Array> {
  const chunks = readBytes(path)
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < HEAD_LENGTH) {
    const next = await chunks.next()
    if (next.done) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  if (head.length === 0) return
  const whole = rejoined(head, chunks)
  if (isZip(head)) {
    const name = choose && (await chooseEntry(path, choose))
    return yield* readZip(path, whole, { notes, ...(name !== undefined && { name }) })
  }
  refuseKnownFormat(path, head)
  yield* whole
}
