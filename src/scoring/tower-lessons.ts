/**
 * What of a log the towers learn from: the history up to the last thing that the visitor did
 * with an item, and what they had refused by then. Views alone are no lesson, they only say
 * against what the others stood; so a page that is scrolled through tunes nothing.
 *
 * A function of the log alone, whenever it is asked: decay counts to the last lesson, not to
 * now, and events that arrived after it are left out.
 */
import type { LoggedEvent } from '../feedback/event.ts'
import { deriveTaste, inTimeOrder } from '../feedback/taste.ts'
import { strengthOf } from '../feedback/weights.ts'
import type { WeightedItem } from './score.ts'

/** Chance that a card that was on the screen was looked at: the mean place of a list of ten. */
const LOOKED_AT = 0.8

export interface TowerLessons {
  /** k, the positive events. */
  readonly eventCount: number
  /** Newest first, one entry an item, weights in (0, 1]. */
  readonly history: readonly WeightedItem[]
  /**
   * Newest first, one entry an item: disliked or rated badly last (weight 1 for the worst), else
   * seen without being opened since, 1 − (1 − LOOKED_AT)^views.
   */
  readonly refused: readonly WeightedItem[]
}

/**
 * @param events in the order they arrived
 * @param last seq of the last lesson: `lastLessonOf` gives it
 */
export function towerLessons(
  events: readonly LoggedEvent[],
  indexOf: (id: string) => number | undefined,
  last: number,
): TowerLessons {
  const heard = sinceReset(inTimeOrder(events.filter(({ seq }) => seq <= last)))
  const now = heard.at(-1)?.at ?? 0
  const { eventCount, history } = deriveTaste(heard, indexOf, now)
  return { eventCount, history, refused: refusedItems(heard, indexOf) }
}

/** What the visitor went back from is not learned again. */
function sinceReset(ordered: readonly LoggedEvent[]): readonly LoggedEvent[] {
  return ordered.slice(ordered.findLastIndex(({ kind }) => kind === 'reset') + 1)
}

function refusedItems(
  ordered: readonly LoggedEvent[],
  indexOf: (id: string) => number | undefined,
): WeightedItem[] {
  // a Map keeps the order of insertion: an item that is seen again moves to the end
  const refusals = new Map<string, number>()
  for (const { kind, item, ...event } of ordered) {
    if (item === undefined) continue
    const before = refusals.get(item) ?? 0
    if (kind === 'impression') {
      // what was taken up stays so, however often it is shown again
      if (before === TAKEN_UP) continue
      refusals.delete(item)
      refusals.set(item, 1 - (1 - before) * (1 - LOOKED_AT))
      continue
    }
    const strength = strengthOf({ kind, item, ...event })
    refusals.delete(item)
    refusals.set(item, strength < 0 ? -strength : TAKEN_UP)
  }
  return [...refusals].reverse().flatMap(([id, weight]) => {
    const index = weight === TAKEN_UP ? undefined : indexOf(id)
    return index === undefined ? [] : [{ index, weight }]
  })
}
/** In place of a weight: opened, liked, saved or rated well. */
const TAKEN_UP = -1
