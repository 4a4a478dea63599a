/** Finds items by the words of their titles, authors, series and genres, as one types. */
import MiniSearch, { type SearchOptions, type SearchResult } from 'minisearch'
import type { ItemRecord } from '../catalogue/item-record.ts'

export interface WordHit {
  readonly row: number
  /** Higher is better; comparable within one search only. */
  readonly score: number
  /** What was typed is this item's title or one of its authors, letter for letter. */
  readonly isExact: boolean
  /** Share of the typed words that the item holds, (0, 1]. */
  readonly coverage: number
}

export interface WordIndex {
  /**
   * Best first: exact titles and authors, then items with all the words (the last may be
   * a start), then with all of them spelled nearly so, then items with some of them.
   *
   * @returns at most `count`; empty for a text without letters or digits
   */
  search(text: string, count: number): WordHit[]
}

interface Document {
  readonly id: number
  readonly title: string
  readonly authors: string
  readonly series: string
  readonly genres: string
}

/** How much a word counts where it is found: the title is what people remember. */
const FIELD_BOOSTS = { title: 4, authors: 3, series: 2, genres: 1 } as const
/** Shorter words are matched as typed: "war" is not "wag". */
const FUZZY_FROM_LETTERS = 4
/** Words before the last are whole, but long ones may still be a start: "lord of the ri". */
const PREFIX_FROM_LETTERS = 4
/** Letters that may differ, as a share of the word's length. */
const FUZZY_SHARE = 0.2

const searchOptions: SearchOptions = {
  boost: { ...FIELD_BOOSTS },
  prefix: (term, place, terms) =>
    place === terms.length - 1 || term.length >= PREFIX_FROM_LETTERS,
  combineWith: 'AND',
}

/** Each looser than the one before, tried only while hits are missing: looseness is slow. */
const LOOSER: readonly SearchOptions[] = [
  {},
  { fuzzy: (term) => (term.length >= FUZZY_FROM_LETTERS ? FUZZY_SHARE : false) },
  { combineWith: 'OR' },
]

/** Reads every record once. Accents and case do not matter. */
export function createWordIndex(
  records: Iterable<{ readonly row: number; readonly record: ItemRecord }>,
): WordIndex {
  const index = new MiniSearch<Document>({
    fields: Object.keys(FIELD_BOOSTS),
    tokenize: wordsOf,
    processTerm: (term) => term,
    searchOptions,
  })
  const exactRows = new Map<string, number[]>()
  for (const { row, record } of records) {
    index.add(toDocument(row, record))
    for (const name of new Set([record.title, ...(record.authors ?? [])].map(plain))) {
      const rows = exactRows.get(name) ?? []
      rows.push(row)
      exactRows.set(name, rows)
    }
  }
  return { search: (text, count) => searchIndex({ index, exactRows }, text, count) }
}

function searchIndex(
  {
    index,
    exactRows,
  }: {
    readonly index: MiniSearch<Document>
    readonly exactRows: ReadonlyMap<string, readonly number[]>
  },
  text: string,
  count: number,
): WordHit[] {
  const query = plain(text)
  if (query === '') return []
  const exact = new Set(exactRows.get(query))
  const hits = new Map<number, SearchResult>()
  for (const options of LOOSER) {
    if (hits.size >= count) break
    for (const hit of index.search(query, options)) {
      if (!hits.has(hit.id)) hits.set(hit.id, hit)
    }
  }
  const typed = new Set(query.split(' ')).size
  return [...hits.values()]
    .map(({ id, score, queryTerms }) => ({
      row: id as number,
      score,
      isExact: exact.has(id),
      coverage: new Set(queryTerms).size / typed,
    }))
    .sort((a, b) => Number(b.isExact) - Number(a.isExact)) // stable: strict finds before loose ones
    .slice(0, Math.max(0, count))
}

function toDocument(row: number, record: ItemRecord): Document {
  return {
    id: row,
    title: record.title,
    authors: record.authors?.join(' ') ?? '',
    series: record.series?.name ?? '',
    genres: record.genres?.join(' ') ?? '',
  }
}

/** Lower case, without accents, words separated by one space. */
function plain(text: string): string {
  return wordsOf(text).join(' ')
}

function wordsOf(text: string): string[] {
  const letters = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  // an apostrophe is part of its word: "o'brien" is one name
  return letters.replace(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? []
}
