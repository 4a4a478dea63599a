/** The parts that learn from interactions: item-item CF, towers, and how they are fused. */

import { HearthError } from '../errors.ts'
import { createJsScanner } from '../math/scanner.ts'
import type { FusionWeights } from '../pack/pack.ts'
import type { PackSource, SparseRows } from '../pack/pack-source.ts'
import type { RatingHead } from '../pack/rating-head.ts'
import { readPack } from '../pack/read-pack.ts'
import { writePack } from '../pack/write-pack.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { prepareScoring } from '../scoring/score-all.ts'
import type { CheckpointFile } from './checkpoint.ts'
import type { Interactions, OnProgress, Positives } from './dataset/dataset.ts'
import { countsOf, popularityOf } from './dataset/positives.ts'
import {
  type FusionReport,
  type FusionTrial,
  fitFusionOn,
} from './models/fusion/fusion.ts'
import {
  CF_BYTES_PER_ITEM,
  type CfChoice,
  chooseCf,
  entriesFor,
  trainCf,
} from './models/item-item/tune.ts'
import {
  type ColumnThreads,
  openColumnThreads,
} from './models/item-item/column-threads.ts'
import { learnRatings, type RatingReport } from './models/rating/rating.ts'
import {
  type LearnedTowers,
  type LearnTowersOptions,
  learnTowers,
  MIN_TOWER_USERS,
} from './models/two-tower/two-tower.ts'
import {
  type ByteShare,
  type SharedBytes,
  type ShareFold,
  shareBytes,
} from './share-bytes.ts'
import { type HoldOut, holdOutFolds, type TimedPositives } from './splits/hold-out.ts'

// What is learned without each fold's users, and does not depend on how bytes are divided.

export interface LearnedFold extends ShareFold {
  readonly towers?: LearnedTowers
}

/**
 * The first fold's towers ship, and are those that a checkpoint is of.
 *
 * @param base the pack so far: content, attributes
 */
export async function learnFolds(
  base: PackSource,
  folds: readonly [HoldOut, ...HoldOut[]],
  options: LearnTowersOptions,
): Promise<[LearnedFold, ...LearnedFold[]]> {
  const { checkpoint, ...others } = options
  const learn = async (
    split: HoldOut,
    how: LearnTowersOptions,
  ): Promise<LearnedFold> => {
    const towers = await learnTowers(base.attributes, split, how)
    const popularity = popularityOf(split.train)
    const tower = towers && { tower: towers.block }
    return { split, base: { ...base, popularity, ...tower }, ...(towers && { towers }) }
  }
  const [first, ...rest] = folds
  const learned: [LearnedFold, ...LearnedFold[]] = [await learn(first, options)]
  for (const split of rest) learned.push(await learn(split, others))
  return learned
}

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

export interface LearnedModels {
  readonly cf?: SparseRows
  readonly sequence?: SparseRows
  readonly decaySettings?: NonNullable<PackSource['decaySettings']>
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
const MAX_ASIDE = 1000

/** @param base the pack so far: content, attributes, popularity */
export async function learnModels(
  base: PackSource,
  options: LearnOptions,
): Promise<LearnedModels> {
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
): Promise<LearnedModels> {
  const { positives, seed = 1, onProgress } = options
  const bytesPerItem =
    (options.bytesPerItem ?? CF_BYTES_PER_ITEM) * knownShare(positives)
  const folds = holdOutFolds(positives, {
    share: ASIDE_SHARE,
    seed,
    most: MAX_ASIDE,
  })
  const within = (bytes: number) => ({
    entriesPerItem: entriesFor(bytes, base.items.length),
    threads,
    ...(onProgress ? { onProgress } : {}),
  })
  const choice = await chooseCf(folds, within(bytesPerItem))
  const known = await learnFolds(base, folds, options)
  const [{ split, towers, base: first }] = known
  const shared = await shareBytes(known, {
    ...options,
    ...{ bytesPerItem, seed, openTrial },
    trainCf: (train, bytes) => trainCf(train, choice.chosen, within(bytes)),
  })
  const { cfBytes, report, blocks, sequenceOf } = shared
  const fitted = await fuse(known, blocks, onProgress)
  const ratings = learnRatings((await openTrial(first)).pack, split, options)
  const final = within(cfBytes)
  const cf = cfBytes > 0 && (await trainCf(positives, choice.chosen, final))
  const hasPairs = cf && cf.indices.length > 0
  return {
    ...(hasPairs ? { cf } : {}),
    ...sequenceOf(positives),
    ...(towers ? { tower: towers.block } : {}),
    ...(fitted ? { fusion: fitted.fusion } : {}),
    ...(ratings.head ? { ratings: ratings.head } : {}),
    notes: [
      report.note,
      ...(cf && !hasPairs ? [NO_PAIRS] : []),
      ...notesOf({ tower: towers !== undefined, fusion: fitted !== undefined }),
      ratings.note,
    ],
    report: {
      heldOutUsers: folds.reduce((sum, { heldOut }) => sum + heldOut.length, 0),
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

/** Fits the fusion on what a browser would read of packs that knew nobody held out. */
async function fuse(
  folds: readonly ShareFold[],
  blocks: SharedBytes['blocks'],
  onProgress?: OnProgress,
) {
  const trials: FusionTrial[] = []
  for (const [p, { base, split }] of folds.entries()) {
    const scoring = await openTrial({ ...base, ...blocks[p] })
    trials.push({ scoring, heldOut: split.heldOut })
  }
  return fitFusionOn(trials, {
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
    notes.push(`Towers are off: fewer than ${MIN_TOWER_USERS} users to learn from.`)
  }
  if (!isOn.fusion) notes.push('Fusion is the default: too few users to fit it on.')
  return notes
}
