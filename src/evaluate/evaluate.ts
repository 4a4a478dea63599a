/**
 * How well a catalogue's pack predicts users it was not trained on: trained on four fifths of the
 * users, written and read back as a browser would, scored by the browser's own code, beside
 * baselines tuned on a validation split of the same kind.
 */

import type { Dataset, OnProgress } from '../build/dataset/dataset.ts'
import { toPositives } from '../build/dataset/positives.ts'
import { openTrial } from '../build/open-trial.ts'
import {
  type TrainPackOptions,
  type TrainReport,
  trainPack,
} from '../build/train-pack.ts'
import { HearthError } from '../errors.ts'
import type { Pack } from '../pack/pack.ts'
import type { Encoder } from '../text/encoder/encoder.ts'
import { assembleJson, bytesOf, flatSettings } from './assemble-json.ts'
import { type PreparedBaselines, prepareBaselines } from './baselines/prepare.ts'
import type { EvaluationJson, SettingsJson } from './json.ts'
import {
  calibrationOf,
  evaluateShown,
  inTurn,
  poolShown,
  type Shown,
  showVisitors,
} from './measure-visitors.ts'
import {
  ablationsOf,
  packScores,
  presentComponents,
  type RequestedRows,
  requestedRows,
} from './pack-scores.ts'
import { measureRatings, type RatedEvent, ratingFigures } from './ratings.ts'
import {
  cutDataset,
  FOLDS,
  type SplitKind,
  sampleVisitors,
  splitDataset,
} from './splits/users.ts'
import type { EventCount } from './visitor.ts'

// One fold: a pack and baselines trained without its users, and the lists each shows them.

/** Held-out users that are measured at most, a seeded sample of each fold. */
const MAX_VISITORS = 2000
/** An event count of the last bucket: probabilities are checked in each of them. */
const MANY_EVENTS = 100
/** Held-out users that baselines are tuned on at most. */
const MAX_TUNING_VISITORS = 400

interface FoldOptions extends TrainPackOptions {
  readonly seed: number
  readonly by: SplitKind
  readonly fold: number
  readonly counts: readonly EventCount[]
  readonly requested: RequestedRows
  readonly ablate?: boolean
}

interface MeasuredFold {
  readonly visitors: number
  readonly shown: ReadonlyMap<EventCount, Shown>
  /** Of MANY_EVENTS. */
  readonly ofMany: Shown['predictions']
  readonly pack: Pack
  readonly report: TrainReport
  readonly baselines: PreparedBaselines
  /** [users] predicted ratings; absent where there are none, or users are not held out. */
  readonly rated?: readonly (readonly RatedEvent[])[]
}

/** @throws HearthError `bad-input` if no user can be held out */
async function measureFold(
  dataset: Dataset,
  { by, fold, counts, requested, ...options }: FoldOptions,
): Promise<MeasuredFold> {
  const { seed, onProgress } = options
  const split = splitDataset(dataset, { seed, by, fold })
  const visitors = sampleVisitors(split.visitors, { most: MAX_VISITORS, seed })
  const { source, report } = await trainPack(split.train, options)
  const scoring = await openTrial(source)
  const baselines = compareWith(split.train, {
    ...{ seed, by, counts, names: requested.baselines },
    ...(onProgress && { onProgress }),
  })
  const components = presentComponents(scoring).filter((component) =>
    requested.components.has(component),
  )
  const asPage = packScores(scoring, {
    components,
    ...(options.ablate && { ablations: ablationsOf(scoring) }),
  })
  const scores = inTurn(asPage, baselines.source)
  const shown = new Map<EventCount, Shown>()
  const { calibration } = scoring.pack.manifest
  const how = {
    rows: scoring.pack.itemCount,
    ...(calibration && by === 'users' ? { calibration } : {}),
  }
  for (const [done, k] of counts.entries()) {
    onProgress?.('scoring held-out users', done / counts.length)
    shown.set(k, showVisitors(scores, visitors, { k, ...how }))
  }
  const alone = packScores(scoring, { components: [] })
  const { predictions } = showVisitors(alone, visitors, { k: MANY_EVENTS, ...how })
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
  const measured = {
    ...{ visitors: visitors.length, shown, pack, report, baselines },
    ofMany: predictions,
  }
  return { ...measured, ...(rated && { rated }) }
}

interface CompareOptions {
  readonly seed: number
  readonly by: SplitKind
  readonly counts: readonly EventCount[]
  readonly names: ReadonlySet<string>
  readonly onProgress?: OnProgress
}

/** Baselines, tuned on a split of the same kind within the training set. */
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
  const heldOut = sampleVisitors(inner.visitors, { most: MAX_TUNING_VISITORS, seed })
  return prepareBaselines({
    tuning: { train: positivesOf(inner.train), heldOut },
    train: positivesOf(train),
    ...options,
  })
}

