/**
 * `rankItems` within what the owner wants: pins first, boosts in the order, limits within
 * the choice for diversity, and candidates from further down until the list is full.
 */
import { topK } from '../math/top-k.ts'
import { boosted, type Curation, createLimiter, type Limiter } from './curation.ts'
import { diversify, similarityOf } from './mmr.ts'
import {
  CANDIDATES,
  DEFAULT_LAMBDA,
  drawGuess,
  GUESS_PLACE,
  type GuessOption,
  itemDescriber,
} from './rank.ts'
import type { RankedItem, ScoreRequest, Scores, ScoringPack } from './score.ts'

interface CuratedOptions {
  readonly count: number
  /** [items], non-zero = leave out: what the curation hides, and more; pins come all the same. */
  readonly exclude: Uint8Array
  readonly lambda?: number
  readonly guess?: GuessOption
  readonly curation: Curation
  /** Item indices at the head of this list. Default none. */
  readonly pins?: readonly number[]
}

/** As `rankItems`; `score` and `match` of the items are those of the score alone. */
export function rankCurated(
  scoring: ScoringPack,
  scores: Scores,
  request: ScoreRequest,
  options: CuratedOptions,
): RankedItem[] {
  const { count, curation, lambda = DEFAULT_LAMBDA, guess } = options
  const pins = (options.pins ?? []).slice(0, count)
  const describe = itemDescriber(scoring, scores, request)
  const toPick = (index: number) => curatedPick(describe(index), curation)
  const without = excluded(scores, options)
  const order = boosted(scores.score, curation.boost)
  const limiter = createLimiter(curation)
  for (const index of pins) limiter.take(index)
  const similarity = similarityOf(scoring.pack)
  const fill = (mask: Uint8Array, least: number) =>
    fillDiverse(order, mask, { count: least, lambda, similarity, limiter })

  const { buried } = curation
  const first = fill(buried ? either(without, buried) : without, count - pins.length)
  const picks = [...pins, ...first]
  if (buried && picks.length < count) {
    const last = without.map((out, index) => (out || !buried[index] ? 1 : 0))
    picks.push(...fill(last, count - picks.length))
  }
  const ranked = picks.map((index, place) =>
    place < pins.length ? { ...toPick(index), isPinned: true } : toPick(index),
  )
  const place = Math.max(GUESS_PLACE, pins.length)
  if (!guess || count <= place || picks.length < count) return ranked
  const drawn = drawCurated(order, without, { ...options, picks })
  if (!drawn) return ranked
  const { index, ...chance } = drawn
  const guessed = { ...toPick(index), isGuess: true, ...chance }
  return ranked.slice(0, count - 1).toSpliced(place, 0, guessed)
}

/** What the owner did to a ranked item goes with it, for its reasons. */
export function curatedPick(ranked: RankedItem, { boost }: Curation): RankedItem {
  const by = boost?.[ranked.index] ?? 0
  return by === 0 ? ranked : { ...ranked, boost: by }
}

/** [items] 1 for all that the list must not hold beside its pins. */
function excluded(
  { score }: Scores,
  { exclude, curation, pins = [] }: CuratedOptions,
): Uint8Array {
  const { minScore } = curation
  const without = exclude.slice()
  if (minScore > -Infinity) {
    for (let i = 0; i < score.length; i++) if (score[i]! < minScore) without[i] = 1
  }
  for (const index of pins) without[index] = 1
  return without
}

function either(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = a.slice()
  for (let i = 0; i < both.length; i++) both[i]! |= b[i]!
  return both
}

interface FillOptions {
  readonly count: number
  readonly lambda: number
  readonly similarity: Parameters<typeof diversify>[2]['similarity']
  /** Counts what is picked. */
  readonly limiter: Limiter
}

/** Diverse items of the best candidates; where limits leave too few, of more of them. */
function fillDiverse(
  order: Float32Array,
  mask: Uint8Array,
  { count, lambda, similarity, limiter }: FillOptions,
): number[] {
  for (let pool = Math.max(count, CANDIDATES); ; pool *= 4) {
    const candidates = topK(order, pool, mask)
    const own = limiter.copy()
    const picks = diversify(candidates, order, {
      count,
      lambda,
      similarity,
      limits: own,
    })
    if (picks.length < count && candidates.length === pool) continue
    for (const index of picks) limiter.take(index)
    return picks
  }
}

/** A guess among the candidates that the list does not hold and may hold. */
function drawCurated(
  order: Float32Array,
  without: Uint8Array,
  { curation, guess, picks }: CuratedOptions & { readonly picks: readonly number[] },
) {
  const kept = picks.slice(0, -1)
  const limiter = createLimiter(curation)
  for (const index of kept) limiter.take(index)
  const others = topK(order, CANDIDATES, without).filter(
    (index) =>
      !kept.includes(index) && !curation.buried?.[index] && limiter.admits(index),
  )
  const { random, draw = drawGuess } = guess!
  return draw(others, order, random)
}
