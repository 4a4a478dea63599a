/** A pack's components, its fusion and the fusion's ablations, all by the browser's own code. */

import {
  requestOf,
  scoreComponents,
  seenMask,
} from '../build/models/fusion/simulate.ts'
import { HearthError } from '../errors.ts'
import { topK } from '../math/top-k.ts'
import type { ItemRecord } from '../pack/item.ts'
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
import { createDial } from './dial.ts'
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
  /** See `ablationsOf`; default none. With any, `fusion-diverse` comes along. */
  readonly ablations?: Readonly<Record<string, FusionWeights>>
  /** [items of the pack] With ablations: the page's list at each setting of its dial, too. */
  readonly items?: readonly ItemRecord[]
}

/** The fusion's list as the page diversifies it: maximal marginal relevance. */
const DIVERSE = 'fusion-diverse'

/** Each of `components` by itself, `fusion` as the page shows it, and the ablations. */
export function packScores(
  scoring: ScoringPack,
  { components, ablations, items }: PackScoresOptions,
): ScoreSource {
  const dial = items && createDial(scoring, items)
  return function* (visitor, k) {
    const history = historyOf(visitor, k)
    const unfused = scoreComponents(scoring, history)
    for (const component of components) yield [component, unfused.components[component]]
    const request = requestOf(scoring, history)
    const scores = scoreAll(scoring, request)
    const { score } = scores
    yield ['fusion', score]
    if (!ablations) return
    yield [DIVERSE, diversified(scoring, score, history)]
    if (dial) yield* dial(scores, request, seenMask(score.length, history))
    for (const [name, fusion] of Object.entries(ablations)) {
      yield [name, scoreAll(scoring, { ...request, fusion }).score]
    }
  }
}

/** Scores that rank as MMR does with the page's own λ and candidates. */
function diversified(
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
