/**
 * Chooses how cold-start items are made: known items are held out as if they were cold, a
 * few times over, and the settings that rank them best for those who chose them win.
 */

import { createRandom } from '../../../math/random.ts'
import { topK } from '../../../math/top-k.ts'
import type { Positives } from '../../dataset/dataset.ts'
import { rowsOf } from '../../dataset/positives.ts'
import { ndcgAt } from '../../metrics/ranking.ts'
import {
  emptyLikeness,
  type ItemFeatures,
  kernelInto,
  type Likeness,
  likenessInto,
} from './kernel.ts'
import {
  type ColdItem,
  type ColdSettings,
  coldDefaults,
  createMixer,
  type KnownKernel,
  type RidgeTable,
  ridgeTable,
  scoreCold,
  visitorOf,
} from './mix.ts'

// How well cold-start items are ranked for those who chose them: what is maximised.

/** Users that a hold-out is evaluated on. */
const USERS = 400
const LIST = 20

interface ColdCase {
  /** What the user chose, of the items that take part. */
  readonly history: Uint32Array
  /** Numbers of the held-out items the user chose. */
  readonly targets: ReadonlySet<number>
}

/**
 * Up to USERS of `users`, in their order, who chose an item of `cold` and another one.
 *
 * @param options.hidden [items] 1 = not shown to the visitor, as `cold` must be
 */
function casesOf(
  { positives }: { readonly positives: Positives },
  users: Uint32Array,
  { hidden, cold }: { readonly hidden: Uint8Array; readonly cold: readonly number[] },
): ColdCase[] {
  const numberOf = new Map(cold.map((item, c) => [item, c]))
  const cases: ColdCase[] = []
  for (const user of users) {
    if (cases.length === USERS) break
    const chosen = rowsOf(positives, user)
    const targets = new Set(
      Array.from(chosen, (item) => numberOf.get(item)).filter((c) => c !== undefined),
    )
    const shown = chosen.filter((item) => !hidden[item])
    if (targets.size === 0 || shown.length === 0) continue
    cases.push({ history: shown, targets })
  }
  return cases
}

/** @returns mean NDCG@20 of `items` alone; 0 without cases */
function evaluateColdStart(
  kernel: KnownKernel,
  items: readonly ColdItem[],
  cases: readonly ColdCase[],
): number {
  let sum = 0
  for (const { history, targets } of cases) {
    // made anew each time: as long as the catalogue, it is not to be kept for every user
    const visitor = visitorOf(kernel, history)
    const scores = Float32Array.from(items, (item) => scoreCold(item, visitor))
    sum += ndcgAt(topK(scores, LIST), targets, LIST)
  }
  return cases.length === 0 ? 0 : sum / cases.length
}

export interface ColdWorld extends KnownKernel {
  readonly features: ItemFeatures
  readonly positives: Positives
  /** Item indices that cold-start items are made of, each with a user or more, in random order. */
  readonly known: Uint32Array
}

export interface ColdTrial {
  readonly settings: ColdSettings
  /** Mean NDCG@20 over users and hold-outs, of held-out items alone. */
  readonly ndcg: number
}

/** Fewer known items are too few to choose by: the defaults stand. */
const MIN_KNOWN = 200
/** Known items used, those held out among them: bounds the time. */
const POOL = 1000
const HELD_OUT_SHARE = 0.25
const HOLD_OUTS = 3
/** Entries a held-out item gets: near what a pack affords, and no better. */
const ENTRIES = 64

/** One after another, each from the best so far; the last two need no new solution. */
const MOVES: readonly ((best: ColdSettings) => Partial<ColdSettings>[])[] = [
  ({ ridge }) => [{ ridge: ridge / 2 }, { ridge: ridge * 2 }],
  ({ words }) => [{ words: words / 2 }, { words: words * 2 }],
  ({ vectors }) => [{ vectors: vectors / 2 }, { vectors: vectors * 2 }],
  ({ names }) => [{ names: names / 3 }, { names: names * 2 }],
  ({ genres }) => [{ genres: genres / 2 }, { genres: genres * 3 }],
  ({ yearScale }) => [{ yearScale: yearScale / 2 }, { yearScale: yearScale * 2 }],
  ({ popularityPower: a }) => [
    { popularityPower: a - 0.2 },
    { popularityPower: a + 0.2 },
  ],
  ({ self }) => [{ self: self / 2 }, { self: self * 2 }],
]

