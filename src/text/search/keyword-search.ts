/** Finds items by the words of their titles, authors, series and genres, as one types. */
import MiniSearch, { type SearchOptions, type SearchResult } from 'minisearch'
import type { ItemRecord } from '../../pack/item.ts'

export interface WordHit {
  readonly index: number
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
   * The first 512 characters are read.
   *
   * @returns at most `count`; empty for a text without letters or digits
   */
  search(text: string, count: number): readonly WordHit[]
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
/** Share of the items' titles and names from which a word is common, as "the" is. */
const COMMON_FROM_SHARE = 0.05
/** Items below which no word can be told to be common. */
const COMMON_FROM_ITEMS = 200
/** Genres read of an item, the most specific first: the rest cost time and find little. */
const MAX_GENRES = 6
/** What a search box takes; a pasted megabyte of words would be looked up for minutes. */
const MAX_QUERY_CHARS = 512
/** Letters that may differ, as a share of the word's length. */
const FUZZY_SHARE = 0.2

const searchOptions: SearchOptions = {
  boost: { ...FIELD_BOOSTS },
  prefix: (term, place, terms) =>
    term.length >= (place === terms.length - 1 ? 2 : PREFIX_FROM_LETTERS),
  combineWith: 'AND',
}

/** Each looser than the one before, tried only while hits are missing: looseness is slow. */
const LOOSER: readonly SearchOptions[] = [
  {},
  { fuzzy: (term) => (term.length >= FUZZY_FROM_LETTERS ? FUZZY_SHARE : false) },
  { combineWith: 'OR' },
]

interface IndexParts {
  readonly miniSearch: MiniSearch<Document>
  /** Title or author, in plain words → its rows. */
  readonly exactRows: ReadonlyMap<string, readonly number[]>
  readonly isCommon: (word: string) => boolean
}

/** An index in the making, so that its maker may rest between records. */
export interface WordIndexer {
  add(item: IndexedItem): void
  done(): WordIndex
}

interface IndexedItem {
  readonly index: number
  readonly record: ItemRecord
}

/** Reads every record once. Accents and case do not matter. */
export function createWordIndex(records: Iterable<IndexedItem>): WordIndex {
  const indexer = createWordIndexer()
  for (const item of records) indexer.add(item)
  return indexer.done()
}

export function createWordIndexer(): WordIndexer {
  const miniSearch = new MiniSearch<Document>({
    fields: Object.keys(FIELD_BOOSTS),
    tokenize: (text) => text.split(' '), // documents and queries are plain words already
    processTerm: (term) => term,
    searchOptions,
  })
  const exactRows = new Map<string, number[]>()
  const holders = new Map<string, number>()
  const add = ({ index, record }: IndexedItem) => {
    const document = toDocument(index, record)
    miniSearch.add(document)
    for (const name of new Set([
      document.title,
      ...(record.authors ?? []).map(plain),
    ])) {
      const rows = exactRows.get(name) ?? []
      rows.push(index)
      exactRows.set(name, rows)
    }
    for (const word of new Set(`${document.title} ${document.authors}`.split(' '))) {
      holders.set(word, (holders.get(word) ?? 0) + 1)
    }
  }
  const done = (): WordIndex => {
    const common =
      Math.max(COMMON_FROM_ITEMS, miniSearch.documentCount) * COMMON_FROM_SHARE
    const isCommon = (word: string) => (holders.get(word) ?? 0) > common
    const parts = { miniSearch, exactRows, isCommon }
    return { search: rememberLast((text, count) => searchIndex(parts, text, count)) }
  }
  return { add, done }
}

/** A text is searched twice while it is typed: by words, and then with its meaning. */
function rememberLast(search: WordIndex['search']): WordIndex['search'] {
  let last: { text: string; count: number; hits: readonly WordHit[] } | undefined
  return (text, count) => {
    if (last?.text !== text || last.count !== count) {
      last = { text, count, hits: search(text, count) }
    }
    return last.hits
  }
}

function searchIndex(
  { miniSearch, exactRows, isCommon }: IndexParts,
  text: string,
  count: number,
): WordHit[] {
  const query = plain(text.slice(0, MAX_QUERY_CHARS))
  if (query === '') return []
  const exact = new Set(exactRows.get(query))
  const words = rareWords(query, isCommon)
  const hits = new Map<number, SearchResult>()
  for (const options of LOOSER) {
    if (hits.size >= count) break
    for (const hit of miniSearch.search(words.join(' '), options)) {
      if (!hits.has(hit.id)) hits.set(hit.id, hit)
    }
  }
  const typed = new Set(words).size
  return [...hits.values()]
    .map(({ id, score, queryTerms }) => ({
      index: id as number,
      score,
      isExact: exact.has(id),
      coverage: new Set(queryTerms).size / typed,
    }))
    .sort((a, b) => Number(b.isExact) - Number(a.isExact)) // stable: strict before loose
    .slice(0, Math.max(0, count))
}

/** The words that say something; all of them if all are common. */
function rareWords(query: string, isCommon: (word: string) => boolean): string[] {
  const words = query.split(' ')
  const idf = words.filter((word) => !isCommon(word))
  return idf.length > 0 ? idf : words
}

function toDocument(index: number, record: ItemRecord): Document {
  return {
    id: index,
    title: plain(record.title),
    authors: plain(record.authors?.join(' ') ?? ''),
    series: plain(record.series?.name ?? ''),
    genres: plain(record.genres?.slice(0, MAX_GENRES).join(' ') ?? ''),
  }
}

/** Lower case, without accents, words separated by one space. */
function plain(text: string): string {
  const letters = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  // an apostrophe is component of its word: "o'brien" is one name
  const words = letters.replace(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? []
  return words.join(' ')
}
