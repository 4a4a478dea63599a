/**
 * Moves the user tower towards one visitor, from their own log alone: clicks, likes and good
 * ratings are what to find; what was seen and passed over, disliked or rated badly is what to find
 * less, all in one batch.
 *
 * Each of the newest items of the history is held out in turn: the input is the rest of the
 * history, the target the item, its weight the weight of its events. The softmax over the whole
 * catalogue is estimated from items drawn in proportion to exp(bias), whose logits then carry
 * the same correction; an item refused by weight w stands for REFUSED_AS·w items like it:
 *
 *   Σ_j exp(u·i_j + b_j)  ≈  Σ_held exp(u·i_j + b_j) + (Z/n) Σ_drawn exp(u·i_j)
 *                            + REFUSED_AS Σ_refused w_j exp(u·i_j + b_j)
 *   Z = Σ exp(b_j) over the items outside the history, n = items drawn
 *
 * Source: importance sampling of a softmax, Bengio and Senécal 2003 (AISTATS).
 *
 * **It moves only when it wins.** What the older events teach has to find the newest ones better
 * than the pack's own tower does, by more than chance would; only then is the whole log learned
 * from, else the tower stays as it was shipped.
 *
 * Always starts from the pack's own layers, so the result is a function of the log and the
 * seed: an event that is deleted is unlearned by running again without it.
 */

import type { DenseLayer } from '../math/dense-layer.ts'
import type { Random } from '../math/random.ts'
import type { Pack, TowerBlock } from '../pack/pack.ts'
import { forwardReference } from '../towers/forward.ts'
import type { TowerDevice, TuneBatch, TuneOptions } from '../towers/tower-device.ts'
import type { WeightedItem } from './score.ts'

export interface TuneRequest {
  readonly device: TowerDevice
  readonly pack: Pack
  /** Newest first, one entry an item, weights in (0, 1]. */
  readonly history: readonly WeightedItem[]
  /**
   * Seen and passed over, disliked or rated badly, newest first, none of them in `history`;
   * weight in (0, 1]: how surely the visitor does not want it. Default none.
   */
  readonly refused?: readonly WeightedItem[]
  /** k, the visitor's positive events: few events, small steps. */
  readonly eventCount: number
  /** Draws the negatives; the same seed gives the same tower. */
  readonly random: Random
  /** The user tower's input of a history. */
  readonly userInput: (history: readonly WeightedItem[]) => Float32Array
  /** Default `tuneDefaults`. */
  readonly settings?: TuneSettings
}

interface TuneSettings extends Pick<TuneOptions, 'rate' | 'steps'> {
  /** Items of the catalogue that one refused item stands for, ≥ 0. */
  readonly refusedAs: number
  /** Standard errors by which the tuned tower has to win on the newest events, ≥ 0. */
  readonly leastWin: number
}

/**
 * Steps: on held-out users of books recall@20 is unchanged within noise at 5 and 20 events,
 * +1.5 to 2 % with all of them; a rate of 0.3 loses a quarter. The others: bench/RESULTS.md,
 * *The towers on the visitor's device*.
 */
export const tuneDefaults: TuneSettings = {
  rate: 0.02,
  steps: 5,
  refusedAs: 10,
  leastWin: 2,
}

export interface TunedTower {
  readonly layers: DenseLayer[]
  readonly lossBefore: number
  /** Never above `lossBefore`. */
  readonly lossAfter: number
  /** How the older events' tower found the newest ones. */
  readonly win: Win
}

/** Over the newest events: loss of the pack's tower less that of the tuned one. */
export interface Win {
  readonly mean: number
  readonly standardError: number
  readonly events: number
}

/** Newest items to win on: a third of the history, within these. */
const MIN_CHECKED = 3
const MAX_CHECKED = 12
/** Newest items held out, each once. */
const MAX_HELD_OUT = 16
/** Newest items refused that are learned from. */
const MAX_REFUSED = 32
/** Items drawn to stand for the catalogue. */
const DRAWN_COUNT = 128

/** Whether there is enough to learn from, and to win on. */
export function canTune({ history }: Pick<TuneRequest, 'history'>): boolean {
  return history.length >= 2 * MIN_CHECKED
}

/**
 * @returns undefined where the pack's own tower stays: no towers, too few items to win on, or no
 *   win
 * @throws HearthError `no-device` if the device fails
 */
export async function tuneUserTower(
  request: TuneRequest,
): Promise<TunedTower | undefined> {
  const { pack, settings = tuneDefaults } = request
  if (!pack.tower || !canTune(request)) return undefined
  const win = await winOnNewest(request, pack.tower)
  if (!(win.mean > settings.leastWin * win.standardError)) return undefined
  return { ...(await tuneOn(request, pack.tower)), win }
}

