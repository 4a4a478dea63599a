/**
 * What the elements, the demo site and the CLI may ask for: one interface, two
 * implementations (direct in `engine`, remote in `worker`). Plain data both ways.
 */

import type { Reason } from '../explain/explain.ts'
import type { LoggedEvent, Signal } from '../feedback/event.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { Relation } from '../pack/pack.ts'
import type { Component } from '../scoring/score.ts'
import type { ProfileFile } from '../store/profile-store.ts'

/** One recommended item as a page shows it. */
export interface Pick {
  readonly item: ItemRecord
  readonly score: number
  /** Click probability, (0, 1). */
  readonly match: number
  readonly components: Readonly<Record<Component, number>>
  /** Strongest first; never empty for a personal pick. */
  readonly reasons: readonly Reason[]
  /** The one reason a card has room for: what put the item on this shelf. */
  readonly headline?: Reason
  /** Chosen to learn: drawn with a hollow dot. */
  readonly isGuess: boolean
  /** What the visitor already said about it. */
  readonly reaction?: Reaction
}

/** The visitor's standing on an item, with the event to remove to take it back. */
export interface Reaction {
  readonly liked?: number
  readonly disliked?: number
  readonly saved?: number
  readonly rated?: { readonly seq: number; readonly stars: number }
}

export type ShelfKind = 'for-you' | 'because' | 'trending' | 'different' | 'continue'

/** One row of the feed. */
export interface Shelf {
  readonly kind: ShelfKind
  /** Stable between re-ranks, e.g. `because:123`. */
  readonly key: string
  readonly title: string
  /** The item a `because` shelf speaks of. */
  readonly anchor?: ItemRecord
  readonly picks: readonly Pick[]
}

export interface Feed {
  readonly shelves: readonly Shelf[]
  /** Positive events the list was made from. */
  readonly eventCount: number
  /** Measured time to score, rank and explain, ms. */
  readonly tookMs: number
}

export interface FeedOptions {
  /** Picks a shelf, 1–50. Default 12. */
  readonly count?: number
  /** 0 familiar … 1 surprising: moves MMR's λ. Default 0.2. */
  readonly surprise?: number
  /** Names this list in "newest wins" and in exploration. Default 'feed'. */
  readonly slate?: string
}

export interface SearchResult {
  /** `words` until the encoder has answered, then `meaning`. */
  readonly mode: 'words' | 'meaning'
  readonly picks: readonly Pick[]
  readonly tookMs: number
  /** Why meaning is not available, if it is not. */
  readonly note?: string
}

export interface ItemDetail {
  readonly pick: Pick
  readonly attributes: readonly { readonly name: string; readonly relation: Relation }[]
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
  /** Genres (or tags) by weight, strongest first, share of the strongest 0–1. */
  readonly attributes: readonly {
    readonly name: string
    readonly relation: Relation
    readonly share: number
  }[]
}

/** An event with its item, for the page "You". Newest first. */
export interface ShownEvent extends LoggedEvent {
  readonly item?: ItemRecord
}

export type PartState = 'off' | 'idle' | 'loading' | 'ready' | 'failed'

export interface EngineState {
  readonly pack: {
    readonly name: string
    readonly items: number
    readonly licence: string
    readonly attribution: string
    readonly notes: readonly string[]
  }
  readonly scan: 'simd' | 'js'
  readonly profile: { readonly mode: 'indexeddb' | 'memory'; readonly reason?: string }
  /** Signals in the log. */
  readonly events: number
  readonly encoder: DeviceState
  readonly towers: DeviceState
  /** Times the worker was restarted since the page opened. */
  readonly restarts: number
}

export interface DeviceState {
  readonly state: PartState
  readonly backend?: 'webgpu' | 'wasm' | 'js'
  /** Why this backend, and why not a better one; one line a backend tried. */
  readonly tried: readonly string[]
  /** Self-check figure of the backend in use: cosine (encoder) or largest difference (towers). */
  readonly selfCheck?: number
  /** Golden texts that `selfCheck` is the worst of, once all were compared. */
  readonly checkedTexts?: number
  /** Milliseconds of the probe's timing. */
  readonly probeMs?: number
  /** Download progress 0–1 while loading. */
  readonly progress?: number
  /** What it runs (the encoder), once it is known. */
  readonly model?: { readonly name: string; readonly wireBytes: number }
}

/** How the encoder here agrees with the one that built the pack. */
export interface EncoderCheck {
  /** The lowest cosine to a golden vector, −1–1. */
  readonly lowest: number
  /** Golden texts compared. */
  readonly texts: number
}

export interface Engine {
  state(): Promise<EngineState>
  feed(options?: FeedOptions): Promise<Feed>
  related(itemId: string, count?: number): Promise<readonly Pick[]>
  /** By words at once; `meaning: true` waits for the encoder (loads it on first use). */
  search(
    text: string,
    options?: { readonly count?: number; readonly meaning?: boolean },
  ): Promise<SearchResult>
  /**
   * Somebody began to type: loads what a search will need. Resolves when it is here, or
   * could not be: the search itself says why.
   */
  prepareSearch(): Promise<void>
  /**
   * Compares every golden text, loading the encoder if need be; the state then tells it.
   * @throws HearthError `no-encoder` if text cannot be read here
   */
  checkEncoder(): Promise<EncoderCheck>
  /** @returns undefined for an id the catalogue does not hold */
  item(itemId: string): Promise<ItemDetail | undefined>
  /** @returns undefined for an unknown id, or a catalogue that predicts no ratings */
  predictRating(itemId: string): Promise<RatingGuess | undefined>
  /** The items that have an address of their own, so that a page's links can be known. */
  links(): Promise<readonly (readonly [url: string, itemId: string])[]>
  /** Records signals; resolves once they are in the log. Items not in the pack are ignored. */
  record(signals: readonly Signal[]): Promise<readonly LoggedEvent[]>
  events(): Promise<readonly ShownEvent[]>
  removeEvents(seqs: readonly number[]): Promise<void>
  taste(): Promise<TasteSummary>
  exportProfile(): Promise<ProfileFile>
  /** @throws HearthError `bad-profile`; nothing stored has changed */
  importProfile(file: unknown): Promise<number>
  erase(): Promise<void>
}

/** Told without being asked. */
export type EngineNotice =
  | { readonly type: 'profile-changed' } // this tab or another changed the log: re-rank
  | { readonly type: 'learned' } // the towers moved: the next list may differ
  | { readonly type: 'state'; readonly state: EngineState }
