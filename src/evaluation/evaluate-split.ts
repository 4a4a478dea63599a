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
import { assembleJson, bytesOf, flatSettings } from './assemble-json.ts'
import { prepareBaselines } from './baselines/prepare-baselines.ts'
import type { EvaluationJson } from './evaluation-json.ts'
import { learnSplit, type SplitOptions, tuningOf } from './learn-split.ts'
import { inTurn, measureVisitors } from './measure-visitors.ts'
import { askedRows } from './names.ts'
import { ablationsOf, packScores, presentParts } from './pack-scores.ts'

const PROTOCOL =
  'Visitors are users trained on; every item but their training ones is ranked, and recall is hits / targets.'
/** Users that baselines are tuned on at most. */
const MOST_TUNING_USERS = 1500

/**
 * @throws HearthError `bad-input` if no user has anything to find, `bad-argument` for an
 *   unknown part
 */
export async function evaluateSplit(
  split: UserSplit,
  options: SplitOptions = {},
): Promise<EvaluationJson> {
  const { seed = 1, onProgress } = options
  const asked = askedRows(options.parts)
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
    const parts = presentParts(scoring).filter((part) => asked.parts.has(part))
    const baselines = prepareBaselines({
      tuning: {
        train: tuning.train,
        heldOut: evenly(tuning.heldOut, MOST_TUNING_USERS),
      },
      train: all,
      counts: ['all'],
      names: asked.baselines,
      ...(onProgress && { onProgress }),
    })
    onProgress?.('scoring the test', 0)
    const asPage = packScores(scoring, {
      parts,
      ...(options.ablate && { ablations: ablationsOf(scoring) }),
    })
    const scores = inTurn(asPage, baselines.source)
    const how = { k: 'all', rows: scoring.pack.rows, seed, recall: 'of-all' } as const
    const measured = measureVisitors(scores, users, how)
    const head = {
      name: split.name,
      protocol: PROTOCOL,
      split: 'given',
      items: split.itemIds.length,
      visitors: users.length,
      seed,
      recall: how.recall,
      bytesPerItem: bytesOf(scoring.pack.manifest),
      settings: {
        cf: { ...flatSettings(learned.cf.chosen), ...flatSettings(learned.cf) },
        ...(learned.tower ? { tower: flatSettings(learned.tower) } : {}),
        ...baselines.settings,
      },
      notes: baselines.notes,
    } as const
    return assembleJson([{ k: 'all', ...measured }], head, baselines.names)
  } finally {
    await threads.close()
  }
}

/** At most `most` of the list, spread over the whole of it. */
function evenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list
  const step = list.length / most
  return Array.from({ length: most }, (_, i) => list[Math.floor(i * step)])
}
