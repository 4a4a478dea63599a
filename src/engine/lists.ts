/** The lists an engine makes: feed, related, search and one item. */
import { HearthError, messageOf } from '../errors.ts'
import { explain, headline, type ShelfRule } from '../explain/explain.ts'
import type { Signal } from '../feedback/event.ts'
import { MAX_DWELL_STRENGTH, strengthOf } from '../feedback/weights.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { createRandom } from '../math/random.ts'
import { topK } from '../math/top-k.ts'
import type { ItemTable } from '../pack/items.ts'
import { FLAG_COLD_START, type Pack } from '../pack/pack.ts'
import { rowDescriber } from '../scoring/rank.ts'
import { relatedRows } from '../scoring/related.ts'
import {
  createScores,
  type RankedItem,
  type ScoreRequest,
  type ScoringPack,
} from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import { userInput } from '../scoring/tower-input.ts'
import type { KeywordIndex } from '../text/search/keyword-search.ts'
import { searchItems } from '../text/search/semantic-search.ts'
import { forwardReference } from '../towers/reference.ts'
import type { Engine, Pick, ShelfKind } from './engine.ts'
import { BECAUSE_SHELVES, makeShelves } from './shelves.ts'
import type { TextReader } from './text-reader.ts'
import type { VisitorLog } from './visitor-log.ts'

/**
 * The count a caller asked for.
 *
 * @throws HearthError `bad-argument` if it is no integer from 1 to 50
 */
export function checkCount(count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= 50) return count
  throw new HearthError(
    'bad-argument',
    `invalid count: got ${count}, expected an integer from 1 to 50.`,
  )
}

// The order in which everyone is shown the catalogue.

type Known = globalThis.Pick<Pack, 'itemCount' | 'popularity' | 'flags'>

/**
 * The first screen's rows, then the most read; what nobody chose yet comes last, whatever
 * is expected of it.
 *
 * @returns [rows] each index once
 */
export function commonOrder(pack: Known, first: readonly number[]): Uint32Array {
  const { popularity, itemCount } = pack
  // popularity is in [0, 1]
  const worth = popularity.map((value, index) =>
    isNew(pack, index) ? value - 2 : value,
  )
  return Uint32Array.from(new Set([...first, ...topK(worth, itemCount)]))
}

/** Whether nobody in training chose it. */
export function isNew(
  { flags }: globalThis.Pick<Pack, 'flags'>,
  index: number,
): boolean {
  return (flags[index] & FLAG_COLD_START) !== 0
}

// `make`, with its values kept for the `most` rows that were asked for last.
// @param most 1 or more

export function remember<T>(
  make: (index: number) => T,
  most: number,
): (index: number) => T {
  const made = new Map<number, T>()
  return (index) => {
    const value = made.get(index) ?? make(index)
    made.delete(index) // the newest last
    made.set(index, value)
    if (made.size > most) made.delete(made.keys().next().value!)
    return value
  }
}

export interface ListParts {
  readonly scoring: ScoringPack
  readonly items: ItemTable
  /** The stranger's first screen, so that the common shelf goes on as it began. */
  readonly firstRows: readonly number[]
  readonly log: VisitorLog
  readonly text: TextReader
  readonly layers: () => readonly DenseLayer[]
  readonly words: () => Promise<KeywordIndex>
  /** Seed of exploration, the same for a whole visit. */
  readonly seed: number
  readonly clock: () => number
}

export interface Lists
  extends globalThis.Pick<
    Engine,
    'feed' | 'related' | 'search' | 'prepareSearch' | 'item'
  > {
  /** Ranks what is like the items of the last strong signals: the next feed has shelves of it. */
  rankAhead(signals: readonly Signal[]): void
}

const RULES: Readonly<Record<ShelfKind, ShelfRule>> = {
  'for-you': 'score',
  because: 'score',
  trending: 'popularity',
  different: 'chance',
  continue: 'feedback',
}
const FEED_COUNT = 12
const SEARCH_COUNT = 24
/** Related rows ranked an item: a shelf's worth, and as many that other shelves may take. */
const KEPT_RELATED = 36
/** Items whose related rows are kept: what is like an item does not depend on the visitor. */
const REMEMBERED = 24
/** MMR's λ from familiar (surprise 0) to surprising (1). */
const FAMILIAR_LAMBDA = 0.95
const SURPRISING_LAMBDA = 0.45

