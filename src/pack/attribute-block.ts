/**
 * The `attributes` block: which items have which attribute values, and their names.
 *
 *   section 0  uint32 [2]    values, edges
 *           1  JSON, UTF-8   { relations: one digit a value, names: […] }
 *           2  uint8 [rows]  edges of each item
 *           3  bytes         value numbers, 7 bits a byte, low first (LEB128)
 *
 * Values are numbered by falling edge count, so that the frequent ones take one byte.
 */
import { assertLength, HearthError } from '../errors.ts'
import { badPack } from './bad-pack.ts'
import { asMatch, asObject, asTexts, parseJson } from './json-check.ts'
import type { AttributeBlock, Relation } from './pack.ts'
import {
  assertSectionCount,
  bytesOf,
  type Expected,
  readSections,
  type Sections,
  uint32Of,
  writeSections,
} from './sections.ts'

/** Attributes an item keeps: 8 × 2 bytes in the pack. */
export const MAX_ATTRIBUTES_PER_ITEM = 8

const RELATIONS = [
  'author',
  'series',
  'genre',
  'years',
  'tag',
] as const satisfies readonly Relation[]

/** So that a number fits 16 bits, with the largest to spare. */
const MAX_VALUES = 65_535
/** @throws HearthError `bad-argument` for a broken CSR, too many values or edges */
export function encodeAttributes(block: AttributeBlock, rows: number): Uint8Array {
  assertAttributes(block, rows)
  const { values, indptr, indices } = block
  const order = orderByEdges(block)
  const newNumber = new Uint16Array(values.length)
  order.forEach((value, number) => {
    newNumber[value] = number
  })
  const listed = order.map((value) => values[value])
  const json = JSON.stringify({
    relations: listed.map(({ relation }) => RELATIONS.indexOf(relation)).join(''),
    names: listed.map(({ name }) => name),
  })
  return writeSections('attributes', rows, [
    Uint32Array.of(values.length, indices.length),
    new TextEncoder().encode(json),
    Uint8Array.from({ length: rows }, (_, row) => indptr[row + 1] - indptr[row]),
    Uint8Array.from(Array.from(indices, (value) => varint(newNumber[value])).flat()),
  ])
}

function assertAttributes({ values, indptr, indices }: AttributeBlock, rows: number) {
  assertLength('indptr of attributes', indptr, rows + 1)
  assertLength('indices of attributes', indices, indptr[rows])
  const lengths = Array.from(
    { length: rows },
    (_, row) => indptr[row + 1] - indptr[row],
  )
  const ok =
    indptr[0] === 0 &&
    values.length <= MAX_VALUES &&
    lengths.every((length) => length >= 0 && length <= MAX_ATTRIBUTES_PER_ITEM) &&
    indices.every((value) => value < values.length) &&
    values.every(({ relation }) => RELATIONS.includes(relation))
  if (ok) return
  throw new HearthError(
    'bad-argument',
    `invalid attributes: got ${values.length} values and ${indices.length} edges, expected at most ${MAX_VALUES} values, ${MAX_ATTRIBUTES_PER_ITEM} edges an item and known relations.`,
  )
}

/** Values by falling edge count; ties keep their order. */
function orderByEdges({ values, indices }: AttributeBlock): number[] {
  const edges = new Uint32Array(values.length)
  for (const value of indices) edges[value]++
  return [...edges.keys()].sort((a, b) => edges[b] - edges[a] || a - b)
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128)
  bytes.push(rest)
  return bytes
}

/** @throws HearthError `bad-pack` unless the bytes are a whole, sound attribute block */
export function decodeAttributes(
  bytes: Uint8Array,
  expected: Expected,
): AttributeBlock {
  const sections = readSections(bytes, expected)
  assertSectionCount(sections, 4)
  const [count, edges] = uint32Of(sections, 0, 2)
  const { file, rows } = sections
  const lengths = bytesOf(sections, 2, rows)
  const indptr = new Uint32Array(rows + 1)
  for (let row = 0; row < rows; row++) {
    if (lengths[row] > MAX_ATTRIBUTES_PER_ITEM) {
      throw badPack(file, `item ${row} has ${lengths[row]} values, expected at most 8.`)
    }
    indptr[row + 1] = indptr[row] + lengths[row]
  }
  if (indptr[rows] !== edges) {
    throw badPack(file, `its items hold ${indptr[rows]} edges, expected ${edges}.`)
  }
  const indices = readVarints(bytesOf(sections, 3), edges, count)
  if (!indices) throw badPack(file, 'its value numbers are damaged.')
  return { values: readNames(sections, count), indptr, indices }
}

/** @returns undefined unless the bytes are exactly `length` numbers below `limit` */
function readVarints(bytes: Uint8Array, length: number, limit: number) {
  const values = new Uint16Array(length)
  let at = 0
  for (let i = 0; i < length; i++) {
    let value = 0
    let shift = 0
    for (; bytes[at] > 127 && shift < 14; shift += 7) {
      value |= (bytes[at++] & 127) << shift
    }
    if (at >= bytes.length) return undefined
    value |= bytes[at++] << shift
    if (value >= limit) return undefined
    values[i] = value
  }
  return at === bytes.length ? values : undefined
}

function readNames(sections: Sections, count: number): AttributeBlock['values'] {
  const place = { file: sections.file, at: 'attributes' }
  const json = asObject(parseJson(place.file, bytesOf(sections, 1)), place)
  const names = asTexts(json.names, place, count)
  const relations = asMatch(json.relations, place, /^[0-4]*$/)
  if (count > MAX_VALUES || relations.length !== count) {
    throw badPack(place.file, `got ${relations.length} relations, expected ${count}.`)
  }
  return names.map((name, i) => ({ name, relation: RELATIONS[Number(relations[i])] }))
}
