/**
 * The fusion model: how much each component counts, by number of events, fitted on held-out
 * users through the browser's own scoring of the written pack.
 *
 * In each bucket of k the weights (≥ 0) that maximise the mean of NDCG@20 and Recall@20
 * over histories of k events are searched coordinate by coordinate from several starts;
 * then neighbouring buckets are blended; each is checked on users it was not fitted on,
 * where there are many, and one that fell below popularity alone is
 * pulled back to it. Each bucket is scaled so that a pick of the first 20 scores
 * TOP_SCORE on average: the page's "match" is σ(score).
 */

import {
  FUSED_COMPONENTS,
  FUSION_BUCKETS,
  type FusedComponent,
  type FusionWeights,
} from '../../../pack/pack.ts'
import {
  type ComponentWeights,
  defaultFusion,
  presentComponents,
} from '../../../scoring/fusion.ts'
import type { ScoreRequest, ScoringPack } from '../../../scoring/score.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import type { HeldOutUser } from '../../splits/hold-out.ts'
import { type Model, resolveSettings } from '../model.ts'
import { type FusionCase, makeCases, meanQuality, meanTopScore } from './cases.ts'

export const fusionModel = {
  defaults: { histories: 'short-and-full', maxCases: 500 } as FusionSettings,
  ranges: {
    histories: ['short-and-full', 'full'],
    maxCases: { min: 1, isWhole: true },
  },
  fit,
  score: (scoring: ScoringPack, request: ScoreRequest) =>
    scoreAll(scoring, request).score,
} satisfies Model<FusionInput, FusionSettings, FittedFusion>

interface FusionSettings {
  /** Each user's newest few events too, or only all of them. */
  readonly histories: 'short-and-full' | 'full'
  /** Histories a bucket is fitted on at most, 1 or more: bounds time and memory. */
  readonly maxCases: number
}

export interface FusionInput {
  /** One or more, of packs with the same components. */
  readonly trials: readonly FusionTrial[]
  /** [items] 1 = not ranked. Default: only what is in the history. */
  readonly hidden?: Uint8Array
  readonly onProgress?: (done: number) => void
}

/** A pack, and users whom it was learned without. */
export interface FusionTrial {
  readonly scoring: ScoringPack
  readonly heldOut: readonly HeldOutUser[]
}

export interface FittedFusion {
  readonly fusion: FusionWeights
  readonly report: FusionReport
}

export interface FusionReport {
  /** One a bucket with histories: quality of the fitted blend and of popularity alone. */
  readonly buckets: readonly {
    readonly bucket: number
    readonly histories: number
    readonly fused: number
    readonly popularity: number
  }[]
}

/** Histories below which a bucket is not fitted but takes its neighbour's weights. */
const MIN_CASES = 20
/** Least weight of popularity where it is all there is, of a sum of 1. */
const MIN_ALONE = 0.05
/**
 * Least weight of popularity beside other components: it orders what they leave tied. Sparse
 * components have scores of up to a hundred deviations and weights to match, so more would
 * outweigh them.
 */
const MIN_BESIDE = 0.001

/**
 * One fusion for the users of all trials.
 *
 * @returns undefined if no bucket has enough histories to learn from
 */