export function createLists(parts: ListParts): Lists {
  const { scoring, items, log, text, clock } = parts
  const { pack } = scoring
  const stream = createRandom(parts.seed)
  const noise = Float32Array.from({ length: pack.itemCount }, () => stream.gumbel())

  const common = commonOrder(pack, parts.firstRows)
  // Scored in place, again and again: nothing asynchronous comes between filling and reading.
  const scored = createScores(pack.itemCount)
  const into = createScores(pack.itemCount)
  const relatedTo = (index: number, count: number) =>
    relatedRows(scoring, index, count, { into })
  const related = remember((index) => relatedTo(index, KEPT_RELATED), REMEMBERED)

  /** The visitor as scoring wants them, now. */
  function requestNow(): ScoreRequest {
    const taste = log.taste()
    const layers = parts.layers()
    const typed = taste.searches.map((search) => text.peek(search.text)).find(Boolean)
    const hasUser = layers.length > 0 && taste.history.length > 0
    return {
      taste,
      ...(typed ? { textQuery: typed, textShare: 0.25 } : {}),
      ...(hasUser
        ? { userVector: forwardReference(layers, userInput(pack, taste.history), 1) }
        : {}),
    }
  }

  /** Puts ranked rows in the words and reactions of the log as it is now. */
  function pickMaker(rule: ShelfRule = 'score'): (ranked: RankedItem) => Pick {
    const reactions = log.reactions()
    const kinds = new Map(log.taste().history.map(({ index, kind }) => [index, kind]))
    const context = {
      record: items.record,
      attributes: pack.attributes,
      kindOf: (index: number) => kinds.get(index),
      isNew: (index: number) => isNew(pack, index),
    }
    return (ranked) => {
      const item = items.record(ranked.index)
      const reaction = reactions.get(item.id)
      const { score, match, components, isGuess } = ranked
      const reasons = explain(ranked, context)
      // a guess among the scored picks says so in its first reason
      const lead = isGuess && rule === 'score' ? reasons[0] : headline(reasons, rule)
      const pick = { item, score, match, components, reasons, isGuess }
      return {
        ...pick,
        ...(lead ? { headline: lead } : {}),
        ...(reaction ? { reaction: reaction } : {}),
      }
    }
  }

  return {
    rankAhead: (signals) => {
      const strong = signals.filter((signal) => strengthOf(signal) > MAX_DWELL_STRENGTH)
      for (const { itemId = '' } of strong.slice(-BECAUSE_SHELVES)) {
        const index = items.indexOf(itemId)
        if (index !== undefined) related(index)
      }
    },

    feed: async ({ count = FEED_COUNT, surprise = 0.2 } = {}) => {
      const start = clock()
      const request = requestNow()
      const taste = log.taste()
      const lambda = FAMILIAR_LAMBDA + (SURPRISING_LAMBDA - FAMILIAR_LAMBDA) * surprise
      const scores = scoreAll(scoring, request, scored)
      const shelves = makeShelves({
        ...{ scoring, request, scores, items, taste, lambda },
        ...{ noise, common, related },
        toRanked: rowDescriber(scoring, scores, request),
        random: createRandom(parts.seed),
        count: checkCount(count),
      }).map(({ anchorRow, rows, ...shelf }) => ({
        ...shelf,
        ...(anchorRow === undefined ? {} : { anchor: items.record(anchorRow) }),
        picks: rows.map(pickMaker(RULES[shelf.kind])),
      }))
      return { shelves, eventCount: taste.eventCount, tookMs: clock() - start }
    },

    related: async (itemId, count = FEED_COUNT) => {
      const index = items.indexOf(itemId)
      if (index === undefined) return []
      const rows =
        checkCount(count) <= KEPT_RELATED
          ? related(index).slice(0, count)
          : relatedTo(index, count)
      return rows.map(pickMaker())
    },

    search: async (typed, { count = SEARCH_COUNT, meaning = false } = {}) => {
      const start = clock()
      const reading = meaning ? readText(typed) : undefined // while words are indexed
      const words = (await parts.words()).search(typed, checkCount(count))
      const read = (await reading) ?? {}
      const query = read.vector ? { query: read.vector } : {}
      const rows = searchItems(
        scoring,
        { ...query, hits: words, taste: log.taste() },
        count,
      )
      return {
        mode: read.vector ? 'meaning' : 'words',
        picks: rows.map(pickMaker()),
        tookMs: clock() - start,
        ...(read.note === undefined ? {} : { note: read.note }),
      }
    },

    prepareSearch: async () => {
      const reader = text.prepare() // first: its worker starts while the words are indexed
      await parts.words().catch(() => {}) // asked for again by the search
      await reader
    },

    item: async (itemId) => {
      const index = items.indexOf(itemId)
      if (index === undefined) return undefined
      const request = requestNow()
      const scores = scoreAll(scoring, request, scored)
      const pick = pickMaker()(rowDescriber(scoring, scores, request)(index))
      const { values, indptr, indices } = pack.attributes
      const own = [...indices.subarray(indptr[index], indptr[index + 1])]
      return { pick, attributes: own.map((attribute) => values[attribute]!) }
    },
  }

  async function readText(
    typed: string,
  ): Promise<{ vector?: Float32Array; note?: string }> {
    try {
      const vector = await text.read(typed)
      return vector.some((x) => x !== 0) ? { vector } : {}
    } catch (error) {
      return { note: messageOf(error) } // words still answer; the note is shown
    }
  }
}
