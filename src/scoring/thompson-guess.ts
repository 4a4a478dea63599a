/**
 * The one guess of a list as a Thompson draw over the weights of the fusion: weights are drawn
 * from what is known of this visitor, and the guess by them.
 *
 * A propensity must be exact to be learned from, and the chance that an item is drawn under
 * all possible weights has no closed form. So the posterior stands for itself in `DRAWS` weight
 * vectors, drawn once a fit by a seed: one of them is chosen by chance, each alike, and the
 * item by softmax of its scores (Gumbel's trick). The propensity is then
 *
 *   p(i) = 1/DRAWS · Σ over draws of softmax_draw(i)
 *
 * exactly. Softmax rather than the best: two policies can be compared on a guess only where
 * both give it a chance.
 */
import type { Random } from '../math/random.ts'
import { topK } from '../math/top-k.ts'
import { FUSED_COMPONENTS } from '../pack/pack.ts'
import type { Multipliers } from './online-fusion.ts'
import type { DrawnGuess } from './rank.ts'
import type { Scores } from './score.ts'

/** Weight vectors that stand for the posterior: 200 candidates cost some 50 µs each. */
export const DRAWS = 16

export interface GuessWeights {
  /** What the scores hold: the components are already multiplied by it. */
  readonly used: Multipliers
  /** The middle of the posterior. */
  readonly learned: Multipliers
  /** Draws from the posterior; where the guard switched learning off, the pack's own alone. */
  readonly draws: readonly Multipliers[]
}

/** Of multipliers that change nothing: the pack's own fusion. */
export const AS_SHIPPED = Object.fromEntries(
  FUSED_COMPONENTS.map((name) => [name, 1]),
) as Multipliers

/**
 * One draw from `candidates`, and the chance it had; undefined if there are none.
 *
 * @param order [items] what lists are ordered by: the score, and the owner's boosts
 */
export function drawThompson(
  candidates: Uint32Array,
  order: Float32Array,
  {
    random,
    scores,
    weights,
  }: { random: Random; scores: Scores; weights: GuessWeights },
): DrawnGuess | undefined {
  if (candidates.length === 0) return undefined
  const { used, draws } = weights
  const base = Float64Array.from(candidates, (index) => order[index]!)
  const components = FUSED_COMPONENTS.map((name) => ({
    name,
    values: Float64Array.from(candidates, (index) => scores.components[name][index]!),
  }))
  function chancesBy(multipliers: Multipliers): Float64Array {
    const values = base.slice()
    for (const { name, values: added } of components) {
      const factor = multipliers[name] / used[name] - 1
      if (factor === 0) continue
      for (let i = 0; i < values.length; i++) values[i]! += factor * added[i]!
    }
    return softmaxInto(values)
  }
  const each = draws.map(chancesBy)
  const chosen = each[random.integer(each.length)]!
  const noisy = Float32Array.from(chosen, (p) => Math.log(p) + random.gumbel())
  const at = topK(noisy, 1)[0]!
  const propensity = each.reduce((sum, chances) => sum + chances[at]!, 0) / each.length
  return {
    index: candidates[at]!,
    propensity,
    chances: {
      shipped: chancesBy(AS_SHIPPED)[at]!,
      learned: chancesBy(weights.learned)[at]!,
    },
  }
}

/** @param values overwritten by the softmax of values / their standard deviation, and returned */
function softmaxInto(values: Float64Array): Float64Array {
  const { length } = values
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity)
  const mean = values.reduce((sum, x) => sum + x, 0) / length
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / length
  const sd = Math.sqrt(variance) || 1
  let total = 0
  for (let i = 0; i < length; i++) {
    values[i] = Math.exp((values[i]! - most) / sd)
    total += values[i]!
  }
  for (let i = 0; i < length; i++) values[i]! /= total
  return values
}
