/**
 * What one list may hold: so many of a maker, one edition of a thing, one volume of a series
 * (two of one begun, in order), and those that are due. The scores stay as they are; an item that a list does not
 * admit is passed over.
 */
import type { ItemRecord } from '../pack/item.ts'
import type { Pack } from '../pack/pack.ts'
import type { Rules } from '../pack/rules.ts'
import { indexAttributes } from './attributes.ts'
import { editionOf } from './editions.ts'
import { createSeriesOrder, type IsDue, type SeriesProgress } from './series-order.ts'

/** Counts what a list holds already. */
export interface Counter {
  /** Whether the list may hold this item too. */
  admits(index: number): boolean
  take(index: number): void
}

/** A counter of one list that a list can be tried with. */
export interface Limiter extends Counter {
  /** Whether a list may hold the item that is empty yet: quick, to be asked of many. */
  admitsEver(index: number): boolean
  /** The same counts, counted apart from now on. */
  copy(): Limiter
  /** The same counts without Hearth's own limit of makers: what fills a list that it leaves short. */
  loosened(): Limiter
}

/** What makes limiters for the lists of one call; see `createListLimits`. */
export type MakeLimiter = (options: {
  /** Items that the list will have at most: a longer one holds more of a maker. */
  readonly count: number
  /** Items of one maker at most. Default: by the list's length. */
  readonly perMaker?: number | undefined
}) => Limiter

/** Volumes of a series begun in one list: who reads on wants the next, and the one after it. */
const MAX_OF_BEGUN = 2
/** A list is meant for this many makers at least. */
const MAKERS = 6
/** From so many things of one maker liked on, the maker is asked for. */
const FAN_LIKES = 3
/** How much of a list a maker takes who is all that is liked: as much again is left to find. */
const FAN_SHARE = 0.5

interface Facts {
  readonly makers: readonly string[]
  /** Of each maker, the share of the catalogue that is theirs; 0 for a small one. */
  readonly shares: readonly number[]
  readonly category: string | undefined
  /** Whether the catalogue itself groups the item. */
  readonly isGrouped: boolean
  readonly series: string | undefined
}

export interface Visitor {
  /** Of the visitor: series are in order by it, and other editions of it are not shown. */
  readonly history: readonly {
    readonly index: number
    readonly kind?: string
  }[]
  /** Item indices whose other editions are not shown either: what a page has shown before. */
  readonly shown?: Iterable<number>
  readonly limits?: Pick<Rules, 'maxPerAuthor' | 'maxPerCategory' | 'onePerGroup'>
}

/**
 * Once a catalogue: facts are read as they are asked for, and kept.
 *
 * @returns visitor → what makes the limiters of their lists
 */
export function createListLimits(
  pack: Pick<Pack, 'attributes' | 'itemCount'>,
  record: (index: number) => ItemRecord,
): (visitor: Visitor) => ListLimits {
  const known: Facts[] = []
  /** Apart from the rest: reading a title costs more than all of it, and few are asked for. */
  const editions: (string | undefined)[] = []
  const editionAt = (index: number) => {
    if (!(index in editions)) editions[index] = editionOf(record(index))
    return editions[index]
  }
  const inOrder = createSeriesOrder({ attributes: pack.attributes, record })
  let shares: ReadonlyMap<string, number> | undefined

  function factsOf(index: number): Facts {
    if (known[index]) return known[index]
    // of makers of much of the catalogue: in a shop of one brand every list is of it
    shares ??= largeShares(pack)
    known[index] = readFacts(record(index), shares)
    return known[index]
  }

  return ({ history, shown = [], limits = {} }) => {
    const progress = inOrder(history)
    const { isDue } = progress
    const had = createEditions(editionAt, factsOf)
    const know = had.add
    for (const { index } of history) know(index)
    for (const index of shown) know(index)
    const rules = { ...limits, progress, had, factsOf, editionAt }
    const fans = fansOf(history, factsOf)
    const limiter: MakeLimiter = ({ count, perMaker }) => {
      const least = limits.maxPerAuthor ?? perMaker ?? Math.ceil(count / MAKERS)
      if ((limits.maxPerAuthor ?? perMaker) !== undefined) {
        return createLimiter(rules, () => least)
      }
      return createLimiter(rules, (maker, share) => {
        const fan = FAN_SHARE * (fans.get(maker) ?? 0)
        return Math.max(least, Math.ceil(Math.max(2 * share, fan) * count))
      })
    }
    return { limiter, owners: () => ownersCounter(rules), isDue, know }
  }
}

/** What holds for all lists of a visitor. */
interface VisitorRules extends NonNullable<Visitor['limits']> {
  readonly progress: SeriesProgress
  /** Editions that no list shows again. */
  readonly had: Editions
  readonly factsOf: (index: number) => Facts
  readonly editionAt: (index: number) => string | undefined
}

/** Most items of a maker, who has this share of the catalogue. */
type MostOf = (maker: string, share: number) => number

/** Editions that a list or a visitor has. */
interface Editions {
  readonly has: (index: number) => boolean
  readonly add: (index: number) => void
  readonly copy: () => Editions
}

/** Titles are read only where the maker is one of those: an edition has the same. */
function createEditions(
  editionAt: (index: number) => string | undefined,
  factsOf: (index: number) => Facts,
  from: readonly [Iterable<string>, Iterable<string | undefined>] = [[], []],
): Editions {
  const editions = new Set(from[0])
  const makers = new Set(from[1])
  return {
    has: (index) => {
      const { makers: own, isGrouped } = factsOf(index)
      if (!isGrouped && !makers.has(own[0])) return false
      const edition = editionAt(index)
      return edition !== undefined && editions.has(edition)
    },
    add: (index) => {
      const edition = editionAt(index)
      if (edition === undefined) return
      editions.add(edition)
      makers.add(factsOf(index).makers[0])
    },
    copy: () => createEditions(editionAt, factsOf, [editions, makers]),
  }
}

