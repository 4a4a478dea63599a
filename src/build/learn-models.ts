/**
 * What interactions teach: one model after another, each by its own verbs.
 *
 *   folds → tune CF → towers of each fold → tune sequence → divide the bytes → fusion
 *   → calibration → ratings → CF and sequence again, on everyone → cold-start items
 */

import type { Calibration } from '../pack/calibration.ts'
import type { FusionWeights, RatingHead } from '../pack/pack.ts'
import type { PackSource, SparseRows } from '../pack/pack-source.ts'
import type { CheckpointFile } from './checkpoint.ts'
import type { Dataset, OnProgress, Positives } from './dataset/dataset.ts'
import { type CleanPositives, countsOf, popularityOf } from './dataset/positives.ts'
import { calibrationModel } from './models/calibration/calibration.ts'
import { addColdItems, type ColdReport } from './models/cold-start/cold-start.ts'
import type { ColdSettings } from './models/cold-start/mix.ts'
import type { ContentProjection } from './models/content/content.ts'
import {
  type FittedFusion,
  type FusionReport,
  fusionModel,
} from './models/fusion/fusion.ts'
import { entriesFor, wholeEntriesBudget } from './models/item-item/budget.ts'
import {
  type ColumnThreads,
  openColumnThreads,
} from './models/item-item/column-threads.ts'
import { itemItemModel } from './models/item-item/item-item.ts'
import type { CfSettings } from './models/item-item/kernel.ts'
import type { CfChoice } from './models/item-item/tune.ts'
import {
  type RatingReport,
  type RatingSettings,
  ratingModel,
} from './models/rating/rating.ts'
import { planSequence } from './models/sequential/sequential.ts'
import type { SequenceTuning } from './models/sequential/tune.ts'
import {
  type FittedTowers,
  type TowerInput,
  twoTowerModel,
} from './models/two-tower/two-tower.ts'
import { openTrial } from './open-trial.ts'
import { type ByteShare, type ShareFold, shareBytes } from './share-bytes.ts'
import { type HoldOut, holdOutFolds } from './splits/hold-out.ts'

/** Made once a build: the data, cleaned, and how to learn from it. */
export interface Training {
  readonly dataset: Dataset
  readonly positives: CleanPositives
  readonly content: ContentProjection | undefined
  /** The pack so far: content, attributes, popularity. */
  readonly base: PackSource
  /** Bytes of the CF and sequence blocks together, an item. */
  readonly bytesPerItem: number
  readonly seed: number
  /** Worker threads of the CF solver, 0 = this thread. Default: one a processor. */
  readonly threads?: number | undefined
  /** Of the training of the first fold's towers. */
  readonly checkpoint?: CheckpointFile | undefined
  readonly onProgress: OnProgress
}

export interface LearnedModels {
  readonly cf?: SparseRows
  readonly sequence?: SparseRows
  readonly decaySettings?: NonNullable<PackSource['decaySettings']>
  readonly tower?: NonNullable<PackSource['tower']>
  readonly fusion?: FusionWeights
  readonly calibration?: Calibration
  readonly ratings?: RatingHead
  /** [items] Absent where no item is cold: it is that of the positives. */
  readonly popularity?: Float32Array
  /** What an owner should know. */
  readonly notes: readonly string[]
  readonly report: LearnReport
  readonly reusable: Reusable
}

/** What validation chose, and where training ended: see `refitModels`. */
export interface Reusable {
  readonly cf: CfSettings
  /** Absent where sequence is off. */
  readonly sequence?: SequenceTuning
  readonly fusion?: FittedFusion
  readonly calibration?: Calibration
  readonly ratings?: RatingSettings
  readonly ratingNote: string
  /** Absent where no item was cold. */
  readonly cold?: ColdSettings
  /** As `FittedTowers` has them. */
  readonly towers?: Pick<FittedTowers, 'parameters' | 'report'>
}

