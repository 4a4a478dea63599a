/** Scores of the whole catalogue → the few items shown, each with what explains it. */
import { HearthError } from '../errors.ts'
import type { Random } from '../math/random.ts'
import { topK } from '../math/top-k.ts'
import { boosted, type Curation, takeInOrder } from './curation.ts'
import type { Limiter } from './list-limits.ts'
import { matcherOf, withUnlikely } from './match.ts'
import { diversify, similarityOf } from './mmr.ts'
import { curatedPick, itemDescriber } from './ranked-item.ts'
import type { RankedItem, ScoreRequest, Scores, ScoringPack } from './score.ts'

interface RankOptions {
  /** Items wanted, an integer ≥ 0; meant for up to 50. */
  readonly count: number
  /** [items], non-zero = leave out; pins come all the same. */
  readonly exclude?: Uint8Array
  /** MMR's λ: 1 by score alone, 0 as unlike as can be. Default 0.9. */
  readonly lambda?: number
  /** Gives one slot of a list of 4 or more to an item drawn at random, near the top. */
  readonly guess?: GuessOption
  /** [items] what to order by. Default: the score. */
  readonly order?: Float32Array
  /** Makes a counter of what the list may hold; an item that it does not admit is passed over. Default: all. */
  readonly makeLimiter?: () => Limiter
  /** Rather more of a maker than a short list. Default no. */
  readonly isFilled?: boolean
  /** The owner's boosts, buried items and least score. Default none. */
  readonly curation?: Curation
  /** Item indices at the head of this list. Default none. */
  readonly pins?: readonly number[]
}

/** How the one guess of a list is drawn. */
export interface GuessOption {
  readonly random: Random
  /** Draws from candidates, best first, by [items] what orders them. Default `drawGuess`. */
  readonly draw?: DrawGuess
}

export type DrawGuess = (
  candidates: Uint32Array,
  order: Float32Array,
  random: Random,
) => DrawnGuess | undefined

/** A guess and the chance it was drawn with, (0, 1]. */
export interface DrawnGuess extends Pick<RankedItem, 'chances'> {
  readonly index: number
  readonly propensity: number
}

/** MMR's λ: on the top 200 it costs no accuracy (recall@20 0.316 → 0.318). */
export const DEFAULT_LAMBDA = 0.9
/** Candidates by score that diversity and guesses choose from. */
export const CANDIDATES = 200
/** Candidates of a list that limits leave short: below that it ends. */
const MAX_CANDIDATES = 12_800
/** Place of the guess in the list, from 0: seen without scrolling, never first. */
export const GUESS_PLACE = 3

/**
 * The best items by `order`, made diverse within the limits, best first: pins, then what is
 * admitted, then what is buried.
 *
 * With `guess`, one slot holds an item drawn from the other candidates with probability
 * ∝ exp(order / sd of the candidates), by the Gumbel trick; it is marked (`isGuess`) and
 * carries its `propensity`, so that what is learned from it can be corrected.
 *
 * @returns `score` and `match` are those of the score alone, whatever the order
 * @throws HearthError `bad-argument` for a bad count or a mask of another length
 */
export function rankItems(
  scoring: ScoringPack,
  scores: Scores,
  request: ScoreRequest,
  options: RankOptions,
): RankedItem[] {
  const { count, curation, guess } = options
  checkCount(count)
  const pins = (options.pins ?? []).slice(0, count)
  const describe = itemDescriber(scoring, scores, request)
  const toPick = (index: number) => curatedPick(describe(index), curation)
  const list: OpenList = {
    order: boosted(options.order ?? scores.score, curation?.boost),
    without: excluded(scoring, scores, request, options),
    limiter: options.makeLimiter?.(),
    isFilled: options.isFilled ?? false,
    lambda: options.lambda ?? DEFAULT_LAMBDA,
    similarity: similarityOf(scoring.pack),
  }
  for (const index of pins) list.limiter?.take(index)
  const picks = [...pins, ...chosen(list, count - pins.length, curation?.buried)]
  const ranked = picks.map((index, place) =>
    place < pins.length ? { ...toPick(index), isPinned: true } : toPick(index),
  )
  const place = Math.max(GUESS_PLACE, pins.length)
  if (!guess || count <= place || picks.length < count) return ranked
  const kept = picks.slice(0, -1)
  const { random, draw = drawGuess } = guess
  const drawn = draw(othersOf(list, kept, options), list.order, random)
  if (!drawn) return ranked
  const { index, ...chance } = drawn
  const guessed = { ...toPick(index), isGuess: true, ...chance }
  return ranked.slice(0, count - 1).toSpliced(place, 0, guessed)
}

