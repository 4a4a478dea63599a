/**
 * What one list may hold: so many of a maker, one edition of a thing, one volume of a series,
 * and that the one which is due. The scores stay as they are; an item that a list does not
 * admit is passed over.
 */
import type { ItemRecord } from '../pack/item.ts'
import type { Pack } from '../pack/pack.ts'
import type { Rules } from '../pack/rules.ts'
import { indexAttributes } from './attributes.ts'
import { editionOf, GROUP } from './editions.ts'
import { createSeriesOrder, type IsDue } from './series-order.ts'

/** Counts what a list holds already. */
export interface Counter {
  /** Whether the list may hold this item too. */
  admits(index: number): boolean
  take(index: number): void
}

/** A counter of one list that a list can be tried with. */
export interface Limiter extends Counter {
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

/** A list is meant for this many makers at least. */
const MAKERS = 6
/** From so many things of one maker liked on, the maker is asked for. */
const FAN_LIKES = 3
/** How much of a list a maker takes who is all that is liked: as much again is left to find. */
const FAN_SHARE = 0.5

interface Facts {
  readonly makers: readonly string[]
  readonly category: string | undefined
  readonly edition: string | undefined
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
  const { attributes } = pack
  const known: Facts[] = []
  const inOrder = createSeriesOrder({ attributes, record })
  let shares: ReadonlyMap<string, number> | undefined

  function factsOf(index: number): Facts {
    known[index] ??= readFacts(record(index))
    return known[index]
  }
  /** Of makers of much of the catalogue: in a shop of one brand every list is of it. */
  function shareOf(maker: string): number {
    shares ??= largeShares(pack)
    return shares.get(maker.toLowerCase()) ?? 0
  }

  return ({ history, shown = [], limits = {} }) => {
    const isDue = inOrder(history)
    const had = new Set<string>()
    const know = (index: number) => {
      const { edition } = factsOf(index)
      if (edition !== undefined && isLimited(edition, limits)) had.add(edition)
    }
    for (const { index } of history) know(index)
    for (const index of shown) know(index)
    const fans = fansOf(history.map(({ index }) => factsOf(index).makers))

    const limiter: MakeLimiter = ({ count, perMaker }) => {
      const mostOf = (maker: string) =>
        limits.maxPerAuthor ??
        perMaker ??
        Math.max(
          Math.ceil(count / MAKERS),
          Math.ceil(2 * shareOf(maker) * count),
          Math.ceil(FAN_SHARE * (fans.get(maker) ?? 0) * count),
        )
      return counting(new Map(), mostOf)
    }

    function counting(
      counts: ReadonlyMap<string, number>,
      mostOf: ((maker: string) => number) | undefined,
    ): Limiter {
      const held = new Map(counts)
      function* claimsOf(index: number): Generator<readonly [string, number]> {
        const { edition, series } = factsOf(index)
        yield* makersOf(factsOf(index), mostOf, limits)
        if (edition !== undefined && isLimited(edition, limits)) yield [edition, 1]
        if (series !== undefined) yield [series, 1]
      }
      const own = counter(held, claimsOf)
      return {
        admits: (index) => {
          const { edition } = factsOf(index)
          const isKnown = edition !== undefined && had.has(edition)
          return !isKnown && own.admits(index) && isDue(index)
        },
        take: own.take,
        copy: () => counting(held, mostOf),
        loosened: () =>
          counting(held, limits.maxPerAuthor === undefined ? undefined : mostOf),
      }
    }

    function owners(): Counter {
      const mostOf = () => limits.maxPerAuthor ?? Number.POSITIVE_INFINITY
      return counter(new Map(), function* (index) {
        const { edition } = factsOf(index)
        yield* makersOf(factsOf(index), mostOf, limits)
        if (limits.onePerGroup && edition?.startsWith(GROUP)) yield [edition, 1]
      })
    }
    return { limiter, owners, isDue, know }
  }
}

/** What an item counts towards as its makers' and its category's, with the most of each. */
function* makersOf(
  { makers, category }: Facts,
  mostOf: ((maker: string) => number) | undefined,
  { maxPerCategory }: NonNullable<Visitor['limits']>,
): Generator<readonly [string, number]> {
  if (mostOf) for (const name of makers) yield [`a${name}`, mostOf(name)]
  if (maxPerCategory && category) yield [`c${category}`, maxPerCategory]
}

function counter(
  held: Map<string, number>,
  claimsOf: (index: number) => Iterable<readonly [string, number]>,
): Counter {
  return {
    admits: (index) => {
      for (const [claim, most] of claimsOf(index)) {
        if ((held.get(claim) ?? 0) >= most) return false
      }
      return true
    },
    take: (index) => {
      for (const [claim] of claimsOf(index)) held.set(claim, (held.get(claim) ?? 0) + 1)
    },
  }
}

export interface ListLimits {
  readonly limiter: MakeLimiter
  /** Counts what the owner limits, and nothing else: for what a visitor asked for by name. */
  readonly owners: () => Counter
  readonly isDue: IsDue
  /** From now on, no limiter made here admits another edition of the item. */
  readonly know: (index: number) => void
}

/** An owner who says that a list may hold several of a group is believed. */
const isLimited = (edition: string, { onePerGroup }: NonNullable<Visitor['limits']>) =>
  onePerGroup !== false || !edition.startsWith(GROUP)

function readFacts(item: ItemRecord): Facts {
  const { authors = [], genres, series } = item
  return {
    makers: authors,
    category: genres?.[0],
    edition: editionOf(item),
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
function fansOf(histories: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const makers of histories) {
    for (const maker of makers) counts.set(maker, (counts.get(maker) ?? 0) + 1)
  }
  return new Map(
    [...counts]
      .filter(([, count]) => count >= FAN_LIKES)
      .map(([maker, count]) => [maker, count / histories.length]),
  )
}
