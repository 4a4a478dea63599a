/** Any file an owner may give → its text in pieces: unpacked, decoded, or refused by name. */
import { readBytes, rejoined } from '../read-text.ts'
import { decodeSource } from './encoding.ts'
import { HEAD_LENGTH, refuseKnownFormat } from './known-formats.ts'
import { isZip, readZip } from './zip.ts'

/**
 * @param notes is given what the owner should know: the encoding where it is not UTF-8, the
 *   file read in an archive, and, at the end, what could not be decoded
 * @throws HearthError `bad-input` when the file cannot be read or is no text
 */
export function readSourceText(path: string, notes: string[]): AsyncGenerator<string> {
  return decodeSource(path, unpacked(path, readBytes(path), notes), notes)
}

async function* unpacked(
  path: string,
  chunks: AsyncGenerator<Uint8Array>,
  notes: string[],
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < HEAD_LENGTH) {
    const next = await chunks.next()
    if (next.done) break
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  if (head.length === 0) return
  const whole = rejoined(head, chunks)
  if (isZip(head)) return yield* readZip(path, whole, notes)
  refuseKnownFormat(path, head)
  yield* whole
}