interface OpenList {
  readonly order: Float32Array
  /** [items], non-zero = not in this list. */
  readonly without: Uint8Array | undefined
  /** Counts what is picked. */
  readonly limiter: Limiter | undefined
  readonly isFilled: boolean
  readonly lambda: number
  readonly similarity: ReturnType<typeof similarityOf>
}

/** Diverse items of the best candidates, the buried ones after all others. */
function chosen(list: OpenList, count: number, buried?: Uint8Array): number[] {
  if (!buried) return fill(list, count)
  const isOut = (index: number) => (list.without?.[index] ? 1 : 0)
  const first = fill(
    { ...list, without: buried.map((is, index) => is | isOut(index)) },
    count,
  )
  const last = {
    ...list,
    without: buried.map((is, index) => (is ? isOut(index) : 1)),
  }
  return [...first, ...fill(last, count - first.length)]
}

/** Where limits leave too few, of more candidates; at last without the limit of makers. */
function fill(
  { order, without, limiter, isFilled, ...mmr }: OpenList,
  count: number,
): number[] {
  const most = Math.min(order.length, MAX_CANDIDATES)
  for (let pool = Math.max(count, CANDIDATES); ; pool *= 4) {
    const best = topK(order, pool, without)
    const own = limiter?.copy()
    const candidates = own ? best.filter((index) => own.admitsEver(index)) : best
    const picks = diversify(candidates, order, {
      ...{ count, ...mmr },
      ...(own ? { limits: own } : {}),
    })
    if (picks.length < count && best.length === pool && pool < most) continue
    if (isFilled && limiter && picks.length < count) picks.push(...filledUp())
    for (const index of picks) limiter?.take(index)
    return picks

    function filledUp(): number[] {
      const loose = own!.loosened()
      const others = best.filter((index) => !picks.includes(index))
      return takeInOrder(others, { count: count - picks.length, limiter: loose })
    }
  }
}

/** [items] 1 for all that the list must not hold beside its pins. */
function excluded(
  { pack }: ScoringPack,
  scores: Scores,
  request: ScoreRequest,
  { exclude, curation, pins = [] }: RankOptions,
): Uint8Array | undefined {
  const minMatch = curation?.minMatch ?? 0
  if (minMatch === 0 && pins.length === 0) return exclude
  const mask = exclude ?? new Uint8Array(scores.itemCount)
  const matchOf = matcherOf(pack.manifest.calibration, scores, request)
  const without = withUnlikely(mask, matchOf, minMatch)
  for (const index of pins) without[index] = 1
  return without
}

/** Candidates that a list does not hold and may hold: what a guess is drawn from. */
function othersOf(
  { order, without }: OpenList,
  kept: readonly number[],
  { curation, makeLimiter }: RankOptions,
): Uint32Array {
  const limiter = makeLimiter?.()
  for (const index of kept) limiter?.take(index)
  return topK(order, CANDIDATES, without).filter(
    (index) =>
      !kept.includes(index) &&
      !curation?.buried?.[index] &&
      (limiter?.admits(index) ?? true),
  )
}

function checkCount(count: number) {
  if (Number.isInteger(count) && count >= 0) return
  throw new HearthError(
    'bad-argument',
    `invalid count: got ${count}, expected an integer of 0 or more.`,
  )
}

/** One draw from softmax(score / sd) over `candidates`; undefined if there are none. */
export function drawGuess(
  candidates: Uint32Array,
  score: Float32Array,
  random: Random,
): DrawnGuess | undefined {
  if (candidates.length === 0) return undefined
  const logits = standardLogits(candidates, score)
  const noisy = logits.map((logit) => logit + random.gumbel())
  const at = topK(noisy, 1)[0]
  let total = 0
  for (const logit of logits) total += Math.exp(logit - logits[at])
  return { index: candidates[at], propensity: 1 / total }
}

function standardLogits(candidates: Uint32Array, score: Float32Array): Float32Array {
  const values = Float32Array.from(candidates, (index) => score[index])
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length
  const sd = Math.sqrt(variance) || 1
  return values.map((x) => (x - mean) / sd)
}
