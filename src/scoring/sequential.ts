/**
 * What follows what the visitor did last, as a component of the score.
 *
 *   component(index) = w · (S(index) − mean S) / spread      S: the sequence block, folded in
 *
 * The spread is the pack's own, that of a typical visitor, or else this visitor's. One
 * spread for all keeps what a visitor's own would throw away: how much the block knows.
 */

import { AS_IT_IS, type Standard } from '../math/standardise.ts'
import { type DecaySettings, defaultDecaySettings } from '../pack/decay-settings.ts'
import type { Pack } from '../pack/pack.ts'
import { foldSparse, refusalOf } from './item-item.ts'
import type { TasteView } from './score.ts'
import type { WeightedRow } from './tower-input.ts'

// The order-aware side of a visitor: what the last events weigh in the sequence block.
// weight(age) = (1 − floor)·decay^age + floor, age 0 being the newest event
// An item that comes twice among the last events is counted at both ages.

/** Events looked back: at the decays found by validation, older ones are the floor alone. */
export const SEQUENCE_WINDOW = 20

export interface RecentEvent extends WeightedRow {
  /** Events since: 0 is the newest. */
  readonly age: number
}

/** How this pack's sequence block wants to be read. */
export function decaySettingsOf({ manifest }: Pick<Pack, 'manifest'>): DecaySettings {
  return manifest.sequence ?? defaultDecaySettings
}

/** What an event of that age counts: 1 for the newest, never below the floor. */
export function ageWeight(
  age: number,
  { decay, floor }: Pick<DecaySettings, 'decay' | 'floor'>,
): number {
  return (1 - floor) * decay ** age + floor
}

/**
 * The last SEQUENCE_WINDOW events, newest first, with the weight the history gives their
 * rows; those on refused rows, or on rows that are not in the history, are left out.
 */
export function recentEvents({ history, negative, recent }: TasteView): RecentEvent[] {
  const weights = new Map(history.map(({ index, weight }) => [index, weight]))
  const rows = recent ?? history.map(({ index }) => index)
  return rows
    .slice(0, SEQUENCE_WINDOW)
    .map((index, age) => ({ index, age, weight: weights.get(index) ?? 0 }))
    .filter(({ index, weight }) => weight > 0 && refusalOf(negative, index) === 0)
}

/** What is folded into the sequence block: one entry a index, the newest first. */
export function sequenceRows(
  taste: TasteView,
  decaySettings: Pick<DecaySettings, 'decay' | 'floor'>,
): WeightedRow[] {
  const weights = new Map<number, number>()
  for (const { index, weight, age } of recentEvents(taste)) {
    weights.set(
      index,
      (weights.get(index) ?? 0) + weight * ageWeight(age, decaySettings),
    )
  }
  return [...weights].map(([index, weight]) => ({ index, weight }))
}

/**
 * What `attributes` reads of a history, newest first: each index is weighed by its place too
 * where the pack has a sequence block, that is, where validation found that order matters.
 */
export function attributeRows(
  pack: Pick<Pack, 'manifest' | 'sequence'>,
  rows: readonly WeightedRow[],
): readonly WeightedRow[] {
  if (!pack.sequence) return rows
  const decaySettings = decaySettingsOf(pack)
  return rows.map(({ index, weight }, age) => ({
    index,
    weight: weight * ageWeight(age, decaySettings),
  }))
}

/** Of S over all rows. */
export interface SequenceMoments {
  readonly sum: number
  readonly mean: number
  /** Of the whole, not a sample. */
  readonly deviation: number
}

/**
 * What S comes to over the catalogue, without a pass over it: the last events have a few
 * hundred entries, all other rows are 0.
 *
 * @returns undefined if the pack has no such block, or no event speaks
 */
export function sequenceMoments(
  pack: Pack,
  taste: TasteView,
): SequenceMoments | undefined {
  const rows = sequenceRows(taste, decaySettingsOf(pack))
  return pack.sequence && rows.length > 0
    ? momentsOf(foldSparse(pack.sequence, rows), pack.itemCount)
    : undefined
}

/** @param said the rows that S is not 0 at */
function momentsOf(said: ReadonlyMap<number, number>, rows: number): SequenceMoments {
  let sum = 0
  let square = 0
  for (const value of said.values()) {
    sum += value
    square += value * value
  }
  const mean = sum / rows
  const spread = Math.sqrt(Math.max(0, square / rows - mean * mean))
  return { sum, mean, deviation: spread > EQUAL * Math.abs(mean) ? spread : 0 }
}

/** Spread over mean under which S is the same everywhere: the squares leave some 1e-8. */
const EQUAL = 1e-7

/**
 * @param out [rows], overwritten by S: all 0 where no event speaks, or the weight is 0
 * @returns what turns S into the component
 */
export function sequenceInto(
  pack: Pack,
  taste: TasteView,
  weight: number,
  out: Float32Array,
): Standard {
  const rows =
    pack.sequence && weight !== 0 ? sequenceRows(taste, decaySettingsOf(pack)) : []
  if (!pack.sequence || rows.length === 0) {
    out.fill(0)
    return AS_IT_IS
  }
  const said = foldSparse(pack.sequence, rows)
  out.fill(0)
  for (const [index, value] of said) out[index] = value
  const { mean, deviation } = momentsOf(said, pack.itemCount)
  const spread = decaySettingsOf(pack).spread ?? deviation
  return { mean, factor: spread > 0 ? weight / spread : 0 }
}
