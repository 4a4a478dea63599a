/**
 * Models of data that changed little: what validation chose for the former data stays, and
 * the models alone are learned again, the towers from where their training ended.
 *
 *   former settings → CF and sequence on everyone → towers, a few epochs → ratings
 *   → cold-start items
 *
 * Choosing takes most of a first build's time; what it costs to reuse the choice is measured
 * by bench/rebuild.ts.
 */

import {
  knownShare,
  type LearnedModels,
  type LearnReport,
  notesOf,
  type Reusable,
  reportOf,
  type Training,
} from './learn-models.ts'
import { addColdItems } from './models/cold-start/cold-start.ts'
import { entriesFor, wholeEntriesBudget } from './models/item-item/budget.ts'
import { openColumnThreads } from './models/item-item/column-threads.ts'
import { itemItemModel } from './models/item-item/item-item.ts'
import { refitRatings } from './models/rating/rating.ts'
import { refitSequence } from './models/sequential/sequential.ts'
import { type FittedTowers, twoTowerModel } from './models/two-tower/two-tower.ts'
import type { TowerStart } from './models/two-tower/warm-start.ts'

/** What an earlier build of nearly the same data learned. */
export interface FormerModels {
  readonly reusable: Reusable
  readonly report: LearnReport
  /** Where this catalogue's items and attribute values stood in that build. */
  readonly places: Pick<TowerStart, 'itemOf' | 'attributeOf'>
}

/** The towers have seen nearly all of it: they are moved, and not far. */
const TOWER_EPOCHS = 4
const TOWER_RATE = 1e-3

const REUSED =
  'Settings were chosen on earlier data that differ little, and reused: --fresh chooses anew.'

/** @throws whatever learning throws */
export async function refitModels(
  training: Training,
  { reusable, report: former, places }: FormerModels,
): Promise<LearnedModels> {
  const { dataset, positives, content, base, seed, onProgress } = training
  const { items, interactions } = dataset
  const bytesPerItem = training.bytesPerItem * knownShare(positives)
  const { share } = former.sequence
  const cfBytes = (1 - share) * bytesPerItem
  const cf = cfBytes > 0 ? await refitCf(training, reusable, cfBytes) : undefined
  const sequenceBytes = { interactions, bytesPerItem: share * bytesPerItem, seed }
  const towers = await refitTowers(training, reusable, places)
  const head =
    reusable.ratings &&
    interactions &&
    refitRatings(interactions, items.length, reusable.ratings)
  const { fusion: fused, calibration } = reusable
  const known = {
    ...(cf && cf.indices.length > 0 ? { cf } : {}),
    ...(reusable.sequence
      ? refitSequence(positives, reusable.sequence, sequenceBytes)
      : {}),
    ...(towers ? { tower: towers.block } : {}),
    ...(fused ? { fusion: fused.fusion } : {}),
    ...(calibration ? { calibration } : {}),
    ...(head ? { ratings: head } : {}),
  }
  const texts = content ? [content] : []
  const input = { items, positives, texts, seed, onProgress }
  const added = addColdItems(known, input, reusable.cold)
  const { report: cold, note: coldNote, ...changed } = added
  const rated = { note: reusable.ratingNote, report: former.ratings }
  const fits = {
    ...{ sequence: former.sequence, strengthPower: reusable.cf.strengthPower },
    ...{ cf, towers, fused, calibration, rated, cold, coldNote },
  }
  return {
    ...known,
    ...changed,
    notes: [...notesOf(fits), REUSED],
    reusable: {
      ...reusable,
      ...(cold ? { cold: cold.chosen } : {}),
      ...(towers
        ? { towers: { parameters: towers.parameters, report: towers.report } }
        : {}),
    },
    report: {
      heldOutUsers: 0,
      cf: {
        ...former.cf,
        entriesPerItem: entriesFor(cfBytes, base.items.length),
      },
      ...reportOf(fits),
    },
  }
}

async function refitCf(training: Training, { cf }: Reusable, bytes: number) {
  const { positives, dataset, onProgress } = training
  const bytesPerItem = wholeEntriesBudget(bytes, dataset.items.length)
  const threads = openColumnThreads(training.threads)
  try {
    const input = { positives, bytesPerItem, threads, onProgress }
    return await itemItemModel.fit(input, cf)
  } finally {
    await threads.close()
  }
}

/** On everyone: nobody is held out, as nothing is chosen. */
async function refitTowers(
  { positives, content, base, seed, onProgress }: Training,
  { towers }: Reusable,
  places: FormerModels['places'],
): Promise<FittedTowers | undefined> {
  if (!towers) return undefined
  const { userCount, rowCount } = positives
  const nobody = {
    ...{ userCount, rowCount },
    indptr: new Uint32Array(userCount + 1),
    rows: new Uint32Array(0),
  }
  const fitted = await twoTowerModel.fit(
    {
      ...{ content, attributes: base.attributes, positives, validation: nobody },
      start: { parameters: towers.parameters, ...places },
      ...{ seed, onProgress },
    },
    { maxEpochs: TOWER_EPOCHS, rate: TOWER_RATE },
  )
  return fitted && { ...fitted, report: towers.report }
}
