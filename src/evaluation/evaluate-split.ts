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
import type { PackSource, SparseRows } from '../catalogue/pack-source.ts'
import { HearthError } from '../errors.ts'
import { defaultFusion } from '../scoring/fusion.ts'
import { type ColumnThreads, openColumnThreads } from '../training/column-threads.ts'
import type { OnProgress, Positives, UserSplit } from '../training/dataset.ts'
import { fillBudget } from '../training/fill-budget.ts'
import { fitFusion } from '../training/fit-fusion.ts'
import { hideEntries, mergePositives, usersToFind } from '../training/hide-entries.ts'
import type { HeldOutUser } from '../training/hold-out.ts'
import { openTrial } from '../training/learn-parts.ts'
import { popularityOf } from '../training/positives.ts'
import {
  CF_BYTES_PER_ITEM,
  type CfChoice,
  chooseCf,
  entriesFor,
} from '../training/train-cf.ts'
import { bytesOf, checkParts, type EvaluationResult } from './evaluate.ts'
import { evaluateEase } from './evaluate-ease.ts'
import { type Measured, measureVisitors, presentParts } from './measure-visitors.ts'
import { recallOfAll } from './metrics.ts'

export interface SplitOptions {
  /** Of the hidden tenth, the order of histories and the bootstrap. Default 1. */
  readonly seed?: number
  /** Names out of EVALUATED; fusion always comes along. */
  readonly parts?: readonly string[]
  /** Ceiling on the CF block as written. Default CF_BYTES_PER_ITEM. */
  readonly bytesPerItem?: number
  readonly threads?: number
  readonly onProgress?: OnProgress
}

export interface SplitResult
  extends Pick<EvaluationResult, 'name' | 'items' | 'seed' | 'parts'> {
  readonly users: number
  readonly bytesPerItem: Readonly<Record<string, number>>
  readonly measured: Readonly<Record<string, Measured>>
  readonly cf: CfChoice & { readonly entriesPerItem: number }
  /** λ of the dense baseline; absent where the catalogue is too large for it. */
  readonly easeRidge?: number
}

/** Share of each user's training entries that is hidden where there is no validation. */
const HIDDEN_SHARE = 0.1
/** Users that settings are chosen on at most. */
const MOST_TUNING_USERS = 6000

/**
 * @throws HearthError `bad-input` if no user has anything to find, `bad-argument` for an
 *   unknown part
 */
export async function evaluateSplit(
  split: UserSplit,
  options: SplitOptions = {},
): Promise<SplitResult> {
  const { seed = 1, onProgress } = options
  const wanted = checkParts(options.parts)
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
    const learned = await learn(split, { ...tuning, all, threads, options })
    const scoring = await openTrial(learned.source)
    const parts = presentParts(scoring).filter((part) => wanted.has(part))
    onProgress?.('scoring the test', 0)
    const how = { k: 'all', parts, seed, recall: recallOfAll } as const
    const measured = measureVisitors(scoring, users, how)
    const ease = evaluateEase({
      ...tuning,
      all,
      users,
      seed,
      ...(onProgress && { onProgress }),
    })
    return {
      name: split.name,
      items: split.itemIds.length,
      users: users.length,
      seed,
      parts,
      bytesPerItem: bytesOf(scoring.pack.manifest),
      measured: { ...measured, ...(ease ? { ease: ease.measured } : {}) },
      cf: learned.cf,
      ...(ease ? { easeRidge: ease.ridge } : {}),
    }
  } finally {
    await threads.close()
  }
}

interface Tuning {
  readonly train: Positives
  readonly heldOut: readonly HeldOutUser[]
}

function tuningOf(split: UserSplit, seed: number): Tuning {
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

async function learn(
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
  const choice = await chooseCf(train, heldOut, { ...search, histories: 'full' })
  const budget = { bytesPerItem, threads, ...progress }
  const trial = await fillBudget(train, choice.chosen, budget)
  const fitted = fitFusion(
    await openTrial(sourceOf(split, train, trial.rows)),
    heldOut,
    (done) => onProgress?.('fitting the fusion', done),
  )
  const final = await fillBudget(all, choice.chosen, budget)
  const source = sourceOf(split, all, final.rows)
  return {
    source: fitted ? { ...source, fusion: fitted.fusion } : source,
    cf: { ...choice, entriesPerItem: final.entriesPerItem },
  }
}

/** A pack of nothing but co-use and popularity: such folders say no more of an item. */
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
    entities: {
      entities: [],
      indptr: new Uint32Array(items.length + 1),
      indices: new Uint16Array(0),
    },
    popularity: popularityOf(positives),
    flags: new Uint8Array(items.length),
    firstRows: [0],
  }
}
