/** How the export of one service is known and read. */

import type { HistoryEntry, HistoryKind, KnownIds, SkipLog } from '../entry.ts'
import { isbn13 } from '../entry.ts'
import type { Row } from '../table.ts'

/** What a row gives; the rest is filled in by `entryOf`. */
export type Draft = Partial<HistoryEntry> & Pick<HistoryEntry, 'kind'>

/** One file of an export, and what other files of its archive tell. */
export interface ExportFile {
  /** Of the file in its archive, lower case. */
  readonly name: string
  readonly rows: readonly Row[]
  readonly skips: SkipLog
  /** MovieLens: titles and ids by `movieId`, from the other files of its archive. */
  readonly films: ReadonlyMap<string, Pick<Draft, 'title' | 'year' | 'ids'>>
}

export interface Service {
  readonly name: string
  /** Columns that are all there, in one of these ways. */
  readonly has: readonly (readonly string[])[]
  /** Only where there are no other columns. */
  readonly isExact?: boolean
  /** Reads a whole file. @throws HearthError `bad-profile` for one that is not a visitor's own */
  read(file: ExportFile): readonly HistoryEntry[]
}

/** Longest title kept, in characters: a longer cell is a text, or an attack. */
const MAX_TITLE_LENGTH = 500
/** Names taken of a list of makers. */
const MAX_MAKERS = 20

/**
 * A draft as an entry.
 * @returns undefined, with the reason counted, for one that names nothing
 */
export function entryOf(
  { line }: Pick<Row, 'line'>,
  draft: Draft,
  skips: SkipLog,
): HistoryEntry | undefined {
  const { title = '', makers = [], ids = {}, url, ...rest } = draft
  const plain = title.replace(/\s+/g, ' ').trim()
  if (plain.length > MAX_TITLE_LENGTH) {
    skips.add(`a title of more than ${MAX_TITLE_LENGTH} characters`, line)
    return undefined
  }
  if (plain === '' && !url && Object.keys(ids).length === 0) {
    skips.add('no title', line)
    return undefined
  }
  const named = makers.map((maker) => maker.trim()).filter((maker) => maker !== '')
  return {
    ...{ title: plain, makers: named.slice(0, MAX_MAKERS), ids, line },
    ...(url ? { url } : {}),
    ...withoutAbsent(rest),
  }
}

type Rest = Omit<Draft, 'title' | 'makers' | 'ids' | 'url' | 'line'>

function withoutAbsent(rest: Rest): Rest {
  const known = Object.entries(rest).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known) as unknown as Rest
}

/** A service whose rows are entries, each by itself; a text is the reason for leaving one out. */
export function eachRow(
  read: (row: Row, file: ExportFile) => Draft | string,
): Service['read'] {
  return (file) =>
    file.rows.flatMap((row) => {
      const draft = read(row, file)
      if (typeof draft !== 'string') return entryOf(row, draft, file.skips) ?? []
      file.skips.add(draft, row.line)
      return []
    })
}

// Cells of many services.

/** @returns undefined for what is no number above 0 */
export function positiveOf(text: string): number | undefined {
  const value = Number(text.replace(',', '.'))
  return text !== '' && Number.isFinite(value) && value > 0 ? value : undefined
}

/** @returns a year from 1 to 2100 */
export function yearOf(text: string): number | undefined {
  const found = /^-?\d{1,4}(?=$|[-/.])/.exec(text)?.[0]
  const year = Number(found)
  return found && year > 0 && year <= 2100 ? year : undefined
}

/**
 * A rating out of `scale` as stars from 1 to 5; halves stay.
 * @returns undefined for none: empty, 0, or out of the scale
 */
export function starsOf(text: string, scale: 5 | 10 | 100): number | undefined {
  const value = positiveOf(text)
  if (value === undefined || value > scale) return undefined
  return Math.max(1, (value * 5) / scale)
}

/** Names divided by `;`, `|` or, where there is none of them, by commas. */
export function namesOf(text: string): string[] {
  return text.split(/[;|]/.test(text) ? /[;|]/ : /,/).map((name) => name.trim())
}

/** Ids by space, without those that are none. */
export function idsOf(
  given: { readonly [S in keyof KnownIds]?: string | undefined },
): KnownIds {
  const known: Record<string, string> = {}
  for (const [space, text = ''] of Object.entries(given)) {
    const id = FORMS[space as keyof KnownIds](text.trim())
    if (id !== undefined) known[space] = id
  }
  return known
}

const numberId = (text: string) =>
  /^\d{1,10}$/.test(text) && text !== '0' ? text : undefined

const FORMS: Readonly<Record<keyof KnownIds, (text: string) => string | undefined>> = {
  isbn: isbn13,
  imdb: (text) => {
    if (/^tt\d{5,10}$/.test(text)) return text
    return /^\d{5,9}$/.test(text) ? `tt${text.padStart(7, '0')}` : undefined
  },
  tmdb: (text) => (/^(?:movie|tv)\/\d+$/.test(text) ? text : undefined),
  steam: numberId,
  movielens: numberId,
  goodreads: numberId,
  doi: (text) => /10\.\d{4,9}\/\S+/.exec(text.toLowerCase())?.[0],
}

/** What the shelf or status of a list stands for; undefined for a word of the visitor's own. */
export function kindOfStatus(status: string): HistoryKind | undefined {
  const word = status.toLowerCase().replace(/[^\p{L}]/gu, '')
  for (const [kind, words] of STATUS_WORDS) if (words.includes(word)) return kind
  return undefined
}

const STATUS_WORDS: readonly (readonly [HistoryKind, readonly string[]])[] = [
  [
    'finished',
    [
      'read',
      'finished',
      'completed',
      'complete',
      'watched',
      'played',
      'done',
      'beaten',
    ],
  ],
  [
    'wanted',
    [
      'toread',
      'wanttoread',
      'towatch',
      'plantowatch',
      'plantoread',
      'watchlist',
      'wishlist',
      'wanted',
      'backlog',
      'toplay',
      'want',
      'tbr',
      'planned',
    ],
  ],
  [
    'opened',
    [
      'currentlyreading',
      'reading',
      'watching',
      'currentlywatching',
      'playing',
      'inprogress',
      'started',
      'onhold',
      'paused',
    ],
  ],
  [
    'dismissed',
    [
      'didnotfinish',
      'dnf',
      'abandoned',
      'dropped',
      'gaveup',
      'notinterested',
      'retired',
    ],
  ],
  ['liked', ['favorite', 'favorites', 'favourite', 'favourites', 'loved', 'liked']],
]