export interface LearnReport {
  /** Users held out to choose settings by. */
  readonly heldOutUsers: number
  readonly cf: CfChoice & { readonly entriesPerItem: number; readonly threads: number }
  /** How the bytes were divided between CF and sequence. */
  readonly sequence: ByteShare
  readonly towers?: FittedTowers['report']
  readonly fusion?: FusionReport
  readonly ratings?: RatingReport
  /** How items without interactions got their rows; absent where there are none. */
  readonly cold?: ColdReport
}

const CF_OFF = 'CF is off: no user likes two items.'
const CF_WEIGHED =
  'CF counts weaker events for less than purchases: that found more for held-out users.'
const TOWERS_OFF = `Towers are off: fewer than ${twoTowerModel.defaults.minUsers} users to learn from.`
const FUSION_OFF = 'Fusion is the default: too few users to fit it on.'
const CALIBRATION_OFF =
  'No probabilities are shown: too few people could be held out to measure them on.'

/** Share of the users held out to choose settings by, and their ceiling. */
const VALIDATION_SHARE = 0.1
const MAX_VALIDATION_USERS = 1000

export async function learnModels(training: Training): Promise<LearnedModels> {
  const threads = openColumnThreads(training.threads)
  try {
    return await learnWith(threads, training)
  } finally {
    await threads.close()
  }
}

async function learnWith(
  threads: ColumnThreads,
  training: Training,
): Promise<LearnedModels> {
  const { dataset, positives, content, seed, onProgress } = training
  const { items, interactions } = dataset
  const bytesPerItem = training.bytesPerItem * knownShare(positives)
  const split = { share: VALIDATION_SHARE, seed, most: MAX_VALIDATION_USERS }
  const folds = holdOutFolds(positives, split)
  const entriesPerItem = entriesFor(bytesPerItem, items.length)
  const choice = await itemItemModel.tune(folds, {
    entriesPerItem,
    threads,
    onProgress,
  })
  const fitCf = (of: Positives, bytes: number) => {
    const whole = wholeEntriesBudget(bytes, items.length)
    const input = { positives: of, bytesPerItem: whole, threads, onProgress }
    return itemItemModel.fit(input, choice.chosen)
  }
  const learned = await learnFolds(folds, training)
  const sequential = { interactions, bytesPerItem, seed, onProgress }
  const plan = planSequence(folds, sequential)
  const shared = await shareBytes(learned, plan, { ...sequential, fitCf })
  const { cfBytes, report: sequence, blocks, sequenceOf } = shared
  const trials = await trialsOf(learned, blocks)
  const fused = fusionModel.fit({
    trials,
    onProgress: (done) => onProgress('fitting the fusion', done),
  })
  const calibration =
    fused &&
    calibrationModel.fit({
      ...{ trials, fusion: fused.fusion },
      onProgress: (done) =>
        onProgress('measuring how far scores can be believed', done),
    })
  const [{ base, split: first, towers }] = learned
  const { pack } = await openTrial(base)
  const { heldOut } = first
  const rated = ratingModel.fit({ pack, heldOut, interactions, seed, onProgress })
  const cf = cfBytes > 0 ? await fitCf(positives, cfBytes) : undefined
  const known = {
    ...(cf && cf.indices.length > 0 ? { cf } : {}),
    ...sequenceOf(positives),
    ...(towers ? { tower: towers.block } : {}),
    ...(fused ? { fusion: fused.fusion } : {}),
    ...(calibration ? { calibration } : {}),
    ...(rated.head ? { ratings: rated.head } : {}),
  }
  const texts = content ? [content] : []
  const added = addColdItems(known, { items, positives, texts, seed, onProgress })
  const { report: cold, note: coldNote, ...changed } = added
  const { strengthPower } = choice.chosen
  const found = { towers, fused, calibration, rated, cold, coldNote }
  const fits = { sequence, cf, strengthPower, ...found }
  return {
    ...known,
    ...changed,
    notes: notesOf(fits),
    reusable: {
      cf: choice.chosen,
      ...(sequence.share > 0 && typeof plan !== 'string'
        ? { sequence: plan.tuning }
        : {}),
      ...(fused ? { fusion: fused } : {}),
      ...(calibration ? { calibration } : {}),
      ...(rated.settings ? { ratings: rated.settings } : {}),
      ratingNote: rated.note,
      ...(cold ? { cold: cold.chosen } : {}),
      ...(towers
        ? { towers: { parameters: towers.parameters, report: towers.report } }
        : {}),
    },
    report: {
      heldOutUsers: folds.reduce((sum, fold) => sum + fold.heldOut.length, 0),
      cf: {
        ...choice,
        entriesPerItem: entriesFor(cfBytes, items.length),
        threads: threads.count,
      },
      ...reportOf(fits),
    },
  }
}

