/** Test cases through the browser's own scoring: where each answer stood. */
import type { FusedPart } from '../catalogue/pack.ts'
import { constantFusion, weightsFor } from '../scoring/fusion.ts'
import { withReturns } from '../scoring/returns.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import type { SequenceCase } from '../training/sequence-cases.ts'
import { expectedFigures } from '../training/sequence-judge.ts'
import { seenMask, visitOf } from '../training/simulate-visit.ts'
import type { FiguresJson, NextClickRows } from './next-click-json.ts'
import type { NextClicks } from './next-clicks.ts'
import {
  createEstimator,
  type Place,
  placesIn,
  type RankedRows,
  worstFigures,
} from './rank-figures.ts'

export type ClickRow = FusedPart | 'fusion'

export interface MeasureOptions {
  readonly rows: readonly ClickRow[]
  readonly seed: number
  readonly onProgress?: (done: number) => void
}

/** Which cases a list is judged on, and the place of each one's answer in it. */
interface Judged {
  readonly at: number[]
  readonly places: Map<ClickRow, Place[]>
}

/**
 * Figures of each row on three lists: `all` (every case, every item ranked; where the
 * protocol ranks new items only, those), `new` (answers not seen before, among such rows)
 * and `returns` (answers seen before, among the rows seen).
 */
export function measureNextClicks(
  scoring: ScoringPack,
  clicks: NextClicks,
  options: MeasureOptions,
): NextClickRows {
  const lists = judgeCases(scoring, clicks, options)
  return Object.fromEntries(
    [...lists]
      .filter(([, { at }]) => at.length > 0)
      .map(([list, judged]) => [list, figuresOf(judged, clicks, options.seed)]),
  )
}

function judgeCases(
  scoring: ScoringPack,
  { test, ranks }: NextClicks,
  { rows, onProgress }: MeasureOptions,
): Map<RankedRows, Judged> {
  const lists = new Map<RankedRows, Judged>()
  for (const list of ['all', 'new', 'returns'] as const) {
    if (list !== 'all' && ranks === 'new') continue
    lists.set(list, { at: [], places: new Map(rows.map((row) => [row, []])) })
  }
  test.forEach((played, at) => {
    const seen = seenMask(scoring.pack.rows, historyOf(played))
    const scores = scoresOf(scoring, played, { rows, ranks })
    const own = seen[played.answer] ? 'returns' : 'new'
    const places = scores.map(
      ([row, score]) => [row, placesIn(score, played.answer, seen)] as const,
    )
    for (const [list, judged] of lists) {
      if (list !== 'all' && list !== own) continue
      const ranked = list === 'all' && ranks === 'new' ? 'new' : list
      judged.at.push(at)
      for (const [row, place] of places) judged.places.get(row)?.push(place[ranked])
    }
    if (at % 256 === 0) onProgress?.(at / test.length)
  })
  onProgress?.(1)
  return lists
}

function historyOf({ recent, seen = recent }: SequenceCase): Uint32Array {
  return seen
}

/**
 * The fused score, and each part alone: as fused where it counts there, since a weight
 * changes no order.
 */
function scoresOf(
  scoring: ScoringPack,
  played: SequenceCase,
  { rows, ranks }: Pick<MeasureOptions, 'rows'> & Pick<NextClicks, 'ranks'>,
): [ClickRow, Float32Array][] {
  const request = visitOf(scoring, historyOf(played))
  const fused = scoreAll(scoring, request)
  const weights = weightsFor(scoring.pack.manifest.fusion, request.taste.eventCount)
  return rows.map((row) => {
    if (row === 'fusion') {
      return [row, ranks === 'all' ? withReturns(scoring, request, fused) : fused.score]
    }
    const alone = { ...request, fusion: constantFusion({ [row]: weights[row] || 1 }) }
    const score = weights[row] > 0 ? fused.parts[row] : scoreAll(scoring, alone).score
    const hasReturns = ranks === 'all' && row === 'sequence'
    return [row, hasReturns ? withReturns(scoring, alone, { score }) : score]
  })
}

function figuresOf(
  { at, places }: Judged,
  { visitors, lengths }: NextClicks,
  seed: number,
): Record<ClickRow, FiguresJson> {
  const estimate = createEstimator(renumbered(visitors, at), seed)
  const entries = [...places].map(([row, found]) => {
    const figures: Record<string, number> = { cases: found.length }
    for (const length of lengths) {
      const fair = found.map(({ better, tied }) =>
        expectedFigures(better, tied, length),
      )
      const worst = found.map((place) => worstFigures(place, length))
      for (const metric of ['hit', 'ndcg', 'mrr'] as const) {
        const of = (list: typeof fair) => Float64Array.from(list, (f) => f[metric])
        const { mean, low, high } = estimate(of(fair))
        const name = `${metric}@${length}`
        Object.assign(figures, {
          [name]: mean,
          [`${name}:low`]: low,
          [`${name}:high`]: high,
          [`${name}:worst`]: of(worst).reduce((sum, x) => sum + x, 0) / worst.length,
        })
      }
      // one answer a case: recall is the hit rate
      figures[`recall@${length}`] = figures[`hit@${length}`]
    }
    return [row, figures]
  })
  return Object.fromEntries(entries)
}

/** The visitors of these cases, numbered from 0 without gaps. */
function renumbered(visitors: Uint32Array, at: readonly number[]): Uint32Array {
  let number = -1
  return Uint32Array.from(at, (place, n) => {
    if (n === 0 || visitors[place] !== visitors[at[n - 1]]) number++
    return number
  })
}
