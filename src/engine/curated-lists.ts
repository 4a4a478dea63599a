/** The lists of an engine within what the owner wants; loaded where there is any of it. */

import {
  boosted,
  type Curation,
  createLimiter,
  takeInOrder,
} from '../scoring/curation.ts'
import { matcherOf } from '../scoring/match.ts'
import { curatedPick, rankCurated, withUnlikely } from '../scoring/rank-curated.ts'
import { relatedItems } from '../scoring/related.ts'
import type { RankedItem, Scores, ScoringPack } from '../scoring/score.ts'
import type { KeywordHit } from '../text/search/keyword-search.ts'
import { type CuratedContext, curatedList, curatedShelves } from './curated-shelves.ts'
import { type CuratorParts, createCurator } from './curator.ts'
import type { ListOptions, RecommendOptions } from './hearth.ts'
import { remember } from './remember.ts'
import type { RankedShelf, ShelfContext } from './shelves.ts'

interface CuratedListParts extends CuratorParts {
  readonly scoring: ScoringPack
  /** Scores the visitor now; what it holds is overwritten by the next call. */
  readonly contextOf: (count?: number, surprise?: number) => ShelfContext
  /** What related items are scored in. */
  readonly into: Scores
  /** Related items kept an item. */
  readonly keptRelated: number
}

export interface CuratedLists {
  /** @param shown item indices that the list has shown before */
  list(options: RecommendOptions, shown: ReadonlySet<number>): Promise<RankedShelf>
  shelves(options: RecommendOptions): Promise<RankedShelf[]>
  related(index: number, count: number, options: ListOptions): Promise<RankedItem[]>
  /** What to leave out of a search, and how to order what is found. */
  forSearch(options: ListOptions): Promise<{
    readonly exclude: Uint8Array
    readonly arrange: Arrange
  }>
  /** Ranks what is like an item within the curation of the last shelves. */
  rankAhead(index: number): void
  loaded(): string[]
}

type Arrange = (
  found: readonly RankedItem[],
  count: number,
  hits: readonly KeywordHit[],
) => RankedItem[]

/** Curations whose related items are kept, and items a curation. */
const REMEMBERED = 24

export function createCuratedLists(parts: CuratedListParts): CuratedLists {
  const { scoring, contextOf, keptRelated } = parts
  const curator = createCurator(parts)
  /** Of the newest curation alone: a page's lists share theirs. */
  let near: { key: string; related: (index: number) => RankedItem[] } | undefined

  /** [items] what a list that is not ranked for the visitor leaves out, by its threshold too. */
  function hiddenFrom({ hidden, minMatch }: Curation): Uint8Array {
    if (minMatch === 0) return hidden
    const { scores, request } = contextOf()
    const matchOf = matcherOf(scoring.pack.manifest.calibration, scores, request)
    return withUnlikely(hidden, matchOf, { minMatch, itemCount: scores.itemCount })
  }

  function relatedWithin(
    index: number,
    count: number,
    curation: Curation,
    hidden = curation.hidden,
  ): RankedItem[] {
    const exclude = hidden.slice()
    for (const mate of curator.groupMates([index])) exclude[mate] = 1
    return relatedItems(scoring, index, count, {
      ...{ exclude, into: parts.into },
      rank: (pack, scores, request, options) =>
        rankCurated(pack, scores, request, { exclude, ...options, curation }),
    })
  }

  function nearOf(curation: Curation) {
    if (near?.key === curation.key) return near.related
    const related = remember(
      (index) => relatedWithin(index, keptRelated, curation),
      REMEMBERED,
    )
    near = { key: curation.key, related }
    return related
  }

  async function contextFor(
    options: RecommendOptions,
    shown?: ReadonlySet<number>,
  ): Promise<CuratedContext> {
    const curation = await curator.curate(options)
    return {
      ...contextOf(options.count, options.surprise),
      ...{ curation, curator, relatedWithin: nearOf(curation) },
      ...(shown ? { shown } : {}),
    }
  }

  return {
    list: async (options, shown) => curatedList(await contextFor(options, shown)),
    shelves: async (options) => curatedShelves(await contextFor(options)),
    related: async (index, count, options) => {
      const curation = await curator.curate(options)
      const near = relatedWithin(index, count, curation, hiddenFrom(curation))
      const ranked = pinsFirst(near, curation)
      const held = new Set([index, ...ranked.map((item) => item.index)])
      const missing = count - held.size + 1
      if (missing <= 0) return ranked
      const limiter = createLimiter(curation)
      for (const item of ranked) limiter.take(item.index)
      const exclude = curation.forbidden.slice()
      for (const each of held) exclude[each] = 1
      const more = takeInOrder(curation.fallback, { count: missing, limiter, exclude })
      const { toRanked } = contextOf(count)
      return [...ranked, ...more.map(toRanked)]
    },
    forSearch: async (options) => {
      const curation = await curator.curate(options)
      const arrange: Arrange = (found, count, hits) =>
        arranged(found, count, { curation, hits })
      return { exclude: hiddenFrom(curation), arrange }
    },
    rankAhead: (index) => near?.related(index),
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
  { curation, hits }: { curation: Curation; hits: readonly KeywordHit[] },
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
  const limiter = createLimiter(curation)
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
