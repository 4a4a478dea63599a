/** The constants of "what follows what": each catalogue has its own, found by validation. */

export interface SequenceSettings {
  /** gf: what one step further forward leaves of a pair, 0–1. */
  readonly forward: number
  /** gb: the same for a pair in the wrong order, 0–1. */
  readonly backward: number
  /** What a pair in the wrong order counts beside one in the right order, ≥ 0. */
  readonly reverse: number
  /** a: a sequence of L events counts (L − 1)^−a. */
  readonly lengthPower: number
  /** τ: the oldest sequence counts e^−τ of the newest; 0 where their order is unknown. */
  readonly recency: number
  /** pw: power of the counts, 0–1; below 1 the frequent pairs are held back. */
  readonly countPower: number
  /** bi: how far frequent items are held back in speaking for others. */
  readonly fromPower: number
  /** bj: how far frequent items are held back in being spoken for. */
  readonly toPower: number
  /** Pairs are counted up to so many steps apart, an integer ≥ 1. */
  readonly window: number
  /** b2: what the second hop counts beside the first, ≥ 0. */
  readonly hop: number
  /** K: neighbours the second hop goes by, an integer ≥ 1. */
  readonly hopNeighbours: number
}

/** Between what shop sessions and review histories wanted (SCIENCE): a start, no more. */
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
