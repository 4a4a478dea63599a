/**
 * How a budget of bytes is divided between what goes with what (CF) and what follows what
 * (sequence): by what the fusion of both finds for held-out users.
 *
 * The fusion is fitted on one half of them and evaluated on the other, then the other way
 * round, so that one more component is not better by being fitted. Sequence starts with a
 * third of the bytes and gets more as long as that is better; where a third is no better
 * than none, it is left out.
 */

import { topK } from '../math/top-k.ts'
import type { FusionWeights } from '../pack/pack.ts'
import type { PackSource, SparseRows } from '../pack/pack-source.ts'
import type { ScoringPack } from '../scoring/score.ts'
import { scoreAll } from '../scoring/score-all.ts'
import type { OnProgress, Positives } from './dataset/dataset.ts'
import { ndcgAt } from './metrics/ranking.ts'
import { type FusionTrial, fusionModel } from './models/fusion/fusion.ts'
import { requestOf, seenMask } from './models/fusion/simulate.ts'
import { sampleOf } from './models/sequential/sequences.ts'
import type {
  SequenceBlocks,
  SequencePlan,
  WithinBytes,
} from './models/sequential/sequential.ts'
import { openTrial } from './open-trial.ts'
import type { HeldOutUser, HoldOut } from './splits/hold-out.ts'

interface ShareOptions {
  /** Of both blocks together. */
  readonly bytesPerItem: number
  readonly seed: number
  /** CF rows of these positives within so many bytes an item. */
  readonly fitCf: (positives: Positives, bytesPerItem: number) => Promise<SparseRows>
  readonly onProgress?: OnProgress
}

interface ShareTrial {
  /** Of the bytes, sequence's. */
  readonly share: number
  /** Mean of (NDCG@20 + Recall@20) / 2 on users the fusion was not fitted on. */
  readonly quality: number
}

export interface ByteShare {
  /** Of the bytes, sequence's: 0 where it is off. */
  readonly share: number
  readonly tried: readonly ShareTrial[]
  /** What an owner should know. */
  readonly note: string
}

type Blocks = Pick<PackSource, 'cf'> & SequenceBlocks

/** Users held out, and the pack so far, as learned without them. */
export interface ShareFold {
  readonly base: PackSource
  readonly split: HoldOut
}

interface SharedBytes {
  readonly report: ByteShare
  /** Bytes left for CF, an item: 0 = no CF. */
  readonly cfBytes: number
  /** Both blocks as learned from each fold's training. */
  readonly blocks: readonly Blocks[]
  /** The sequence block of any users' events, by the chosen settings. */
  readonly sequenceOf: (positives: Positives) => SequenceBlocks
}

/** Shares of the bytes for sequence, tried in turn. */
const SHARES = [1 / 3, 2 / 3, 1]
/** Relative gain that sequence must bring, beyond chance: else the bytes stay CF's. */
const MIN_GAIN = 0.005
/** Users evaluated at most. */
const MAX_USERS = 400

/**
 * @param folds one or more
 * @param plan as `planSequence` made it, or why there is none
 * @throws whatever fitting CF throws
 */
export async function shareBytes(
  folds: readonly ShareFold[],
  plan: SequencePlan | string,
  options: ShareOptions,
): Promise<SharedBytes> {
  const { bytesPerItem } = options
  const blocksWith = async (share: number, sequences?: readonly WithinBytes[]) => {
    const blocks: Blocks[] = []
    for (const [f, { split }] of folds.entries()) {
      blocks.push(
        await blocksAt(share, split.train, { ...options, sequence: sequences?.[f] }),
      )
    }
    return blocks
  }
  if (typeof plan === 'string') {
    const blocks = await blocksWith(0)
    const report = { share: 0, tried: [], note: `Sequence is off: ${plan}` }
    return { report, cfBytes: bytesPerItem, blocks, sequenceOf: () => ({}) }
  }
  const sequences = folds.map(({ split }) => plan(split.train))
  const tried: ShareTrial[] = []
  const attempt = async (share: number) => {
    const blocks = await blocksWith(share, sequences)
    const found = await evaluateBlocks(folds, blocks, options)
    tried.push({ share, quality: meanOf(found) })
    return { share, blocks, found }
  }
  let best = await attempt(0)
  for (const share of SHARES) {
    const next = await attempt(share)
    const isBest =
      best.share === 0
        ? isBetter(best.found, next.found, MIN_GAIN)
        : meanOf(next.found) > meanOf(best.found)
    if (!isBest) break
    best = next
  }
  const { share, blocks } = best
  return {
    report: { share, tried, note: noteOf(share, tried) },
    cfBytes: (1 - share) * bytesPerItem,
    blocks,
    sequenceOf: (positives) => (share > 0 ? plan(positives)(share * bytesPerItem) : {}),
  }
}

