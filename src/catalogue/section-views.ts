/** Typed views of a block's sections, each checked for its length before it is made. */
import { badPack } from './bad-pack.ts'
import type { Sections } from './sections.ts'

/** @throws HearthError `bad-pack` unless the block has exactly `count` sections */
export function assertSectionCount({ file, parts }: Sections, count: number) {
  if (parts.length === count) return
  throw badPack(file, `got ${parts.length} sections, expected ${count}.`)
}

/** Section `index` as bytes; exactly `length` of them if that is given. */
export function bytesOf(sections: Sections, index: number, length?: number) {
  const part = sections.parts[index]
  if (part && (length === undefined || part.byteLength === length)) return part
  throw badPack(
    sections.file,
    `section ${index} has ${part?.byteLength ?? 'no'} bytes, expected ${length ?? 'some'}.`,
  )
}

export function int8Of(sections: Sections, index: number, length: number) {
  const part = bytesOf(sections, index, length)
  return new Int8Array(part.buffer, part.byteOffset, length)
}

export function uint16Of(sections: Sections, index: number, length: number) {
  const part = bytesOf(sections, index, length * 2)
  return new Uint16Array(part.buffer, part.byteOffset, length)
}

/** A section of uint32 numbers; exactly `length` of them if that is given. */
export function uint32Of(sections: Sections, index: number, length?: number) {
  const part = bytesOf(sections, index, length === undefined ? undefined : length * 4)
  return new Uint32Array(part.buffer, part.byteOffset, part.byteLength >> 2)
}

export function float32Of(sections: Sections, index: number, length: number) {
  const part = bytesOf(sections, index, length * 4)
  return new Float32Array(part.buffer, part.byteOffset, length)
}
