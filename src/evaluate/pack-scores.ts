/** A pack's parts, its fusion and the fusion's ablations, all by the browser's own code. */

import { scoreParts, seenMask, visitOf } from '../build/models/fusion/simulate.ts'
import { HearthError } from '../errors.ts'
import { topK } from '../math/top-k.ts'
import { FUSED_COMPONENTS, type FusedComponent, type FusionWeights } from '../pack/pack.ts'
import { defaultFusionFor, halfBlend } from '../scoring/fusion.ts'
import { diversify, similarityOf } from '../scoring/mmr.ts'
import { CANDIDATES, DEFAULT_LAMBDA } from '../scoring/rank.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import { BASELINES } from './baselines/prepare.ts'
import type { ScoreSource } from './measure-visitors.ts'
import { historyOf, LIST_LENGTH } from './visitor.ts'

/** The parts that can be judged by themselves, in the order of the tables. */
export const JUDGED_PARTS = [
  'popularity',
  'cf',
  'tower',
  'content',
  'sequence',
  'knowledge',
] as const satisfies readonly FusedComponent[]

export interface PackScoresOptions {
  /** Out of JUDGED_PARTS. */
  readonly parts: readonly FusedComponent[]
  /** See `ablationsOf`; default none. With any, `fusion-diverse` comes along. */
  readonly ablations?: Readonly<Record<string, FusionWeights>>
}

/** The fusion's list as the page spreads it out: maximal marginal relevance. */
const DIVERSE = 'fusion-diverse'

/** Each of `parts` by itself, `fusion` as the page shows it, and the ablations. */
export function packScores(
  scoring: ScoringPack,
  { parts, ablations }: PackScoresOptions,
): ScoreSource {
  return function* (visitor, k) {
    const history = historyOf(visitor, k)
    const unfused = scoreParts(scoring, history)
    for (const part of parts) yield [part, unfused.components[part]]
    const visit = visitOf(scoring, history)
    const { score } = scoreAll(scoring, visit)
    yield ['fusion', score]
    if (!ablations) return
    yield [DIVERSE, spreadOut(scoring, score, history)]
    for (const [name, fusion] of Object.entries(ablations)) {
      yield [name, scoreAll(scoring, { ...visit, fusion }).score]
    }
  }
}

/** Scores that rank as MMR does with the page's own λ and candidates. */
function spreadOut(
  { pack }: ScoringPack,
  score: Float32Array,
  history: Uint32Array,
): Float32Array {
  const candidates = topK(score, CANDIDATES, seenMask(score.length, history))
  const picks = diversify(candidates, score, {
    count: LIST_LENGTH,
    lambda: DEFAULT_LAMBDA,
    similarity: similarityOf(pack),
  })
  const out = new Float32Array(score.length).fill(-Infinity)
  for (const [place, row] of picks.entries()) out[row] = -place
  return out
}

/** The parts that this pack has. */
export function presentParts({ pack }: ScoringPack): FusedComponent[] {
  const isOn: Record<FusedComponent, boolean> = {
    popularity: true,
    cf: pack.cf !== undefined,
    tower: pack.tower !== undefined,
    content: pack.content !== undefined,
    sequence: pack.sequence !== undefined,
    knowledge: pack.attributes.indices.length > 0,
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

function withoutPart(fusion: FusionWeights, part: FusedComponent): FusionWeights {
  const buckets = fusion.buckets.map((weights) => ({ ...weights, [part]: 0 }))
  return { ...fusion, buckets }
}

/** For checks of names that an owner typed. */
export function isJudgedPart(name: string): name is FusedComponent {
  return (FUSED_COMPONENTS as readonly string[]).includes(name)
}

// Names of rows that an owner may ask for: parts of the score and baselines.

export interface AskedRows {
  /** Out of JUDGED_PARTS. The fusion always comes along. */
  readonly parts: ReadonlySet<string>
  /** Out of BASELINES. */
  readonly baselines: ReadonlySet<string>
}

/**
 * @param names default: everything
 * @throws HearthError `bad-argument` for a name that is neither part nor baseline
 */
export function askedRows(names?: readonly string[]): AskedRows {
  const known: readonly string[] = [...JUDGED_PARTS, 'fusion', ...BASELINES]
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new HearthError(
      'bad-argument',
      `unknown part: got ${unknown}, expected one of ${known.join(', ')}.`,
    )
  }
  const asked = new Set(names ?? known)
  const of = (group: readonly string[]) =>
    new Set(group.filter((name) => asked.has(name)))
  return { parts: of(JUDGED_PARTS), baselines: of(BASELINES) }
}