/** @returns every trial in order, the chosen one being the best; empty if too little is known */
export function tuneCold(
  world: ColdWorld,
  options: { readonly seed: number; readonly onTrial?: (done: number) => void },
): ColdTrial[] {
  const holdOuts = drawHoldOuts(world, options.seed)
  if (holdOuts.length === 0) return []
  const moves = MOVES.filter((move) => isOn(world.features, move(coldDefaults)[0]))
  const total = 1 + moves.reduce((n, move) => n + move(coldDefaults).length, 0)
  const trials: ColdTrial[] = []
  const attempt = (settings: ColdSettings) => {
    const sum = holdOuts.reduce((n, evaluate) => n + evaluate(settings), 0)
    trials.push({ settings, ndcg: sum / holdOuts.length })
    options.onTrial?.(trials.length / total)
  }
  attempt(coldDefaults)
  for (const move of moves) {
    const { settings } = bestOf(trials)
    for (const change of move(settings)) attempt({ ...settings, ...change })
  }
  return trials
}

/** Whether there is anything that the move would weigh differently. */
function isOn({ vectors, names, genres }: ItemFeatures, move: Partial<ColdSettings>) {
  if ('vectors' in move) return vectors.length > 0
  if ('names' in move) return names.some(({ words }) => words > 0)
  return !('genres' in move) || genres.indices.length > 0
}

/** The first of the best trials. */
export function bestOf(trials: readonly ColdTrial[]): ColdTrial {
  return trials.reduce((a, b) => (b.ndcg > a.ndcg ? b : a))
}

type Evaluate = (settings: ColdSettings) => number

function drawHoldOuts(world: ColdWorld, seed: number): Evaluate[] {
  const random = createRandom(seed)
  if (world.known.length < MIN_KNOWN) return []
  const pool = world.known.slice(0, POOL)
  const likeness = Array.from(pool, (item) => {
    const out = emptyLikeness(pool.length)
    likenessInto(world.features, item, { others: pool, out })
    return out
  })
  const order = Uint32Array.from(pool, (_, at) => at)
  return Array.from({ length: HOLD_OUTS }, () => {
    random.shuffleInto(order)
    const users = random.shuffleInto(
      Uint32Array.from({ length: world.positives.userCount }, (_, user) => user),
    )
    return holdOut(world, { pool, likeness, order: order.slice(), users })
  })
}

interface Draw {
  readonly pool: Uint32Array
  /** [pool] of each against the pool. */
  readonly likeness: readonly Likeness[]
  /** Positions in the pool: the last HELD_OUT_SHARE of them are held out. */
  readonly order: Uint32Array
  readonly users: Uint32Array
}

function holdOut(world: ColdWorld, { pool, likeness, order, users }: Draw): Evaluate {
  const cold = Math.round(pool.length * HELD_OUT_SHARE)
  const size = { known: pool.length - cold, cold }
  const picks = order.subarray(0, size.known)
  const indexOf = (at: number) => pool[order[at]]
  const hidden = new Uint8Array(world.counts.length).fill(1)
  for (const at of picks) hidden[pool[at]] = 0
  const known = picks.map((at) => pool[at])
  const cases = casesOf(world, users, {
    hidden,
    cold: Array.from({ length: cold }, (_, c) => indexOf(size.known + c)),
  })
  let solved: { table: RidgeTable; key: string } | undefined
  return (settings) => {
    const { popularityPower, self, ...ofTable } = settings
    const key = JSON.stringify(ofTable)
    if (solved?.key !== key) {
      const table = ridgeTable({ ...size, ridge: settings.ridge }, (row, out, at) =>
        kernelInto(likeness[order[row]], settings, { picks, out, at }),
      )
      table.takeIn(size.known)
      solved = { table, key }
    }
    const { table } = solved
    const mix = createMixer(world, {
      known,
      settings: { popularityPower, self },
      hidden,
      entries: ENTRIES,
    })
    const made = Array.from({ length: cold }, (_, c) =>
      mix(table.alpha(size.known + c)),
    )
    return evaluateColdStart(world, made, cases)
  }
}
