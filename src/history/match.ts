/**
 * Entries of a history → items of the catalogue: by ids, then by title and maker or year, then
 * by titles that are nearly the same. Each match states how sure it is and why.
 */

import type { ItemTable } from '../pack/items.ts'
import {
  type CatalogueIndex,
  type CatalogueIndexOptions,
  createCatalogueIndex,
  type IndexedItem,
} from './catalogue-index.ts'
import type { HistoryEntry } from './entry.ts'
import { makersAgree, titleKeys, titleLikeness, titleWords } from './names.ts'

/**
 * Why an entry is taken for an item:
 *   id            both have one id of the same kind, and titles that do not contradict it
 *   address       both have one address
 *   title-maker   title and maker
 *   title-year    title and year, at most one apart
 *   title         the title alone, which is long and no other item's
 *   short-title   the title alone, which is short
 *   part-title    the title alone, up to its subtitle, or one that several items have
 *   near-title    nearly the title, and the maker or the year
 *   other-title   one id, but titles that have nothing in common
 *   number        a bare number that is an item's id here; there is no title to check it by
 */
export type MatchReason =
  | 'id'
  | 'address'
  | 'title-maker'
  | 'title-year'
  | 'title'
  | 'short-title'
  | 'part-title'
  | 'near-title'
  | 'other-title'
  | 'number'

export interface Match {
  readonly entry: HistoryEntry
  /** The item's index. */
  readonly index: number
  /** False: to be shown, not taken for granted. */
  readonly isSure: boolean
  readonly why: MatchReason
}

export interface Matches {
  readonly matched: readonly Match[]
  readonly unmatched: readonly HistoryEntry[]
}

export interface MatchOptions extends CatalogueIndexOptions {
  /** Lets calls that wait go first, in the middle of long work. Default: nothing waits. */
  readonly pause?: (() => Promise<void>) | undefined
}

/** Entries or items worked through between two pauses. */
const AT_ONCE = 2_000

/** Matches every entry; each gets one item at most. Linear in items and entries. */
export async function matchHistory(
  entries: readonly HistoryEntry[],
  items: ItemTable,
  { pause, ...options }: MatchOptions = {},
): Promise<Matches> {
  const catalogue = createCatalogueIndex(options)
  for (let index = 0; index < items.count; index++) {
    catalogue.add(index, items.record(index))
    if ((index + 1) % AT_ONCE === 0) await pause?.()
  }
  const matched: Match[] = []
  const unmatched: HistoryEntry[] = []
  for (const [at, entry] of entries.entries()) {
    const match = matchOf(entry, catalogue)
    if (match) matched.push(match)
    else unmatched.push(entry)
    if ((at + 1) % AT_ONCE === 0) await pause?.()
  }
  return withNumbers({ matched, unmatched }, items)
}

type Found = Omit<Match, 'entry'>

function matchOf(entry: HistoryEntry, catalogue: CatalogueIndex): Match | undefined {
  const ided = byId(entry, catalogue)
  const titled = ided?.isSure
    ? undefined
    : (byTitle(entry, catalogue) ?? byNearTitle(entry, catalogue))
  // an id that the titles contradict is worth less than a title that is certain
  const found = ided && !titled?.isSure ? ided : titled
  return found && { entry, ...found }
}

/** Below this two titles of one id contradict each other: a translation is asked about. */
const LOOSE_LIKENESS = 0.25

function byId(entry: HistoryEntry, catalogue: CatalogueIndex): Found | undefined {
  const known = catalogue.ofIds(entry.ids) ?? catalogue.ofAddress(entry.url)
  if (!known) return undefined
  const { item, by } = known
  const isLoose = by === 'address' || isLooselyTitled(entry.title, item.title)
  return {
    index: item.index,
    isSure: isLoose,
    why: isLoose ? by : 'other-title',
  }
}

function isLooselyTitled(a: string, b: string): boolean {
  if (a === '') return true
  const [one, other] = [titleKeys(a), titleKeys(b)]
  if (one.main === other.main || one.full === other.main || one.main === other.full)
    return true
  return titleLikeness(titleWords(a), titleWords(b)) >= LOOSE_LIKENESS
}

/** How an item of the same title stands to an entry. */
type Standing = 'maker' | 'year' | 'unknown' | 'other'

/** Years a film may be apart: festivals come before cinemas. */
const MAX_YEARS_APART = 1

function standingOf(entry: HistoryEntry, item: IndexedItem): Standing {
  if (entry.makers.length > 0 && item.makers.length > 0) {
    return makersAgree(entry.makers, item.makers) ? 'maker' : 'other'
  }
  if (entry.year === undefined || item.year === undefined) return 'unknown'
  return Math.abs(entry.year - item.year) <= MAX_YEARS_APART ? 'year' : 'other'
}

