/** Carts, orders and lists that hold several items in one record → one entry an item. */
import { idOf, textOf } from './cell.ts'
import { eventKindOf } from './event-kinds.ts'
import {
  type InteractionColumn,
  isOwnId,
  itemNames,
  meaningOf,
  namesOfField,
} from './interaction-columns.ts'

export type JsonObject = Readonly<Record<string, unknown>>
export type KnownIds = Pick<ReadonlyMap<string, unknown>, 'has'>

/** What one interaction holds, by field; cells are still as the file has them. */
export type EventFields = Partial<Record<InteractionColumn, unknown>>

/** Lists inside lists that are followed: a user's orders, an order's lines. */
const MAX_DEPTH = 3

/** Fields a line may have of its own; its user is the record's. */
const LINE_FIELDS: readonly InteractionColumn[] = [
  'rating',
  'weight',
  'quantity',
  'event',
  'status',
  'time',
]

const ID_KEYS = ['id', '_id', 'ID', 'gid', 'sku', 'slug', 'key', 'value'] as const

/** `{"id": 7, "name": "Lamp"}` is 7; anything but an object is itself. */
export function idInside(cell: unknown): unknown {
  if (!isObject(cell)) return cell
  const key = ID_KEYS.find((name) => cell[name] !== undefined && cell[name] !== null)
  return key === undefined ? undefined : cell[key]
}

/** Objects of a cell: an array of them, or one written as JSON text. */
export function objectsIn(cell: unknown): JsonObject[] {
  const value = typeof cell === 'string' ? parsedList(cell) : cell
  return Array.isArray(value) ? value.filter(isObject) : []
}

/**
 * Does the cell under this name hold lines, each of an item (or lists of such lines)?
 * Under a name that is not usual for lines, an `id` alone may be that of a tag or a picture.
 */
export function holdsLines(name: string, cell: unknown, depth = 0): boolean {
  const isUsual = meaningOf(name)?.field === 'itemList'
  return objectsIn(cell).some((line) => {
    const names = Object.keys(line)
    if (hasNamedItem(names) || (isUsual && itemNames(names).length > 0)) return true
    return linesKey(line, names, depth + 1) !== undefined
  })
}

function hasNamedItem(names: readonly string[]): boolean {
  return itemNames(names).some((at) => !isOwnId(names[at]!))
}

/** The key under which a record without an item of its own has its lines. */
function linesKey(record: JsonObject, names: readonly string[], depth: number) {
  if (depth > MAX_DEPTH || hasNamedItem(names)) return undefined
  const usual = namesOfField(names, 'itemList').map((at) => names[at]!)
  return [...usual, ...names].find((name) => holdsLines(name, record[name], depth))
}

/**
 * One entry a line, in order. A line's quantity, rating, event and time come before the
 * record's own; so does its item, and nothing else of the record is taken for one.
 */
export function eventsOfLines(
  cell: unknown,
  record: EventFields,
  { known, depth = 1 }: { readonly known: KnownIds; readonly depth?: number },
): EventFields[] {
  return objectsIn(cell).flatMap((line) => {
    const names = Object.keys(line)
    const own = { ...record, ...ownFields(line, names) }
    const key = linesKey(line, names, depth)
    if (key !== undefined) {
      return eventsOfLines(line[key], own, { known, depth: depth + 1 })
    }
    const item = bestItem(line, names, known)
    return [{ ...own, item: item === undefined ? undefined : line[item] }]
  })
}

/** The keys of a line under which each field is, for the report. */
export function lineNames(
  line: JsonObject,
  known: KnownIds,
): Partial<Record<InteractionColumn, string>> {
  const names = Object.keys(line)
  const found: Partial<Record<InteractionColumn, string>> = {}
  const own = ownFields(line, names)
  for (const field of LINE_FIELDS) {
    if (own[field] !== undefined) found[field] = names[namesOfField(names, field)[0]!]!
  }
  const key = linesKey(line, names, 1)
  if (key !== undefined) {
    const inner = Object.entries(lineNames(objectsIn(line[key])[0] ?? {}, known))
    const prefixed = inner.map(([field, name]) => [field, `${key}[].${name}`])
    return { ...found, ...Object.fromEntries(prefixed) }
  }
  const item = bestItem(line, names, known)
  return item === undefined ? found : { ...found, item }
}

function ownFields(line: JsonObject, names: readonly string[]): EventFields {
  const own: EventFields = {}
  for (const field of LINE_FIELDS) {
    const at = namesOfField(names, field)[0]
    const value = at === undefined ? undefined : line[names[at]!]
    if (value !== undefined && value !== null) own[field] = value
  }
  if (own.event !== undefined && !eventKindOf(textOf(own.event) ?? '')) delete own.event
  // Beside a quantity, a rating is the product's average and a value its price.
  if (own.quantity !== undefined) {
    delete own.rating
    delete own.weight
  }
  return own
}

/** The key of a line's item: the best whose id is known, else the best. */
function bestItem(line: JsonObject, names: readonly string[], known: KnownIds) {
  const keys = itemNames(names).map((at) => names[at]!)
  const isKnown = (key: string) => known.has(idOf(idInside(line[key])) ?? '')
  return keys.find(isKnown) ?? keys[0]
}

/** What may lie between the ids of a list; the first that gives a known id is taken. */
const SEPARATORS = [/\|/, /;/, /,/, /\s+/]

/**
 * The ids of a list: an array, JSON text, or text with `|`, `;`, `,` or spaces between.
 * @returns empty where nothing is there; ids that are not known are among them
 */
export function idsOfList(cell: unknown, known: KnownIds): unknown[] {
  const value = typeof cell === 'string' ? (parsedList(cell) ?? cell) : cell
  if (Array.isArray(value)) return value.map(idInside)
  const text = typeof value === 'number' ? String(value) : (textOf(value) ?? '')
  if (text === '') return []
  if (known.has(text)) return [text]
  const splits = SEPARATORS.map((separator) => piecesOf(text, separator))
  return (
    splits.find((ids) => ids.some((id) => known.has(id))) ??
    splits.find((ids) => ids.length > 1) ?? [text]
  )
}

function piecesOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((id) => id.trim())
    .filter((id) => id !== '')
}

/** `[1, 2]`, and `['a', 'b']` as Python writes it. */
function parsedList(text: string): unknown[] | undefined {
  if (!text.trimStart().startsWith('[')) return undefined
  for (const json of [text, text.replaceAll("'", '"')]) {
    try {
      const value: unknown = JSON.parse(json)
      return Array.isArray(value) ? value : undefined
    } catch {
      // not JSON as it stands: the next way of writing it, or plain text
    }
  }
  return undefined
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
