/** The sequence block as its own search would have it, ready to be made of anyone's events. */
import type { PackSource } from '../catalogue/pack-source.ts'
import type { Interactions, OnProgress, Positives } from './dataset.ts'
import type { HoldOut } from './hold-out.ts'
import { holdOutSequences } from './sequence-cases.ts'
import { ordersOf } from './sequence-orders.ts'
import { searchSequence } from './sequence-search.ts'
import { withSpread } from './sequence-spread.ts'
import { entriesWithin, trainSequence } from './train-sequence.ts'

export type SequenceBlocks = Pick<PackSource, 'sequence' | 'sequenceReading'>

export interface PlanOptions {
  /** Absent, or without times: there is no order to learn from. */
  readonly interactions?: Interactions
  readonly bytesPerItem: number
  readonly seed: number
  readonly onProgress?: OnProgress
}

/** Fewer users or cases say too little to plan by. */
const LEAST_USERS = 30
const LEAST_CASES = 200
const ASIDE_SHARE = 0.1
const MOST_CASES = 5000

export type WithinBytes = (bytesPerItem: number) => SequenceBlocks
/** Makes the sequence block of some users' events within so many bytes an item. */
export type Plan = (positives: Positives) => WithinBytes

/**
 * The constants are searched on the users that the first panel trains on, those that other
 * panels hold out among them.
 *
 * @param panels one or more
 * @returns why there is nothing to plan, or how the block is made
 */
export function planSequence(
  panels: readonly HoldOut[],
  { interactions, bytesPerItem, seed, onProgress }: PlanOptions,
): string | Plan {
  const [{ train }] = panels
  const users = panels.reduce((sum, { heldOut }) => sum + heldOut.length, 0)
  const orders = interactions && ordersOf(interactions, train)
  if (!orders) return 'the interactions have no times.'
  const held = holdOutSequences(orders, {
    share: ASIDE_SHARE,
    mostCases: MOST_CASES,
    seed,
  })
  if (users < LEAST_USERS || held.cases.length < LEAST_CASES) {
    return 'too few users to tell whether order helps.'
  }
  const { settings, reading } = searchSequence(held.train, held.cases, {
    entriesPerItem: entriesWithin(bytesPerItem / 2, orders.rowCount),
    length: 20,
    onProgress: (done) => onProgress?.('choosing sequence settings', done),
  })
  return (positives) => {
    const all = positives === train ? orders : ordersOf(interactions, positives)
    return (bytes) => {
      const { rows } = trainSequence(all ?? orders, settings, { bytesPerItem: bytes })
      return withSpread(rows, reading, held.cases)
    }
  }
}
