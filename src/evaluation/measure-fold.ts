/** One held-out group: a pack and baselines made without it, and what each shows it. */
import type { Pack } from '../catalogue/pack.ts'
import { HearthError } from '../errors.ts'
import type { Dataset, OnProgress } from '../training/dataset.ts'
import { openTrial } from '../training/learn-parts.ts'
import { toPositives } from '../training/positives.ts'
import {
  type TrainPackOptions,
  type TrainReport,
  trainPack,
} from '../training/train-pack.ts'
import {
  type PreparedBaselines,
  prepareBaselines,
} from './baselines/prepare-baselines.ts'
import { measureRatings } from './measure-ratings.ts'
import { inTurn, type Shown, showVisitors } from './measure-visitors.ts'
import type { AskedRows } from './names.ts'
import { ablationsOf, packScores, presentParts } from './pack-scores.ts'
import type { RatedEvent } from './rating-figures.ts'
import { cutDataset, type SplitKind, sampleVisitors, splitDataset } from './split.ts'
import type { EventCount } from './visitor.ts'

/** Held-out users that are measured at most, a seeded sample of each fold. */
export const MOST_VISITORS = 2000
/** Held-out users that baselines are tuned on at most. */
const MOST_TUNING_VISITORS = 400

export interface FoldOptions extends TrainPackOptions {
  readonly seed: number
  readonly by: SplitKind
  readonly fold: number
  readonly counts: readonly EventCount[]
  readonly asked: AskedRows
  readonly ablate?: boolean
}

export interface MeasuredFold {
  readonly visitors: number
  readonly shown: ReadonlyMap<EventCount, Shown>
  readonly pack: Pack
  readonly report: TrainReport
  readonly baselines: PreparedBaselines
  /** [users] predicted ratings; absent where there are none, or users are not held out. */
  readonly rated?: readonly (readonly RatedEvent[])[]
}

/** @throws HearthError `bad-input` if nobody can be held out */
export async function measureFold(
  dataset: Dataset,
  { by, fold, counts, asked, ...options }: FoldOptions,
): Promise<MeasuredFold> {
  const { seed, onProgress } = options
  const split = splitDataset(dataset, { seed, by, fold })
  const visitors = sampleVisitors(split.visitors, { most: MOST_VISITORS, seed })
  const { source, report } = await trainPack(split.train, options)
  const scoring = await openTrial(source)
  const baselines = compareWith(split.train, {
    ...{ seed, by, counts, names: asked.baselines },
    ...(onProgress && { onProgress }),
  })
  const parts = presentParts(scoring).filter((part) => asked.parts.has(part))
  const asPage = packScores(scoring, {
    parts,
    ...(options.ablate && { ablations: ablationsOf(scoring) }),
  })
  const scores = inTurn(asPage, baselines.source)
  const shown = new Map<EventCount, Shown>()
  for (const [done, k] of counts.entries()) {
    onProgress?.('scoring held-out users', done / counts.length)
    shown.set(k, showVisitors(scores, visitors, { k, rows: scoring.pack.rows }))
  }
  onProgress?.('scoring held-out users', 1)
  const { pack } = scoring
  const { interactions } = dataset
  const rated =
    by === 'users' && interactions
      ? measureRatings({
          ...{ pack, train: split.train, interactions, seed },
          heldOut: visitors.map(({ user }) => user),
        })
      : undefined
  const measured = { visitors: visitors.length, shown, pack, report, baselines }
  return { ...measured, ...(rated && { rated }) }
}

interface CompareOptions {
  readonly seed: number
  readonly by: SplitKind
  readonly counts: readonly EventCount[]
  readonly names: ReadonlySet<string>
  readonly onProgress?: OnProgress
}

/** Baselines, tuned on the same split made once more within the training set. */
function compareWith(
  train: Dataset,
  { seed, by, ...options }: CompareOptions,
): PreparedBaselines {
  const positivesOf = ({ interactions, items }: Dataset) => {
    if (!interactions)
      throw new HearthError('internal', 'a split lost its interactions.')
    return toPositives(interactions, items.length)
  }
  const inner = cutDataset(train, { seed, by })
  const heldOut = sampleVisitors(inner.visitors, { most: MOST_TUNING_VISITORS, seed })
  return prepareBaselines({
    tuning: { train: positivesOf(inner.train), heldOut },
    train: positivesOf(train),
    ...options,
  })
}
