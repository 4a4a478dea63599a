/**
 * The library's one interface: what a page, a Node script and Hearth's own elements may
 * ask for. Plain data both ways. `createHearth` makes one; see `src/index.ts`.
 */

import type { Reason } from '../explain/explain.ts'
import type { EventInput, LoggedEvent } from '../feedback/event.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeValue, FirstBlock } from '../pack/pack.ts'
import type { Component } from '../scoring/score.ts'
import type { ProfileFile } from '../store/profile-store.ts'
import type { Backend } from '../towers/tower-device.ts'

/** Where the visitor's profile lives. */
export type Storage = 'persistent' | 'memory'

export interface HearthOptions {
  /** The pack's folder: in a page a URL (relative ones start from the page), in Node a path. */
  readonly pack: string
  /**
   * `persistent`: in IndexedDB on this device. `memory`: gone with the page or process.
   * Default: `persistent` in a page; Node has `memory` alone.
   */
  readonly storage?: Storage
  /** Forces a backend. Default: the page's `?device=`, else probed. */
  readonly backend?: Backend
  /** Unix time, ms. Default `Date.now`. Given (or `seed`), the engine runs in place, not in a worker. */
  readonly now?: () => number
  /** Seed of exploration, an integer. Default: from the clock. */
  readonly seed?: number
  /** In a page: the folder that holds `models/` and `runtime/`. Default: beside the script. */
  readonly assets?: string
}

/** An item with why it is here. */
export interface RecommendedItem extends ItemRecord {
  /** The sum of `components`. */
  readonly score: number
  /** Click probability by the fitted fusion, (0, 1). */
  readonly match: number
  readonly components: Readonly<Record<Component, number>>
  /** Strongest first; `explainReason` of `explain/messages` makes sentences. */
  readonly reasons: readonly Reason[]
  /** The one reason a card has room for. */
  readonly headline?: Reason
  /** Chosen to learn, not by score. */
  readonly isGuess: boolean
  /** What the visitor already said about it. */
  readonly reaction?: Reaction
}

/** The visitor's standing on an item, each with the `seq` to remove to take it back. */
export interface Reaction {
  readonly liked?: number
  readonly disliked?: number
  readonly saved?: number
  readonly rated?: { readonly seq: number; readonly stars: number }
}

export interface RecommendOptions {
  /** 1–50. Default 12. */
  readonly count?: number
  /** Ids that must not come. Default none. */
  readonly exclude?: readonly string[]
  /** 0 familiar … 1 surprising. Default 0.2. */
  readonly surprise?: number
}

/** One list that was made at once. */
export interface Recommendations {
  readonly items: readonly RecommendedItem[]
  /** Names this list: give it back with the events it led to. */
  readonly slate: string
  /** Positive events the list was made from. */
  readonly eventCount: number
  /** Measured time to score, rank and explain, ms. */
  readonly tookMs: number
}

export type ShelfKind =
  | 'for-you'
  | 'because' // like one item of the history: `anchor`
  | 'popular' // what most visitors chose, or the catalogue's own order: `isByPopularity`
  | 'different'
  | 'continue'

export interface Shelf {
  readonly kind: ShelfKind
  /** Stable between re-ranks, e.g. `because:123`. */
  readonly key: string
  /** The item a `because` shelf speaks of, and what the visitor did to it. */
  readonly anchor?: {
    readonly item: ItemRecord
    readonly event: 'click' | 'dwell' | 'like' | 'save' | 'rate'
  }
  /** `popular` only: chosen by how many chose them. */
  readonly isByPopularity?: boolean
  readonly items: readonly RecommendedItem[]
}

export interface Shelves {
  readonly shelves: readonly Shelf[]
  readonly slate: string
  readonly eventCount: number
  readonly tookMs: number
}

export interface SearchOptions {
  /** 1–50. Default 24. */
  readonly count?: number
  /** `keyword` answers at once; `semantic` waits for the encoder. Default `semantic`. */
  readonly mode?: 'keyword' | 'semantic'
}

export interface SearchResult extends Recommendations {
  /** What answered: `keyword` where the encoder could not. */
  readonly mode: 'keyword' | 'semantic'
  /** Why there is no semantic answer, if it was asked for. */
  readonly note?: string
}

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

