/** A split → the pack that is measured: settings chosen on validation, then all trained on. */
import type { PackSource, SparseRows } from '../catalogue/pack-source.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import type { ColumnThreads } from '../training/column-threads.ts'
import type { OnProgress, Positives, UserSplit } from '../training/dataset.ts'
import { fillBudget } from '../training/fill-budget.ts'
import { fitFusion } from '../training/fit-fusion.ts'
import { hideEntries, usersToFind } from '../training/hide-entries.ts'
import { type HeldOutUser, holdOutUsers } from '../training/hold-out.ts'
import { openTrial } from '../training/learn-parts.ts'
import { learnTowers } from '../training/learn-towers.ts'
import { popularityOf } from '../training/positives.ts'
import { CF_BYTES_PER_ITEM, chooseCf, entriesFor } from '../training/train-cf.ts'
import { askedRows } from './names.ts'

export interface SplitOptions {
  /** Of the hidden tenth, the order of histories and the bootstrap. Default 1. */
  readonly seed?: number
  /** Names of parts and baselines; fusion always comes along. Default: all there are. */
  readonly parts?: readonly string[]
  /** Measure the fusion without each part too, and the blends that are not fitted. */
  readonly ablate?: boolean
  /** Ceiling on the CF block as written. Default CF_BYTES_PER_ITEM. */
  readonly bytesPerItem?: number
  readonly threads?: number
  readonly onProgress?: OnProgress
}

/** Share of each user's training entries that is hidden where there is no validation. */
const HIDDEN_SHARE = 0.1
/** Share of the users that end the towers' training, and their ceiling. */
const ASIDE_SHARE = 0.1
const MOST_ASIDE = 1000
/** Users that settings are chosen on at most. */
const MOST_TUNING_USERS = 6000

/** Who settings are chosen by, and what is trained on meanwhile. */
export interface Tuning {
  readonly train: Positives
  readonly heldOut: readonly HeldOutUser[]
}

/** The split's own validation, or a hidden tenth of its training. */
export function tuningOf(split: UserSplit, seed: number): Tuning {
  const { train, valid } = split.valid
    ? { train: split.train, valid: split.valid }
    : hideEntries(split.train, { share: HIDDEN_SHARE, seed })
  const users = usersToFind(train, valid, seed).filter(
    ({ foldIn }) => foldIn.length > 0,
  )
  const step = Math.max(1, users.length / MOST_TUNING_USERS)
  const count = Math.min(users.length, MOST_TUNING_USERS)
  const heldOut = Array.from({ length: count }, (_, i) => users[Math.floor(i * step)])
  return { train, heldOut }
}

/** Settings chosen on `tuning`, then the pack fitted on `all` within the budget. */
export async function learnSplit(
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
  const choice = await chooseCf([{ train, heldOut }], { ...search, histories: 'full' })
  const budget = { bytesPerItem, threads, ...progress }
  const trial = await fillBudget(train, choice.chosen, budget)
  const towers = await towersOf(train, options)
  const tower = towers ? { tower: towers.block } : {}
  const fitted = fitFusion(
    await openTrial({ ...sourceOf(split, train, trial.rows), ...tower }),
    heldOut,
    {
      histories: 'full',
      onProgress: (done) => onProgress?.('fitting the fusion', done),
    },
  )
  const final = await fillBudget(all, choice.chosen, budget)
  const source = { ...sourceOf(split, all, final.rows), ...tower }
  return {
    source: fitted ? { ...source, fusion: fitted.fusion } : source,
    cf: { ...choice, entriesPerItem: final.entriesPerItem },
    ...(towers ? { tower: towers.report } : {}),
  }
}

/** Of nine tenths of the users, and what settings are chosen by stays hidden from them. */
async function towersOf(train: Positives, options: SplitOptions) {
  if (!askedRows(options.parts).parts.has('tower')) return undefined
  const { seed = 1 } = options
  const among = holdOutUsers(train, { share: ASIDE_SHARE, seed, most: MOST_ASIDE })
  return learnTowers(noEntities(train.rowCount), among, options)
}

function noEntities(rows: number): PackSource['entities'] {
  return {
    entities: [],
    indptr: new Uint32Array(rows + 1),
    indices: new Uint16Array(0),
  }
}

/** A pack of co-use and popularity: such folders say no more of an item. */
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
    entities: noEntities(items.length),
    popularity: popularityOf(positives),
    flags: new Uint8Array(items.length),
    firstRows: [0],
  }
}