function byTitle(entry: HistoryEntry, catalogue: CatalogueIndex): Found | undefined {
  if (entry.title === '') return undefined
  const keys = titleKeys(entry.title)
  const ways: readonly (readonly [readonly IndexedItem[], boolean])[] = [
    [catalogue.ofFull(keys.full), true],
    [catalogue.ofMain(keys.full), false],
    [keys.main === keys.full ? [] : catalogue.ofFull(keys.main), false],
    [keys.main === keys.full ? [] : catalogue.ofMain(keys.main), false],
  ]
  for (const [items, isFull] of ways) {
    const found = amongTitled(entry, {
      items,
      isFull,
      key: isFull ? keys.full : keys.main,
    })
    if (found) return found
  }
  return undefined
}

interface Titled {
  readonly items: readonly IndexedItem[]
  /** The titles are equal with their subtitles. */
  readonly isFull: boolean
  readonly key: string
}

function amongTitled(
  entry: HistoryEntry,
  { items, isFull, key }: Titled,
): Found | undefined {
  const by = (wanted: Standing) =>
    items.filter((item) => standingOf(entry, item) === wanted)
  const ofMaker = by('maker')
  if (ofMaker.length > 0) {
    const best = nearestYear(entry, ofMaker)
    // several of one maker share the title before the colon: volumes of a series
    return {
      index: best.index,
      isSure: isFull || ofMaker.length === 1,
      why: 'title-maker',
    }
  }
  const ofYear = by('year')
  if (ofYear.length > 0) {
    const best = nearestYear(entry, ofYear)
    return {
      index: best.index,
      isSure: isFull && ofYear.length === 1,
      why: 'title-year',
    }
  }
  const unknown = by('unknown')
  if (unknown.length === 0) return undefined
  if (!isFull && unknown.length > 1) return undefined
  const { index } = unknown[0]!
  if (!isFull || unknown.length > 1) return { index, isSure: false, why: 'part-title' }
  const isRare = items.length === 1 && isLong(key)
  return { index, isSure: isRare, why: isRare ? 'title' : 'short-title' }
}

/** The lowest index where years do not tell: catalogues begin with what is best known. */
function nearestYear(
  { year }: HistoryEntry,
  items: readonly IndexedItem[],
): IndexedItem {
  const apart = (item: IndexedItem) =>
    year === undefined || item.year === undefined ? 1000 : Math.abs(year - item.year)
  return items.reduce((best, item) => (apart(item) < apart(best) ? item : best))
}

/** Titles that no other thing is likely to have: three words and 14 letters. */
const RARE_WORDS = 3
const RARE_LETTERS = 14

function isLong(key: string): boolean {
  return key.length >= RARE_LETTERS && key.split(' ').length >= RARE_WORDS
}

/** From here on nearly equal titles of one maker are asked about. */
const MIN_LIKENESS = 0.5
/** From here on they are taken for one: `Philosopher's` and `Sorcerer's Stone` have .75. */
const SURE_LIKENESS = 0.85
/** Without a maker more has to be the same. */
const MIN_LIKENESS_BY_YEAR = 0.75

function byNearTitle(
  entry: HistoryEntry,
  catalogue: CatalogueIndex,
): Found | undefined {
  if (entry.title === '') return undefined
  const words = titleWords(titleKeys(entry.title).full)
  const hasMaker = entry.makers.length > 0
  const least = hasMaker ? MIN_LIKENESS : MIN_LIKENESS_BY_YEAR
  const wanted: Standing = hasMaker ? 'maker' : 'year'
  let best: IndexedItem | undefined
  let likeness = 0
  let second = 0
  const near = hasMaker ? catalogue.ofMakers(entry.makers) : catalogue.ofWords(words)
  for (const item of near) {
    if (standingOf(entry, item) !== wanted) continue
    const own = titleLikeness(words, item.words)
    if (own > likeness) [best, second, likeness] = [item, likeness, own]
    else second = Math.max(second, own)
  }
  if (!best || likeness < least || likeness === second) return undefined
  const isSure = hasMaker && likeness >= SURE_LIKENESS
  return { index: best.index, isSure, why: 'near-title' }
}

/** Of the bare numbers of a file, as many have to be ids here. */
const NUMBER_SHARE = 0.95

/**
 * Ratings of MovieLens have a number and nothing else. Where nearly all of them are ids of
 * this catalogue it may be theirs: shown, and never taken for granted.
 */
function withNumbers({ matched, unmatched }: Matches, items: ItemTable): Matches {
  const bare = unmatched.filter(({ title, ids }) => title === '' && ids.movielens)
  const found = bare.flatMap((entry): Match[] => {
    const index = items.indexOf(entry.ids.movielens ?? '')
    return index === undefined ? [] : [{ entry, index, isSure: false, why: 'number' }]
  })
  if (found.length === 0 || found.length < bare.length * NUMBER_SHARE) {
    return { matched, unmatched }
  }
  const taken = new Set(found.map(({ entry }) => entry))
  return {
    matched: [...matched, ...found],
    unmatched: unmatched.filter((entry) => !taken.has(entry)),
  }
}
