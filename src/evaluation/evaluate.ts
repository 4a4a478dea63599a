/**
 * How well a catalogue's pack predicts people it never saw: trained on four fifths of the
 * users, written and read back as a browser would, scored by the browser's own code, beside
 * baselines tuned on a validation split of the same kind.
 */
import type { Encoder } from '../encoder/encoder.ts'
import { HearthError } from '../errors.ts'
import type { Dataset, OnProgress } from '../training/dataset.ts'
import { openTrial } from '../training/learn-parts.ts'
import { toPositives } from '../training/positives.ts'
import { type TrainReport, trainPack } from '../training/train-pack.ts'
import { assembleJson, bytesOf, flatSettings } from './assemble-json.ts'
import {
  type PreparedBaselines,
  prepareBaselines,
} from './baselines/prepare-baselines.ts'
import type { EvaluationJson, SettingsJson } from './evaluation-json.ts'
import { inTurn, measureVisitors } from './measure-visitors.ts'
import { askedRows } from './names.ts'
import { ablationsOf, packScores, presentParts } from './pack-scores.ts'
import { cutDataset, type SplitKind, sampleVisitors, splitDataset } from './split.ts'
import type { EventCount } from './visitor.ts'

export interface EvaluateOptions {
  /** Absent: evaluated without text. */
  readonly encoder?: Encoder & { readonly name?: string }
  /** Of the split, the training and the bootstrap. Default 1. */
  readonly seed?: number
  /** Numbers of events, each 0 or more; `all` always comes last. Default DEFAULT_KS. */
  readonly ks?: readonly number[]
  /** Names of parts and baselines; fusion always comes along. Default: all there are. */
  readonly parts?: readonly string[]
  /** See `splitDataset`. Default 'users'. */
  readonly split?: SplitKind
  /** Measure the fusion without each part too, and the blends that are not fitted. */
  readonly ablate?: boolean
  /** See `trainPack`. */
  readonly bytesPerItem?: number
  readonly threads?: number
  readonly onProgress?: OnProgress
}

export const DEFAULT_KS = [0, 1, 2, 3, 5, 10, 20, 50]
/** Held-out users that are measured at most, a seeded sample of all. */
export const MOST_VISITORS = 2000
/** Held-out users that baselines are tuned on at most. */
const MOST_TUNING_VISITORS = 400

/**
 * @throws HearthError `bad-input` for a dataset without interactions or users enough,
 *   `bad-argument` for an unknown part or a bad k
 */
export async function evaluateDataset(
  dataset: Dataset,
  options: EvaluateOptions = {},
): Promise<EvaluationJson> {
  const { seed = 1, ks = DEFAULT_KS, split: by = 'users', onProgress } = options
  const asked = askedRows(options.parts)
  for (const k of ks) checkCount(k)
  const counts: EventCount[] = [...ks, 'all']
  const split = splitDataset(dataset, { seed, by })
  const visitors = sampleVisitors(split.visitors, { most: MOST_VISITORS, seed })
  const { source, report } = await trainPack(split.train, { ...options, seed })
  const scoring = await openTrial(source)
  const baselines = compareWith(split.train, {
    ...{ seed, by, counts, names: asked.baselines },
    ...(onProgress && { onProgress }),
  })
  const parts = presentParts(scoring).filter((part) => asked.parts.has(part))
  const ablations = options.ablate ? ablationsOf(scoring) : {}
  const scores = inTurn(packScores(scoring, { parts, ablations }), baselines.source)
  const measured = counts.map((k, done) => {
    onProgress?.('scoring held-out users', done / counts.length)
    const how = { k, rows: scoring.pack.rows, seed, recall: 'of-list' } as const
    const { entities } = scoring.pack
    return { k, ...measureVisitors(scores, visitors, { ...how, entities }) }
  })
  onProgress?.('scoring held-out users', 1)
  const head = {
    name: dataset.name,
    protocol: PROTOCOLS[by],
    split: by,
    items: dataset.items.length,
    visitors: visitors.length,
    seed,
    recall: 'of-list',
    ...(scoring.pack.entities.indices.length > 0 && { ild: 'entities' as const }),
    bytesPerItem: bytesOf(scoring.pack.manifest),
    settings: { ...trainedSettings(report), ...baselines.settings },
    notes: [...report.notes, ...baselines.notes],
  } as const
  return assembleJson(measured, head, baselines.names)
}

const PROTOCOLS: Readonly<Record<SplitKind, string>> = {
  users:
    'Visitors are users never trained on; a fifth of their positives (the newest where there are times) is to be found, their newest k others are known.',
  time: 'Visitors are users trained on up to their newest positive, which alone is to be found; their newest k others are known.',
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

function trainedSettings({ cf, towers }: TrainReport): Record<string, SettingsJson> {
  return {
    ...(cf ? { cf: { ...flatSettings(cf.chosen), ...flatSettings(cf) } } : {}),
    ...(towers ? { tower: flatSettings(towers) } : {}),
  }
}

function checkCount(k: number) {
  if (Number.isInteger(k) && k >= 0) return
  throw new HearthError(
    'bad-argument',
    `invalid number of events: got ${k}, expected an integer of 0 or more.`,
  )
}
