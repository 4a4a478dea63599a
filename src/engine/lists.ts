/** The lists an engine makes; those that are asked for by a text or an item are in `asked-lists.ts`. */
import type { ShelfRule } from '../explain/reason.ts'
import type { FeedbackEvent, IdentifiedEvent } from '../feedback/event.ts'
import type { Taste } from '../feedback/taste.ts'
import { MAX_DWELL_STRENGTH, strengthOf } from '../feedback/weights.ts'
import type { DenseLayer } from '../math/dense-layer.ts'
import { createRandom } from '../math/random.ts'
import { type Curation, noCuration } from '../scoring/curation.ts'
import { createListLimits } from '../scoring/list-limits.ts'
import { scoreStranger } from '../scoring/popularity-scores.ts'
import { itemDescriber } from '../scoring/ranked-item.ts'
import { createScores, type ScoreRequest, type ScoringPack } from '../scoring/score.ts'
import type { KeywordIndex } from '../text/search/keyword-search.ts'
import type { Engine } from './calls.ts'
import { checkCount, checkOptions, LIST_COUNT, lambdaOf } from './check-options.ts'
import { commonOrder } from './common-order.ts'
import type { CuratorParts } from './curator.ts'
import { createDescriber, isNobody } from './describe.ts'
import type { FusionLearner } from './fusion-learner.ts'
import type { ListOptions, RecommendOptions, ShelfKind } from './hearth.ts'
import { lazily } from './lazily.ts'
import type { Anchor, RelatedLists } from './related-lists.ts'
import {
  BECAUSE_SHELVES,
  type RankedShelf,
  type ShelfContext,
} from './shelf-context.ts'
import { makeShelves, recommended } from './shelves.ts'
import { createSlates, type SlateList, slateNamer, unknownList } from './slates.ts'
import type { TextReader } from './text-reader.ts'
import type { VisitorLog } from './visitor-log.ts'

interface ListParts
  extends Pick<CuratorParts, 'items' | 'overlay' | 'readColumn' | 'now'> {
  readonly scoring: ScoringPack
  /** The stranger's first screen, so that the common shelf continues as it began. */
  readonly firstItems: readonly number[]
  readonly log: VisitorLog
  readonly text: TextReader
  readonly layers: () => readonly DenseLayer[]
  readonly learner: FusionLearner
  /** As of an engine: runs a task when nothing more urgent waits. */
  readonly later: ((task: () => void) => void) | undefined
  readonly words: () => Promise<KeywordIndex>
  /** Seed of exploration and of slates, the same for a whole session. */
  readonly seed: number
  readonly clock: () => number
}

export interface Lists
  extends Pick<
    Engine,
    | 'recommend'
    | 'recommendNext'
    | 'shelves'
    | 'related'
    | 'search'
    | 'prepareSearch'
    | 'elicit'
    | 'item'
    | 'items'
  > {
  /** Columns whose values are here, by name. */
  loadedColumns(): readonly string[]
  /** Ranks what is like the items of the last strong events: the next shelves are made of it. */
  rankAhead(events: readonly FeedbackEvent[]): void
  /** An impression of a list made here, with how it stood there; any other event as it is. */
  withShown(event: IdentifiedEvent): IdentifiedEvent
}

const RULES: Readonly<Record<ShelfKind, ShelfRule>> = {
  'for-you': 'score',
  because: 'score',
  popular: 'popularity',
  different: 'chance',
  continue: 'feedback',
}
type PersonalLists = typeof import('./personal-lists.ts')

const SURPRISE = 0.2
/** Lists that can be continued: more than a page shows at once. */
const CONTINUED = 200
/** Share of the content query that a text typed today takes. */
const TYPED_SHARE = 0.25

