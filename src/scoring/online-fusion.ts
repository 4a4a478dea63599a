/**
 * The fusion as one visitor's own clicks and skips move it: a small Bayesian logistic
 * regression over the components of what was shown.
 *
 *   logit P(taken) = a + b·place/10 + s·score + Σ over c of δ_c·x_c
 *
 * x_c is a component as the pack's fusion weighs it, score their sum with the visitor's own
 * feedback. The slope s is how well the score predicts this visitor at all; δ,
 * with a prior around 0, what one component tells beyond it. A component then counts
 *
 *   m_c = 1 + δ_c / max(s, MIN_SLOPE), within [1/MAX_RATIO, MAX_RATIO]
 *
 * times its weight in the pack: the pack's fitted fusion is the prior. The weights are the
 * maximum of the posterior, their spread that of Laplace's approximation there. Every fit
 * begins at the prior and reads the observations alone, so that the same log gives the same
 * weights, whatever was learned before.
 *
 * What is shown depends on the components, and a regression on the components is not biased
 * by that; what is seen less because of its place has the term b. Weights of inverse
 * propensity are not used: they correct for a wrong model only, and a guess in 200 candidates
 * would outweigh all other views together.
 */
import { solveSpdInto } from '../math/cholesky.ts'
import type { Random } from '../math/random.ts'
import {
  FUSED_COMPONENTS,
  type FusedComponent,
  type FusionWeights,
} from '../pack/pack.ts'
import { COMPONENTS } from './score.ts'

/** One item as it was seen in a list ranked for this visitor. */
export interface Observation {
  /** From 0. */
  readonly place: number
  /** As the pack's fusion weighs them; absent is 0. */
  readonly components: Readonly<Record<string, number>>
  /** Something in favour of the item followed: it was opened, liked, saved or rated well. */
  readonly isTaken: boolean
  /** Chance of its place, (0, 1]. */
  readonly propensity: number
  /** Of a guess: its chance under both fusions. */
  readonly chances?: { readonly shipped: number; readonly learned: number }
}

/** How much each component counts, times its weight in the pack. */
export type Multipliers = Readonly<Record<FusedComponent, number>>

/** The terms before the components: a, b and s. */
const FIRST_COMPONENT = 3
const SIZE = FIRST_COMPONENT + FUSED_COMPONENTS.length
const SLOPE = 2

interface Normal {
  readonly mean: number
  readonly sd: number
}

/** Logit of how often a seen item is taken: anything from never to always. */
const INTERCEPT: Normal = { mean: -1.5, sd: 2 }
/** Places down a list are looked at less: .95 a place is e^(−.05), as eye tracking finds. */
const TEN_PLACES: Normal = { mean: -0.5, sd: 0.5 }
/** 1 where the pack's fusion is right about this visitor; choices are noisier than that. */
const SLOPE_PRIOR: Normal = { mean: 0.7, sd: 0.5 }
/**
 * The prior of δ: how far visitors differ in what a component tells of them. Chosen on
 * simulated visitors of two catalogues (bench/RESULTS.md, *The visitor's own fusion*): it
 * orders better on the one and no worse on the other; above it learning follows chance.
 */
export const COMPONENT_SD = 0.2
/** Below it s is hardly known, and the δ are not to be divided by it. */
const MIN_SLOPE = 0.5
/** No visitor moves a component further from its weight in the pack. */
export const MAX_RATIO = 2.5
/** A component or a score beyond it is broken or forged; each is a few standard deviations. */
const LIMIT = 6
/** Newton's method from the prior, with bounded steps: it ends after five to eight. */
const MAX_STEPS = 25
const MAX_STEP = 1
const TOLERANCE = 1e-8

export interface FusionPosterior {
  /** Of the fit, with the spread left out. */
  readonly mean: Multipliers
  /** One draw from the posterior, by the random numbers given. */
  draw(random: Random): Multipliers
}

