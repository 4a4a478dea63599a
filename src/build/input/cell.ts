/** One cell of an owner's table → a value of an item or an interaction. */

/** Written for "nothing" by common exporters. */
const NOTHING = new Set(['', 'n/a', 'na', 'nan', 'none', 'null', '\\n', 'undefined'])

/** Plain text on one line, control characters out; '' when nothing is there. */
export function plainText(cell: unknown): string {
  const text = named(cell)
  if (typeof text !== 'string' && typeof text !== 'number') return ''
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

/** An array, or text split at `|`, else `;`, else `,`; doubles out, order kept. */
export function listOf(cell: unknown): string[] {
  if (Array.isArray(cell)) return distinct(cell)
  return distinct(splitText(textOf(cell) ?? '', /,/))
}

/**
 * People: like `listOf`, but a comma inside one name is no separator: `Kurt Vonnegut, Jr.`
 * and `Tolkien, J.R.R.` are one person each.
 */
export function peopleOf(cell: unknown): string[] {
  if (Array.isArray(cell)) return distinct(cell)
  const names = splitText(
    textOf(cell) ?? '',
    /,(?!\s*(?:Jr|Sr|II|III|IV|Ph\.?D|M\.?D)\b)/,
  )
  const inverted = names.length === 2 && /^\s*(\S+|(\p{L}\.\s*)+)\s*$/u.test(names[1]!)
  return distinct(inverted && !hasSplitter(cell) ? [names.join(',')] : names)
}

function hasSplitter(cell: unknown): boolean {
  return typeof cell === 'string' && /[|;]/.test(cell)
}

function splitText(text: string, comma: RegExp): string[] {
  if (text.includes('|')) return text.split('|')
  return text.includes(';') ? text.split(';') : text.split(comma)
}

function distinct(values: readonly unknown[]): string[] {
  const texts = values.map(textOf).filter((text) => text !== undefined)
  return [...new Set(texts)].filter((text) => !/^\(no .*\)$/.test(text))
}

/** Years taken for real; the first ones are before the common era. */
const MIN_YEAR = -5000
const MAX_YEAR = 2100

/** `1997`, `-400`, `1997.0`, `1997-05-01`; `'bad'` for anything else that is there. */
export function yearOf(cell: unknown): number | undefined | 'bad' {
  const text = textOf(cell)
  if (text === undefined) return undefined
  const match =
    /^(-?\d{1,4})(?:\.0+)?$/.exec(text) ?? /^(-?\d{4})-\d\d(?:-\d\d.*)?$/.exec(text)
  const year = Number(match?.[1] ?? Number.NaN)
  return year !== 0 && year >= MIN_YEAR && year <= MAX_YEAR ? year : 'bad'
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
