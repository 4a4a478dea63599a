/**
 * What the log holds about one item, gathered event by event in time order, and the sums
 * the taste takes from it. Notation: s = strength, d = decay to now, Σ over its events.
 */

import type { FeedbackEvent } from './event.ts'
import { addView, endPassing, notPassed, type PassedOver } from './passed-over.ts'
import {
  decay,
  FINISH_STRENGTH,
  LIKE_STRENGTH,
  MAX_DWELL_STRENGTH,
  SAVE_STRENGTH,
  STAR_STRENGTHS,
  strengthOf,
} from './weights.ts'

/** A click this long after the last one on the item is a return, ms. */
const RETURN_GAP_MS = 30 * 60_000
/** What each return adds to e⁺: coming back on purpose is worth as much as a click. */
const RETURN_STRENGTH = 0.3

/** Strongest first: where two are equal, the earlier one names the reason. */
const POSITIVE_KINDS = ['rate', 'like', 'save', 'finish', 'dwell', 'click'] as const

/** What a visitor does that counts in favour of an item. */
export type PositiveKind = (typeof POSITIVE_KINDS)[number]

/** The most that all events of one kind on one item are worth: repeating one saturates. */
const MAX_BY_KIND: Readonly<Record<PositiveKind, number>> = {
  rate: 1,
  like: LIKE_STRENGTH,
  save: SAVE_STRENGTH,
  finish: FINISH_STRENGTH,
  dwell: MAX_DWELL_STRENGTH,
  click: 0.6, // twice a click: four openings do not make a liking
}

export interface ItemFeedback {
  /** Σ s·d by kind; a rating only the newest, as it replaces the one before. */
  readonly sums: Record<PositiveKind, number>
  /** The largest s by kind, undecayed. */
  readonly strengths: Record<PositiveKind, number>
  /** Unix ms of the newest event in favour of the item. */
  at: number
  lastClickAt: number | undefined
  /** Σ d over the clicks that came back. */
  returns: number
  /** Its views since it was last opened or reacted to. */
  readonly passed: PassedOver
  /** How bad the last reaction was, 0–1; 0 if it was good or there is none. */
  refusal: number
}

export function noFeedback(): ItemFeedback {
  return {
    sums: { click: 0, dwell: 0, finish: 0, like: 0, save: 0, rate: 0 },
    strengths: { click: 0, dwell: 0, finish: 0, like: 0, save: 0, rate: 0 },
    at: 0,
    lastClickAt: undefined,
    returns: 0,
    passed: notPassed(),
    refusal: 0,
  }
}

/** Takes in the item's next event in time. @param now Unix ms to which all decays */
export function addFeedback(feedback: ItemFeedback, event: FeedbackEvent, now: number) {
  const { kind, at } = event
  if (kind === 'search' || kind === 'prefer' || kind === 'reset') return // of no item
  if (kind === 'impression') {
    addView(feedback.passed, event, now)
    return
  }
  endPassing(feedback.passed, event.slate)
  const strength = strengthOf(event)
  // neither opening nor finishing is a reaction: a dislike stays until a like, save or rating
  if (!isQuiet(kind)) feedback.refusal = Math.max(0, -strength)
  if (kind === 'dislike') return
  if (kind === 'rate') feedback.sums.rate = feedback.strengths.rate = 0
  if (kind === 'click') addReturn(feedback, at, now)
  if (strength <= 0) return
  feedback.sums[kind] += strength * decay(now - at)
  feedback.strengths[kind] = Math.max(feedback.strengths[kind], strength)
  feedback.at = at
}

function isQuiet(kind: FeedbackEvent['kind']): boolean {
  return kind === 'click' || kind === 'dwell' || kind === 'finish'
}

function addReturn(feedback: ItemFeedback, at: number, now: number) {
  const { lastClickAt } = feedback
  const isReturn = lastClickAt !== undefined && at - lastClickAt >= RETURN_GAP_MS
  if (isReturn) feedback.returns += decay(now - at)
  feedback.lastClickAt = at
}

/** Σ s·d, each kind up to its most, together up to 1; 0 for an item refused last. */
export function weightOf(feedback: ItemFeedback): number {
  if (feedback.refusal > 0) return 0
  let weight = 0
  for (const kind of POSITIVE_KINDS) weight += capped(feedback, kind)
  return Math.min(1, weight)
}

/** The kind of the strongest event. */
export function strongestKind({ strengths }: ItemFeedback): PositiveKind {
  return POSITIVE_KINDS.reduce((best, kind) =>
    strengths[kind] > strengths[best] ? kind : best,
  )
}

/** Kinds of event in favour of the item; three stars are not. */
export function countKinds({ strengths }: ItemFeedback): number {
  return POSITIVE_KINDS.filter((kind) =>
    kind === 'rate' ? isRatedWell(strengths) : strengths[kind] > 0,
  ).length
}

/**
 * e⁺ = 1 − (1 − saved)(1 − liked)(1 − rated well)(1 − finished)(1 − read)(1 − returned to), each its
 * decayed worth: in [0, 1], and never lower for more feedback.
 */
export function positiveOf(feedback: ItemFeedback): number {
  if (feedback.refusal > 0) return 0
  const rated = isRatedWell(feedback.strengths) ? capped(feedback, 'rate') : 0
  const returned = 1 - (1 - RETURN_STRENGTH) ** feedback.returns
  const parts = [capped(feedback, 'save'), capped(feedback, 'like'), rated]
  const used = [capped(feedback, 'finish'), capped(feedback, 'dwell'), returned]
  return eitherOf([...parts, ...used])
}

/** e⁻: how bad the last reaction was. It does not fade: it lasts until it is taken back. */
export function negativeOf({ refusal }: ItemFeedback): number {
  return refusal
}

function capped({ sums }: ItemFeedback, kind: PositiveKind): number {
  return Math.min(MAX_BY_KIND[kind], sums[kind])
}

/** Four stars and up; the strengths of stars lie on a line between whole stars. */
function isRatedWell(strengths: ItemFeedback['strengths']): boolean {
  return strengths.rate >= STAR_STRENGTHS[3]
}

/** 1 − Π (1 − part), parts in [0, 1]. */
function eitherOf(parts: readonly number[]): number {
  return 1 - parts.reduce((left, part) => left * (1 - part), 1)
}