export interface TasteSummary {
  /** By weight, strongest first, share of the strongest 0–1. */
  readonly attributes: readonly (AttributeValue & { readonly share: number })[]
}

/** An event with its item. */
export interface ShownEvent extends LoggedEvent {
  readonly record?: ItemRecord
}

export interface Profile {
  /** Newest first. */
  events(): Promise<readonly ShownEvent[]>
  /** Removes events with all they taught. */
  remove(seqs: readonly number[]): Promise<void>
  export(): Promise<ProfileFile>
  /** @returns events added @throws HearthError `bad-profile`; nothing stored has changed */
  import(file: unknown): Promise<number>
  erase(): Promise<void>
  taste(): Promise<TasteSummary>
  /** Moves the profile: `memory` keeps the events of now and erases the disk; `persistent` stores them. */
  setStorage(storage: Storage): Promise<void>
}

export interface DeviceState {
  readonly state: 'off' | 'idle' | 'loading' | 'ready' | 'failed'
  readonly backend?: Backend
  /** Why this backend, and why not a better one; one line a backend tried. */
  readonly tried: readonly string[]
  /** Self-check of the backend in use: cosine (encoder) or largest difference (towers). */
  readonly selfCheck?: number
  /** Golden texts that `selfCheck` is the worst of, once all were compared. */
  readonly checkedTexts?: number
  readonly probeMs?: number
  /** Download progress 0–1 while loading. */
  readonly progress?: number
  readonly model?: { readonly name: string; readonly wireBytes: number }
}

export interface HearthState {
  readonly pack: {
    readonly name: string
    readonly items: number
    readonly licence: string
    readonly attribution: string
    readonly notes: readonly string[]
  }
  readonly scan: 'simd' | 'js'
  readonly profile: { readonly mode: 'indexeddb' | 'memory'; readonly reason?: string }
  /** Events in the log, of every kind. */
  readonly events: number
  readonly encoder: DeviceState
  readonly towers: DeviceState
  /** Times the worker was restarted since the page opened. */
  readonly restarts: number
}

export interface EncoderCheck {
  /** The lowest cosine to a golden vector, −1–1. */
  readonly lowest: number
  /** Golden texts compared. */
  readonly texts: number
}

export interface HearthEvents {
  /**
   * The log changed, so lists may be out of date. `origin`: through this object, or from
   * elsewhere (another tab, another object on the same profile). `kinds`: of the events
   * recorded; absent after a removal, import or erase.
   */
  readonly change: {
    readonly origin: 'own' | 'other'
    readonly kinds?: readonly LoggedEvent['kind'][]
  }
  /** The towers were tuned: the next list may differ. */
  readonly learned: Record<string, never>
  readonly state: HearthState
}

export interface Hearth {
  recommend(options?: RecommendOptions): Promise<Recommendations>
  shelves(options?: Omit<RecommendOptions, 'exclude'>): Promise<Shelves>
  /** What goes with one item; empty for an unknown id. The item itself never comes. */
  related(id: string, options?: { readonly count?: number }): Promise<Recommendations>
  search(text: string, options?: SearchOptions): Promise<SearchResult>
  /** @returns undefined for an id the catalogue does not hold. Never explained by itself. */
  item(id: string): Promise<ItemDetail | undefined>
  /** @returns undefined for an unknown id, or a catalogue that predicts no ratings */
  predictRating(id: string): Promise<RatingGuess | undefined>
  /** Resolves once the events are in the log. Items not in the pack are ignored. */
  record(events: EventInput | readonly EventInput[]): Promise<readonly LoggedEvent[]>
  readonly profile: Profile
  state(): Promise<HearthState>
  /** @returns the unsubscriber */
  on<T extends keyof HearthEvents>(
    type: T,
    listener: (event: HearthEvents[T]) => void,
  ): () => void
  /** The items everyone starts with, before the rest of the pack is here. */
  first(): Promise<FirstBlock>
  /** The items that have an address of their own. */
  links(): Promise<readonly (readonly [url: string, id: string])[]>
  /** Somebody began to type: loads what a search needs. Never rejects. */
  prepareSearch(): Promise<void>
  /** Compares every golden text, loading the encoder if need be. @throws HearthError `no-encoder` */
  checkEncoder(): Promise<EncoderCheck>
  /** Tries again from nothing, e.g. after a pack that could not be read. */
  retry(): void
  close(): Promise<void>
}
