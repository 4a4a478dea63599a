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
import { HearthError } from '../errors.ts'
import { openColumnThreads } from '../training/column-threads.ts'
import type { UserSplit } from '../training/dataset.ts'
import { mergePositives, usersToFind } from '../training/hide-entries.ts'
import { openTrial } from '../training/learn-parts.ts'
import type { CfChoice } from '../training/train-cf.ts'
import { bytesOf, checkParts, type EvaluationResult } from './evaluate.ts'
import { evaluateEase } from './evaluate-ease.ts'
import { learnSplit, type SplitOptions, tuningOf } from './learn-split.ts'
import { type Measured, measureVisitors, presentParts } from './measure-visitors.ts'
import { recallOfAll } from './metrics.ts'

export interface SplitResult
  extends Pick<EvaluationResult, 'name' | 'items' | 'seed' | 'parts'> {
  readonly users: number
  readonly bytesPerItem: Readonly<Record<string, number>>
  readonly measured: Readonly<Record<string, Measured>>
  readonly cf: CfChoice & { readonly entriesPerItem: number }
  /** λ of the dense baseline; absent where the catalogue is too large for it. */
  readonly easeRidge?: number
}

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
    const learned = await learnSplit(split, { ...tuning, all, threads, options })
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
