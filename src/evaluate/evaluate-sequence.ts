/**
 * How well a pack predicts the next click: its sequence block, chosen, trained and cut to
 * the budget by the builder's own code, with the items' attributes;
 * written, read back, and scored by the browser's own code. Test is read once, at
 * the end.
 */

import { buildAttributes } from '../build/dataset/attributes.ts'
import type { OnProgress } from '../build/dataset/dataset.ts'
import { fusionModel } from '../build/models/fusion/fusion.ts'
import { requestOf, seenMask } from '../build/models/fusion/simulate.ts'
import { expectedFigures, withSpread } from '../build/models/sequential/evaluate.ts'
import type { SequenceCase, Sequences } from '../build/models/sequential/sequences.ts'
import {
  entriesWithin,
  sequentialModel,
} from '../build/models/sequential/sequential.ts'
import { type SequenceChoice, tuneSequence } from '../build/models/sequential/tune.ts'
import { openTrial } from '../build/open-trial.ts'
import type { HeldOutUser } from '../build/splits/hold-out.ts'
import type { FusedComponent } from '../pack/pack.ts'
import type { PackSource } from '../pack/pack-source.ts'
import { constantFusion, defaultFusion, weightsFor } from '../scoring/fusion.ts'
import { withReturns } from '../scoring/returns.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import { decaySettingsOf } from '../scoring/sequential.ts'
import { bytesOf } from './assemble-json.ts'
import type { FiguresJson, NextClickJson, NextClickRows } from './next-click-report.ts'
import { requestedRows } from './pack-scores.ts'
import {
  createEstimator,
  type Place,
  placesIn,
  type RankedItems,
  worstFigures,
} from './rank-figures.ts'
import type { NextClicks } from './splits/next-clicks.ts'

// The rank of each test case's answer, by the browser's own scoring.

type ClickRow = FusedComponent | 'fusion'

export interface MeasureOptions {
  readonly rows: readonly ClickRow[]
  readonly seed: number
  readonly onProgress?: (done: number) => void
}

/** Which cases a list is measured on, and the place of each one's answer in it. */
interface Measured {
  readonly at: number[]
  readonly places: Map<ClickRow, Place[]>
}

/**
 * Figures of each row on three lists: `all` (every case, every item ranked; where the
 * protocol ranks unseen items only, those), `new` (answers not seen before, among such items)
 * and `returns` (answers seen before, among the rows seen).
 */
export function measureNextClicks(
  scoring: ScoringPack,
  clicks: NextClicks,
  options: MeasureOptions,
): NextClickRows {
  const lists = evaluateCases(scoring, clicks, options)
  return Object.fromEntries(
    [...lists]
      .filter(([, { at }]) => at.length > 0)
      .map(([list, measured]) => [list, figuresOf(measured, clicks, options.seed)]),
  )
}