/** Tunes on the older events and compares both towers on the newest. */
async function winOnNewest(request: TuneRequest, tower: TowerBlock): Promise<Win> {
  const {
    history,
    refused = [],
    eventCount,
    userInput,
    settings = tuneDefaults,
  } = request
  const checked = Math.min(
    MAX_CHECKED,
    Math.max(MIN_CHECKED, Math.floor(history.length / 3)),
  )
  const newest = history.slice(0, checked)
  const older = history.slice(checked)
  const recentlyRefused = Math.floor(refused.length / 3)
  const { layers } = await tuneOn(
    {
      ...request,
      history: older,
      refused: refused.slice(recentlyRefused),
      eventCount: (eventCount * older.length) / history.length,
    },
    tower,
  )
  const candidates = candidatesOf(request, tower, {
    wanted: newest,
    refused: refused.slice(0, recentlyRefused),
    refusedAs: settings.refusedAs,
  })
  const input = userInput(older)
  const before = lossesOf(tower.user, input, candidates, newest.length)
  const after = lossesOf(layers, input, candidates, newest.length)
  return winOf(before.map((loss, n) => loss - after[n]!))
}

function winOf(gains: readonly number[]): Win {
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length
  const squares = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0)
  const standardError = Math.sqrt(squares / (gains.length - 1) / gains.length)
  return { mean, standardError, events: gains.length }
}

/** −ln softmax of each wanted candidate (the first ones) for one visitor. */
function lossesOf(
  layers: readonly DenseLayer[],
  input: Float32Array,
  { items, bias }: Candidates,
  wanted: number,
): number[] {
  const user = forwardReference(layers, input, 1)
  const logits = Float64Array.from(bias, (own, j) => {
    let sum = own
    for (let d = 0; d < user.length; d++) sum += user[d] * items[j * user.length + d]
    return sum
  })
  const highest = logits.reduce((a, b) => Math.max(a, b), -Infinity)
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0)
  const logTotal = highest + Math.log(total)
  return Array.from({ length: wanted }, (_, j) => logTotal - logits[j])
}

async function tuneOn(request: TuneRequest, tower: TowerBlock) {
  const { device, eventCount, settings = tuneDefaults } = request
  const { rate, steps } = settings
  const batch = createBatch(request, tower)
  return device.tune(tower.user, batch, { rate, steps, eventCount })
}

function createBatch(request: TuneRequest, tower: TowerBlock): TuneBatch {
  const { history, refused = [], userInput, settings = tuneDefaults } = request
  const heldOut = history.slice(0, MAX_HELD_OUT)
  const inputs = heldOut.map((held) => userInput(history.filter((h) => h !== held)))
  const candidates = candidatesOf(request, tower, {
    wanted: heldOut,
    refused: refused.slice(0, MAX_REFUSED),
    refusedAs: settings.refusedAs,
  })
  const count = candidates.bias.length
  const targets = new Float32Array(heldOut.length * count)
  const strongest = heldOut.reduce((most, { weight }) => Math.max(most, weight), 0)
  for (const [b, { weight }] of heldOut.entries()) {
    targets[b * count + b] = weight / strongest
  }
  return { inputs: joined(inputs), batch: heldOut.length, ...candidates, targets }
}

/** Vectors and logits of what a softmax is over: wanted, refused, drawn. */
type Candidates = Pick<TuneBatch, 'items' | 'bias'>

function candidatesOf(
  { history, random }: Pick<TuneRequest, 'history' | 'random'>,
  { items, bias }: TowerBlock,
  {
    wanted,
    refused,
    refusedAs,
  }: {
    wanted: readonly WeightedItem[]
    refused: readonly WeightedItem[]
    refusedAs: number
  },
): Candidates {
  const known = new Set([...history, ...refused].map(({ index }) => index))
  const drawn = drawByBias(bias, known, random)
  const against = refusedAs > 0 ? refused : []
  const indices = [...wanted, ...against].map(({ index }) => index)
  const logits = [
    ...wanted.map(({ index }) => bias[index]),
    ...against.map(({ index, weight }) => bias[index] + Math.log(refusedAs * weight)),
    ...drawn.items.map(() => drawn.logShare),
  ]
  const vectors = [...indices, ...drawn.items].map((index) => itemVector(items, index))
  return { items: joined(vectors), bias: Float32Array.from(logits) }
}

/**
 * Draws items outside `known` in proportion to exp(bias), with replacement.
 *
 * @returns the items, none if all are known, and ln(Z/n), the logit each stands for
 */
function drawByBias(bias: Float32Array, known: ReadonlySet<number>, random: Random) {
  const highest = bias.reduce((a, b) => Math.max(a, b), -Infinity)
  const sums = new Float64Array(bias.length)
  let sum = 0
  for (let index = 0; index < bias.length; index++) {
    if (!known.has(index)) sum += Math.exp(bias[index] - highest)
    sums[index] = sum
  }
  const count = sum > 0 ? DRAWN_COUNT : 0
  const items = Array.from({ length: count }, () =>
    firstAbove(sums, random.next() * sum),
  )
  return { items, logShare: Math.log(sum / DRAWN_COUNT) + highest }
}

/** The first index whose value is above `value`; `sums` never falls. */
function firstAbove(sums: Float64Array, value: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (sums[middle] > value) high = middle
    else low = middle + 1
  }
  return low
}

function itemVector({ dim, codes, scales }: TowerBlock['items'], index: number) {
  const from = codes.subarray(index * dim, (index + 1) * dim)
  return Float32Array.from(from, (code) => code * scales[index])
}

function joined(vectors: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(vectors.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const vector of vectors) {
    all.set(vector, at)
    at += vector.length
  }
  return all
}
