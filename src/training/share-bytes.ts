/**
 * How a budget of bytes is divided between what goes with what (CF) and what follows what
 * (sequence): by what the fusion of both finds for held-out users.
 *
 * The fusion is fitted on one half of them and judged on the other, then the other way
 * round, so that one more part is not better by being fitted. Sequence starts with a third of the bytes and gets more
 * as long as that is better; where a third is no better than none, it is left out.
 */
import type { PackSource, SparseRows } from '../catalogue/pack-source.ts'
import type { ScoringPack } from '../scoring/score.ts'
import type { Interactions, OnProgress, Positives } from './dataset.ts'
import { fitFusion } from './fit-fusion.ts'
import type { HoldOut } from './hold-out.ts'
import { isBetter, judgeFusion, meanOf } from './judge-fusion.ts'
import { holdOutSequences, sampleOf } from './sequence-cases.ts'
import { ordersOf } from './sequence-orders.ts'
import { searchSequence } from './sequence-search.ts'
import { withSpread } from './sequence-spread.ts'
import { entriesWithin, trainSequence } from './train-sequence.ts'

export interface ShareOptions {
  /** Absent, or without times: there is no order to learn from. */
  readonly interactions?: Interactions
  readonly bytesPerItem: number
  readonly seed: number
  /** CF rows of the split's training within so many bytes an item. */
  readonly trainCf: (bytesPerItem: number) => Promise<SparseRows>
  /** The pack as a browser would have it. */
  readonly openTrial: (source: PackSource) => Promise<ScoringPack>
  readonly onProgress?: OnProgress
}

export interface ShareTrial {
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

type SequenceBlocks = Pick<PackSource, 'sequence' | 'sequenceReading'>

export interface SharedBytes {
  readonly report: ByteShare
  /** What CF is left with: 0 = no CF. */
  readonly cfBytes: number
  /** Both blocks as learned from the split's training. */
  readonly blocks: Pick<PackSource, 'cf'> & SequenceBlocks
  /** The sequence block of other users' events, by the settings that were chosen. */
  readonly sequenceOf: (positives: Positives) => SequenceBlocks
}

/** Sequence's shares of the bytes, tried in turn. */
const SHARES = [1 / 3, 2 / 3, 1]
/** Relative gain that sequence must bring, beyond chance: else the bytes stay CF's. */
const LEAST_GAIN = 0.005
/** Fewer users or cases say too little to divide by. */
const LEAST_USERS = 30
/** Users judged at most. */
const MOST_USERS = 400
const LEAST_CASES = 200
const ASIDE_SHARE = 0.1
const MOST_CASES = 5000

/**
 * @param base the pack so far, as learned without the split's held-out users
 * @throws whatever training CF throws
 */
export async function shareBytes(
  base: PackSource,
  split: HoldOut,
  options: ShareOptions,
): Promise<SharedBytes> {
  const { bytesPerItem } = options
  const plan = planSequence(split, options)
  if (typeof plan === 'string') {
    const cf = await options.trainCf(bytesPerItem)
    const report = { share: 0, tried: [], note: `Sequence is off: ${plan}` }
    return { report, cfBytes: bytesPerItem, blocks: { cf }, sequenceOf: () => ({}) }
  }
  const tried: ShareTrial[] = []
  const attempt = async (share: number) => {
    const blocks = await blocksAt(share, plan(split.train), options)
    const found = await judgeBlocks({ ...base, ...blocks }, split, options)
    tried.push({ share, quality: meanOf(found) })
    return { share, blocks, found }
  }
  let best = await attempt(0)
  for (const share of SHARES) {
    const next = await attempt(share)
    const isWorth =
      best.share === 0
        ? isBetter(best.found, next.found, LEAST_GAIN)
        : meanOf(next.found) > meanOf(best.found)
    if (!isWorth) break
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

/** Makes the sequence block of some users' events within so many bytes an item. */
type Plan = (positives: Positives) => (bytesPerItem: number) => SequenceBlocks

/** @returns why there is nothing to plan, or how the block is made */
function planSequence(
  { train, heldOut }: HoldOut,
  { interactions, bytesPerItem, seed, onProgress }: ShareOptions,
): string | Plan {
  const orders = interactions && ordersOf(interactions, train)
  if (!orders) return 'the interactions have no times.'
  const held = holdOutSequences(orders, {
    share: ASIDE_SHARE,
    mostCases: MOST_CASES,
    seed,
  })
  if (heldOut.length < LEAST_USERS || held.cases.length < LEAST_CASES) {
    return 'too few users to tell whether order helps.'
  }
  const { settings, reading } = searchSequence(held.train, held.cases, {
    entriesPerItem: entriesWithin(bytesPerItem / 2, orders.rowCount),
    length: 20,
    onProgress: (done) => onProgress?.('choosing sequence settings', done),
  })
  return (positives) => {
    const all = positives === train ? orders : ordersOf(interactions, positives)
    return (bytes) => {
      const { rows } = trainSequence(all ?? orders, settings, { bytesPerItem: bytes })
      return withSpread(rows, reading, held.cases)
    }
  }
}

async function blocksAt(
  share: number,
  sequenceWithin: (bytesPerItem: number) => SequenceBlocks,
  { bytesPerItem, trainCf }: ShareOptions,
): Promise<SharedBytes['blocks']> {
  return {
    ...(share < 1 ? { cf: await trainCf((1 - share) * bytesPerItem) } : {}),
    ...(share > 0 ? sequenceWithin(share * bytesPerItem) : {}),
  }
}

/** [users] what each would have found, by a fusion fitted on the other half of them. */
async function judgeBlocks(
  source: PackSource,
  { heldOut }: HoldOut,
  { openTrial, seed, onProgress }: ShareOptions,
): Promise<Float64Array> {
  const trial = await openTrial(source)
  const users = sampleOf(heldOut, MOST_USERS, seed)
  const halves = [0, 1].map((odd) => users.filter((_, n) => n % 2 === odd))
  return Float64Array.from(
    halves.flatMap((fitting, odd) => {
      const fitted = fitFusion(trial, fitting, {
        onProgress: (done) => onProgress?.('dividing the bytes', (odd + done) / 2),
      })
      return [...judgeFusion(trial, halves[1 - odd], fitted?.fusion)]
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
