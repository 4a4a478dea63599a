/** Scores of the whole catalogue → the few items shown, each with what explains it. */
import { HearthError } from '../errors.ts'
import type { Random } from '../math/random.ts'
import { topK } from '../math/top-k.ts'
import { diversify, similarityOf } from './mmr.ts'
import {
  COMPONENTS,
  type Component,
  type RankedItem,
  type ScoreRequest,
  type Scores,
  type ScoringPack,
} from './score.ts'
import { readSupports } from './support.ts'

/** σ(x) = 1 / (1 + e^−x), in [0, 1]; no overflow for large |x|. NaN gives NaN. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}

interface RankOptions {
  /** Items wanted, an integer ≥ 0; meant for up to 50. */
  readonly count: number
  /** [items], non-zero = leave out. */
  readonly exclude?: Uint8Array
  /** MMR's λ: 1 by score alone, 0 as unlike as can be. Default 0.9. */
  readonly lambda?: number
  /** Gives one slot of a list of 4 or more to an item drawn at random, near the top. */
  readonly guess?: GuessOption
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
/** Place of the guess in the list, from 0: seen without scrolling, never first. */
export const GUESS_PLACE = 3
/** "Match" stays an open interval, though σ rounds to 0 or 1 far out. */
const MATCH_MARGIN = 1e-6

/**
 * The best items by score, made diverse, best first.
 *
 * With `guess`, one slot holds an item drawn from the other candidates with probability
 * ∝ exp(score / sd of the candidates), by the Gumbel trick; it is marked (`isGuess`) and
 * carries its `propensity`, so that what is learned from it can be corrected.
 *
 * @param request the one that was scored, read for `because`
 * @throws HearthError `bad-argument` for a bad count or a mask of another length
 */
export function rankItems(
  scoring: ScoringPack,
  scores: Scores,
  request: ScoreRequest,
  options: RankOptions,
): RankedItem[] {
  const { count, exclude, lambda = DEFAULT_LAMBDA, guess } = options
  checkCount(count)
  const pool = lambda >= 1 && !guess ? count : Math.max(count, CANDIDATES)
  const candidates = topK(scores.score, pool, exclude)
  const similarity = similarityOf(scoring.pack)
  const picks = diversify(candidates, scores.score, { count, lambda, similarity })
  const toPick = itemDescriber(scoring, scores, request)
  const ranked = picks.map(toPick)
  if (!guess || count <= GUESS_PLACE) return ranked
  const kept = picks.slice(0, count - 1)
  const others = candidates.filter((index) => !kept.includes(index))
  const { random, draw = drawGuess } = guess
  const drawn = draw(others, scores.score, random)
  if (!drawn || kept.length < count - 1) return ranked
  const { index, ...chance } = drawn
  const guessed = { ...toPick(index), isGuess: true, ...chance }
  return ranked.slice(0, count - 1).toSpliced(GUESS_PLACE, 0, guessed)
}

/**
 * Any item of the scored request as a pick: its score, components and supports. Make it once
 * a request and call it for each item to show.
 */
export function itemDescriber(
  { pack }: ScoringPack,
  scores: Scores,
  request: ScoreRequest,
): (index: number) => RankedItem {
  const supports = readSupports(pack, request)
  return (index) => {
    const components = componentsOf(scores, index)
    const score = scores.score[index]
    const because = supports.read(index, components)
    return {
      index,
      score,
      match: matchOf(score),
      components,
      because,
      isGuess: false,
    }
  }
}

function checkCount(count: number) {
  if (Number.isInteger(count) && count >= 0) return
  throw new HearthError(
    'bad-argument',
    `invalid count: got ${count}, expected an integer of 0 or more.`,
  )
}

function componentsOf(
  { components }: Scores,
  index: number,
): Record<Component, number> {
  const entries = COMPONENTS.map((component) => [
    component,
    components[component][index],
  ])
  return Object.fromEntries(entries) as Record<Component, number>
}

/** σ(score), kept inside (0, 1). */
export function matchOf(score: number): number {
  return Math.min(1 - MATCH_MARGIN, Math.max(MATCH_MARGIN, sigmoid(score)))
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
