/** The hyperparameters of "what follows what": each catalogue has its own, found by validation. */
import type { Ranges } from '../model.ts'

export interface SequenceSettings {
  /** gf: what one step further forward leaves of a pair. */
  readonly forward: number
  /** gb: the same for a pair in the wrong order. */
  readonly backward: number
  /** What a pair in the wrong order counts beside one in the right order. */
  readonly reverse: number
  /** a: a sequence of L events counts (L − 1)^−a. */
  readonly lengthPower: number
  /** τ: the oldest sequence counts e^−τ of the newest; 0 where their order is unknown. */
  readonly recency: number
  /** pw: power of the counts; below 1 the frequent pairs are held back. */
  readonly countPower: number
  /** bi: how far frequent items of the history are held back. */
  readonly fromPower: number
  /** bj: how far frequent targets are held back. */
  readonly toPower: number
  /** Pairs are counted up to so many steps apart. */
  readonly window: number
  /** b2: what the second hop counts beside the first. */
  readonly hop: number
  /** K: neighbours the second hop goes by. */
  readonly hopNeighbours: number
}

/** Between what was best for shop sessions and for review histories (bench/RESULTS.md, *Next clicks*): a start. */
export const sequenceDefaults: SequenceSettings = {
  forward: 0.8,
  backward: 0.75,
  reverse: 0.6,
  lengthPower: 0.1,
  recency: 0.5,
  countPower: 0.8,
  fromPower: 0.3,
  toPower: 0.15,
  window: 10,
  hop: 1,
  hopNeighbours: 20,
}

/** The search stays within these: no data set of bench/RESULTS.md gained anything beyond. */
export const sequenceRanges = {
  forward: { min: 0.05, max: 0.98 },
  backward: { min: 0.05, max: 0.98 },
  reverse: { min: 0, max: 1.5 },
  lengthPower: { min: -0.5, max: 1.5 },
  recency: { min: 0, max: 6 },
  countPower: { min: 0.2, max: 1.4 },
  fromPower: { min: -0.3, max: 1 },
  toPower: { min: -0.2, max: 1 },
  window: { min: 1, max: 40, isWhole: true },
  hop: { min: 0, max: 6 },
  hopNeighbours: { min: 4, max: 80, isWhole: true },
} satisfies Ranges<SequenceSettings>
