/**
 * How far an item that was passed over speaks against items like it: a share of what one that
 * was chosen supports them, found on users held out, and nil where it finds them nothing.
 *
 * What stands in for passing over are the items that a user rated below a like: in a table of
 * choices alone nobody passed over anything. Users held out are played with part of their
 * likes and their low ratings, by each share of a grid; the share that finds most of the rest
 * for one half of them (NDCG@20) ships if it beats 0 for the other half beyond chance.
 *
 * A low rating is not quite a skip: who rates an item had chosen it, so it tells of interest
 * too. That errs to the safe side, a share that is too small.
 */
import { topK } from '../../../math/top-k.ts'
import type { FusionWeights } from '../../../pack/pack.ts'
import { createScores, type ScoringPack } from '../../../scoring/score.ts'
import { scoreAll } from '../../../scoring/score-all.ts'
import type { Interactions } from '../../dataset/dataset.ts'
import { ratingThreshold } from '../../dataset/positives.ts'
import { userRatings } from '../../dataset/user-ratings.ts'
import { ndcgAt } from '../../metrics/ranking.ts'
import { evenly, type HeldOutUser } from '../../splits/hold-out.ts'
import { requestOf, seenMask } from '../fusion/simulate.ts'

/** Shares that are tried; 0 is the one to beat. */
export const SKIP_SHARES = [0, 0.05, 0.1, 0.2, 0.4] as const
/** Users played at most: each is scored once a share. */
const MAX_USERS = 600
/** Users below which nothing is beyond chance. */
const MIN_USERS = 40
/** Likes of a user that are known: the first ten, where skips are most of what is known. */
const KNOWN_LIKES = 10
/** Skips of a user that are known: three lists of ten. */
const KNOWN_SKIPS = 30
/** Log odds of one look at the head of a list: what a stand-in counts as. */
const SKIP_ODDS = -1.1
const LIST_LENGTH = 20
/** Two-sided 95 % of a mean. */
const Z = 1.96

export interface SkipShareInput {
  readonly trials: readonly {
    /** Learned without its users. */
    readonly scoring: ScoringPack
    readonly heldOut: readonly HeldOutUser[]
  }[]
  readonly fusion?: FusionWeights | undefined
  readonly interactions?: Interactions | undefined
  readonly onProgress?: (done: number) => void
}

export interface SkipShareReport {
  /** 0: a skip counts against its own item alone. */
  readonly share: number
  /** Users of both halves. */
  readonly users: number
  /** Mean NDCG@20 by share of SKIP_SHARES, over the half that chose. */
  readonly chosenOn: readonly number[]
  /** Mean gain over share 0 of the best of them, and half its 95 % interval, over the other half. */
  readonly gain: number
  readonly within: number
}

/** @returns undefined where the interactions tell nothing of what was passed over */
export function fitSkipShare(input: SkipShareInput): SkipShareReport | undefined {
  const cases = casesOf(input)
  if (cases.length < MIN_USERS) return undefined
  const played = cases.map((each, i) => {
    input.onProgress?.(i / cases.length)
    return SKIP_SHARES.map((share) => qualityOf(each, share, input.fusion))
  })
  const [chooses, checks] = [0, 1].map((half) =>
    played.filter((_, i) => i % 2 === half),
  )
  const chosenOn = SKIP_SHARES.map((_, s) => meanOf(chooses!.map((user) => user[s]!)))
  const best = chosenOn.indexOf(Math.max(...chosenOn))
  const gains = checks!.map((user) => user[best]! - user[0]!)
  const gain = meanOf(gains)
  const variance = meanOf(gains.map((x) => (x - gain) ** 2))
  const within = Z * Math.sqrt(variance / gains.length)
  const share = gain > within ? SKIP_SHARES[best]! : 0
  return { share, users: cases.length, chosenOn, gain, within }
}

interface SkipCase {
  readonly scoring: ScoringPack
  readonly history: Uint32Array
  readonly skips: readonly number[]
  readonly targets: ReadonlySet<number>
}

function casesOf({ trials, interactions }: SkipShareInput): readonly SkipCase[] {
  const first = trials[0]
  const ratings =
    first && interactions && userRatings(interactions, first.scoring.pack.itemCount)
  if (!ratings) return []
  const least = ratingThreshold(interactions.weights)
  const cases = trials.flatMap(({ scoring, heldOut }) =>
    heldOut.map(({ user, history, targets }) => {
      const skips: number[] = []
      for (let e = ratings.indptr[user]!; e < ratings.indptr[user + 1]!; e++) {
        if (ratings.ratings[e]! < least) skips.push(ratings.rows[e]!)
      }
      return {
        scoring,
        history: history.subarray(0, KNOWN_LIKES),
        skips: evenly(skips, KNOWN_SKIPS),
        targets: new Set([...targets, ...history.subarray(KNOWN_LIKES)]),
      }
    }),
  )
  return evenly(
    cases.filter(({ skips }) => skips.length > 0),
    MAX_USERS,
  )
}

function qualityOf(
  { scoring, history, skips, targets }: SkipCase,
  skipShare: number,
  fusion: FusionWeights | undefined,
): number {
  const { taste, ...request } = requestOf(scoring, history)
  const passed = new Map(skips.map((index) => [index, SKIP_ODDS]))
  const into = createScores(scoring.pack.itemCount)
  const { score } = scoreAll(
    scoring,
    { ...request, taste: { ...taste, passed }, skipShare, ...(fusion && { fusion }) },
    into,
  )
  const known = seenMask(score.length, history)
  for (const index of skips) known[index] = 1
  return ndcgAt(topK(score, LIST_LENGTH, known), targets, LIST_LENGTH)
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length
}
