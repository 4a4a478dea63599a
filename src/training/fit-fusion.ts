/**
 * How much each part should count, by number of events: fitted on held-out users through
 * the browser's own scoring of the written pack.
 *
 * In each bucket of k the weights (≥ 0) that maximise the mean of NDCG@20 and Recall@20
 * over histories of k events are searched coordinate by coordinate from several starts;
 * then neighbouring buckets are blended; each is checked on users it was not fitted on,
 * where there are many (check-fusion.ts), and one that fell below popularity alone is
 * pulled back to it. Each bucket is scaled so that a pick of the first 20 scores
 * TOP_SCORE on average: the page's "match" is σ(score).
 */
import {
  FUSED_PARTS,
  FUSION_BUCKETS,
  type FusedPart,
  type FusionWeights,
} from '../catalogue/pack.ts'
import { defaultFusion, type PartWeights } from '../scoring/fusion.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { checkWeights, divideUsers } from './check-fusion.ts'
import {
  type FusionCase,
  type HistoryLengths,
  makeCases,
  meanQuality,
  meanTopScore,
} from './fusion-cases.ts'
import type { HeldOutUser } from './hold-out.ts'
import { searchWeights } from './search-weights.ts'

export interface FusionReport {
  /** One a bucket with histories: quality of the fitted blend and of popularity alone. */
  readonly buckets: readonly {
    readonly bucket: number
    readonly histories: number
    readonly fused: number
    readonly popularity: number
  }[]
}

/** Mean score of the first 20: match about 0.88. */
const TOP_SCORE = 2
/** Histories below which a bucket is not fitted but takes its neighbour's weights. */
const LEAST_CASES = 20
/** Least weight of popularity where it is all there is, of a sum of 1. */
const LEAST_ALONE = 0.05
/**
 * Least weight of popularity beside other parts: it orders what they leave tied. Sparse
 * parts have scores of up to a hundred deviations and weights to match, so more would
 * outweigh them.
 */
const LEAST_BESIDE = 0.001
/** Share of a bucket's own weights when neighbours are blended in. */
const OWN_SHARE = 0.6

export interface FitFusionOptions {
  /** See `makeCases`. */
  readonly histories?: HistoryLengths
  /** See `makeCases`. */
  readonly mostCases?: number
  /** See `makeCases`. */
  readonly hidden?: Uint8Array
  readonly onProgress?: (done: number) => void
}

/** @returns undefined if no bucket has enough histories to learn from */
export function fitFusion(
  scoring: ScoringPack,
  heldOut: readonly HeldOutUser[],
  { histories = 'short-and-full', onProgress, ...limits }: FitFusionOptions = {},
): { fusion: FusionWeights; report: FusionReport } | undefined {
  const parts = partsOf(scoring)
  const { fitting, checking } = divideUsers(heldOut)
  const casesOf = (users: readonly HeldOutUser[]) =>
    FUSION_BUCKETS.map((_, bucket) =>
      makeCases(scoring, users, { bucket, parts, histories, ...limits }),
    )
  const cases = casesOf(fitting)
  const others = casesOf(checking)
  let before = startWeights(parts, 0)
  const fitted = cases.map((bucketCases, bucket) => {
    onProgress?.(bucket / cases.length)
    if (bucket === 0 || bucketCases.length < LEAST_CASES) return undefined
    const starts = [before, startWeights(parts, bucket), only('popularity', parts)]
    before = searchWeights(bucketCases, starts)
    return before
  })
  if (fitted.every((weights) => weights === undefined)) return undefined
  const blended = blendNeighbours(fillGaps(fitted))
  const checked = blended.map((w, bucket) => checkWeights(w, others[bucket], parts))
  const safe = checked.map((w, bucket) =>
    keepAbovePopularity(w, cases[bucket], {
      parts,
      least: bucket === 0 ? LEAST_ALONE : LEAST_BESIDE,
    }),
  )
  const buckets = scaleBuckets(safe, cases)
  const popularity = only('popularity', parts)
  const report = cases.flatMap((played, bucket) => {
    if (played.length === 0) return []
    const [fused, alone] = [buckets[bucket], popularity].map((w) =>
      meanQuality(played, w),
    )
    return [{ bucket, histories: played.length, fused, popularity: alone }]
  })
  onProgress?.(1)
  const table = buckets.map((weights) => toTable(weights, parts))
  return { fusion: { source: 'fitted', buckets: table }, report: { buckets: report } }
}

/** The parts this pack can score, in the order of all weight vectors here. */
function partsOf({ pack }: ScoringPack): FusedPart[] {
  const isOn: Record<FusedPart, boolean> = {
    cf: pack.cf !== undefined,
    tower: pack.tower !== undefined,
    content: pack.content !== undefined,
    sequence: pack.sequence !== undefined,
    popularity: true,
    knowledge: pack.entities.indices.length > 0,
  }
  return FUSED_PARTS.filter((part) => isOn[part])
}

function startWeights(parts: readonly FusedPart[], bucket: number): number[] {
  return parts.map((part) => defaultFusion.buckets[bucket][part])
}

function only(wanted: FusedPart, parts: readonly FusedPart[]): number[] {
  return parts.map((part) => (part === wanted ? 1 : 0))
}

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

/** Pulls towards popularity until the blend is no worse than it. */
function keepAbovePopularity(
  weights: number[],
  cases: readonly FusionCase[],
  { parts, least }: { readonly parts: readonly FusedPart[]; readonly least: number },
): number[] {
  const popularity = only('popularity', parts)
  const safe = weights.map((w, p) => Math.max(w, least * popularity[p]))
  const floor = meanQuality(cases, popularity)
  for (const pull of [0, 0.25, 0.5, 0.75, 1]) {
    const pulled = safe.map((w, p) => (1 - pull) * w + pull * popularity[p])
    if (meanQuality(cases, pulled) >= floor) return pulled
  }
  return popularity
}

/**
 * Scales each bucket by what its own histories score. Without a history only popularity
 * speaks, which says little of the scale: bucket 0, and one without cases, takes that of
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

function toTable(weights: readonly number[], parts: readonly FusedPart[]): PartWeights {
  const rounded = (part: FusedPart) => {
    const weight = weights[parts.indexOf(part)] ?? 0
    return Number(weight.toPrecision(4)) // more digits would only pretend
  }
  return Object.fromEntries(FUSED_PARTS.map((part) => [part, rounded(part)])) as Record<
    FusedPart,
    number
  >
}
