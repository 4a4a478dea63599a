/** One cell of an owner's table → a value of an item or an interaction. */
import { plainAddress, titleWithoutMarkup } from './markup.ts'

/** Written for "nothing" by common exporters. */
const NOTHING = new Set([
  ...['', 'n/a', 'na', 'nan', 'none', 'null', '\\n', 'undefined'],
  'nan string', // pandas' NaN, written as text
])

/** Longer texts hold something, unless they are white space. */
const MAX_NOTHING_LENGTH = 20

/** Words of ASCII with one space between: most cells, and nothing to do. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/

/** Plain text on one line, control characters out; '' when nothing is there. */
export function plainText(cell: unknown): string {
  const text = named(cell)
  if (typeof text !== 'string' && typeof text !== 'number') return ''
  if (typeof text === 'string' && CLEAN.test(text)) return text
  return wellFormed(String(text)).replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim()
}

/** `{"id": 7, "name": "Fantasy"}`, as shops export authors and genres, is its name. */
function named(cell: unknown): unknown {
  const isObject = typeof cell === 'object' && cell !== null && !Array.isArray(cell)
  return isObject ? (cell as { readonly name?: unknown }).name : cell
}

/** Halves of surrogate pairs replaced: `encodeURIComponent` throws on them. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** Like `plainText`, but undefined for '' and what exporters write for nothing. */
export function textOf(cell: unknown): string | undefined {
  const text = plainText(cell)
  return NOTHING.has(text.toLowerCase()) ? undefined : text
}

/** C0, C1 and the marks that turn the direction of text around them. */
const CONTROLS = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu

/** A string or a number as an id, exactly as written but for white space around. */
export function idOf(cell: unknown): string | undefined {
  const text = typeof cell === 'number' && !isInexact(cell) ? String(cell) : cell
  if (typeof text !== 'string') return undefined
  const id = wellFormed(text).trim()
  return id === '' ? undefined : id
}

/** A JSON number of more digits than numbers keep: two ids could become one. */
export function isInexact(cell: unknown): boolean {
  return typeof cell === 'number' && Math.abs(cell) > Number.MAX_SAFE_INTEGER
}

/** Holds something, but nothing a text or a list can be read from. */
export function isUnreadable(cell: unknown): boolean {
  if (cell === undefined || cell === null || typeof cell === 'string') return false
  const cells = Array.isArray(cell) ? cell : [cell]
  return cells.some((one) => one !== null && one !== '' && plainText(one) === '')
}

/**
 * An array, or text split at `|`, else `;`, else `,`; doubles out, order kept. A list
 * written as JSON or Python (`['Drama', 'War']`) is read as such; `&amp;` is decoded
 * before anything is split at their `;`.
 */
export function listOf(cell: unknown): string[] {
  return distinct(listed(cell) ?? splitText(plainOf(cell), /,/))
}

/**
 * People: like `listOf`, but a comma inside one name is no separator: `Kurt Vonnegut, Jr.`
 * and `Tolkien, J.R.R.` are one person each, and so is `Acme, Inc.`
 */
export function peopleOf(cell: unknown): string[] {
  return namesIn(cell).filter((name) => !NO_PERSON.test(name))
}

/** What catalogues write where no one is known; `Anonymous` and `Various` stay, as credits. */
const NO_PERSON =
  /^[([]?(?:unknown(?: (?:author|artist|creator|director|designer|brand|vendor|maker|manufacturer|publisher))?|n\/a|[-\u2010-\u2015]+)[)\]]?$/i

function namesIn(cell: unknown): string[] {
  const list = listed(cell)
  if (list) return distinct(list)
  const text = plainOf(cell)
  const names = splitText(
    text,
    /,(?!\s*(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D|Inc|Ltd|LLC|Co)\b)/,
  )
  const inverted = names.length === 2 && /^\s*(\S+|(\p{L}\.\s*)+)\s*$/u.test(names[1]!)
  return distinct(inverted && !/[|;]/.test(text) ? [names.join(',')] : names)
}

function plainOf(cell: unknown): string {
  return titleWithoutMarkup(textOf(cell) ?? '')
}

function splitText(text: string, comma: RegExp): string[] {
  if (text.includes('|')) return text.split('|')
  return text.includes(';') ? text.split(';') : text.split(comma)
}

