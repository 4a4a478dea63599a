/**
 * The library's one interface: what a page, a Node script and Hearth's own elements may
 * ask for. Plain data both ways. `createHearth` makes one; see `src/index.ts`. It is long, as
 * every method is documented where it is declared, and declared once.
 */

export type { ErrorCode } from '../errors.ts'
export type {
  FoundField,
  NamedItem,
  Reason,
  ReasonContent,
  ReasonKind,
  ReasonParams,
} from '../explain/reason.ts'
export type {
  EventInput,
  EventKind,
  LoggedEvent,
  Preference,
} from '../feedback/event.ts'
export type { PositiveKind } from '../feedback/item-feedback.ts'
export type { ListOpens, OpenComparison, OpenCounts } from '../feedback/opens.ts'
export type { StatedPreference } from '../feedback/preferences.ts'
export type { Reaction } from '../feedback/reactions.ts'
export type { Shown } from '../feedback/shown.ts'
export type { HistoryEntry, HistoryKind, SkippedLines } from '../history/entry.ts'
export type {
  AddedHistory,
  ChosenHistory,
  HistoryMatch,
  HistoryPreview,
} from '../history/history-preview.ts'
export type { MatchReason } from '../history/match.ts'
export type { ItemRecord } from '../pack/item.ts'
export type { AttributeValue, FirstBlock, Relation } from '../pack/pack.ts'
export type { Rules } from '../pack/rules.ts'
export type {
  Boost,
  FieldTests,
  Filter,
  FilterObject,
  FilterValue,
} from '../scoring/filter/filter.ts'
export type { Component } from '../scoring/score.ts'
export type { ProfileFile, Storage } from '../store/profile-store.ts'
export type { Fact, FactField } from '../text/understand/facts.ts'
export type { Intent } from '../text/understand/intent.ts'
export type { Understood, UnderstoodPart } from '../text/understand/understand.ts'
export type { Backend } from '../towers/tower-device.ts'

import type { Reason } from '../explain/reason.ts'
import type { EventInput, LoggedEvent } from '../feedback/event.ts'
import type { PositiveKind } from '../feedback/item-feedback.ts'
import type { Reaction } from '../feedback/reactions.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeValue, FirstBlock } from '../pack/pack.ts'
import type { Component } from '../scoring/score.ts'
import type { Storage } from '../store/profile-store.ts'
import type { Understood } from '../text/understand/understand.ts'
import type { Backend } from '../towers/tower-device.ts'
import type {
  ListOptions,
  RecommendOptions,
  RelatedOptions,
  ShelvesOptions,
} from './list-options.ts'

export type {
  DeviceState,
  EncoderCheck,
  HearthState,
  LearningState,
} from './hearth-state.ts'
export type {
  Profile,
  ShownEvent,
  ShownPreference,
  TasteOfRelation,
  TasteShare,
  TasteSummary,
} from './profile.ts'

import type { EncoderCheck, HearthState } from './hearth-state.ts'
import type { Profile } from './profile.ts'

export type {
  CurationState,
  ListOptions,
  RecommendOptions,
  RelatedOptions,
  ShelvesOptions,
} from './list-options.ts'

/** What `createHearth` is given. */
export interface HearthOptions {
  /**
   * The pack's folder: in a page a URL (relative ones start from the page), in Node a path
   * or a `file:` URL.
   */
  readonly pack: string
  /**
   * `persistent`: in IndexedDB on this device. `memory`: gone with the page or process.
   * Default: `persistent` in a page; Node has `memory` alone.
   */
  readonly storage?: Storage
  /** Forces a backend. Default: the page's `?device=`, else probed. Node has its own alone. */
  readonly backend?: Backend
  /**
   * Unix time, ms. Default `Date.now`. Given (or `seed`), the engine runs in place, not in a
   * worker, and learns before `record` resolves: the same calls give the same lists.
   */
  readonly now?: () => number
  /** Seed of exploration and of slates, an integer. Default: from the clock. */
  readonly seed?: number
  /**
   * In a page: the URL of the folder that holds `models/` and `runtime/`. Default: beside the
   * script. In Node: the encoder's folder. Default: the one Hearth ships.
   */
  readonly assets?: string
}

/** An item with why it is here. */
export interface RecommendedItem extends ItemRecord {
  /** The sum of `components`. */
  readonly score: number
  /**
   * Of people known by as many events and with a list like this visitor's, the share whose
   * other choices hold the item, (0, 1): measured at build on people held out. Absent where
   * it was not measured: a pack of too few people, an item already chosen, lists of what is
   * related or searched for.
   */
  readonly match?: number
  readonly components: Readonly<Record<Component, number>>
  /** Strongest first; `reasonText` of `explain/messages` makes sentences. */
  readonly reasons: readonly Reason[]
  /** The one reason a card has room for. */
  readonly headline?: Reason
  /** Chosen to learn, not by score. */
  readonly isGuess: boolean
  /** The visitor's own feedback on it, where there is any. */
  readonly reaction?: Reaction
}

