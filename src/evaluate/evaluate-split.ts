/**
 * How well a pack predicts the rest of what its own users chose: LightGCN-style folders,
 * measured as their published figures are.
 *
 *   every item but the user's training ones is ranked
 *   recall = hits / targets · binary NDCG, ideal of min(20, targets)
 *
 * Settings are chosen on validation (the folder's, or a tenth of training that is hidden),
 * then the block is fitted on training and validation together, written within the budget,
 * read back, and scored by the browser's own code. Test is only read at the end.
 */

import type { OnProgress, Positives, UserSplit } from '../build/dataset/dataset.ts'
import { popularityOf } from '../build/dataset/positives.ts'
import { fusionModel } from '../build/models/fusion/fusion.ts'
import { CF_BYTES_PER_ITEM, entriesFor } from '../build/models/item-item/budget.ts'
import {
  type ColumnThreads,
  openColumnThreads,
} from '../build/models/item-item/column-threads.ts'
import { itemItemModel } from '../build/models/item-item/item-item.ts'
import { twoTowerModel } from '../build/models/two-tower/two-tower.ts'
import { openTrial } from '../build/open-trial.ts'
import {
  hideEntries,
  mergePositives,
  usersToFind,
} from '../build/splits/hide-entries.ts'
import { type HeldOutUser, holdOutUsers } from '../build/splits/hold-out.ts'
import { HearthError } from '../errors.ts'
import type { PackSource, SparseRows } from '../pack/pack-source.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { assembleJson, bytesOf, flatSettings, type MetaHead } from './assemble-json.ts'
import { type PreparedBaselines, prepareBaselines } from './baselines/prepare.ts'
import { choosersOf } from './beyond-accuracy.ts'
import type { EvaluationJson } from './json.ts'
import { inTurn, measureVisitors } from './measure-visitors.ts'
import {
  ablationsOf,
  packScores,
  presentComponents,
  requestedRows,
} from './pack-scores.ts'

// A split → the pack that is measured: settings chosen on validation, then all trained on.

interface SplitOptions {
  /** Of the hidden tenth, the order of histories and the bootstrap. Default 1. */
  readonly seed?: number
  /** Names of components and baselines; fusion always comes along. Default: all there are. */
  readonly components?: readonly string[]
  /** Measure the fusion without each component too, and the blends that are not fitted. */
  readonly ablate?: boolean
  /** Ceiling on the CF block as written. Default CF_BYTES_PER_ITEM. */
  readonly bytesPerItem?: number
  readonly threads?: number
  readonly onProgress?: OnProgress
}

/** Share of each user's training entries that is hidden where there is no validation. */
const HIDDEN_SHARE = 0.1
/** Share of the users that end the towers' training, and their ceiling. */
const VALIDATION_SHARE = 0.1
const MAX_VALIDATION_USERS = 1000
/** Users that settings are chosen on at most. */
const MAX_SPLIT_TUNING_USERS = 6000

/** Users that settings are chosen by, and the training set meanwhile. */
interface Tuning {
  readonly train: Positives
  readonly heldOut: readonly HeldOutUser[]
}

/** The split's own validation, or a hidden tenth of its training. */
export function tuningOf(split: UserSplit, seed: number): Tuning {
  const { train, valid } = split.valid
    ? { train: split.train, valid: split.valid }
    : hideEntries(split.train, { share: HIDDEN_SHARE, seed })
  const users = usersToFind(train, valid, seed).filter(
    ({ history }) => history.length > 0,
  )
  const step = Math.max(1, users.length / MAX_SPLIT_TUNING_USERS)
  const count = Math.min(users.length, MAX_SPLIT_TUNING_USERS)
  const heldOut = Array.from({ length: count }, (_, i) => users[Math.floor(i * step)])
  return { train, heldOut }
}

/** Settings chosen on `tuning`, then the pack fitted on `all` within the budget. */
async function learnSplit(
  split: UserSplit,
  {
    train,
    heldOut,
    all,
    threads,
    options,
  }: Tuning & {
    readonly all: Positives
    readonly threads: ColumnThreads
    readonly options: SplitOptions
  },
) {
  const { bytesPerItem = CF_BYTES_PER_ITEM, onProgress } = options
  const progress = onProgress ? { onProgress } : {}
  const entries = entriesFor(bytesPerItem, train.rowCount)
  const search = { entriesPerItem: entries, threads, ...progress }
  const choice = await itemItemModel.tune([{ train, heldOut }], {
    ...search,
    histories: 'full',
  })
  const budget = { bytesPerItem, threads, ...progress }
  const trial = await itemItemModel.fit({ positives: train, ...budget }, choice.chosen)
  const towers = await towersOf(train, options)
  const tower = towers ? { tower: towers.block } : {}
  const scoring = await openTrial({ ...sourceOf(split, train, trial), ...tower })
  const fitted = fusionModel.fit(
    {
      trials: [{ scoring, heldOut }],
      onProgress: (done) => onProgress?.('fitting the fusion', done),
    },
    { histories: 'full' },
  )
  const final = await itemItemModel.fit({ positives: all, ...budget }, choice.chosen)
  const source = { ...sourceOf(split, all, final), ...tower }
  return {
    source: fitted ? { ...source, fusion: fitted.fusion } : source,
    cf: { ...choice, entriesPerItem: final.indices.length / all.rowCount },
    ...(towers ? { tower: towers.report } : {}),
  }
}

