/** The lists of an engine within what the owner wants; loaded where there is any of it. */

import { boosted, type Curation, takeInOrder } from '../scoring/curation.ts'
import type { Counter, ListLimits, Visitor } from '../scoring/list-limits.ts'
import { matcherOf, withUnlikely } from '../scoring/match.ts'
import { curatedPick } from '../scoring/ranked-item.ts'
import type { RankedItem } from '../scoring/score.ts'
import type { KeywordHit } from '../text/search/keyword-search.ts'
import { type CuratorParts, createCurator } from './curator.ts'
import type { ListOptions, RecommendOptions, RelatedOptions } from './hearth.ts'
import type { Anchor, RelatedLists } from './related-lists.ts'
import type { RankedShelf, ShelfContext } from './shelf-context.ts'
import { makeShelves, recommended } from './shelves.ts'

interface CuratedListParts extends CuratorParts {
  /** Scores the visitor now; what it holds is overwritten by the next call. */
  readonly contextOf: (
    options: Pick<RecommendOptions, 'count' | 'surprise'>,
    within: {
      readonly curation: Curation
      readonly related: RelatedLists
      readonly shown: Iterable<number>
    },
  ) => ShelfContext
  readonly relatedWithin: (curation: Curation) => RelatedLists
  readonly limitsOf: (visitor: Visitor) => ListLimits
}

export interface CuratedLists {
  /** @param shown item indices that the list has shown before */
  list(options: RecommendOptions, shown: ReadonlySet<number>): Promise<RankedShelf>
  shelves(options: RecommendOptions): Promise<RankedShelf[]>
  related(
    anchor: Anchor,
    options: RelatedOptions & { readonly count: number },
  ): Promise<RankedItem[]>
  /** What to leave out of a search, and how to order what is found. */
  forSearch(options: ListOptions): Promise<{
    readonly exclude: Uint8Array
    readonly arrange: Arrange
  }>
  /** Ranks what is like an item within the curation of the last shelves. */
  rankAhead(anchor: Anchor): void
  loaded(): string[]
}

type Arrange = (
  found: readonly RankedItem[],
  count: number,
  hits: readonly KeywordHit[],
) => RankedItem[]

export function createCuratedLists(parts: CuratedListParts): CuratedLists {
  const { contextOf, relatedWithin } = parts
  const curator = createCurator(parts)
  /** Of the newest curation alone: a page's lists share theirs. */
  let newest: { key: string; related: RelatedLists } | undefined

  function nearOf(curation: Curation): RelatedLists {
    if (newest?.key !== curation.key) {
      newest = { key: curation.key, related: relatedWithin(curation) }
    }
    return newest.related
  }

  /** [items] what a list that is not ranked for the visitor leaves out, by its threshold too. */
  function hiddenFrom(curation: Curation): Uint8Array {
    if (curation.minMatch === 0) return curation.hidden
    const within = { curation, related: nearOf(curation), shown: [] }
    const { scoring, scores, request } = contextOf({}, within)
    const matchOf = matcherOf(scoring.pack.manifest.calibration, scores, request)
    return withUnlikely(curation.hidden, matchOf, curation.minMatch)
  }

  async function contextFor(
    options: RecommendOptions,
    shown: Iterable<number> = [],
  ): Promise<ShelfContext> {
    const curation = await curator.curate(options)
    return contextOf(options, { curation, related: nearOf(curation), shown })
  }

  return {
    list: async (options, shown) => recommended(await contextFor(options, shown)),
    shelves: async (options) => makeShelves(await contextFor(options)),
    related: async (anchor, options) => {
      const curation = await curator.curate(options)
      const related = nearOf(curation)
      const near = related.list(anchor, { ...options, exclude: hiddenFrom(curation) })
      const ranked = pinsFirst(near, curation)
      const held = new Set([anchor.index, ...ranked.map(({ index }) => index)])
      const { count } = options
      const missing = count - held.size + 1
      if (missing <= 0 || options.fallback === undefined) return ranked
      const context = contextOf({ count }, { curation, related, shown: held })
      const limiter = context.limits.limiter({ count })
      for (const { index } of ranked) limiter.take(index)
      const exclude = curation.forbidden.slice()
      for (const each of held) exclude[each] = 1
      const more = takeInOrder(curation.fallback, { count: missing, limiter, exclude })
      return [...ranked, ...more.map(context.toRanked)]
    },
    forSearch: async (options) => {
      const curation = await curator.curate(options)
      const { owners } = parts.limitsOf({ history: [], limits: curation.limits })
      const arrange: Arrange = (found, count, hits) =>
        arranged(found, count, { curation, hits, limiter: owners() })
      return { exclude: hiddenFrom(curation), arrange }
    },
    rankAhead: (anchor) => newest?.related.near(anchor),
    loaded: curator.loaded,
  }
}

/** What is related anyway, its pins at the head: an unrelated pin would belie the heading. */
function pinsFirst(ranked: readonly RankedItem[], { pins }: Curation): RankedItem[] {
  const own = pins.flatMap((pin) => ranked.find(({ index }) => index === pin) ?? [])
  const others = ranked.filter((item) => !own.includes(item))
  return [...own.map((item) => ({ ...item, isPinned: true })), ...others]
}

/**
 * What a search found, within limits. A pin comes first where the item holds every typed word
 * that tells items apart: nearness in meaning alone ranks something for any text.
 */
function arranged(
  found: readonly RankedItem[],
  count: number,
  {
    curation,
    hits,
    limiter,
  }: { curation: Curation; hits: readonly KeywordHit[]; limiter: Counter },
): RankedItem[] {
  const { pins, buried } = curation
  const byIndex = new Map(found.map((ranked) => [ranked.index, ranked]))
  const order = boosted(
    Float32Array.from(found, ({ score }) => score),
    curation.boost && Float32Array.from(found, ({ index }) => curation.boost![index]!),
  )
  const places = found
    .map((_, place) => place)
    .sort((a, b) => order[b]! - order[a]! || a - b)
  const named = new Set(
    hits.filter(({ coverage }) => coverage === 1).map(({ index }) => index),
  )
  const own = pins
    .filter((index) => byIndex.has(index) && named.has(index))
    .slice(0, count)
  for (const index of own) limiter.take(index)
  const others = places
    .map((place) => found[place]!.index)
    .filter((index) => !own.includes(index))
  const left = count - own.length
  const ranked = takeInOrder(others, { count: left, limiter, buried })
  return [
    ...own.map((index) => ({ ...byIndex.get(index)!, isPinned: true })),
    ...ranked.map((index) => curatedPick(byIndex.get(index)!, curation)),
  ]
}
