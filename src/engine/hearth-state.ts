/** How Hearth runs, as `hearth.state()` gives it: types alone. */
import type { Component } from '../scoring/score.ts'
import type { Backend } from '../towers/tower-device.ts'
import type { CurationState } from './list-options.ts'

/** What runs the encoder or the towers. */
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
  /**
   * Towers only: whether this visitor's log has moved them. `false`: they were tried, and the
   * pack's own found the newest events as well. Absent until there was something to try.
   */
  readonly hasMoved?: boolean
}

/** How the fusion follows this visitor: what their own clicks and skips taught. */
export interface LearningState {
  /**
   * `waiting`: too little was seen, the pack's fusion ranks. `on`: the learned one does.
   * `off`: by the visitor's own guesses it does worse than the pack's, with confidence, so the
   * pack's ranks until they say otherwise.
   */
  readonly state: 'waiting' | 'on' | 'off'
  /** Seen items that it is learned from, and those of them that were opened or liked. */
  readonly views: number
  readonly taken: number
  /** What each component counts, times its weight in the pack. Absent while it waits. */
  readonly weights?: Readonly<Record<Exclude<Component, 'feedback'>, number>>
  /** Guesses that both fusions are compared on. */
  readonly guesses: number
  /** Taken guesses of the learned fusion less those of the pack's, a guess; absent for a few. */
  readonly difference?: number
  /** Its 95 % interval. */
  readonly interval?: readonly [lower: number, upper: number]
  /** Share of guesses taken under each fusion: clipped SNIPS, 0–1, and IPS, which may leave it. */
  readonly takenShare?: {
    readonly shipped: number
    readonly learned: number
    readonly shippedByIps: number
    readonly learnedByIps: number
  }
}

/** How Hearth runs here. */
export interface HearthState {
  readonly pack: {
    readonly name: string
    readonly items: number
    readonly licence: string
    readonly attribution: string
    readonly notes: readonly string[]
  }
  readonly curation: CurationState
  readonly scan: 'simd' | 'js'
  readonly profile: {
    readonly mode: 'indexeddb' | 'memory'
    /** Why memory only, in one plain sentence. */
    readonly reason?: string
    /**
     * Numbers (`seq`) of stored records that are of no use to this version: broken, or of a
     * newer one. They stay in `profile.export()` until `profile.remove` takes them.
     */
    readonly unreadable?: readonly number[]
  }
  /** Events in the log, of every kind. */
  readonly events: number
  readonly encoder: DeviceState
  readonly towers: DeviceState
  readonly learning: LearningState
  /** Times the worker was restarted since the page opened. */
  readonly restarts: number
}

/** How the encoder here agrees with the one that built the pack. */
export interface EncoderCheck {
  /** The lowest cosine to a golden vector, −1–1. */
  readonly lowest: number
  /** Golden texts compared. */
  readonly texts: number
}
