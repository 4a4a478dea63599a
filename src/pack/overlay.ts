/**
 * What an owner changes between two builds: `overlay.json` beside the manifest, a plain file
 * that any program can write. A page reads it whole each time it opens, whoever opens it:
 * which items it names tells the host nothing of a visitor.
 *
 *     {
 *       "updated": "2026-06-01T08:00:00Z",
 *       "hidden": ["42"],
 *       "pinned": ["7", "9"],
 *       "prices": { "7": 12.5, "9": { "price": 8, "currency": "EUR", "was": 10 } },
 *       "stock": { "7": 0, "9": true }
 *     }
 *
 * A mistake in it costs the entry it is in, or a file that is no JSON the file, and is noted:
 * a page never goes without its list for it.
 */
import { messageOf } from '../errors.ts'
import type { ItemRecord } from './item.ts'
import type { ItemTable } from './items.ts'

const OVERLAY_NAME = 'overlay.json'

/** What the overlay changes of one item's record. */
export type OverlaidFields = Pick<
  ItemRecord,
  'price' | 'currency' | 'was' | 'available'
>

export interface Overlay {
  /** As the file has it: when it was written. */
  readonly updated?: string
  readonly hidden: readonly string[]
  /** At the head of lists, in this order, before the pins of the rules. */
  readonly pinned: readonly string[]
  /** id → price, in the catalogue's currency unless it names another. */
  readonly prices: ReadonlyMap<string, OverlaidFields>
  /** id → whether it can be had. */
  readonly stock: ReadonlyMap<string, boolean>
  /** What is wrong with the file, one line each. */
  readonly notes: readonly string[]
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** An overlay that could not be read: the page shows the pack without it. */
export const unreadOverlay = (error: unknown): Overlay =>
  withNotes([`it cannot be read; the lists are made without it. ${messageOf(error)}`])

/**
 * Never throws: what cannot be used is in `notes`.
 * @returns undefined for one that asks for nothing: `{}`
 */
export function parseOverlay(bytes: Uint8Array): Overlay | undefined {
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return withNotes(['it is not text in UTF-8; it is left out.'])
  }
  if (/^\s*\{\s*\}\s*$/.test(text)) return undefined
  if (text.trim() === '') return withNotes(['it is empty; it is left out.'])
  try {
    return checkOverlay(JSON.parse(text))
  } catch (error) {
    return withNotes([`it is not JSON${placeOf(error, text)}; it is left out.`])
  }
}

const NONE: Overlay = {
  hidden: [],
  pinned: [],
  prices: new Map(),
  stock: new Map(),
  notes: [],
}

const withNotes = (notes: readonly string[]): Overlay => ({
  ...NONE,
  notes: notes.map((note) => `${OVERLAY_NAME}: ${note}`),
})

/** " at line 3, column 5" where the browser's error has the place; else what it states. */
function placeOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : ''
  const [, position] = /position (\d+)/.exec(message) ?? []
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? []
  if (line) return ` at line ${line}, column ${column}`
  const at = position === undefined ? endOf(message, text) : Number(position)
  if (at === undefined) return ` (${message.replace(/\s+/g, ' ')})`
  const lines = text.slice(0, at).split('\n')
  return ` at line ${lines.length}, column ${lines.at(-1)!.length + 1}`
}

/** V8 names no position for a file that is cut short. */
const endOf = (message: string, text: string) =>
  /end of|unterminated/i.test(message) ? text.length : undefined

/** Ids named of a mistake or of unknown items; more are counted. */
const NAMED = 5

const listed = (ids: readonly string[]) =>
  ids.slice(0, NAMED).join(', ') +
  (ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '')

function checkOverlay(json: unknown): Overlay | undefined {
  if (!isObject(json)) return withNotes(['it holds no object { … }; it is left out.'])
  const notes: string[] = []
  const known = ['hidden', 'pinned', 'prices', 'stock', 'updated']
  const others = Object.keys(json).filter((name) => !known.includes(name))
  if (others.length > 0) {
    notes.push(`${listed(others)}: expected ${known.join(', ')}; left out.`)
  }
  const ids = (name: string) => idsOf(json[name], name, notes)
  const { updated } = json
  return {
    ...(typeof updated === 'string' ? { updated } : {}),
    hidden: ids('hidden'),
    pinned: ids('pinned'),
    prices: valuesOf(json.prices, { name: 'prices', notes, read: priceOf }),
    stock: valuesOf(json.stock, { name: 'stock', notes, read: stockOf }),
    notes: withNotes(notes).notes,
  }
}

