/**
 * The container of every binary block (little-endian).
 *
 *   byte  0  4  magic "HRTH"
 *         4  2  version of the container
 *         6  2  which block (1 = cf … 7 = ratings)
 *         8  4  rows: the items of the pack
 *        12  4  number of sections
 *        16  8  for each section: byte offset, byte length
 *
 * Sections follow in order, each at the next multiple of 16, padded with zeros; the file
 * ends with the last one. So a reader may view them as typed arrays without copying.
 */
import { badPack } from './bad-pack.ts'
import { BLOCK_NAMES, type BlockName } from './pack.ts'

const MAGIC = 0x48545248 // "HRTH" read as little-endian uint32
/** Of the container, which has not changed since version 1 of the pack. */
const CONTAINER_VERSION = 1
const HEADER_BYTES = 16
const ENTRY_BYTES = 8
const ALIGNMENT = 16
/** A tower of 20 layers has 44 sections: more is damage. */
const MAX_SECTIONS = 64

/** A block's sections, checked to lie within the file. */
export interface Sections {
  /** For error messages. */
  readonly file: string
  readonly rows: number
  readonly parts: readonly Uint8Array[]
}

/** @param parts typed arrays of any kind, in section order */
export function writeSections(
  block: BlockName,
  rows: number,
  parts: readonly ArrayBufferView[],
): Uint8Array {
  const offsets: number[] = []
  let end = HEADER_BYTES + parts.length * ENTRY_BYTES
  for (const part of parts) {
    offsets.push(align(end))
    end = align(end) + part.byteLength
  }
  const bytes = new Uint8Array(end)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint16(4, CONTAINER_VERSION, true)
  view.setUint16(6, BLOCK_NAMES.indexOf(block) + 1, true)
  view.setUint32(8, rows, true)
  view.setUint32(12, parts.length, true)
  parts.forEach((part, i) => {
    view.setUint32(HEADER_BYTES + i * ENTRY_BYTES, offsets[i], true)
    view.setUint32(HEADER_BYTES + i * ENTRY_BYTES + 4, part.byteLength, true)
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offsets[i])
  })
  return bytes
}

/** What the reader expects of a file, from the manifest. */
export interface Expected {
  readonly file: string
  readonly block: BlockName
  readonly rows: number
}

/** @throws HearthError `bad-pack` unless these are exactly that block's bytes */
export function readSections(
  unaligned: Uint8Array,
  { file, block, rows }: Expected,
): Sections {
  const bytes = unaligned.byteOffset % ALIGNMENT ? unaligned.slice() : unaligned
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = readHeader(view, { file, block, rows })
  const parts: Uint8Array[] = []
  let end = HEADER_BYTES + count * ENTRY_BYTES
  for (let i = 0; i < count; i++) {
    const offset = view.getUint32(HEADER_BYTES + i * ENTRY_BYTES, true)
    const length = view.getUint32(HEADER_BYTES + i * ENTRY_BYTES + 4, true)
    if (offset !== align(end) || offset + length > bytes.byteLength) {
      throw badPack(
        file,
        `section ${i} is bytes ${offset} to ${offset + length}, expected to start at ${align(end)} and end by ${bytes.byteLength}.`,
      )
    }
    parts.push(bytes.subarray(offset, offset + length))
    end = offset + length
  }
  if (end === bytes.byteLength) return { file, rows, parts }
  throw badPack(file, `got ${bytes.byteLength} bytes, expected ${end}.`)
}

/** @returns the number of sections, whose table fits in the file */
function readHeader(view: DataView, { file, block, rows }: Expected): number {
  if (view.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) {
    throw badPack(file, 'its leading bytes are not those of a Hearth block.')
  }
  const version = view.getUint16(4, true)
  if (version !== CONTAINER_VERSION) {
    throw badPack(
      file,
      `got container version ${version}, expected ${CONTAINER_VERSION}.`,
    )
  }
  const found = BLOCK_NAMES[view.getUint16(6, true) - 1]
  if (found !== block) {
    throw badPack(file, `it holds the block ${found}, expected ${block}.`)
  }
  if (view.getUint32(8, true) !== rows) {
    throw badPack(file, `got ${view.getUint32(8, true)} rows, expected ${rows}.`)
  }
  const count = view.getUint32(12, true)
  if (count > MAX_SECTIONS || HEADER_BYTES + count * ENTRY_BYTES > view.byteLength) {
    throw badPack(file, `its table of ${count} sections does not fit in the file.`)
  }
  return count
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT
}

// Typed views of a block's sections, each checked for its length before it is made.

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