async function blocksAt(
  share: number,
  train: Positives,
  {
    bytesPerItem,
    fitCf,
    sequence,
  }: Pick<ShareOptions, 'bytesPerItem' | 'fitCf'> & {
    readonly sequence: WithinBytes | undefined
  },
): Promise<Blocks> {
  return {
    ...(share < 1 ? { cf: await fitCf(train, (1 - share) * bytesPerItem) } : {}),
    ...(share > 0 ? sequence?.(share * bytesPerItem) : {}),
  }
}

/** [users] what each would have found, by a fusion fitted on the other half of them. */
async function evaluateBlocks(
  folds: readonly ShareFold[],
  blocks: readonly Blocks[],
  { seed, onProgress }: ShareOptions,
): Promise<Float64Array> {
  const halves: [FusionTrial[], FusionTrial[]] = [[], []]
  for (const [f, { base, split }] of folds.entries()) {
    const scoring = await openTrial({ ...base, ...blocks[f] })
    const users = sampleOf(split.heldOut, MAX_USERS, seed)
    halves.forEach((half, odd) => {
      half.push({ scoring, heldOut: users.filter((_, n) => n % 2 === odd) })
    })
  }
  return Float64Array.from(
    halves.flatMap((trials, odd) => {
      const fitted = fusionModel.fit({
        trials,
        onProgress: (done) => onProgress?.('dividing the bytes', (odd + done) / 2),
      })
      return halves[1 - odd].flatMap(({ scoring, heldOut }) => [
        ...evaluateFusion(scoring, heldOut, fitted?.fusion),
      ])
    }),
  )
}

function noteOf(share: number, tried: readonly ShareTrial[]): string {
  return share === 0
    ? `Sequence is off: it found no more than CF alone (${listed(tried)}).`
    : `Sequence has ${Math.round(100 * share)} % of the bytes (${listed(tried)}).`
}

function listed(tried: readonly ShareTrial[]): string {
  return tried
    .map(
      ({ share, quality }) =>
        `${Math.round(100 * share)} %: ${(100 * quality).toFixed(2)}`,
    )
    .join(', ')
}

// What the fused list finds for users that nothing was fitted on.

/** Histories evaluated of each user: the newest so many events, and all. */
const LENGTHS = [1, 3, 10, Infinity]
const LIST_LENGTH = 20

/**
 * Of each user the mean over lengths of the history of (NDCG@20 + Recall@20) / 2, recall
 * being hits / min(20, targets).
 *
 * @param fusion default the pack's own
 * @returns [users]
 */
export function evaluateFusion(
  scoring: ScoringPack,
  users: readonly HeldOutUser[],
  fusion: FusionWeights = scoring.pack.manifest.fusion,
): Float64Array {
  return Float64Array.from(users, ({ history, targets }) => {
    const wanted = new Set(targets)
    const lengths = LENGTHS.filter((n) => n < history.length || n === Infinity)
    let sum = 0
    for (const length of lengths) {
      const newest = history.subarray(0, length)
      const { score } = scoreAll(scoring, { ...requestOf(scoring, newest), fusion })
      const seen = seenMask(scoring.pack.itemCount, newest)
      const top = topK(score, LIST_LENGTH, seen)
      const hits = top.reduce((n, item) => n + (wanted.has(item) ? 1 : 0), 0)
      const recall = hits / Math.min(LIST_LENGTH, wanted.size)
      sum += (ndcgAt(top, wanted, LIST_LENGTH) + recall) / 2
    }
    return sum / lengths.length
  })
}

/** Standard deviations of a normal distribution. */
const ONE_SIDED_95 = 1.645

/**
 * Whether `after` is better than `before` by more than `share` of it, and by more than
 * chance would make it on the same users.
 *
 * @param before [users] as from `evaluateFusion`
 * @param after [users]
 */
export function isBetter(
  before: Float64Array,
  after: Float64Array,
  share: number,
): boolean {
  const count = before.length
  if (count < 2) return false
  const gains = before.map((value, user) => after[user] - value)
  const gain = meanOf(gains)
  const variance = gains.reduce((sum, x) => sum + (x - gain) ** 2, 0) / (count - 1)
  return (
    gain > share * meanOf(before) && gain > ONE_SIDED_95 * Math.sqrt(variance / count)
  )
}

/** 0 without values. */
export function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
