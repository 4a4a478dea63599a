/**
 * Lists that somebody asks for by a text or an item: a search, what is like an item, what a
 * page of its own shows, first questions. A script of its own: no first list needs it.
 */
import { messageOf } from '../errors.ts'
import { type Taste, tasteWithout } from '../feedback/taste.ts'
import { itemDescriber } from '../scoring/ranked-item.ts'
import type { ScoreRequest, Scores, ScoringPack } from '../scoring/score.ts'
import type { KeywordIndex } from '../text/search/keyword-search.ts'
import { searchItems, withHiddenLast } from '../text/search/semantic-search.ts'
import type { Engine } from './calls.ts'
import {
  checkCount,
  checkKind,
  checkOptions,
  checkPerMaker,
  LIST_COUNT,
} from './check-options.ts'
import type { createCuratedLists } from './curated-lists.ts'
import type { CuratorParts } from './curator.ts'
import type { Describe } from './described-list.ts'
import { elicitFrom } from './elicit.ts'
import type { ListOptions, RecommendOptions } from './hearth.ts'
import type { RelatedLists } from './related-lists.ts'
import type { SlateList } from './slates.ts'
import type { TextReader } from './text-reader.ts'
import { createUnderstanding } from './understanding.ts'
import type { VisitorLog } from './visitor-log.ts'

const SEARCH_COUNT = 24

/** What the engine's lists are made with, and made by. */
interface AskedListParts extends Pick<CuratorParts, 'items'> {
  readonly scoring: ScoringPack
  readonly log: VisitorLog
  readonly text: TextReader
  readonly words: () => Promise<KeywordIndex>
  readonly clock: () => number
  readonly common: Uint32Array
  readonly prepare: (isNeeded?: boolean) => Promise<void>
  readonly curated: () => Promise<ReturnType<typeof createCuratedLists>>
  readonly isCurated: (options: ListOptions) => boolean
  readonly related: () => RelatedLists
  readonly describeNow: () => Describe
  readonly madeSince: (start: number, lists: readonly SlateList[]) => Made
  readonly showList: (
    list: { readonly options: RecommendOptions; readonly shown: Set<number> },
    start: number,
  ) => Promise<Made & Pick<Awaited<ReturnType<Engine['recommend']>>, 'items'>>
  readonly requestOf: (taste: Taste) => ScoreRequest
  readonly scoreFor: (request: ScoreRequest) => Scores
  readonly nextSlate: () => string
}

type Made = Pick<
  Awaited<ReturnType<Engine['recommend']>>,
  'slate' | 'eventCount' | 'tookMs'
>

export function createAskedLists(
  parts: AskedListParts,
): Pick<Engine, 'related' | 'search' | 'prepareSearch' | 'elicit' | 'item'> {
  const { scoring, items, log, text, clock, common, prepare, curated, isCurated } =
    parts
  const { related, describeNow, madeSince, showList, requestOf, scoreFor } = parts
  const { pack } = scoring
  const understanding = createUnderstanding({ scoring, items, text })

  return {
    related: async (id, options = {}) => {
      const start = clock()
      checkOptions(options)
      const { count = LIST_COUNT, exclude = [], perMaker } = options
      checkCount(count)
      checkPerMaker(perMaker)
      const index = items.indexOf(id)
      if (index === undefined) return { items: [], ...madeSince(start, []) }
      const { history, stated } = log.taste()
      const kind = history.find((entry) => entry.index === index)?.kind
      const anchor = { index, ...(kind ? { kind } : {}) }
      // a page about what must never come may name it: its own makers and categories stay
      const unwanted = stated?.hidden?.map((_, other) => +stated.isHidden(other, index))
      const without = unwanted ? { exclude: unwanted } : {}
      await prepare(true)
      const ranked =
        isCurated(options) || exclude.length > 0
          ? (await (await curated()).related(anchor, { ...options, count })).filter(
              (other) => !unwanted?.[other.index],
            )
          : related().list(anchor, { count, perMaker, ...without })
      const made = madeSince(start, [{ policy: 'related', ranked }])
      return { items: describeNow()(ranked, { anchor: index }), ...made }
    },

    search: async (typed, options = {}) => {
      const start = clock()
      checkKind('text', typed, 'string')
      checkOptions(options)
      const { count = SEARCH_COUNT, mode = 'semantic', exclude = [], ignore } = options
      checkCount(count)
      const isSemantic = mode === 'semantic'
      const { ask, askNear, withinBoth, indicesIn } = understanding
      const asked = await (isSemantic ? askNear : ask)(typed, ignore)
      const { understood } = asked
      const known = understood.parts.length > 0 ? { understood } : {}
      if (asked.exclude && asked.text === '') {
        const list = { options: { ...options, count }, shown: indicesIn(asked.exclude) }
        return { mode, ...(await showList(list, start)), ...known }
      }
      const reading = isSemantic ? readTyped(text, asked.text) : undefined // meanwhile
      const curation =
        isCurated(options) || exclude.length > 0
          ? await (await curated()).forSearch(options)
          : undefined
      const within = withinBoth(asked, curation)
      // what is left out may be any number of the best
      const words = (await parts.words()).search(
        asked.text,
        within ? items.count : count,
      )
      const read = (await reading) ?? {}
      const query = read.vector ? { query: read.vector } : {}
      await prepare(true)
      const found = searchItems(
        scoring,
        { ...query, hits: words, taste: log.taste(), ...within },
        count,
      )
      const ranked = withHiddenLast(found, words, log.taste().stated?.hidden)
      return {
        mode: read.vector ? 'semantic' : 'keyword',
        items: describeNow()(ranked, { search: { text: asked.text, ...read } }),
        ...madeSince(start, [{ policy: 'search', ranked }]),
        ...(read.note === undefined ? {} : { note: read.note }),
        ...known,
      }
    },

    prepareSearch: async (what) => {
      if (what === 'scripts') {
        await import('../text/search/keyword-search.ts').catch(() => {})
        return
      }
      const reader = text.prepare() // first: its worker starts while the words are indexed
      await parts.words().catch(() => {}) // asked for again by the search
      understanding.readNames()
      await reader
    },

    elicit: async (options = {}) => {
      const shown = { items, common, taste: log.taste() }
      const { items: chosen, attributes } = elicitFrom(pack, shown, options)
      return { items: chosen, attributes, slate: `elicit:${parts.nextSlate()}` }
    },

    item: async (id) => {
      const index = items.indexOf(id)
      if (index === undefined) return undefined
      await prepare(true)
      const taste = tasteWithout(log.taste(), index)
      const request = requestOf(taste)
      const scores = scoreFor(request)
      const ranked = itemDescriber(scoring, scores, request)(index)
      const item = describeNow()([ranked], { taste, isWhole: true })[0]!
      const { values, indptr, indices } = pack.attributes
      const own = [...indices.subarray(indptr[index], indptr[index + 1])]
      return { item, attributes: own.map((attribute) => values[attribute]!) }
    },
  }
}

/** The vector of a typed text, or why there is none: keywords still answer. */
async function readTyped(
  reader: TextReader,
  typed: string,
): Promise<{ vector?: Float32Array; note?: string }> {
  try {
    const vector = await reader.read(typed)
    return vector.some((x) => x !== 0) ? { vector } : {}
  } catch (error) {
    return { note: messageOf(error) } // keywords still answer; the note is shown
  }
}
