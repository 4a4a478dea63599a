/** The list for a visitor as the page makes it, with its dial from familiar to surprising. */
import { lambdaOf } from '../engine/check-options.ts'
import type { ItemRecord } from '../pack/item.ts'
import { createListLimits } from '../scoring/list-limits.ts'
import { calibratedOrder } from '../scoring/popularity-mix.ts'
import { rankItems } from '../scoring/rank.ts'
import type { ScoreRequest, Scores, ScoringPack } from '../scoring/score.ts'
import { LIST_LENGTH } from './visitor.ts'

/** Settings of the dial (`surprise`) that are measured, familiar first. */
export const DIAL = [0, 0.2, 0.4, 0.6, 0.8, 1] as const
const DIAL_ROW = 'dial-'

/** The name of the row of a setting: `dial-0.2`. */
export const dialRow = (surprise: number): string => `${DIAL_ROW}${surprise}`

export const isDialRow = (name: string): boolean => name.startsWith(DIAL_ROW)

/**
 * What `recommend` and the shelf for the visitor hold at each setting of the dial: as popular
 * as the visitor's own choices and less, diverse, within the limits of a list. Without the one
 * guess, which is made to learn and not to please.
 *
 * @param items [items of the pack]
 * @returns for one scored visitor: each setting's name, and scores that rank as its list does
 */
export function createDial(scoring: ScoringPack, items: readonly ItemRecord[]) {
  const limitsOf = createListLimits(scoring.pack, (index) => items[index])
  return function* (
    scores: Scores,
    request: ScoreRequest,
    exclude: Uint8Array,
  ): Generator<readonly [name: string, scores: Float32Array]> {
    const { history } = request.taste
    // what is known of a visitor are likes: what was read, not what was looked at
    const limits = limitsOf({
      history: history.map(({ index }) => ({ index, kind: 'like' })),
    })
    for (const surprise of DIAL) {
      const list = rankItems(scoring, scores, request, {
        ...{ count: LIST_LENGTH, exclude, lambda: lambdaOf(surprise), isFilled: true },
        order: calibratedOrder(scoring.pack, scores.score, {
          ...{ history, exclude, surprise },
        }),
        makeLimiter: () => limits.limiter({ count: LIST_LENGTH }),
      })
      const ranked = new Float32Array(scores.itemCount).fill(-Infinity)
      list.forEach(({ index }, place) => {
        ranked[index] = -place
      })
      yield [dialRow(surprise), ranked]
    }
  }
}
