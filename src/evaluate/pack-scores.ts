/** A pack's components, its fusion and the fusion's ablations, all by the browser's own code. */

import {
  requestOf,
  scoreComponents,
  seenMask,
} from '../build/models/fusion/simulate.ts'
import { lambdaOf } from '../engine/check-options.ts'
import { HearthError } from '../errors.ts'
import { topK } from '../math/top-k.ts'
import {
  FUSED_COMPONENTS,
  type FusedComponent,
  type FusionWeights,
} from '../pack/pack.ts'
import {
  presentComponents as componentsOf,
  defaultFusionFor,
  halfBlend,
} from '../scoring/fusion.ts'
import { diversify, similarityOf } from '../scoring/mmr.ts'
import { CANDIDATES, DEFAULT_LAMBDA } from '../scoring/rank.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import { BASELINES } from './baselines/prepare.ts'
import type { ScoreSource } from './measure-visitors.ts'
import { historyOf, LIST_LENGTH } from './visitor.ts'

/** The components that can be measured by themselves, in the order of the tables. */
const EVALUATED_COMPONENTS = [
  'popularity',
  'cf',
  'tower',
  'content',
  'sequence',
  'attributes',
] as const satisfies readonly FusedComponent[]

interface PackScoresOptions {
  /** Out of EVALUATED_COMPONENTS. */
  readonly components: readonly FusedComponent[]
  /** See `ablationsOf`; default none. With any, `fusion-diverse` and the dial come along. */
  readonly ablations?: Readonly<Record<string, FusionWeights>>
}

/** The fusion's list as the page diversifies it: maximal marginal relevance. */
const DIVERSE = 'fusion-diverse'
/** Settings of the page's dial (`surprise`), familiar to surprising, that are measured. */
const DIAL = [0, 0.2, 0.4, 0.6, 0.8, 1] as const
const DIAL_ROW = 'dial-'

/** Whether a row is the page's list with its dial set: `dial-0.2`. */
export const isDialRow = (name: string): boolean => name.startsWith(DIAL_ROW)

/** Each of `components` by itself, `fusion` as the page shows it, and the ablations. */
export function packScores(
  scoring: ScoringPack,
  { components, ablations }: PackScoresOptions,
): ScoreSource {
  return function* (visitor, k) {
    const history = historyOf(visitor, k)
    const unfused = scoreComponents(scoring, history)
    for (const component of components) yield [component, unfused.components[component]]
    const request = requestOf(scoring, history)
    const { score } = scoreAll(scoring, request)
    yield ['fusion', score]
    if (!ablations) return
    yield [DIVERSE, diversified(scoring, score, { history, lambda: DEFAULT_LAMBDA })]
    for (const surprise of DIAL) {
      const lambda = lambdaOf(surprise)
      yield [`${DIAL_ROW}${surprise}`, diversified(scoring, score, { history, lambda })]
    }
    for (const [name, fusion] of Object.entries(ablations)) {
      yield [name, scoreAll(scoring, { ...request, fusion }).score]
    }
  }
}

/** Scores that rank as MMR does with this λ and the page's candidates. */
function diversified(
  { pack }: ScoringPack,
  score: Float32Array,
  { history, lambda }: { readonly history: Uint32Array; readonly lambda: number },
): Float32Array {
  const candidates = topK(score, CANDIDATES, seenMask(score.length, history))
  const picks = diversify(candidates, score, {
    count: LIST_LENGTH,
    lambda,
    similarity: similarityOf(pack),
  })
  const out = new Float32Array(score.length).fill(-Infinity)
  for (const [place, row] of picks.entries()) out[row] = -place
  return out
}

/** The components that this pack has, in the order of the tables. */
export function presentComponents({ pack }: ScoringPack): FusedComponent[] {
  const present = componentsOf(pack)
  return EVALUATED_COMPONENTS.filter((component) => present.includes(component))
}

/**
 * Blends to compare the pack's own fusion with:
 *
 *   fusion-without-<component>   the same weights but that component's, which is 0; nothing is fitted
 *                           again
 *   default-blend           the table used where nothing was fitted
 *   half-blend              ½ CF + ½ content, the method's source
 */
export function ablationsOf(scoring: ScoringPack): Record<string, FusionWeights> {
  const { fusion } = scoring.pack.manifest
  const without = presentComponents(scoring)
    .filter((component) => fusion.buckets.some((weights) => weights[component] !== 0))
    .map((component) => [
      `fusion-without-${component}`,
      withoutComponent(fusion, component),
    ])
  return {
    ...Object.fromEntries(without),
    'default-blend': defaultFusionFor(scoring.pack),
    'half-blend': halfBlend,
  }
}

function withoutComponent(
  fusion: FusionWeights,
  component: FusedComponent,
): FusionWeights {
  const buckets = fusion.buckets.map((weights) => ({ ...weights, [component]: 0 }))
  return { ...fusion, buckets }
}

/** For checks of names that an owner typed. */
export function isEvaluatedComponent(name: string): name is FusedComponent {
  return (FUSED_COMPONENTS as readonly string[]).includes(name)
}

// Names of rows that an owner may ask for: components of the score and baselines.

export interface RequestedRows {
  /** Out of EVALUATED_COMPONENTS. The fusion always comes along. */
  readonly components: ReadonlySet<string>
  /** Out of BASELINES. */
  readonly baselines: ReadonlySet<string>
}

/**
 * @param names default: everything
 * @throws HearthError `bad-argument` for a name that is neither component nor baseline
 */
export function requestedRows(names?: readonly string[]): RequestedRows {
  const known: readonly string[] = [...EVALUATED_COMPONENTS, 'fusion', ...BASELINES]
  const unknown = names?.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    throw new HearthError(
      'bad-argument',
      `unknown component: got ${unknown}, expected one of ${known.join(', ')}.`,
    )
  }
  const requested = new Set(names ?? known)
  const of = (group: readonly string[]) =>
    new Set(group.filter((name) => requested.has(name)))
  return { components: of(EVALUATED_COMPONENTS), baselines: of(BASELINES) }
}