/** What each model found, or that it is off. */
export interface Fits {
  readonly sequence: ByteShare
  readonly cf: SparseRows | undefined
  /** By which power of an event's strength CF counts it; 0: all alike. */
  readonly strengthPower: number
  readonly towers: Pick<FittedTowers, 'report'> | undefined
  readonly fused: FittedFusion | undefined
  readonly calibration: Calibration | undefined
  readonly rated: { readonly note: string; readonly report?: RatingReport | undefined }
  readonly cold: ColdReport | undefined
  readonly coldNote: string | undefined
}

export function notesOf({
  sequence,
  cf,
  strengthPower,
  towers,
  fused,
  calibration,
  rated,
  coldNote,
}: Fits): string[] {
  return [
    sequence.note,
    ...(cf?.indices.length === 0 ? [CF_OFF] : []),
    ...(towers ? [] : [TOWERS_OFF]),
    ...(fused ? [] : [FUSION_OFF]),
    ...(calibration ? [] : [CALIBRATION_OFF]),
    rated.note,
    ...(coldNote ? [coldNote] : []),
    ...(strengthPower > 0 ? [CF_WEIGHED] : []),
  ]
}

export function reportOf({ sequence, towers, fused, rated, cold }: Fits) {
  return {
    sequence,
    ...(towers ? { towers: towers.report } : {}),
    ...(fused ? { fusion: fused.report } : {}),
    ...(rated.report ? { ratings: rated.report } : {}),
    ...(cold ? { cold } : {}),
  }
}

/** Cold-start items get rows as large as a known item's, later: bytes are left for them. */
export function knownShare(positives: Positives): number {
  const counts = countsOf(positives)
  return counts.filter((count) => count > 0).length / counts.length
}

/** What is learned without a fold's users, however the bytes are divided. */
interface LearnedFold extends ShareFold {
  readonly towers: FittedTowers | undefined
}

/** The first fold's towers ship: a checkpoint is of those. */
async function learnFolds(
  [first, ...rest]: readonly [HoldOut, ...HoldOut[]],
  { checkpoint, ...training }: Training,
): Promise<[LearnedFold, ...LearnedFold[]]> {
  const learned: [LearnedFold, ...LearnedFold[]] = [
    await learnFold(first, training, checkpoint),
  ]
  for (const split of rest) learned.push(await learnFold(split, training))
  return learned
}

async function learnFold(
  split: HoldOut,
  { base, content, seed, onProgress }: Training,
  checkpoint?: TowerInput['checkpoint'],
): Promise<LearnedFold> {
  const { train: positives, validation } = split
  const { attributes } = base
  const features = { content, attributes }
  const how = { seed, checkpoint, onProgress }
  const towers = await twoTowerModel.fit({ ...features, positives, validation, ...how })
  const popularity = popularityOf(positives)
  const tower = towers && { tower: towers.block }
  return { split, base: { ...base, popularity, ...tower }, towers }
}

/** The packs that knew nobody held out, as a browser would read them. */
async function trialsOf(
  folds: readonly ShareFold[],
  blocks: readonly Partial<PackSource>[],
) {
  const trials = []
  for (const [f, { base, split }] of folds.entries()) {
    const scoring = await openTrial({ ...base, ...blocks[f] })
    trials.push({ scoring, heldOut: split.heldOut })
  }
  return trials
}