function evaluateCases(
  scoring: ScoringPack,
  { test, ranks }: NextClicks,
  { rows, onProgress }: MeasureOptions,
): Map<RankedItems, Measured> {
  const lists = new Map<RankedItems, Measured>()
  for (const list of ['all', 'new', 'returns'] as const) {
    if (list !== 'all' && ranks === 'new') continue
    lists.set(list, { at: [], places: new Map(rows.map((row) => [row, []])) })
  }
  test.forEach((played, at) => {
    const seen = seenMask(scoring.pack.itemCount, historyOf(played))
    const scores = scoresOf(scoring, played, { rows, ranks })
    const own = seen[played.answer] ? 'returns' : 'new'
    const places = scores.map(
      ([row, score]) => [row, placesIn(score, played.answer, seen)] as const,
    )
    for (const [list, measured] of lists) {
      if (list !== 'all' && list !== own) continue
      const ranked = list === 'all' && ranks === 'new' ? 'new' : list
      measured.at.push(at)
      for (const [row, place] of places) measured.places.get(row)?.push(place[ranked])
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
 * The fused score, and each component alone: as fused where it counts there, since a weight
 * changes no order.
 */
function scoresOf(
  scoring: ScoringPack,
  played: SequenceCase,
  { rows, ranks }: Pick<MeasureOptions, 'rows'> & Pick<NextClicks, 'ranks'>,
): [ClickRow, Float32Array][] {
  const request = requestOf(scoring, historyOf(played))
  const fused = scoreAll(scoring, request)
  const weights = weightsFor(scoring.pack.manifest.fusion, request.taste.eventCount)
  return rows.map((row) => {
    if (row === 'fusion') {
      return [row, ranks === 'all' ? withReturns(scoring, request, fused) : fused.score]
    }
    const alone = { ...request, fusion: constantFusion({ [row]: weights[row] || 1 }) }
    const score =
      weights[row] > 0 ? fused.components[row] : scoreAll(scoring, alone).score
    const hasReturns = ranks === 'all' && row === 'sequence'
    return [row, hasReturns ? withReturns(scoring, alone, { score }) : score]
  })
}

function figuresOf(
  { at, places }: Measured,
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

interface SequenceOptions {
  /** Of the validation cases and the bootstrap. Default 1. */
  readonly seed?: number
  /** Names of components; those that the pack lacks are left out, fusion always comes along. */
  readonly components?: readonly string[]
  /** Ceiling on the sequence block as written. Default SEQUENCE_BYTES_PER_ITEM. */
  readonly bytesPerItem?: number
  readonly onProgress?: OnProgress
}

/** Rows that such a folder can be measured by. */
const SEQUENCE_ROWS = ['popularity', 'sequence', 'attributes', 'fusion'] as const
/** The smaller of the two budgets that figures are stated for. */
const SEQUENCE_BYTES_PER_ITEM = 64
/** Cases a bucket of the fusion is fitted on at most: one answer each, so many are needed. */
const MAX_FUSION_CASES = 4000

/** @throws HearthError `bad-argument` for an unknown component */
export async function evaluateSequence(
  clicks: NextClicks,
  options: SequenceOptions = {},
): Promise<NextClickJson> {
  const { seed = 1, onProgress, bytesPerItem = SEQUENCE_BYTES_PER_ITEM } = options
  const requested = requestedRows(options.components).components
  const { tuning, train, lengths, itemIds } = clicks
  const choice = tuneSequence(tuning.train, tuning.cases, {
    entriesPerItem: entriesWithin(bytesPerItem, itemIds.length),
    length: lengths[0],
    onProgress: (done) => onProgress?.('choosing sequence settings', done),
  })
  const fusion = await fuse(
    sourceOf(clicks, tuning.train, choice, bytesPerItem),
    clicks,
  )
  const source = sourceOf(clicks, train, choice, bytesPerItem)
  const scoring = await openTrial(fusion ? { ...source, fusion } : source)
  const rows = presentRows(scoring).filter(
    (row) => row === 'fusion' || requested.has(row),
  )
  const measured = measureNextClicks(scoring, clicks, {
    rows,
    seed,
    onProgress: (done) => onProgress?.('scoring the test', done),
  })
  return { ...measured, meta: { ...metaOf(clicks, scoring, choice), seed } }

  async function fuse(trial: PackSource, { tuning: { cases } }: NextClicks) {
    const trials = [{ scoring: await openTrial(trial), heldOut: heldOutOf(cases) }]
    const report = (done: number) => onProgress?.('fitting the fusion', done)
    const settings = { histories: 'full', maxCases: MAX_FUSION_CASES } as const
    const fitted = fusionModel.fit({ trials, onProgress: report }, settings)
    return fitted?.fusion
  }
}

/** The fusion is for the list of what is new: an answer seen before cannot be in it. */
function heldOutOf(cases: readonly SequenceCase[]): HeldOutUser[] {
  return cases
    .filter(({ recent, seen = recent, answer }) => !seen.includes(answer))
    .map(({ recent, seen = recent, answer }, user) => ({
      user,
      history: seen,
      targets: Uint32Array.of(answer),
    }))
}

function sourceOf(
  { name, itemIds, attributes, tuning }: NextClicks,
  train: Sequences,
  { settings, decaySettings }: SequenceChoice,
  bytesPerItem: number,
): PackSource {
  const items = itemIds.map((id, row) => ({
    id,
    title: id,
    genres: attributes?.[row] ?? [],
  }))
  const rows = sequentialModel.fit({ sequences: train, bytesPerItem }, settings)
  return {
    name,
    licence: 'not stated',
    attribution: '',
    provenance: {
      generator: 'hearth evaluate',
      interactions: train.rows.length,
      users: train.starts.length - 1,
      notes: [],
    },
    items,
    fusion: defaultFusion,
    ...withSpread(rows, decaySettings, tuning.cases),
    attributes: buildAttributes(items),
    popularity: popularityOf(train),
    flags: new Uint8Array(items.length),
    firstItems: [],
  }
}

/** log(1 + events) / log(1 + most) of each row. */
function popularityOf({ rowCount, rows }: Sequences): Float32Array {
  const counts = new Uint32Array(rowCount)
  for (const row of rows) counts[row]++
  const most = counts.reduce((a, b) => Math.max(a, b), 1)
  return Float32Array.from(counts, (count) => Math.log1p(count) / Math.log1p(most))
}

function presentRows({ pack }: ScoringPack): ClickRow[] {
  const hasFacts = pack.attributes.indices.length > 0
  return SEQUENCE_ROWS.filter((row) => row !== 'attributes' || hasFacts)
}

function metaOf(
  { name, protocol, itemIds, test, visitors, tuning }: NextClicks,
  { pack }: ScoringPack,
  { settings, figures, startFigures, tried }: SequenceChoice,
): Omit<NextClickJson['meta'], 'seed'> {
  const { returns, ...ages } = decaySettingsOf(pack)
  return {
    version: 1,
    name,
    protocol,
    items: itemIds.length,
    cases: test.length,
    visitors: visitors.length === 0 ? 0 : visitors[visitors.length - 1] + 1,
    bytesPerItem: bytesOf(pack.manifest),
    settings: {
      sequence: { ...settings },
      decaySettings: { ...ages },
      returns: { ...returns },
    },
    fusion: pack.manifest.fusion.buckets,
    notes: [
      `Settings chosen on ${tuning.cases.length} validation cases from ${tried} blocks: ` +
        `hits ${percent(startFigures.hit)} → ${percent(figures.hit)}, ` +
        `MRR ${percent(startFigures.mrr)} → ${percent(figures.mrr)}.`,
    ],
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}