export function createLists(parts: ListParts): Lists {
  const { scoring, items, log, text, clock, learner } = parts
  const { pack } = scoring
  const stream = createRandom(parts.seed)
  const noise = Float32Array.from({ length: pack.itemCount }, () => stream.gumbel())

  const common = commonOrder(pack, parts.firstItems)
  // Scored in place, again and again: nothing asynchronous comes between filling and reading.
  const scored = createScores(pack.itemCount)
  const into = createScores(pack.itemCount)
  const limitsOf = createListLimits(pack, items.record)
  /** Absent until a list needs it, or the first lists are made. */
  let personal: PersonalLists | undefined
  const loadPersonal = lazily(async () => {
    const { personalLists } = await import('./seldom.ts')
    personal = personalLists
    return personalLists
  })
  const relatedWithin = (curation: Curation) =>
    personal!.createRelatedLists({ scoring, limitsOf, into }, curation)
  const uncurated = noCuration(pack.itemCount)
  let keptRelated: RelatedLists | undefined
  function related(): RelatedLists {
    keptRelated ??= relatedWithin(uncurated)
    return keptRelated
  }
  const nextSlate = slateNamer(parts.seed)
  const slates = createSlates()
  const isAlwaysCurated = Boolean(pack.manifest.rules ?? parts.overlay)
  let loadedColumns: () => readonly string[] = () => []
  const curated = lazily(async () => {
    const [{ createCuratedLists }] = await Promise.all([
      import('./seldom.ts'),
      loadPersonal(),
    ])
    const lists = createCuratedLists({
      ...{ pack, items, overlay: parts.overlay, common },
      ...{ readColumn: parts.readColumn, now: parts.now },
      ...{ contextOf: shelfContext, relatedWithin, limitsOf },
    })
    loadedColumns = lists.loaded
    rankAheadCurated = lists.rankAhead
    return lists
  })
  /** What the last shelves were: the next ones will be, too. */
  let areShelvesCurated = isAlwaysCurated
  let rankAheadCurated: ((anchor: Anchor) => void) | undefined
  /** Lists by their slates: what each was asked for, and the items it has shown. */
  const continued = new Map<string, ContinuedList>()

  /** Lists that are asked for by a text or an item. */
  const asked = lazily(async () => {
    const { createAskedLists } = await import('./seldom.ts')
    return createAskedLists({
      ...{ scoring, items, log, text, clock, common, prepare, curated, isCurated },
      ...{ related, describeNow, madeSince, showList, requestOf, scoreFor, nextSlate },
      words: parts.words,
    })
  })

  const describer = createDescriber({ pack, items, log, requestOf })
  const describeNow = describer.now

  /** Of a stranger nothing is known, not even what they saw. */
  const isStranger = () => isNobody(log) && log.taste().passed.size === 0

  /** What the lists of now need. @throws what loading it does */
  async function prepare(isNeeded = !isStranger()) {
    await Promise.all([
      isNeeded ? loadPersonal() : undefined,
      describer.prepare(isNeeded),
      learner.prepare(),
    ])
  }
  /** The next list is for somebody: what it needs is on its way. */
  function foresee() {
    if (!personal) parts.later?.(() => void loadPersonal().catch(() => {}))
  }

  /** Scores in place: for a stranger, or while that is all there is, by popularity alone. */
  const scoreFor = (request: ScoreRequest) =>
    (personal?.scoreAll ?? scoreStranger)(scoring, request, scored)

  /** The visitor of this taste as scoring wants them, and the typed text that was read. */
  function requestOf(taste: Taste): ScoreRequest & { readonly typed?: string } {
    const layers = parts.layers()
    const typed = taste.searches.find((search) => text.peek(search.text))?.text
    const textQuery = typed === undefined ? undefined : text.peek(typed)
    const hasUser = personal && layers.length > 0 && taste.history.length > 0
    const { fusion } = learner.now()
    return {
      taste,
      ...(fusion ? { fusion } : {}),
      ...(typed !== undefined && textQuery
        ? { typed, textQuery, textShare: TYPED_SHARE }
        : {}),
      ...(hasUser
        ? { userVector: personal!.userVectorOf(pack, layers, taste.history) }
        : {}),
    }
  }

  function shelfContext(
    {
      count = LIST_COUNT,
      surprise = SURPRISE,
    }: Pick<RecommendOptions, 'count' | 'surprise'>,
    within: {
      readonly curation?: Curation
      readonly related?: RelatedLists
      readonly shown?: Iterable<number>
    } = {},
  ): ShelfContext {
    const lambda = lambdaOf(surprise)
    checkCount(count)
    const taste = log.taste()
    const request = requestOf(taste)
    const scores = scoreFor(request)
    const { curation = uncurated } = within
    const shown = [...(within.shown ?? [])]
    return {
      ...{ scoring, request, scores, items, taste, lambda, surprise, count },
      ...{ noise, common, curation, shown },
      ...{ personal },
      related: (anchor) => (within.related ?? related()).near(anchor),
      limits: limitsOf({ ...taste, shown, limits: curation.limits }),
      toRanked: itemDescriber(scoring, scores, request),
      random: createRandom(parts.seed),
      draw: learner.now().drawFrom?.(scores),
    }
  }

  function describeShelves(shelves: readonly RankedShelf[]) {
    const describe = describeNow()
    return shelves.map(({ ranked, anchor, ...shelf }) => {
      const shown = anchor && { item: items.record(anchor.index), event: anchor.kind }
      const rule = RULES[shelf.kind]
      return {
        ...shelf,
        ...(shown ? { anchor: shown } : {}),
        items: describe(ranked, { rule, ...(anchor ? { anchor: anchor.index } : {}) }),
      }
    })
  }

  const indicesOf = (ids: readonly string[]) =>
    ids.flatMap((id) => items.indexOf(id) ?? [])

  /** Whether the owner's wishes, or the caller's beside `exclude`, take part. */
  function isCurated({ filter, boost, threshold, fallback }: ListOptions): boolean {
    const asked = [filter, boost, threshold, fallback]
    return isAlwaysCurated || asked.some((option) => option !== undefined)
  }

  /** The one list for this visitor, without what it has shown. */
  async function listOf(options: RecommendOptions, shown: ReadonlySet<number>) {
    if (isCurated(options)) return (await curated()).list(options, shown)
    const without = [...indicesOf(options.exclude ?? []), ...shown]
    return recommended(shelfContext(options, { shown: without }))
  }

  /** The visitor's shelf drafted from two rankings; other coins after each open. */
  async function compared(shelves: RankedShelf[]): Promise<RankedShelf[]> {
    const { comparedShelves } = await import('./seldom.ts')
    return comparedShelves(shelves, common, parts.seed + log.taste().eventCount)
  }

  /** Gives the list a slate under which it can be continued. */
  function continuable(
    options: RecommendOptions,
    shown: Set<number>,
    made: ReturnType<typeof madeSince>,
  ) {
    continued.set(made.slate, { options, shown })
    if (continued.size > CONTINUED) continued.delete(continued.keys().next().value!)
    return made
  }

  async function showList(list: ContinuedList, start: number) {
    await prepare()
    const shelf = await listOf(list.options, list.shown)
    for (const { index } of shelf.ranked) list.shown.add(index)
    const [shown] = describeShelves([shelf])
    const made = madeSince(start, [slateList(shelf)])
    foresee()
    return { items: shown!.items, ...continuable(list.options, list.shown, made) }
  }

  /** What every list has beside its items. */
  function madeSince(start: number, lists: readonly SlateList[]) {
    const slate = nextSlate()
    slates.add(slate, lists)
    const { eventCount, stated } = log.taste()
    return {
      slate,
      eventCount: eventCount + (stated?.count ?? 0),
      tookMs: clock() - start,
    }
  }

  function slateList({ kind, ranked }: RankedShelf): SlateList {
    const { policy, used } = learner.now()
    // what is like an item is scored as if for it, by the pack's own fusion
    if (kind === 'because') return { policy: kind, ranked }
    return { policy: kind === 'for-you' ? policy : kind, ranked, used }
  }

  return {
    rankAhead: (events) => {
      const strong = events.filter((event) => strengthOf(event) > MAX_DWELL_STRENGTH)
      for (const { item = '' } of strong.slice(-BECAUSE_SHELVES)) {
        const index = items.indexOf(item)
        if (index === undefined) continue
        const anchor = { index, kind: 'like' }
        const rank = () =>
          areShelvesCurated ? rankAheadCurated?.(anchor) : related().near(anchor)
        if (personal) rank()
        else void loadPersonal().then(rank, () => {}) // the next list asks for it again
      }
    },

    loadedColumns: () => loadedColumns(),

    withShown: (event) => slates.withShown(event, items.indexOf(event.item ?? '')),

    recommend: async (options = {}) => {
      checkOptions(options)
      return showList({ options, shown: new Set() }, clock())
    },

    recommendNext: async (previous, { count } = {}) => {
      const start = clock()
      const slate = typeof previous === 'string' ? previous : previous?.slate
      const list = continued.get(slate)
      if (!list) throw unknownList(slate)
      const options = { ...list.options, ...(count === undefined ? {} : { count }) }
      return showList({ options, shown: list.shown }, start)
    },

    shelves: async (options = {}) => {
      const start = clock()
      checkOptions(options)
      const { exclude = [], compare = false } = options
      areShelvesCurated = isCurated(options) || exclude.length > 0
      await prepare()
      const made = areShelvesCurated
        ? await (await curated()).shelves(options)
        : makeShelves(shelfContext(options))
      const shelves = compare ? await compared(made) : made
      const shown = shelves.flatMap(({ ranked }) => ranked.map(({ index }) => index))
      foresee()
      return {
        shelves: describeShelves(shelves),
        ...continuable(
          options,
          new Set(shown),
          madeSince(start, shelves.map(slateList)),
        ),
      }
    },

    related: async (...given) => (await asked()).related(...given),
    search: async (...given) => (await asked()).search(...given),
    elicit: async (...given) => (await asked()).elicit(...given),
    item: async (...given) => (await asked()).item(...given),

    // what did not arrive is asked for again by the search
    prepareSearch: (what) =>
      asked().then(
        (lists) => lists.prepareSearch(what),
        () => {},
      ),

    items: async (ids) => {
      await prepare()
      const { toRanked } = shelfContext({})
      return describeNow()(indicesOf(ids).map(toRanked))
    },
  }
}

interface ContinuedList {
  readonly options: RecommendOptions
  readonly shown: Set<number>
}