interface EvaluateOptions {
  /** Absent: evaluated without text. */
  readonly encoder?: Encoder & { readonly name?: string }
  /** Of the split, the training and the bootstrap. Default 1. */
  readonly seed?: number
  /** Numbers of events, each 0 or more; `all` always comes last. Default DEFAULT_KS. */
  readonly ks?: readonly number[]
  /** Names of components and baselines; fusion always comes along. Default: all there are. */
  readonly components?: readonly string[]
  /** See `splitDataset`. Default 'users'. */
  readonly split?: SplitKind
  /**
   * Of a split by users: how many fifths are held out in turn, each with a pack of its own,
   * 1–5. Default 1. With 5 every user with enough positives is measured once.
   */
  readonly folds?: number
  /** Measure the fusion without each component too, and the blends that are not fitted. */
  readonly ablate?: boolean
  /** See `trainPack`. */
  readonly bytesPerItem?: number
  readonly threads?: number
  readonly onProgress?: OnProgress
}

const DEFAULT_KS = [0, 1, 2, 3, 5, 10, 20, 50]
/**
 * @throws HearthError `bad-input` for a dataset without interactions or users enough,
 *   `bad-argument` for an unknown component, a bad k, or folds of a split that has none
 */
export async function evaluateDataset(
  dataset: Dataset,
  options: EvaluateOptions = {},
): Promise<EvaluationJson> {
  const { seed = 1, ks = DEFAULT_KS, split: by = 'users', folds = 1 } = options
  const requested = requestedRows(options.components)
  for (const k of ks) checkCount(k)
  checkFolds(folds, by)
  const counts: EventCount[] = [...ks, 'all']
  const measuredFolds: MeasuredFold[] = []
  for (let fold = 0; fold < folds; fold++) {
    measuredFolds.push(
      await measureFold(dataset, { ...options, seed, by, fold, counts, requested }),
    )
  }
  const [first] = measuredFolds
  const { attributes } = first.pack
  const measure = {
    rows: dataset.items.length,
    seed,
    recall: 'of-list',
    attributes,
  } as const
  const measured = counts.map((k) => {
    const groups = measuredFolds
      .map(({ shown }) => shown.get(k))
      .filter((s) => s !== undefined)
    return { k, ...evaluateShown(poolShown(groups), { ...measure, k }) }
  })
  const ratings = ratingFigures(
    measuredFolds.flatMap(({ rated = [] }) => rated),
    seed,
  )
  const { calibration } = calibrationOf(measuredFolds.flatMap(({ ofMany }) => ofMany))
  const several = `Settings and bytes are those of the first of ${folds} folds.`
  const head = {
    name: dataset.name,
    protocol: PROTOCOLS[by],
    split: by,
    items: dataset.items.length,
    visitors: measuredFolds.reduce((sum, { visitors }) => sum + visitors, 0),
    seed,
    recall: measure.recall,
    ...(attributes.indices.length > 0 && { ild: 'attributes' as const }),
    bytesPerItem: bytesOf(first.pack.manifest),
    ...(ratings && { ratings }),
    ...(calibration && { calibration: { [MANY_EVENTS]: calibration } }),
    settings: { ...trainedSettings(first.report), ...first.baselines.settings },
    notes: [
      ...first.report.notes,
      ...first.baselines.notes,
      ...(folds > 1 ? [several] : []),
    ],
  } as const
  return assembleJson(measured, head, first.baselines.names)
}

const PROTOCOLS: Readonly<Record<SplitKind, string>> = {
  users:
    'Visitors are users never trained on; a fifth of their positives (the newest where there are times) is to be found, their newest k others are known.',
  time: 'Visitors are users trained on up to their newest positive, which alone is to be found; their newest k others are known.',
}

function trainedSettings({ cf, towers, ratings }: TrainReport) {
  const settings: Record<string, SettingsJson> = {
    ...(cf ? { cf: { ...flatSettings(cf.chosen), ...flatSettings(cf) } } : {}),
    ...(towers ? { tower: flatSettings(towers) } : {}),
    ...(ratings ? { ratings: flatSettings(ratings) } : {}),
  }
  return settings
}

function checkCount(k: number) {
  if (Number.isInteger(k) && k >= 0) return
  throw new HearthError(
    'bad-argument',
    `invalid number of events: got ${k}, expected an integer of 0 or more.`,
  )
}

function checkFolds(folds: number, by: SplitKind) {
  const most = by === 'users' ? FOLDS : 1
  if (Number.isInteger(folds) && folds >= 1 && folds <= most) return
  throw new HearthError(
    'bad-argument',
    `invalid folds of a split by ${by}: got ${folds}, expected an integer from 1 to ${most}.`,
  )
}
