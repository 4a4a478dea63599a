/** The parts that learn from interactions: item-item CF, towers, and how they are fused. */
import type { FusionWeights } from '../catalogue/pack.ts'
import type { PackSource, SparseRows } from '../catalogue/pack-source.ts'
import type { RatingHead } from '../catalogue/rating-head.ts'
import { readPack } from '../catalogue/read-pack.ts'
import { writePack } from '../catalogue/write-pack.ts'
import { HearthError } from '../errors.ts'
import { createJsScanner } from '../math/js-scanner.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { prepareScoring } from '../scoring/score-all.ts'
import type { CheckpointFile } from './checkpoint.ts'
import { type ColumnThreads, openColumnThreads } from './column-threads.ts'
import type { Interactions, OnProgress, Positives } from './dataset.ts'
import { type FusionReport, fitFusion } from './fit-fusion.ts'
import type { RatingReport } from './fit-ratings.ts'
import { type HoldOut, holdOutUsers, type TimedPositives } from './hold-out.ts'
import { learnRatings } from './learn-ratings.ts'
import { LEAST_TOWER_USERS, learnTowers } from './learn-towers.ts'
import { countsOf, popularityOf } from './positives.ts'
import { type ByteShare, shareBytes } from './share-bytes.ts'
import {
  CF_BYTES_PER_ITEM,
  type CfChoice,
  chooseCf,
  entriesFor,
  trainCf,
} from './train-cf.ts'

export interface LearnOptions {
  readonly content: { readonly dim: number; readonly vectors: Float32Array } | undefined
  readonly positives: TimedPositives
  /** What the positives were made of: gives the order of events, where there are times. */
  readonly interactions?: Interactions
  readonly bytesPerItem?: number
  readonly seed?: number
  readonly threads?: number
  /** Of the towers' training: see TowerOptions. */
  readonly checkpoint?: CheckpointFile
  readonly onProgress?: OnProgress
}

export interface LearnedParts {
  readonly cf?: SparseRows
  readonly sequence?: SparseRows
  readonly sequenceReading?: NonNullable<PackSource['sequenceReading']>
  readonly tower?: NonNullable<PackSource['tower']>
  readonly fusion?: FusionWeights
  readonly ratings?: RatingHead
  readonly notes: readonly string[]
  readonly report: {
    readonly heldOutUsers: number
    readonly cf: CfChoice & {
      readonly entriesPerItem: number
      readonly threads: number
    }
    readonly sequence: ByteShare
    readonly towers?: { readonly epochs: number; readonly validationRecall: number }
    readonly fusion?: FusionReport
    readonly ratings?: RatingReport
  }
}

const NO_PAIRS = 'CF is off: no user likes two items.'

/** Share of the users set aside to choose settings by, and their ceiling. */
const ASIDE_SHARE = 0.1
const MOST_ASIDE = 1000

/** @param base the pack so far: content, entities, popularity */
export async function learnParts(
  base: PackSource,
  options: LearnOptions,
): Promise<LearnedParts> {
  const threads = openColumnThreads(options.threads)
  try {
    return await learnWith(threads, base, options)
  } finally {
    await threads.close()
  }
}

async function learnWith(
  threads: ColumnThreads,
  base: PackSource,
  options: LearnOptions,
): Promise<LearnedParts> {
  const { positives, seed = 1, onProgress } = options
  const bytesPerItem =
    (options.bytesPerItem ?? CF_BYTES_PER_ITEM) * knownShare(positives)
  const split = holdOutUsers(positives, { share: ASIDE_SHARE, seed, most: MOST_ASIDE })
  const within = (bytes: number) => ({
    entriesPerItem: entriesFor(bytes, base.items.length),
    threads,
    ...(onProgress ? { onProgress } : {}),
  })
  const choice = await chooseCf(split.train, split.heldOut, within(bytesPerItem))
  const towers = await learnTowers(base.entities, split, options)
  const tower = towers && { tower: towers.block }
  const known = { ...base, popularity: popularityOf(split.train), ...tower }
  const shared = await shareBytes(known, split, {
    ...options,
    ...{ bytesPerItem, seed, openTrial },
    trainCf: (bytes) => trainCf(split.train, choice.chosen, within(bytes)),
  })
  const { cfBytes, report, blocks, sequenceOf } = shared
  const fitted = await fuse({ ...known, ...blocks }, split, onProgress)
  const ratings = learnRatings((await openTrial(known)).pack, split, options)
  const final = within(cfBytes)
  const cf = cfBytes > 0 && (await trainCf(positives, choice.chosen, final))
  const hasPairs = cf && cf.indices.length > 0
  return {
    ...(hasPairs ? { cf } : {}),
    ...sequenceOf(positives),
    ...tower,
    ...(fitted ? { fusion: fitted.fusion } : {}),
    ...(ratings.head ? { ratings: ratings.head } : {}),
    notes: [
      report.note,
      ...(cf && !hasPairs ? [NO_PAIRS] : []),
      ...notesOf({ tower: towers !== undefined, fusion: fitted !== undefined }),
      ratings.note,
    ],
    report: {
      heldOutUsers: split.heldOut.length,
      cf: {
        ...choice,
        entriesPerItem: final.entriesPerItem,
        threads: threads.count,
      },
      sequence: report,
      ...(towers ? { towers: towers.report } : {}),
      ...(fitted ? { fusion: fitted.report } : {}),
      ...(ratings.report ? { ratings: ratings.report } : {}),
    },
  }
}

/** New items get their rows later, each as large as a known one's: bytes are left for them. */
function knownShare(positives: Positives): number {
  const counts = countsOf(positives)
  return counts.filter((count) => count > 0).length / counts.length
}

/** Fits the fusion on what a browser would read of `source`, which knew nobody held out. */
async function fuse(source: PackSource, { heldOut }: HoldOut, onProgress?: OnProgress) {
  const trial = await openTrial(source)
  return fitFusion(trial, heldOut, {
    onProgress: (done) => onProgress?.('fitting the fusion', done),
  })
}

/** The pack as a browser would have it: written, read back, ready to score. */
export async function openTrial(source: PackSource): Promise<ScoringPack> {
  const files = new Map<string, Uint8Array>()
  await writePack(source, {
    write: async (name, bytes) => void files.set(name, bytes),
  })
  const pack = await readPack(async (name) => {
    const bytes = files.get(name)
    if (bytes) return bytes
    throw new HearthError('internal', `the trial pack has no file ${name}.`)
  })
  return prepareScoring(pack, createJsScanner())
}

function notesOf(isOn: {
  readonly tower: boolean
  readonly fusion: boolean
}): string[] {
  const notes: string[] = []
  if (!isOn.tower) {
    notes.push(`Towers are off: fewer than ${LEAST_TOWER_USERS} users to learn from.`)
  }
  if (!isOn.fusion) notes.push('Fusion is the default: too few users to fit it on.')
  return notes
}