/** @param sd prior of δ, > 0. Default `COMPONENT_SD` */
export function learnFusion(
  observations: readonly Observation[],
  sd = COMPONENT_SD,
): FusionPosterior {
  const components = FUSED_COMPONENTS.map((): Normal => ({ mean: 0, sd }))
  const prior = [INTERCEPT, TEN_PLACES, SLOPE_PRIOR, ...components]
  const rows = featuresOf(observations)
  const theta = Float64Array.from(prior, ({ mean }) => mean)
  const precision = new Float64Array(SIZE * SIZE)
  const step = new Float64Array(SIZE)
  for (let i = 0; i < MAX_STEPS; i++) {
    newtonInto(precision, step, { rows, observations, theta, prior })
    solveSpdInto(precision, step, SIZE)
    let largest = 0
    for (let j = 0; j < SIZE; j++) {
      const moved = Math.max(-MAX_STEP, Math.min(MAX_STEP, step[j]!))
      theta[j]! += moved
      largest = Math.max(largest, Math.abs(moved))
    }
    if (largest < TOLERANCE) break
  }
  newtonInto(precision, step, { rows, observations, theta, prior })
  solveSpdInto(precision, step, SIZE) // leaves L of the precision at the maximum
  // of the fit alone: what is known is s + δ, how it divides between both hardly
  const slope = Math.max(MIN_SLOPE, theta[SLOPE]!)
  return {
    mean: multipliersOf(theta, slope),
    draw: (random) => multipliersOf(drawFrom(theta, precision, random), slope),
  }
}

/** [observations, SIZE] */
function featuresOf(observations: readonly Observation[]): Float64Array {
  const rows = new Float64Array(observations.length * SIZE)
  observations.forEach(({ place, components }, i) => {
    const at = i * SIZE
    let score = 0
    for (const name of COMPONENTS) score += bounded(components[name])
    rows[at] = 1
    rows[at + 1] = Math.min(LIMIT, place / 10)
    rows[at + SLOPE] = bounded(score)
    FUSED_COMPONENTS.forEach((name, j) => {
      rows[at + FIRST_COMPONENT + j] = bounded(components[name])
    })
  })
  return rows
}

const bounded = (value = 0) => Math.max(-LIMIT, Math.min(LIMIT, value))

interface Fit {
  readonly rows: Float64Array
  readonly observations: readonly Observation[]
  readonly theta: Float64Array
  readonly prior: readonly Normal[]
}

/**
 * The posterior's precision and gradient at θ.
 * @param precision [SIZE, SIZE], its lower triangle overwritten
 * @param gradient [SIZE], overwritten
 */
function newtonInto(
  precision: Float64Array,
  gradient: Float64Array,
  { rows, observations, theta, prior }: Fit,
) {
  precision.fill(0)
  prior.forEach(({ mean, sd }, j) => {
    precision[j * SIZE + j] = 1 / sd ** 2
    gradient[j] = (mean - theta[j]!) / sd ** 2
  })
  for (let i = 0; i < observations.length; i++) {
    const at = i * SIZE
    let logit = 0
    for (let j = 0; j < SIZE; j++) logit += theta[j]! * rows[at + j]!
    const chance = 1 / (1 + Math.exp(-logit))
    const residual = (observations[i]!.isTaken ? 1 : 0) - chance
    const weight = chance * (1 - chance)
    for (let j = 0; j < SIZE; j++) {
      const x = rows[at + j]!
      if (x === 0) continue
      gradient[j]! += residual * x
      for (let k = 0; k <= j; k++)
        precision[j * SIZE + k]! += weight * x * rows[at + k]!
    }
  }
}

/** θ + L⁻ᵀ·ε: a draw of the normal distribution whose precision is L·Lᵀ. */
function drawFrom(theta: Float64Array, l: Float64Array, random: Random): Float64Array {
  const drawn = Float64Array.from({ length: SIZE }, () => random.normal())
  for (let i = SIZE - 1; i >= 0; i--) {
    for (let k = i + 1; k < SIZE; k++) drawn[i]! -= l[k * SIZE + i]! * drawn[k]!
    drawn[i]! /= l[i * SIZE + i]!
  }
  return drawn.map((value, j) => theta[j]! + value)
}

function multipliersOf(theta: Float64Array, slope: number): Multipliers {
  const ownSlope = Math.max(MIN_SLOPE, theta[SLOPE]!)
  const entries = FUSED_COMPONENTS.map((name, j) => {
    const ratio = (ownSlope + theta[FIRST_COMPONENT + j]!) / slope
    return [name, Math.max(1 / MAX_RATIO, Math.min(MAX_RATIO, ratio))]
  })
  return Object.fromEntries(entries) as Multipliers
}

/** The pack's fusion with each component's weight multiplied. */
export function multiplied(
  fusion: FusionWeights,
  multipliers: Multipliers,
): FusionWeights {
  const buckets = fusion.buckets.map(
    (weights) =>
      Object.fromEntries(
        FUSED_COMPONENTS.map((name) => [name, weights[name] * multipliers[name]]),
      ) as Multipliers,
  )
  return { ...fusion, buckets }
}
