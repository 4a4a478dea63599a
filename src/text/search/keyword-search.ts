/** Keyword search: items by the words of their titles, authors, series and genres, as one types. */
import MiniSearch, { type SearchOptions, type SearchResult } from 'minisearch'
import type { ItemRecord } from '../../pack/item.ts'
import { LAST_LETTERS, plain, UNSPACED } from './plain-words.ts'

export interface KeywordHit {
  readonly index: number
  /** Higher is better; comparable within one search only. */
  readonly score: number
  /** The typed text is this item's title or one of its authors, letter for letter. */
  readonly isExact: boolean
  /** Share of the typed words that the item holds, (0, 1]. */
  readonly coverage: number
}

export interface KeywordIndex {
  /**
   * Best first: exact titles and authors, then items with all the words (the last one may
   * be unfinished), then with all of them nearly so spelled, then items with some of them.
   *
   * The first 512 characters are read.
   *
   * @returns at most `count`; empty for a text without letters or digits
   */
  search(text: string, count: number): readonly KeywordHit[]
}

interface Document {
  readonly id: number
  readonly title: string
  readonly authors: string
  readonly series: string
  readonly genres: string
}

/** Weight of a word by the field it is found in: the title is what people remember. */
const FIELD_BOOSTS = { title: 4, authors: 3, series: 2, genres: 1 } as const
/** Shorter words are matched as typed: "war" is not "wag". */
const FUZZY_FROM_LETTERS = 4
/** The last word may be unfinished from 2 letters on ("lord of the ri"), others from these. */
const PREFIX_FROM_LETTERS = 4
/** Share of the items' titles and names from which a word is common, as "the" is. */
const COMMON_FROM_SHARE = 0.05
/** Fewer items than this are counted as this many: a few titles make no word common. */
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
    term.length >= (place === terms.length - 1 ? 2 : PREFIX_FROM_LETTERS) ||
    UNSPACED.test(term),
  combineWith: 'AND',
}

/** Each looser than the one before, tried only while hits are missing: looser is slower. */
const LOOSER: readonly SearchOptions[] = [
  {},
  { fuzzy: (term) => (term.length >= FUZZY_FROM_LETTERS ? FUZZY_SHARE : false) },
  { combineWith: 'OR' },
]

interface IndexParts {
  readonly miniSearch: MiniSearch<Document>
  /** Title or author, in plain words → item indices. */
  readonly itemsByName: ReadonlyMap<string, readonly number[]>
  readonly isCommon: (word: string) => boolean
  /** Whether a title or a name holds the word. */
  readonly isKnown: (word: string) => boolean
}

/** An index in the making, so that its maker may pause between records. */
interface KeywordIndexer {
  add(item: IndexedItem): void
  done(): KeywordIndex
}

interface IndexedItem {
  readonly index: number
  readonly record: ItemRecord
}

/** Reads every record once. Accents and case do not matter. */
export function createKeywordIndex(records: Iterable<IndexedItem>): KeywordIndex {
  const indexer = createKeywordIndexer()
  for (const item of records) indexer.add(item)
  return indexer.done()
}

export function createKeywordIndexer(): KeywordIndexer {
  const miniSearch = new MiniSearch<Document>({
    fields: Object.keys(FIELD_BOOSTS),
    tokenize: (text) => text.split(' '), // documents and queries are plain words already
    processTerm: (term) => term,
    searchOptions,
  })
  const itemsByName = new Map<string, number[]>()
  const holders = new Map<string, number>()
  const add = ({ index, record }: IndexedItem) => {
    const document = toDocument(index, record)
    miniSearch.add(document)
    for (const name of new Set([
      plain(record.title),
      ...(record.authors ?? []).map(plain),
    ])) {
      const indices = itemsByName.get(name) ?? []
      indices.push(index)
      itemsByName.set(name, indices)
    }
    for (const word of new Set(`${document.title} ${document.authors}`.split(' '))) {
      holders.set(word, (holders.get(word) ?? 0) + 1)
    }
  }
  const done = (): KeywordIndex => {
    const common =
      Math.max(COMMON_FROM_ITEMS, miniSearch.documentCount) * COMMON_FROM_SHARE
    const isCommon = (word: string) => (holders.get(word) ?? 0) > common
    const isKnown = (word: string) => holders.has(word)
    const parts = { miniSearch, itemsByName, isCommon, isKnown }
    return { search: rememberLast((text, count) => searchIndex(parts, text, count)) }
  }
  return { add, done }
}

/** A text is searched twice while it is typed: by keywords, then with its meaning too. */
function rememberLast(search: KeywordIndex['search']): KeywordIndex['search'] {
  let last: { text: string; count: number; hits: readonly KeywordHit[] } | undefined
  return (text, count) => {
    if (last?.text !== text || last.count !== count) {
      last = { text, count, hits: search(text, count) }
    }
    return last.hits
  }
}

function searchIndex(
  { miniSearch, itemsByName, isCommon, isKnown }: IndexParts,
  text: string,
  count: number,
): KeywordHit[] {
  const query = plain(text.slice(0, MAX_QUERY_CHARS))
  if (query === '') return []
  const exact = new Set(itemsByName.get(query))
  const words = rareWords(query, isCommon)
  const hits = new Map<number, SearchResult>()
  const add = (typed: readonly string[], options: SearchOptions) => {
    if (hits.size >= count) return
    for (const hit of miniSearch.search(typed.join(' '), options)) {
      if (!hits.has(hit.id)) hits.set(hit.id, hit)
    }
  }
  const [strict, ...looser] = LOOSER
  add(words, strict!)
  const swapped = words.map((word) => (isKnown(word) ? word : swapOf(word, isKnown)))
  if (swapped.some((word, place) => word !== words[place])) add(swapped, strict!)
  for (const options of looser) add(words, options)
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

/**
 * The word with two neighbouring letters swapped, where that is a known one: "tolkein" is
 * Tolkien. Two letters differ then, more than a word may be misspelled by.
 */
function swapOf(word: string, isKnown: IndexParts['isKnown']): string {
  if (word.length < FUZZY_FROM_LETTERS) return word
  for (let at = 0; at + 1 < word.length; at++) {
    const swapped = `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`
    if (isKnown(swapped)) return swapped
  }
  return word
}

/** The words that tell items apart; all of them if all are common. */
function rareWords(query: string, isCommon: (word: string) => boolean): string[] {
  const words = query.split(' ')
  const rare = words.filter((word) => !isCommon(word))
  return rare.length > 0 ? rare : words
}

function toDocument(index: number, record: ItemRecord): Document {
  return {
    id: index,
    title: indexed(record.title),
    authors: indexed(record.authors?.join(' ') ?? ''),
    series: indexed(record.series?.name ?? ''),
    genres: indexed(record.genres?.slice(0, MAX_GENRES).join(' ') ?? ''),
  }
}

/** With the last letter of each run, which no pair begins with: it may be typed alone. */
function indexed(text: string): string {
  const words = plain(text)
  if (!UNSPACED.test(words)) return words
  const last = text.match(LAST_LETTERS) ?? []
  return `${words} ${plain(last.join(' . '))}`
}
