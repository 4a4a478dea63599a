/**
 * The seam of scoring: what goes in, and what comes out for every item of the pack.
 *
 *   score(i) = Σ over COMPONENTS of components[component][i]
 *
 * Each component is already weighted, so the components add up to the score (within 1e-3).
 */

import type { StatedEffect } from '../feedback/preferences.ts'
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

/**
 * e⁻ from which an item counts as refused. Below it, as of two and a half stars, it tells nothing about
 * the items like it.
 */
export const REFUSED_FROM = 0.5

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
  /** What was stated about makers and categories. Default: nothing. */
  readonly stated?: StatedEffect
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
  /** Whether the score is likeness to an item: no probability is made of it. Default false. */
  readonly isLikeness?: boolean
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
  /** Probability by the pack's calibration, (0, 1): `match.ts`. Absent where none was fitted. */
  readonly match?: number
  readonly components: Readonly<Record<Component, number>>
  /** Chosen to learn, not by score. */
  readonly isGuess: boolean
  /** Of a guess: the probability it was drawn with, (0, 1], to be logged. */
  readonly propensity?: number
  /** Of a guess while something is learned: see `Shown`. */
  readonly chances?: { readonly shipped: number; readonly learned: number }
  /** Its place is the owner's choice, not the score's. */
  readonly isPinned?: boolean
  /** Of a list that two rankings were drafted into: the policy that took it. */
  readonly team?: string
  /** What the owner added for the order; not in `score`. */
  readonly boost?: number
}