function fit(
  { trials, hidden, onProgress }: FusionInput,
  changes?: Partial<FusionSettings>,
): FittedFusion | undefined {
  const settings = resolveSettings(fusionModel, changes)
  const components = trials[0] ? presentComponents(trials[0].scoring.pack) : []
  const divided = trials.map(({ heldOut }) => divideUsers(heldOut))
  const casesOf = (role: 'fitting' | 'checking') =>
    FUSION_BUCKETS.map((_, bucket) =>
      trials.flatMap(({ scoring }, t) =>
        makeCases(scoring, divided[t][role], {
          ...settings,
          ...{ bucket, components, hidden },
        }),
      ),
    )
  const cases = casesOf('fitting')
  const others = casesOf('checking')
  let before = startWeights(components, 0)
  const fitted = cases.map((bucketCases, bucket) => {
    onProgress?.(bucket / cases.length)
    if (bucket === 0 || bucketCases.length < MIN_CASES) return undefined
    const starts = [
      before,
      startWeights(components, bucket),
      only('popularity', components),
    ]
    before = searchWeights(bucketCases, starts)
    return before
  })
  if (fitted.every((weights) => weights === undefined)) return undefined
  const blended = blendNeighbours(fillGaps(fitted))
  const checked = blended.map((w, bucket) =>
    checkWeights(w, others[bucket], components),
  )
  const safe = checked.map((w, bucket) =>
    keepAbovePopularity(w, cases[bucket], {
      components,
      least: bucket === 0 ? MIN_ALONE : MIN_BESIDE,
    }),
  )
  const buckets = scaleBuckets(safe, cases)
  const popularity = only('popularity', components)
  const report = cases.flatMap((played, bucket) => {
    if (played.length === 0) return []
    const [fused, alone] = [buckets[bucket], popularity].map((w) =>
      meanQuality(played, w),
    )
    return [{ bucket, histories: played.length, fused, popularity: alone }]
  })
  onProgress?.(1)
  const table = buckets.map((weights) => toTable(weights, components))
  return { fusion: { source: 'fitted', buckets: table }, report: { buckets: report } }
}

function startWeights(components: readonly FusedComponent[], bucket: number): number[] {
  return components.map((component) => defaultFusion.buckets[bucket][component])
}

function only(wanted: FusedComponent, components: readonly FusedComponent[]): number[] {
  return components.map((component) => (component === wanted ? 1 : 0))
}

/** Pulls towards popularity until the blend is no worse than it. */
function keepAbovePopularity(
  weights: number[],
  cases: readonly FusionCase[],
  {
    components,
    least,
  }: { readonly components: readonly FusedComponent[]; readonly least: number },
): number[] {
  const popularity = only('popularity', components)
  const safe = weights.map((w, p) => Math.max(w, least * popularity[p]))
  const floor = meanQuality(cases, popularity)
  for (const pull of [0, 0.25, 0.5, 0.75, 1]) {
    const pulled = safe.map((w, p) => (1 - pull) * w + pull * popularity[p])
    if (meanQuality(cases, pulled) >= floor) return pulled
  }
  return popularity
}

function toTable(
  weights: readonly number[],
  components: readonly FusedComponent[],
): ComponentWeights {
  const rounded = (component: FusedComponent) => {
    const weight = weights[components.indexOf(component)] ?? 0
    return Number(weight.toPrecision(4)) // more digits would only pretend
  }
  return Object.fromEntries(
    FUSED_COMPONENTS.map((component) => [component, rounded(component)]),
  ) as Record<FusedComponent, number>
}

// The weights of all buckets of k beside each other: gaps, neighbours, scale.

/** Mean score of the first 20: match about 0.88. */
const TOP_SCORE = 2
/** Share of a bucket's own weights when neighbours are blended in. */
const OWN_SHARE = 0.6

/** What is missing is taken from the nearest bucket that has it, the earlier of two. */
function fillGaps(fitted: readonly (number[] | undefined)[]): number[][] {
  return fitted.map((own, bucket) => {
    if (own) return own
    const near = fitted
      .map((weights, other) => ({ weights, distance: Math.abs(other - bucket) }))
      .filter(({ weights }) => weights !== undefined)
      .sort((a, b) => a.distance - b.distance)
    return near[0].weights as number[]
  })
}

/** A visitor should not see the list jump when one more event crosses a bucket's edge. */
function blendNeighbours(buckets: readonly number[][]): number[][] {
  return buckets.map((own, bucket) => {
    const sides = [buckets[bucket - 1], buckets[bucket + 1]].filter(
      (side) => side !== undefined,
    )
    const side = (1 - OWN_SHARE) / Math.max(1, sides.length)
    return own.map((w, p) => sides.reduce((sum, s) => sum + side * s[p], OWN_SHARE * w))
  })
}

/**
 * Scales each bucket by what its own histories score. Without a history only popularity
 * counts, which tells little of the scale: bucket 0, and one without cases, takes that of
 * the nearest other.
 */