/** The elements of an array, also of one written as text. */
function listed(cell: unknown): readonly unknown[] | undefined {
  if (Array.isArray(cell)) return cell
  if (typeof cell !== 'string' || !/^\s*\[.*\]\s*$/s.test(cell)) return undefined
  const json = parsed(cell)
  return Array.isArray(json) ? json : fromPython(cell)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // text that only begins as JSON does
  }
}

const QUOTED = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g
const NAMED = /['"]name['"]:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g

/** The texts of a list as Python prints it; of its dictionaries, their names. */
function fromPython(text: string): string[] | undefined {
  const found = [...text.matchAll(text.includes('{') ? NAMED : QUOTED)]
  if (found.length === 0) return undefined
  return found.map(([, a, b]) => (a ?? b ?? '').replace(/\\(.)/g, '$1'))
}

function distinct(values: readonly unknown[]): string[] {
  const texts = values.map(textOf).filter((text) => text !== undefined)
  const plain = texts.map((text) => titleWithoutMarkup(text).trim())
  return [...new Set(plain)].filter((text) => text !== '' && !/^\(no .*\)$/.test(text))
}

/** Fields an object with an address keeps it in, as shops and feeds export pictures. */
const ADDRESS_FIELDS = ['src', 'url', 'href', 'link', 'original', 'large', 'contentUrl']
/** Where a second address begins in a text that lists several. */
const NEXT_ADDRESS = /\s*[,|;]\s*(?=https?:\/\/)/i

/** Bytes written as digits, as databases export pictures they hold. */
const HEX = /^(?:0x|\\x)?[0-9a-f]{128,}$/i

/** The first address of a text, an object (`{src}`, `{url}`) or a list of either. */
export function addressOf(cell: unknown): string | undefined {
  const list = listed(cell)
  if (list) return list.map(addressOf).find((address) => address !== undefined)
  if (typeof cell === 'object' && cell !== null) {
    const fields = cell as Readonly<Record<string, unknown>>
    return ADDRESS_FIELDS.map((name) => addressOf(fields[name])).find(
      (address) => address !== undefined,
    )
  }
  const text = textOf(cell)
  if (text === undefined || HEX.test(text)) return undefined
  return plainAddress(text.split(NEXT_ADDRESS)[0]!)
}

/** `//cdn.shop.example/a.jpg`: by the scheme of the page, as shops write pictures. */
const NO_SCHEME = /^\/\/[\w-]+(?:\.[\w-]+)+(?:[:/?]|$)/

/** The address of a picture, with a scheme where it has a host. */
export function pictureOf(cell: unknown): string | undefined {
  const address = addressOf(cell)
  return address !== undefined && NO_SCHEME.test(address) ? `https:${address}` : address
}

/** Holds nothing: also what exporters write for nothing. */
export function isEmpty(cell: unknown): boolean {
  if (cell === undefined || cell === null) return true
  if (Array.isArray(cell)) return cell.every(isEmpty)
  if (typeof cell !== 'string') return false
  return cell.length > MAX_NOTHING_LENGTH
    ? cell.trim() === ''
    : NOTHING.has(cell.trim().toLowerCase())
}

/** A finite number, or NaN. */
export function numberOf(cell: unknown): number {
  if (typeof cell === 'number') return cell
  const text = textOf(cell)
  const value = text === undefined ? Number.NaN : Number(text)
  return Number.isFinite(value) ? value : Number.NaN
}

/** Seconds up to here (the year 5138), milliseconds above (1973 on). */
const MAX_SECONDS = 1e11
const ISO_TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/

/** Unix seconds, Unix ms or ISO 8601 (UTC unless it has a zone) → Unix ms, or NaN. */
export function timeOf(cell: unknown): number {
  const number = numberOf(cell)
  if (number > 0) return number < MAX_SECONDS ? Math.round(number * 1000) : number
  const match = ISO_TIME.exec(textOf(cell) ?? '')
  if (!match) return Number.NaN
  const [, date, clock = '00:00', zone = 'Z'] = match
  return Date.parse(`${date}T${clock}${zone === 'UTC' ? 'Z' : zone}`)
}
