/** What a visitor's own export holds, whatever service it is of: one entry a thing and what was done. */

/**
 * What was done with it:
 *   rated      given stars
 *   liked      given a heart
 *   finished   read, watched or played to its end
 *   opened     begun, or kept as an address
 *   used       time was spent with it; `seconds`
 *   wanted     on a list for later
 *   dismissed  given up or refused
 */
export type HistoryKind =
  | 'rated'
  | 'liked'
  | 'finished'
  | 'opened'
  | 'used'
  | 'wanted'
  | 'dismissed'

/** Names of things that mean the same everywhere. Each a string without spaces. */
export interface KnownIds {
  /** 13 digits, whichever form the file has. */
  readonly isbn?: string
  /** `tt0111161` */
  readonly imdb?: string
  /** Number of a film or of a show, which count by themselves: `movie/278`, `tv/1396`. */
  readonly tmdb?: string
  readonly steam?: string
  readonly movielens?: string
  readonly goodreads?: string
  /** Lower case. */
  readonly doi?: string
}
export type IdSpace = keyof KnownIds

/** One thing of a visitor's history. Plain text, nothing of it is trusted. */
export interface HistoryEntry {
  /** Empty where the file has ids or an address alone. */
  readonly title: string
  /** Authors, directors, artists; empty where the file names none. */
  readonly makers: readonly string[]
  readonly year?: number
  readonly ids: KnownIds
  /** Absolute. */
  readonly url?: string
  readonly kind: HistoryKind
  /** `rated`: 1–5, halves allowed. */
  readonly stars?: number
  /** `used`: > 0, at most a day. */
  readonly seconds?: number
  /** Unix ms; absent where the file has no date. */
  readonly at?: number
  /** Line of the file, from 1; of a JSON file the place in its list. */
  readonly line: number
}

/** Lines that could not be used, by reason. */
export interface SkippedLines {
  readonly why: string
  readonly count: number
  /** The first ones, at most `MAX_LINES_NAMED`. */
  readonly lines: readonly number[]
}

/** A file as it was understood. */
export interface History {
  /** `Goodreads`; `a table` for one of no service known. */
  readonly source: string
  readonly entries: readonly HistoryEntry[]
  readonly skipped: readonly SkippedLines[]
}

/** Lines named a reason. */
const MAX_LINES_NAMED = 5

/** Counts lines left out, by reason. */
export class SkipLog {
  readonly #byReason = new Map<string, { count: number; lines: number[] }>()

  add(why: string, line: number) {
    const known = this.#byReason.get(why) ?? { count: 0, lines: [] }
    this.#byReason.set(why, known)
    known.count++
    if (known.lines.length < MAX_LINES_NAMED) known.lines.push(line)
  }

  list(): readonly SkippedLines[] {
    return Array.from(this.#byReason, ([why, { count, lines }]) => ({
      ...{ why, count, lines },
    }))
  }
}

/** What two entries on one thing share; their addresses may differ, as a diary's do. */
function identityOf(entry: HistoryEntry): string {
  const { title, makers, year, ids, url, kind } = entry
  if (title !== '') return JSON.stringify([kind, title, makers[0], year])
  return JSON.stringify([kind, ids, url])
}

/**
 * Each thing once a kind, with its newest entry; a thing that was rated is not listed as
 * finished too, as the rating implies it.
 */
export function withoutRepeats(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const newest = new Map<string, HistoryEntry>()
  for (const entry of entries) {
    const key = identityOf(entry)
    const known = newest.get(key)
    if (!known || (entry.at ?? 0) > (known.at ?? 0)) newest.set(key, entry)
  }
  const isRated = (entry: HistoryEntry) =>
    newest.has(identityOf({ ...entry, kind: 'rated' }))
  return [...newest.values()].filter(
    (entry) => entry.kind !== 'finished' || !isRated(entry),
  )
}

/**
 * An ISBN in the form of 13 digits: `0-306-40615-2` and `978-0306406157` are one.
 * @returns undefined for what is none, by its check digit
 */
export function isbn13(text: string): string | undefined {
  const digits = text.replace(/[^0-9Xx]/g, '').toUpperCase()
  if (/^97[89]\d{10}$/.test(digits)) {
    return checkDigit13(digits.slice(0, 12)) === digits[12] ? digits : undefined
  }
  if (!/^\d{9}[\dX]$/.test(digits)) return undefined
  let sum = 0
  for (let i = 0; i < 10; i++)
    sum += (10 - i) * (digits[i] === 'X' ? 10 : Number(digits[i]))
  if (sum % 11 !== 0) return undefined
  const body = `978${digits.slice(0, 9)}`
  return body + checkDigit13(body)
}

function checkDigit13(body: string): string {
  let sum = 0
  for (let i = 0; i < 12; i++) sum += Number(body[i]) * (i % 2 === 0 ? 1 : 3)
  return String((10 - (sum % 10)) % 10)
}

/** The ids that an address of a known site holds. */
export function idsOfUrl(url: string): KnownIds {
  for (const [space, pattern] of ADDRESSES) {
    const id = pattern.exec(url)?.[1]
    if (id === undefined) continue
    return {
      [space]: space === 'doi' ? decodeURIComponentSafely(id).toLowerCase() : id,
    }
  }
  return {}
}

/** Addresses of the sites that own an id space. */
const ADDRESSES: readonly (readonly [IdSpace, RegExp])[] = [
  ['imdb', /\bimdb\.com\/(?:[a-z]{2}\/)?title\/(tt\d{5,10})\b/],
  ['tmdb', /\bthemoviedb\.org\/((?:movie|tv)\/\d+)/],
  ['steam', /\bstore\.steampowered\.com\/app\/(\d+)/],
  ['movielens', /\bmovielens\.org\/movies\/(\d+)/],
  ['goodreads', /\bgoodreads\.com\/(?:[a-z]{2}\/)?book\/show\/(\d+)/],
  ['doi', /\bdoi\.org\/(10\.\d{4,9}\/[^\s?#]+)/],
]

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray percent sign
  }
}