function scaleBuckets(
  buckets: readonly number[][],
  cases: readonly (readonly FusionCase[])[],
): number[][] {
  const tops = buckets.map((weights, bucket) =>
    bucket === 0 ? 0 : meanTopScore(cases[bucket], weights),
  )
  const known = tops.map((top) => (top > 0 ? [TOP_SCORE / top] : undefined))
  const scales = known.some((scale) => scale) ? fillGaps(known) : tops.map(() => [1])
  return buckets.map((weights, bucket) => weights.map((w) => w * scales[bucket][0]))
}

// Fusion weights by coordinate search: no gradient, as NDCG has none.

/** Least gain that a move must bring, so that noise does not steer. */
const MIN_GAIN = 1e-4
const MAX_ROUNDS = 12
/** What a weight is multiplied with, and what it is raised by (share of the sum). */
const FACTORS = [0, 0.5, 0.75, 0.9, 1.1, 1.35, 2]
const RAISES = [0.02, 0.1, 0.3]

/**
 * Climbs from each start, one weight at a time, and keeps the best end.
 *
 * @param starts [components] each, ≥ 0, not all zero
 * @returns weights ≥ 0 of sum 1
 */
export function searchWeights(
  cases: readonly FusionCase[],
  starts: readonly number[][],
): number[] {
  const ends = starts.map((start) => climb(cases, unitSum(start)))
  return unitSum(ends.reduce((a, b) => (b.quality > a.quality ? b : a)).weights)
}

function climb(cases: readonly FusionCase[], start: number[]) {
  let best = { weights: start, quality: meanQuality(cases, start) }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = best.quality
    for (let p = 0; p < start.length; p++) {
      for (const value of movesOf(best.weights, p)) {
        const weights = best.weights.with(p, value)
        if (weights.every((w) => w === 0)) continue
        const quality = meanQuality(cases, weights)
        if (quality > best.quality + MIN_GAIN) best = { weights, quality }
      }
    }
    if (best.quality === before) break
  }
  return best
}

function movesOf(weights: readonly number[], component: number): number[] {
  const total = weights.reduce((sum, w) => sum + w, 0)
  return weights[component] === 0
    ? RAISES.map((raise) => raise * total)
    : FACTORS.map((factor) => factor * weights[component])
}

function unitSum(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, w) => sum + w, 0)
  return weights.map((w) => (total > 0 ? w / total : 0))
}

// The fitted weights of a bucket against simpler ones, on users they were not fitted on:
// where one component is nearly all that counts, a search over all of them fits noise.

/** With fewer users all are needed for fitting. */
const MIN_TO_DIVIDE = 600
/** Every third user is for checking. */
const CHECKING = 3
/** Cases below which nothing is checked. */
const MIN_CHECK_CASES = 50
/** What popularity keeps beside a component alone: it orders what the component leaves tied. */
const TIE = 0.001

/** @returns users to fit the weights on, and others to check them on: none where users are few */
export function divideUsers(heldOut: readonly HeldOutUser[]) {
  if (heldOut.length < MIN_TO_DIVIDE) return { fitting: heldOut, checking: [] }
  const checks = (_: HeldOutUser, n: number) => n % CHECKING === 0
  return {
    fitting: heldOut.filter((user, n) => !checks(user, n)),
    checking: heldOut.filter(checks),
  }
}

/**
 * The best on `cases` of: `weights`, each component alone, and half of `weights` with half of
 * the best component alone. Ties go to the first.
 *
 * @param weights [components] of sum 1
 * @param cases of users whom `weights` were not fitted on; too few leave `weights` as is
 */
export function checkWeights(
  weights: number[],
  cases: readonly FusionCase[],
  components: readonly FusedComponent[],
): number[] {
  if (cases.length < MIN_CHECK_CASES) return weights
  const alone = components.map((component) =>
    components.map((other) =>
      other === component ? 1 : other === 'popularity' ? TIE : 0,
    ),
  )
  const single = bestOf(alone, cases)
  const halved = weights.map((w, p) => (w + single[p]) / 2)
  return bestOf([weights, halved, single], cases)
}

function bestOf(candidates: readonly number[][], cases: readonly FusionCase[]) {
  const qualities = candidates.map((weights) => meanQuality(cases, weights))
  return candidates[qualities.indexOf(Math.max(...qualities))]
}
