/** A pack's parts, its fusion and the fusion's ablations, all by the browser's own code. */
import { FUSED_PARTS, type FusedPart, type FusionWeights } from '../catalogue/pack.ts'
import { defaultFusionFor, halfBlend } from '../scoring/fusion.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import { scoreParts, visitOf } from '../training/simulate-visit.ts'
import type { ScoreSource } from './measure-visitors.ts'
import { historyOf } from './visitor.ts'

/** The parts that can be judged by themselves, in the order of the tables. */
export const JUDGED_PARTS = [
  'popularity',
  'cf',
  'tower',
  'content',
  'sequence',
  'knowledge',
] as const satisfies readonly FusedPart[]

export interface PackScoresOptions {
  /** Out of JUDGED_PARTS. */
  readonly parts: readonly FusedPart[]
  /** See `ablationsOf`; default none. */
  readonly ablations?: Readonly<Record<string, FusionWeights>>
}

/** Each of `parts` by itself, `fusion` as the page shows it, and the ablations. */
export function packScores(
  scoring: ScoringPack,
  { parts, ablations = {} }: PackScoresOptions,
): ScoreSource {
  return function* (visitor, k) {
    const history = historyOf(visitor, k)
    const unfused = scoreParts(scoring, history)
    for (const part of parts) yield [part, unfused.parts[part]]
    const visit = visitOf(scoring, history)
    yield ['fusion', scoreAll(scoring, visit).score]
    for (const [name, fusion] of Object.entries(ablations)) {
      yield [name, scoreAll(scoring, { ...visit, fusion }).score]
    }
  }
}

/** The parts that this pack has. */
export function presentParts({ pack }: ScoringPack): FusedPart[] {
  const isOn: Record<FusedPart, boolean> = {
    popularity: true,
    cf: pack.cf !== undefined,
    tower: pack.tower !== undefined,
    content: pack.content !== undefined,
    sequence: pack.sequence !== undefined,
    knowledge: pack.entities.indices.length > 0,
  }
  return JUDGED_PARTS.filter((part) => isOn[part])
}

/**
 * Blends to compare the pack's own fusion with:
 *
 *   fusion-without-<part>   the same weights but that part's, which is 0; nothing is fitted
 *                           again
 *   default-blend           the table used where nothing was fitted
 *   half-blend              ½ CF + ½ content, the method's source
 */
export function ablationsOf(scoring: ScoringPack): Record<string, FusionWeights> {
  const { fusion } = scoring.pack.manifest
  const without = presentParts(scoring)
    .filter((part) => fusion.buckets.some((weights) => weights[part] !== 0))
    .map((part) => [`fusion-without-${part}`, withoutPart(fusion, part)])
  return {
    ...Object.fromEntries(without),
    'default-blend': defaultFusionFor(scoring.pack),
    'half-blend': halfBlend,
  }
}

function withoutPart(fusion: FusionWeights, part: FusedPart): FusionWeights {
  const buckets = fusion.buckets.map((weights) => ({ ...weights, [part]: 0 }))
  return { ...fusion, buckets }
}

/** For checks of names that an owner typed. */
export function isJudgedPart(name: string): name is FusedPart {
  return (FUSED_PARTS as readonly string[]).includes(name)
}
