/**
 * What follows what the visitor did last, as a component of the score.
 *
 *   component(index) = w · (S(index) − mean S) / spread      S: the item-item score by the sequence block
 *
 * The spread is the pack's own, that of a typical visitor, or else this visitor's. One
 * spread for all keeps what a visitor's own would throw away: how much the block knows.
 *
 * The last events count by age:
 *
 *   weight(age) = (1 − floor)·decay^age + floor      age 0 being the newest event
 *
 * An item that comes twice among the last events is counted at both ages.
 */

import { AS_IT_IS, type Standard } from '../math/standardise.ts'
import { type DecaySettings, defaultDecaySettings } from '../pack/decay-settings.ts'
import type { Pack } from '../pack/pack.ts'
import { refusalOf, sparseItemItemScores } from './item-item.ts'
import type { TasteView, WeightedItem } from './score.ts'

/** Events looked back: at the decays found by validation, older ones are the floor alone. */
export const SEQUENCE_WINDOW = 20

interface RecentEvent extends WeightedItem {
  /** Events since: 0 is the newest. */
  readonly age: number
}

/** How the last events are weighted for this pack's sequence block. */
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
 * items; those on refused items, or on items that are not in the history, are left out.
 */
export function recentEvents({ history, negative, recent }: TasteView): RecentEvent[] {
  const weights = new Map(history.map(({ index, weight }) => [index, weight]))
  const items = recent ?? history.map(({ index }) => index)
  return items
    .slice(0, SEQUENCE_WINDOW)
    .map((index, age) => ({ index, age, weight: weights.get(index) ?? 0 }))
    .filter(({ index, weight }) => weight > 0 && refusalOf(negative, index) === 0)
}

/** The sparse user vector of the sequence block: one entry an item, the newest first. */
export function sequenceWeights(
  taste: TasteView,
  decaySettings: Pick<DecaySettings, 'decay' | 'floor'>,
): WeightedItem[] {
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
 * The user vector of `attributes`: the history, newest first, each item weighted by its place
 * too where the pack has a sequence block, that is, where validation found that order matters.
 */
export function attributeWeights(
  pack: Pick<Pack, 'manifest' | 'sequence'>,
  history: readonly WeightedItem[],
): readonly WeightedItem[] {
  if (!pack.sequence) return history
  const decaySettings = decaySettingsOf(pack)
  return history.map(({ index, weight }, age) => ({
    index,
    weight: weight * ageWeight(age, decaySettings),
  }))
}

/** Of S over all items. */
interface SequenceMoments {
  readonly sum: number
  readonly mean: number
  /** Of the whole, not a sample. */
  readonly deviation: number
}

/**
 * What S comes to over the catalogue, without a pass over it: the last events have a few
 * hundred entries, of all other items S is 0.
 *
 * @returns undefined if the pack has no such block, or no event counts
 */
export function sequenceMoments(
  pack: Pack,
  taste: TasteView,
): SequenceMoments | undefined {
  const user = sequenceWeights(taste, decaySettingsOf(pack))
  return pack.sequence && user.length > 0
    ? momentsOf(sparseItemItemScores(pack.sequence, user), pack.itemCount)
    : undefined
}

/** @param scores S of the items where it is not 0 */
function momentsOf(
  scores: ReadonlyMap<number, number>,
  itemCount: number,
): SequenceMoments {
  let sum = 0
  let square = 0
  for (const value of scores.values()) {
    sum += value
    square += value * value
  }
  const mean = sum / itemCount
  const spread = Math.sqrt(Math.max(0, square / itemCount - mean * mean))
  return { sum, mean, deviation: spread > EQUAL * Math.abs(mean) ? spread : 0 }
}

/** Spread over mean under which S is the same everywhere: the squares leave some 1e-8. */
const EQUAL = 1e-7

/**
 * @param out [items], overwritten by S: all 0 where no event counts, or the weight is 0
 * @returns what turns S into the component
 */
export function sequenceInto(
  pack: Pack,
  taste: TasteView,
  weight: number,
  out: Float32Array,
): Standard {
  const user =
    pack.sequence && weight !== 0 ? sequenceWeights(taste, decaySettingsOf(pack)) : []
  if (!pack.sequence || user.length === 0) {
    out.fill(0)
    return AS_IT_IS
  }
  const scores = sparseItemItemScores(pack.sequence, user)
  out.fill(0)
  for (const [index, value] of scores) out[index] = value
  const { mean, deviation } = momentsOf(scores, pack.itemCount)
  const spread = decaySettingsOf(pack).spread ?? deviation
  return { mean, factor: spread > 0 ? weight / spread : 0 }
}