/** One list that was made at once. */
export interface Recommendations {
  readonly items: readonly RecommendedItem[]
  /** Names this list: give it back with the events it led to. */
  readonly slate: string
  /** Positive events the list was made from; `state().events` counts all of them. */
  readonly eventCount: number
  /** Measured time to score, rank and explain, ms. */
  readonly tookMs: number
}

export type ShelfKind =
  | 'for-you'
  | 'because' // like one item of the history: `anchor`
  | 'popular' // what most visitors chose, or, where that is not known, a varied list: `isByPopularity`
  | 'different'
  | 'continue'

/** One of the lists of a page; `shelfTitle` of `explain/messages` makes its title. */
export interface Shelf {
  readonly kind: ShelfKind
  /** Stable between re-ranks, e.g. `because:123`. */
  readonly key: string
  /** The item a `because` shelf is like, and what the visitor did to it. */
  readonly anchor?: {
    readonly item: ItemRecord
    readonly event: PositiveKind
  }
  /** `popular` only: chosen by how many chose them. */
  readonly isByPopularity?: boolean
  readonly items: readonly RecommendedItem[]
}

/** Every list of a page at once; an item is in one of them, but for `continue`. */
export interface Shelves {
  readonly shelves: readonly Shelf[]
  readonly slate: string
  readonly eventCount: number
  readonly tookMs: number
}

/** What a search may be asked for. */
export interface SearchOptions extends ListOptions {
  /** 1–50. Default 24. */
  readonly count?: number
  /** `keyword` answers at once; `semantic` waits for the encoder. Default `semantic`. */
  readonly mode?: 'keyword' | 'semantic'
  /**
   * Keys of what was understood of the text and shall not count, from `understood.parts` of
   * an earlier answer to it. Default: none.
   */
  readonly ignore?: readonly string[]
}

/** What a search found, best first. */
export interface SearchResult extends Recommendations {
  /** What answered: `keyword` where the encoder could not. */
  readonly mode: 'keyword' | 'semantic'
  /** Why there is no semantic answer, if it was asked for. */
  readonly note?: string
  /** What was understood beside the words; absent where the text was searched as it is. */
  readonly understood?: Understood
}

/** One item with what is known of it. */
export interface ItemDetail {
  readonly item: RecommendedItem
  readonly attributes: readonly AttributeValue[]
}

/** A guess at the visitor's rating of an item, from their ratings of others. */
export interface RatingGuess {
  /** 1–5; absent below `least` ratings. */
  readonly stars?: number
  /** Ratings of other items it is made from. */
  readonly from: number
  /** Ratings below which there is no guess. */
  readonly least: number
}

/** What `elicit` is asked for. */
export interface ElicitOptions {
  /** Items, 1–50. Default 12. */
  readonly count?: number
  /** Ids that were shown before. */
  readonly exclude?: readonly string[]
}

/** What a new visitor can be asked about, to be known sooner. */
export interface Elicitation {
  /** Many know them, and a yes or no to each tells much that the others do not. */
  readonly items: readonly ItemRecord[]
  /** Categories that hold the most of what is popular, at most 16. */
  readonly attributes: readonly AttributeValue[]
  /** Give it with the events that follow: `profile.undoHistory(slate)` takes all of them back. */
  readonly slate: string
}

/** What `on` listens to. */
export interface HearthEvents {
  /**
   * The log changed, so lists may be out of date. `origin`: through this object, or from
   * elsewhere (another tab, another object on the same profile). `kinds`: of the events
   * recorded; absent after a removal, import, erase or move.
   */
  readonly change: {
    readonly origin: 'own' | 'other'
    readonly kinds?: readonly LoggedEvent['kind'][]
  }
  /** The towers were tuned: the first list after the visitor's next act may differ. */
  readonly learned: Record<string, never>
  readonly state: HearthState
}