/** Of nine tenths of the users, and what settings are chosen by stays hidden from them. */
async function towersOf(train: Positives, options: SplitOptions) {
  if (!requestedRows(options.components).components.has('tower')) return undefined
  const { seed = 1 } = options
  const among = holdOutUsers(train, {
    share: VALIDATION_SHARE,
    seed,
    most: MAX_VALIDATION_USERS,
  })
  const { train: positives, validation } = among
  const attributes = noAttributes(train.rowCount)
  const progress = options.onProgress && { onProgress: options.onProgress }
  return twoTowerModel.fit({ attributes, positives, validation, seed, ...progress })
}

function noAttributes(rows: number): PackSource['attributes'] {
  return {
    values: [],
    indptr: new Uint32Array(rows + 1),
    indices: new Uint16Array(0),
  }
}

/** A pack of co-use and popularity: such folders hold nothing else of an item. */
function sourceOf(split: UserSplit, positives: Positives, cf: SparseRows): PackSource {
  const items = split.itemIds.map((id) => ({ id, title: id }))
  return {
    name: split.name,
    licence: 'not stated',
    attribution: '',
    provenance: {
      generator: 'hearth',
      interactions: positives.rows.length,
      users: positives.userCount,
      notes: [],
    },
    items,
    fusion: defaultFusion,
    cf,
    attributes: noAttributes(items.length),
    popularity: popularityOf(positives),
    flags: new Uint8Array(items.length),
    firstItems: [0],
  }
}

const PROTOCOL =
  'Visitors are users trained on; every item but their training ones is ranked, and recall is hits / targets.'
/** Users that baselines are tuned on at most. */
const MAX_TUNING_USERS = 1500

/**
 * @throws HearthError `bad-input` if no user has anything to find, `bad-argument` for an
 *   unknown component
 */
export async function evaluateSplit(
  split: UserSplit,
  options: SplitOptions = {},
): Promise<EvaluationJson> {
  const { seed = 1, onProgress } = options
  const requested = requestedRows(options.components)
  const all = split.valid ? mergePositives(split.train, split.valid) : split.train
  const users = usersToFind(all, split.test, seed)
  if (users.length === 0) {
    throw new HearthError(
      'bad-input',
      'no user to test: got 0 with items in the test file, expected 1 or more.',
    )
  }
  const tuning = tuningOf(split, seed)
  const threads = openColumnThreads(options.threads)
  try {
    const learned = await learnSplit(split, { ...tuning, all, threads, options })
    const scoring = await openTrial(learned.source)
    const components = presentComponents(scoring).filter((component) =>
      requested.components.has(component),
    )
    const baselines = prepareBaselines({
      tuning: {
        train: tuning.train,
        heldOut: evenly(tuning.heldOut, MAX_TUNING_USERS),
      },
      train: all,
      counts: ['all'],
      names: requested.baselines,
      ...(onProgress && { onProgress }),
    })
    onProgress?.('scoring the test', 0)
    const asPage = packScores(scoring, {
      components,
      ...(options.ablate && { ablations: ablationsOf(scoring) }),
    })
    const scores = inTurn(asPage, baselines.source)
    const how = {
      k: 'all',
      rows: scoring.pack.itemCount,
      seed,
      recall: 'of-all',
      choosers: choosersOf(all),
    } as const
    const measured = measureVisitors(scores, users, how)
    const head = headOf(split, { users, seed, scoring, learned, baselines })
    return assembleJson([{ k: 'all', ...measured }], head, baselines.names)
  } finally {
    await threads.close()
  }
}

interface Measured {
  readonly users: readonly HeldOutUser[]
  readonly seed: number
  readonly scoring: ScoringPack
  readonly learned: Awaited<ReturnType<typeof learnSplit>>
  readonly baselines: PreparedBaselines
}

function headOf(
  split: UserSplit,
  { users, seed, scoring, learned, baselines }: Measured,
): MetaHead {
  return {
    name: split.name,
    protocol: PROTOCOL,
    split: 'given',
    items: split.itemIds.length,
    visitors: users.length,
    seed,
    recall: 'of-all',
    bytesPerItem: bytesOf(scoring.pack.manifest),
    settings: {
      cf: { ...flatSettings(learned.cf.chosen), ...flatSettings(learned.cf) },
      ...(learned.tower ? { tower: flatSettings(learned.tower) } : {}),
      ...baselines.settings,
    },
    notes: baselines.notes,
  }
}

/** At most `most` of the list, spread over the whole of it. */
function evenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list
  const step = list.length / most
  return Array.from({ length: most }, (_, i) => list[Math.floor(i * step)])
}
