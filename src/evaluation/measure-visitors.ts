/** Held-out visitors through the browser's own scoring: what each part would have shown. */
import { topK } from '../math/top-k.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import type { HeldOutUser } from '../training/hold-out.ts'
import { ndcgAt } from '../training/ndcg.ts'
import { scoreParts, seenMask, visitOf } from '../training/simulate-visit.ts'
import { bootstrapMean, coverageOf, type Estimate, recallAt } from './metrics.ts'

/** The parts that can be judged by themselves, then the blend that the page shows. */
export const EVALUATED = [
  'popularity',
  'cf',
  'tower',
  'content',
  'sequence',
  'knowledge',
  'fusion',
] as const
export type Evaluated = (typeof EVALUATED)[number]

/** Number of events a visitor has shown; `all` = the whole fold-in. */
export type EventCount = number | 'all'

export interface Measured {
  readonly recall: Estimate
  readonly ndcg: Estimate
  /** Share of the catalogue in somebody's first 20. */
  readonly coverage: number
}

export const LIST_LENGTH = 20

/**
 * Recall@20, NDCG@20 and coverage@20 of each part when every visitor has shown the newest
 * `k` events of the fold-in, or all of it where that is fewer. Seen rows are not ranked.
 */
export function measureVisitors(
  scoring: ScoringPack,
  heldOut: readonly HeldOutUser[],
  options: {
    readonly k: EventCount
    readonly parts: readonly Evaluated[]
    readonly seed: number
    /** Default `recallAt`. */
    readonly recall?: typeof recallAt
  },
): Partial<Record<Evaluated, Measured>> {
  const { k, parts } = options
  const lists = new Map(parts.map((part) => [part, [] as Uint32Array[]]))
  for (const { foldIn } of heldOut) {
    const history = k === 'all' ? foldIn : foldIn.subarray(0, k)
    const seen = seenMask(scoring.pack.rows, history)
    for (const [part, scores] of scoresOf(scoring, history, parts)) {
      lists.get(part)?.push(topK(scores, LIST_LENGTH, seen))
    }
  }
  const entries = [...lists].map(([part, ranked]) => [
    part,
    judge(ranked, heldOut, { ...options, rows: scoring.pack.rows }),
  ])
  return Object.fromEntries(entries)
}

/** One list a user against that user's targets. */
export function judge(
  ranked: readonly Uint32Array[],
  users: readonly HeldOutUser[],
  options: {
    readonly rows: number
    readonly seed: number
    readonly recall?: typeof recallAt
  },
): Measured {
  const { rows, seed, recall = recallAt } = options
  const targets = users.map((user) => new Set(user.targets))
  const recalls = ranked.map((list, u) => recall(list, targets[u], LIST_LENGTH))
  const gains = ranked.map((list, u) => ndcgAt(list, targets[u], LIST_LENGTH))
  return {
    recall: bootstrapMean(recalls, seed),
    ndcg: bootstrapMean(gains, seed),
    coverage: coverageOf(ranked, rows),
  }
}

function scoresOf(
  scoring: ScoringPack,
  history: Uint32Array,
  parts: readonly Evaluated[],
): [Evaluated, Float32Array][] {
  const unfused = scoreParts(scoring, history)
  return parts.map((part) => [
    part,
    part === 'fusion'
      ? scoreAll(scoring, visitOf(scoring, history)).score
      : unfused.parts[part],
  ])
}

/** The parts this pack has, fusion last. */
export function presentParts({ pack }: ScoringPack): Evaluated[] {
  const isOn: Record<Evaluated, boolean> = {
    popularity: true,
    cf: pack.cf !== undefined,
    tower: pack.tower !== undefined,
    content: pack.content !== undefined,
    sequence: pack.sequence !== undefined,
    knowledge: pack.entities.indices.length > 0,
    fusion: true,
  }
  return EVALUATED.filter((part) => isOn[part])
}
