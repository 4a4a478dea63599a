/**
 * The seam of scoring: what goes in, and what comes out for every item of the pack.
 *
 *   score(i) = Σ over COMPONENTS of components[component][i]
 *
 * Each component is already weighted, so the components add up to the score (within 1e-3).
 */

import type { ScanTable } from '../math/scanner.ts'
import { FUSED_COMPONENTS, type FusionWeights, type Pack } from '../pack/pack.ts'

/** The fused components, then the visitor's own feedback on the item. */
export const COMPONENTS = [...FUSED_COMPONENTS, 'feedback'] as const
export type Component = (typeof COMPONENTS)[number]

/** Nothing of every component. */
export const NO_COMPONENTS = Object.fromEntries(
  COMPONENTS.map((component) => [component, 0]),
) as Readonly<Record<Component, number>>

/** An item of a history and how much it counts. */
export interface WeightedItem {
  readonly index: number
  readonly weight: number
}

/** What scoring needs to know of a visitor; the Taste of feedback/taste.ts has this shape and more. */
export interface TasteView {
  readonly eventCount: number
  /** Newest first, one entry an item, weight in (0, 1]. */
  readonly history: readonly WeightedItem[]
  /**
   * Items of the last events, newest first, with those that came again: what `sequence`
   * and returns go by. Default: the items of the history.
   */
  readonly recent?: readonly number[]
  /** index → e⁺ in [0, 1] */
  readonly positive: ReadonlyMap<number, number>
  /** index → e⁻ in [0, 1] */
  readonly negative: ReadonlyMap<number, number>
  /** index → log odds ≤ 0 that views without an opening took. Default: none. */
  readonly passed?: ReadonlyMap<number, number>
}

/** A pack ready to be scanned: its int8 tables held by a scanner. */
export interface ScoringPack {
  readonly pack: Pack
  readonly tower?: ScanTable
  readonly content?: ScanTable
  /** `taken` of the low-rank term of cf. */
  readonly latent?: ScanTable
}

export interface ScoreRequest {
  readonly taste: TasteView
  /** Typed text in the content block's space [content dim], unit length. */
  readonly textQuery?: Float32Array
  /** How much of the content query the text takes, 0–1. Default 0.5. */
  readonly textShare?: number
  /**
   * The user tower's output [tower dim]; made from the taste by the caller. Not used
   * while the history is empty, nor if a number in it is not finite.
   */
  readonly userVector?: Float32Array
  /** Default: the pack's own. */
  readonly fusion?: FusionWeights
  /** How far a skip speaks against items like it, in [0, 1]. Default: the pack's own. */
  readonly skipShare?: number
}

export interface Scores {
  readonly itemCount: number
  /** [items] */
  readonly score: Float32Array
  /** [items] each; a component that is off is all zero. */
  readonly components: Readonly<Record<Component, Float32Array>>
}

/** Memory for the scores of that many items, all zero. */
export function createScores(itemCount: number): Scores {
  const components = COMPONENTS.map((component) => [
    component,
    new Float32Array(itemCount),
  ])
  return {
    itemCount,
    score: new Float32Array(itemCount),
    components: Object.fromEntries(components) as Record<Component, Float32Array>,
  }
}

/** One pick, with everything `explain` and the page need to know of its score. */
export interface RankedItem {
  readonly index: number
  readonly score: number
  /** σ(score): click probability, shown as "match". In (0, 1). */
  readonly match: number
  readonly components: Readonly<Record<Component, number>>
  /** What in the visitor's history supports it, strongest first; from the numbers that scored it. */
  readonly because: readonly Support[]
  /** Chosen to learn, not by score. */
  readonly isGuess: boolean
  /** Of a guess: the probability it was drawn with, (0, 1], to be logged. */
  readonly propensity?: number
  /** Its place is the owner's choice, not the score's. */
  readonly isPinned?: boolean
  /** What the owner added for the order; not in `score`. */
  readonly boost?: number
}

export interface Support {
  /** `tower` only where an item's own vector stood for the visitor (related items). */
  readonly component: 'cf' | 'content' | 'sequence' | 'attributes' | 'tower'
  /** The history item that supports it (not attributes); absent in content = typed text. */
  readonly index?: number
  /** The shared attribute (attributes): index into the pack's attributes. */
  readonly attribute?: number
  /** Attributes: the history items that hold the attribute, those that count most first. */
  readonly indices?: readonly number[]
  /** Share of that component's support, 0–1. */
  readonly share: number
}
