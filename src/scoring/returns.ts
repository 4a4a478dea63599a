/**
 * What a visitor may want to come back to: the items of the last events, scored apart from
 * the items that they have not seen.
 *
 *   rep(i) = Σ over the last events on item i of worth(age)      (the pack's return table)
 *   score  = the item's own score + w·rep(i)·Σ S / spread
 *
 * S is the score by the sequence block, w the weight of that component and the spread its
 * own: so rep is in the units of the score, a return of worth 1 weighing as much as S summed
 * over the catalogue. Where S is 0 everywhere, its sum and spread count as 1.
 */
import type { ReturnTable } from '../pack/decay-settings.ts'
import type { Pack } from '../pack/pack.ts'
import { weightsFor } from './fusion.ts'
import type { ScoreRequest, Scores, ScoringPack, TasteView } from './score.ts'
import { decaySettingsOf, recentEvents, sequenceMoments } from './sequential.ts'

/** Something to come back to. */
interface ReturnScore {
  readonly index: number
  readonly score: number
  /** rep: what its events are worth by the return table, > 0. */
  readonly worth: number
}

/** What an event of that age is worth to its own item. */
export function returnWorth(
  age: number,
  { newest, second, older, fading }: ReturnTable,
): number {
  if (age === 0) return newest
  return age === 1 ? second : older * fading ** (age - 2)
}

/** Item → rep, for every item of the last events that was not refused. */
export function returnWorths(taste: TasteView, table: ReturnTable) {
  const worths = new Map<number, number>()
  for (const { index, age } of recentEvents(taste)) {
    worths.set(index, (worths.get(index) ?? 0) + returnWorth(age, table))
  }
  return worths
}

/**
 * The items of the last events that are worth coming back to, best first; ties: the one
 * seen last wins. Empty if the pack's return table, or the weight of its sequence, is 0.
 *
 * @param scores of the same request, by `scoreAll`
 */
export function returnScores(
  { pack }: ScoringPack,
  request: ScoreRequest,
  { score }: Pick<Scores, 'score'>,
): ReturnScore[] {
  const unit = returnUnit(pack, request)
  const worths = returnWorths(request.taste, decaySettingsOf(pack).returns)
  return [...worths]
    .map(([index, worth]) => ({ index, worth, score: score[index] + unit * worth }))
    .filter(({ worth }) => worth > 0 && unit > 0)
    .sort((a, b) => b.score - a.score)
}

/**
 * One list of seen and unseen items: the score of `scoreAll`, with the seen ones raised by
 * what coming back is worth. The page shows the two apart; this is how they compare.
 *
 * @param scores of the same request, by `scoreAll`
 * @returns [items] a new array
 */
export function withReturns(
  scoring: ScoringPack,
  request: ScoreRequest,
  scores: Pick<Scores, 'score'>,
): Float32Array {
  const all = scores.score.slice()
  for (const { index, score } of returnScores(scoring, request, scores)) {
    all[index] = score
  }
  return all
}

/** What a rep of 1 is in the units of the score; 0 without a sequence block. */
function returnUnit(pack: Pack, { taste, fusion }: ScoreRequest): number {
  if (!pack.sequence) return 0
  const count = Number.isFinite(taste.eventCount)
    ? taste.eventCount
    : taste.history.length
  const weight = weightsFor(fusion ?? pack.manifest.fusion, count).sequence
  const moments = sequenceMoments(pack, taste)
  if (!moments || !(moments.deviation > 0)) return weight
  return (weight * moments.sum) / (decaySettingsOf(pack).spread ?? moments.deviation)
}
