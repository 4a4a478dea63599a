/** What a visitor did last, and what came next: what settings are chosen and judged by. */
import { createRandom } from '../math/random.ts'
import { SEQUENCE_WINDOW } from '../scoring/sequence-rows.ts'
import { type Sequences, sequenceOf, sliceSequences } from './sequence-orders.ts'

export interface SequenceCase {
  /** Rows of the last events, newest first, at most SEQUENCE_WINDOW, never empty. */
  readonly recent: Uint32Array
  /** All rows of the history, where it is longer than `recent`. */
  readonly seen?: Uint32Array
  readonly answer: number
}

/** The case of `list`'s item at `place` ≥ 1, all before it being known. */
export function caseAt(list: Uint32Array, place: number): SequenceCase {
  const known = list.slice(0, place).reverse()
  const recent = known.subarray(0, SEQUENCE_WINDOW)
  const answer = list[place]
  return known.length > recent.length
    ? { recent, seen: known, answer }
    : { recent, answer }
}

/** Sequences set aside, never trained on. */
export interface SequenceHoldOut {
  readonly train: Sequences
  readonly cases: readonly SequenceCase[]
}

export interface HoldOutOptions {
  /** Of the sequences, 0–1: the newest where their order is known, else any. */
  readonly share: number
  /** Ceiling on the cases, spread over all there are. */
  readonly mostCases: number
  readonly seed: number
}

/** Every step of the sequences set aside is a case, but for the first. */
export function holdOutSequences(
  all: Sequences,
  { share, mostCases, seed }: HoldOutOptions,
): SequenceHoldOut {
  const ordered = all.isInTimeOrder ? all : shuffled(all, seed)
  const count = ordered.starts.length - 1
  const kept = count - Math.round(share * count)
  const aside = sliceSequences(ordered, kept, count)
  const places: [sequence: number, place: number][] = []
  for (let s = 0; s < count - kept; s++) {
    const { length } = sequenceOf(aside, s)
    for (let place = 1; place < length; place++) places.push([s, place])
  }
  return {
    train: sliceSequences(ordered, 0, kept),
    cases: sampleOf(places, mostCases, seed).map(([s, place]) =>
      caseAt(sequenceOf(aside, s), place),
    ),
  }
}

/** At most `most` of the list, drawn without replacement, in the list's order. */
export function sampleOf<T>(list: readonly T[], most: number, seed: number): T[] {
  if (list.length <= most) return [...list]
  const order = createRandom(seed).shuffleInto(Array.from(list.keys()))
  return order
    .slice(0, most)
    .sort((a, b) => a - b)
    .map((at) => list[at])
}

function shuffled(all: Sequences, seed: number): Sequences {
  const count = all.starts.length - 1
  const order = createRandom(seed).shuffleInto(
    Array.from({ length: count }, (_, s) => s),
  )
  const starts = new Uint32Array(count + 1)
  const rows = new Uint32Array(all.rows.length)
  order.forEach((s, at) => {
    const list = sequenceOf(all, s)
    rows.set(list, starts[at])
    starts[at + 1] = starts[at] + list.length
  })
  return { ...all, starts, rows }
}