/** Numbers are taken for the ids that they are written as. */
function idsOf(value: unknown, name: string, notes: string[]): string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) {
    notes.push(`${name} is no list of ids; it is left out.`)
    return []
  }
  const ids = value.filter((id) => typeof id === 'string' || typeof id === 'number')
  const wrong = value.length - ids.length
  if (wrong > 0)
    notes.push(`${name}: ${wrong} of ${value.length} are no ids; left out.`)
  return [...new Set(ids.map(String))]
}

interface ValuesOptions<T> {
  readonly name: string
  readonly notes: string[]
  readonly read: (value: unknown) => T | undefined
}

function valuesOf<T>(
  value: unknown,
  { name, notes, read }: ValuesOptions<T>,
): Map<string, T> {
  if (value === undefined || value === null) return new Map()
  if (!isObject(value)) {
    notes.push(`${name} is no object { "id": … }; it is left out.`)
    return new Map()
  }
  const values = new Map<string, T>()
  const wrong: string[] = []
  for (const [id, given] of Object.entries(value)) {
    const own = read(given)
    if (own === undefined) wrong.push(id)
    else values.set(id, own)
  }
  if (wrong.length > 0) {
    const many = wrong.length === 1 ? 'one value is' : `${wrong.length} values are`
    notes.push(`${name}: ${many} not understood and left out: ${listed(wrong)}.`)
  }
  return values
}

const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0

function priceOf(value: unknown): OverlaidFields | undefined {
  if (isAmount(value)) return { price: value }
  if (!isObject(value) || !isAmount(value.price)) return undefined
  const { price, currency, was } = value
  if (currency !== undefined && !/^[A-Z]{3}$/.test(String(currency))) return undefined
  if (was !== undefined && !isAmount(was)) return undefined
  return {
    price,
    ...(currency === undefined ? {} : { currency: String(currency) }),
    ...(was === undefined ? {} : { was }),
  }
}

function stockOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  return isAmount(value) ? value > 0 : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A record as the overlay has it. */
export function overlaid(record: ItemRecord, { prices, stock }: Overlay): ItemRecord {
  const price = prices.get(record.id)
  const available = stock.get(record.id)
  if (!price && available === undefined) return record
  return { ...record, ...price, ...(available === undefined ? {} : { available }) }
}

/** The catalogue as the overlay has it: what cards show and filters see. */
export function overlaidItems(items: ItemTable, overlay: Overlay): ItemTable {
  const changed = new Map<number, ItemRecord>()
  for (const id of [...overlay.prices.keys(), ...overlay.stock.keys()]) {
    const index = items.indexOf(id)
    if (index !== undefined) changed.set(index, overlaid(items.record(index), overlay))
  }
  if (changed.size === 0) return items
  return { ...items, record: (index) => changed.get(index) ?? items.record(index) }
}

/** The ids of an overlay that a catalogue does not hold, each once, in the file's order. */
export function unknownIds(
  { hidden, pinned, prices, stock }: Overlay,
  indexOf: ItemTable['indexOf'],
): string[] {
  const all = new Set([...hidden, ...pinned, ...prices.keys(), ...stock.keys()])
  return [...all].filter((id) => indexOf(id) === undefined)
}

/**
 * "3 ids of overlay.json are not in the catalogue: a, b, c"; none where all are.
 * @param where what names them
 */
export function unknownNote(ids: readonly string[], where = OVERLAY_NAME): string[] {
  if (ids.length === 0) return []
  const many = ids.length === 1 ? '1 id' : `${ids.length} ids`
  const verb = ids.length === 1 ? 'is' : 'are'
  return [`${many} of ${where} ${verb} not in the catalogue: ${listed(ids)}`]
}

/** A catalogue with its overlay: the mistakes in it are named on the console and in `notes`. */
export function applyOverlay(overlay: Overlay, items: ItemTable) {
  const unknown = unknownIds(overlay, items.indexOf)
  const notes = [...overlay.notes, ...unknownNote(unknown)]
  for (const note of notes) console.warn(`Hearth: ${note}`)
  return {
    items: overlaidItems(items, overlay),
    overlay: { ...overlay, notes, unknown },
  }
}
