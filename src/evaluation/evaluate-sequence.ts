/**
 * How well a pack predicts the next click: its sequence block, chosen, trained and cut to
 * the budget by the builder's own code, with the items' attributes as the entities of the
 * pack; written, read back, and scored by the browser's own code. Test is read once, at
 * the end.
 */
import type { PackSource } from '../catalogue/pack-source.ts'
import { buildEntities } from '../knowledge/build-entities.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { readingOf } from '../scoring/sequence-rows.ts'
import type { OnProgress } from '../training/dataset.ts'
import { fitFusion } from '../training/fit-fusion.ts'
import type { HeldOutUser } from '../training/hold-out.ts'
import { openTrial } from '../training/learn-parts.ts'
import type { SequenceCase } from '../training/sequence-cases.ts'
import type { Sequences } from '../training/sequence-orders.ts'
import { type SequenceChoice, searchSequence } from '../training/sequence-search.ts'
import { withSpread } from '../training/sequence-spread.ts'
import { entriesWithin, trainSequence } from '../training/train-sequence.ts'
import { bytesOf } from './assemble-json.ts'
import { type ClickRow, measureNextClicks } from './measure-next-clicks.ts'
import { askedRows } from './names.ts'
import type { NextClickJson } from './next-click-json.ts'
import type { NextClicks } from './next-clicks.ts'

export interface SequenceOptions {
  /** Of the validation cases and the bootstrap. Default 1. */
  readonly seed?: number
  /** Names of parts; those such a pack has not are left out, fusion always comes along. */
  readonly parts?: readonly string[]
  /** Ceiling on the sequence block as written. Default SEQUENCE_BYTES_PER_ITEM. */
  readonly bytesPerItem?: number
  readonly onProgress?: OnProgress
}

/** What such a folder can be judged by. */
export const SEQUENCE_ROWS = ['popularity', 'sequence', 'knowledge', 'fusion'] as const
/** The smaller of the two budgets that figures are stated for. */
export const SEQUENCE_BYTES_PER_ITEM = 64
/** Cases a bucket of the fusion is fitted on at most: one answer each says little. */
const MOST_FUSION_CASES = 4000

/** @throws HearthError `bad-argument` for an unknown part */
export async function evaluateSequence(
  clicks: NextClicks,
  options: SequenceOptions = {},
): Promise<NextClickJson> {
  const { seed = 1, onProgress, bytesPerItem = SEQUENCE_BYTES_PER_ITEM } = options
  const asked = askedRows(options.parts).parts
  const { tuning, train, lengths, itemIds } = clicks
  const choice = searchSequence(tuning.train, tuning.cases, {
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
  const rows = presentRows(scoring).filter((row) => row === 'fusion' || asked.has(row))
  const measured = measureNextClicks(scoring, clicks, {
    rows,
    seed,
    onProgress: (done) => onProgress?.('scoring the test', done),
  })
  return { ...measured, meta: { ...metaOf(clicks, scoring, choice), seed } }

  async function fuse(trial: PackSource, { tuning: { cases } }: NextClicks) {
    const fitted = fitFusion(await openTrial(trial), heldOutOf(cases), {
      histories: 'full',
      mostCases: MOST_FUSION_CASES,
      onProgress: (done) => onProgress?.('fitting the fusion', done),
    })
    return fitted?.fusion
  }
}

/** The fusion is for the list of what is new: an answer seen before cannot be in it. */
function heldOutOf(cases: readonly SequenceCase[]): HeldOutUser[] {
  return cases
    .filter(({ recent, seen = recent, answer }) => !seen.includes(answer))
    .map(({ recent, seen = recent, answer }, user) => ({
      user,
      foldIn: seen,
      targets: Uint32Array.of(answer),
    }))
}

function sourceOf(
  { name, itemIds, attributes, tuning }: NextClicks,
  train: Sequences,
  { settings, reading }: SequenceChoice,
  bytesPerItem: number,
): PackSource {
  const items = itemIds.map((id, row) => ({
    id,
    title: id,
    genres: attributes?.[row] ?? [],
  }))
  const { rows } = trainSequence(train, settings, { bytesPerItem })
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
    ...withSpread(rows, reading, tuning.cases),
    entities: buildEntities(items),
    popularity: popularityOf(train),
    flags: new Uint8Array(items.length),
    firstRows: [],
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
  const hasFacts = pack.entities.indices.length > 0
  return SEQUENCE_ROWS.filter((row) => row !== 'knowledge' || hasFacts)
}

function metaOf(
  { name, protocol, itemIds, test, visitors, tuning }: NextClicks,
  { pack }: ScoringPack,
  { settings, figures, startFigures, tried }: SequenceChoice,
): Omit<NextClickJson['meta'], 'seed'> {
  const { returns, ...ages } = readingOf(pack)
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
      reading: { ...ages },
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