interface Held {
  readonly makers: Map<string, number>
  readonly categories: Map<string, number>
  /** Series → volumes of it. */
  readonly series: Map<string, number>
  /** Series whose next volume is held. */
  readonly nexts: Set<string>
  readonly editions: Editions
}

function createLimiter(
  rules: VisitorRules,
  mostOf: MostOf | undefined,
  from?: Held,
): Limiter {
  const { factsOf, editionAt, progress, had } = rules
  const { isDue, isBegun, isNext, isAfterNext } = progress
  const { maxPerAuthor, maxPerCategory, onePerGroup } = rules
  const held: Held = {
    makers: new Map(from?.makers),
    categories: new Map(from?.categories),
    series: new Map(from?.series),
    nexts: new Set(from?.nexts),
    editions: from?.editions.copy() ?? createEditions(editionAt, factsOf),
  }
  // an owner who allows several of a group in a list is believed
  const isFree = (index: number) => onePerGroup === false && factsOf(index).isGrouped
  return {
    admitsEver: isDue,
    admits: (index) => {
      if (!isDue(index)) return false
      const { series, category, makers, shares } = factsOf(index)
      if (series !== undefined) {
        const most = isBegun(index) ? MAX_OF_BEGUN : 1
        if ((held.series.get(series) ?? 0) >= most) return false
        if (isAfterNext(index) && !held.nexts.has(series)) return false
      }
      if (maxPerCategory && category) {
        if ((held.categories.get(category) ?? 0) >= maxPerCategory) return false
      }
      for (let place = 0; mostOf && place < makers.length; place++) {
        const count = held.makers.get(makers[place]!) ?? 0
        if (count > 0 && count >= mostOf(makers[place]!, shares[place]!)) return false
      }
      return isFree(index) || !(had.has(index) || held.editions.has(index))
    },
    take: (index) => {
      const { category, series, makers } = factsOf(index)
      held.editions.add(index)
      if (series !== undefined) {
        addTo(held.series, series)
        if (isNext(index)) held.nexts.add(series)
      }
      if (category) addTo(held.categories, category)
      for (const maker of makers) addTo(held.makers, maker)
    },
    copy: () => createLimiter(rules, mostOf, held),
    loosened: () =>
      createLimiter(rules, maxPerAuthor === undefined ? undefined : mostOf, held),
  }
}

/** Counts what the owner limits, and nothing else. */
function ownersCounter(rules: VisitorRules): Counter {
  const { factsOf, editionAt, maxPerAuthor, maxPerCategory, onePerGroup } = rules
  const held = new Map<string, number>()
  /** What the item counts towards, with the most of each. */
  function* claimsOf(index: number): Generator<readonly [string, number]> {
    const { makers, category, isGrouped } = factsOf(index)
    if (maxPerAuthor) for (const name of makers) yield [`a${name}`, maxPerAuthor]
    if (maxPerCategory && category) yield [`c${category}`, maxPerCategory]
    if (onePerGroup && isGrouped) yield [editionAt(index)!, 1]
  }
  return {
    admits: (index) => {
      for (const [claim, most] of claimsOf(index)) {
        if ((held.get(claim) ?? 0) >= most) return false
      }
      return true
    },
    take: (index) => {
      for (const [claim] of claimsOf(index)) addTo(held, claim)
    },
  }
}

const addTo = (counts: Map<string, number>, key: string) =>
  counts.set(key, (counts.get(key) ?? 0) + 1)

export interface ListLimits {
  readonly limiter: MakeLimiter
  /** Counts what the owner limits, and nothing else: for what a visitor asked for by name. */
  readonly owners: () => Counter
  readonly isDue: IsDue
  /** From now on, no limiter made here admits another edition of the item. */
  readonly know: (index: number) => void
}

function readFacts(item: ItemRecord, shares: ReadonlyMap<string, number>): Facts {
  const { authors = [], genres, series } = item
  return {
    makers: authors,
    shares: authors.map((maker) => shares.get(maker.toLowerCase()) ?? 0),
    category: genres?.[0],
    isGrouped: item.group !== undefined,
    // without places in it, it is a line of goods: its maker's limit holds
    series: series?.position === undefined ? undefined : `series ${series.name}`,
  }
}

/** Maker → share of all items, of those whose share raises a limit. */
function largeShares({
  attributes,
  itemCount,
}: Pick<Pack, 'attributes' | 'itemCount'>): Map<string, number> {
  const { indptr } = indexAttributes(attributes)
  const shares = new Map<string, number>()
  for (const [value, { name, relation }] of attributes.values.entries()) {
    const share = (indptr[value + 1]! - indptr[value]!) / itemCount
    if (relation === 'author' && share > 1 / (4 * MAKERS)) {
      shares.set(name.toLowerCase(), share)
    }
  }
  return shares
}

/** Maker → share of the history, of those who were liked often enough to be asked for. */
function fansOf(
  history: Visitor['history'],
  factsOf: (index: number) => Facts,
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { index } of history) {
    for (const maker of factsOf(index).makers) addTo(counts, maker)
  }
  for (const [maker, count] of counts) {
    if (count < FAN_LIKES) counts.delete(maker)
    else counts.set(maker, count / history.length)
  }
  return counts
}