/** A recommender over one pack and one visitor's profile. */
export interface Hearth {
  /**
   * What to show this visitor, best first, with one item that is a guess once there is
   * something to learn from; to a stranger, what everyone starts with.
   * @example
   * const { items, slate } = await hearth.recommend({ count: 4, exclude: ['dune'] })
   * @throws HearthError `bad-argument` for an option out of its range, or a filter that does
   *   not parse or names what the catalogue lacks, with its place
   */
  recommend(options?: RecommendOptions): Promise<Recommendations>
  /**
   * More of a list that `recommend` or `shelves` made: what follows it by the log as it is
   * now, within the same filter, and nothing that it has shown. Empty at its end.
   * @param previous the list, or its slate; of the last 200
   * @param options `count`: 1–50, default that of the list
   * @example
   * const more = await hearth.recommendNext(slate)
   * @throws HearthError `bad-argument` for a slate that names no such list, e.g. of another
   *   page; ask `recommend` again, with `exclude`
   */
  recommendNext(
    previous: string | { readonly slate: string },
    options?: { readonly count?: number },
  ): Promise<Recommendations>
  /**
   * Every list of a page at once, in page order.
   * @example
   * const { shelves } = await hearth.shelves({ count: 4 })
   * @throws HearthError `bad-argument` for an option out of its range
   */
  shelves(options?: ShelvesOptions): Promise<Shelves>
  /**
   * What goes with one item; empty for an unknown id. The item itself never comes.
   * @example
   * const { items } = await hearth.related('dune', { count: 4 })
   * @throws HearthError `bad-argument` as `recommend`
   */
  related(id: string, options?: RelatedOptions): Promise<Recommendations>
  /**
   * What a typed text finds: titles and names by keyword, the rest by its meaning.
   * @example
   * const { items, mode } = await hearth.search('slow, about the sea')
   * @throws HearthError `bad-argument` for an option out of its range
   */
  search(text: string, options?: SearchOptions): Promise<SearchResult>
  /**
   * One item as a page of its own shows it. Never explained by itself.
   * @example
   * const detail = await hearth.item('dune')
   * @returns undefined for an id the catalogue does not hold
   */
  item(id: string): Promise<ItemDetail | undefined>
  /**
   * Items as a list would show them now, in the order asked for: for a page that goes on
   * showing what an earlier list gave it. Ids that the catalogue does not hold are left out.
   * @example
   * const [dune, emma] = await hearth.items(['dune', 'emma'])
   */
  items(ids: readonly string[]): Promise<RecommendedItem[]>
  /**
   * Items to ask a new visitor about, "which of these do you know and like?", and categories
   * to follow: varied, well known, and chosen anew by what is liked so far.
   * @example
   * const { items, slate } = await hearth.elicit({ count: 12 })
   * await hearth.record({ kind: 'like', item: items[3].id, slate })
   * @throws HearthError `bad-argument` for a count out of its range
   */
  elicit(options?: ElicitOptions): Promise<Elicitation>
  /**
   * How many stars the visitor might give an item, from how they rated others.
   * @example
   * const guess = await hearth.predictRating('dune')
   * @returns undefined for an unknown id, or a catalogue that predicts no ratings
   */
  predictRating(id: string): Promise<RatingGuess | undefined>
  /**
   * Records what the visitor did. Resolves once the events are in the log. Events on items
   * that the pack does not hold are ignored; a uid that is in the log is not added again.
   * @example
   * await hearth.record({ kind: 'click', item: items[0].id, slate })
   * const attribute = { relation: 'author', name: 'Ursula K. Le Guin' } as const
   * await hearth.record({ kind: 'prefer', attribute, preference: 'follow' })
   * @param options.instead numbers (`seq`) of events that these take the place of: a change of
   *   mind, such as other stars or a dislike after a like. Both happen or neither. Default none
   * @returns the events as they are in the log, in order
   * @throws HearthError `bad-argument`, naming the field: that event was not recorded, the
   *   others were. With `instead` nothing was; `storage` if the disk that holds those refuses
   */
  record(
    events: EventInput | readonly EventInput[],
    options?: { readonly instead?: readonly number[] },
  ): Promise<readonly LoggedEvent[]>
  readonly profile: Profile
  /**
   * How Hearth runs here: the pack, the storage, the devices.
   * @example
   * const { pack, events } = await hearth.state()
   */
  state(): Promise<HearthState>
  /**
   * Calls `listener` whenever that happens.
   * @example
   * const leave = hearth.on('change', ({ origin }) => update(origin))
   * @returns the unsubscriber
   */
  on<T extends keyof HearthEvents>(
    type: T,
    listener: (event: HearthEvents[T]) => void,
  ): () => void
  /**
   * The items everyone starts with, before the rest of the pack is here.
   * @example
   * const { items } = await hearth.first()
   * @throws HearthError `bad-pack`
   */
  first(): Promise<FirstBlock>
  /**
   * The items that have an address of their own.
   * @example
   * const idOf = new Map(await hearth.links())
   */
  links(): Promise<readonly (readonly [url: string, id: string])[]>
  /**
   * Somebody began to type: loads what a search needs. Never rejects.
   * @param what `scripts`: only the scripts of a keyword search, so that a page that goes
   *   offline later can still search; default: the word index and the encoder too
   * @example
   * await hearth.prepareSearch()
   */
  prepareSearch(what?: 'all' | 'scripts'): Promise<void>
  /**
   * Compares every golden text, loading the encoder if need be.
   * @example
   * const { lowest } = await hearth.checkEncoder()
   * @throws HearthError `no-encoder` if text cannot be read here
   */
  checkEncoder(): Promise<EncoderCheck>
  /**
   * Tries again from nothing, e.g. after a pack that could not be read.
   * @example
   * hearth.retry()
   */
  retry(): void
  /**
   * Ends it; what is asked later rejects with `stopped`. An engine that several callers of
   * a page share ends with the last of them.
   * @example
   * await hearth.close()
   */
  close(): Promise<void>
}
