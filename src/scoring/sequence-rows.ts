/**
 * The order-aware side of a visitor: what the last events weigh in the sequence block.
 *
 *   weight(age) = (1 − floor)·decay^age + floor, age 0 being the newest event
 *
 * An item that comes twice among the last events is counted at both ages.
 */
import type { Pack } from '../catalogue/pack.ts'
import {
  defaultSequenceReading,
  type SequenceReading,
} from '../catalogue/sequence-reading.ts'
import { refusalOf } from './fold-in.ts'
import type { TasteView } from './score.ts'
import type { WeightedRow } from './user-input.ts'

/** Events looked back: at the decays found by validation, older ones are the floor alone. */
export const SEQUENCE_WINDOW = 20

export interface RecentEvent extends WeightedRow {
  /** Events since: 0 is the newest. */
  readonly age: number
}

/** How this pack's sequence block wants to be read. */
export function readingOf({ manifest }: Pick<Pack, 'manifest'>): SequenceReading {
  return manifest.sequence ?? defaultSequenceReading
}

/** What an event of that age counts: 1 for the newest, never below the floor. */
export function ageWeight(
  age: number,
  { decay, floor }: Pick<SequenceReading, 'decay' | 'floor'>,
): number {
  return (1 - floor) * decay ** age + floor
}

/**
 * The last SEQUENCE_WINDOW events, newest first, with the weight the history gives their
 * rows; those on refused rows, or on rows that are not in the history, are left out.
 */
export function recentEvents({ history, negative, recent }: TasteView): RecentEvent[] {
  const weights = new Map(history.map(({ row, weight }) => [row, weight]))
  const rows = recent ?? history.map(({ row }) => row)
  return rows
    .slice(0, SEQUENCE_WINDOW)
    .map((row, age) => ({ row, age, weight: weights.get(row) ?? 0 }))
    .filter(({ row, weight }) => weight > 0 && refusalOf(negative, row) === 0)
}

/** What is folded into the sequence block: one entry a row, the newest first. */
export function sequenceRows(
  taste: TasteView,
  reading: Pick<SequenceReading, 'decay' | 'floor'>,
): WeightedRow[] {
  const weights = new Map<number, number>()
  for (const { row, weight, age } of recentEvents(taste)) {
    weights.set(row, (weights.get(row) ?? 0) + weight * ageWeight(age, reading))
  }
  return [...weights].map(([row, weight]) => ({ row, weight }))
}

/**
 * What `knowledge` reads of a history, newest first: each row is weighed by its place too
 * where the pack has a sequence block, that is, where validation found that order matters.
 */
export function knowledgeRows(
  pack: Pick<Pack, 'manifest' | 'sequence'>,
  rows: readonly WeightedRow[],
): readonly WeightedRow[] {
  if (!pack.sequence) return rows
  const reading = readingOf(pack)
  return rows.map(({ row, weight }, age) => ({
    row,
    weight: weight * ageWeight(age, reading),
  }))
}
