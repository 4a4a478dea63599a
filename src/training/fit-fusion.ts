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
import { blendNeighbours, fillGaps, scaleBuckets } from './fusion-buckets.ts'
import {
  type FusionCase,
  type HistoryLengths,
  makeCases,
  meanQuality,
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

export interface FitFusionOptions {
  /** See `makeCases`. */
  readonly histories?: HistoryLengths
  /** See `makeCases`. */
  readonly mostCases?: number
  /** See `makeCases`. */
  readonly hidden?: Uint8Array
  readonly onProgress?: (done: number) => void
}

/** A pack, and users whom it was learned without. */
export interface FusionTrial {
  readonly scoring: ScoringPack
  readonly heldOut: readonly HeldOutUser[]
}

/** @returns undefined if no bucket has enough histories to learn from */
export function fitFusion(
  scoring: ScoringPack,
  heldOut: readonly HeldOutUser[],
  options: FitFusionOptions = {},
): FittedFusion | undefined {
  return fitFusionOn([{ scoring, heldOut }], options)
}

export interface FittedFusion {
  readonly fusion: FusionWeights
  readonly report: FusionReport
}

/**
 * One fusion for the users of all trials.
 *
 * @param trials one or more, of packs with the same parts
 * @returns undefined if no bucket has enough histories to learn from
 */
export function fitFusionOn(
  trials: readonly FusionTrial[],
  { histories = 'short-and-full', onProgress, ...limits }: FitFusionOptions = {},
): FittedFusion | undefined {
  const parts = partsOf(trials[0].scoring)
  const divided = trials.map(({ heldOut }) => divideUsers(heldOut))
  const casesOf = (role: 'fitting' | 'checking') =>
    FUSION_BUCKETS.map((_, bucket) =>
      trials.flatMap(({ scoring }, t) =>
        makeCases(scoring, divided[t][role], { bucket, parts, histories, ...limits }),
      ),
    )
  const cases = casesOf('fitting')
  const others = casesOf('checking')
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
