/**
 * The log → what the fusion is learned from: how items were shown, and whether the visitor
 * took them. Pure, and of the events alone: one that was removed is as if it had never been.
 */
import type { FeedbackEvent, LoggedEvent } from '../feedback/event.ts'
import { strengthOf } from '../feedback/weights.ts'
import type { Observation } from '../scoring/online-fusion.ts'

/** An observation and where it stands in the log. */
export interface LoggedObservation extends Observation {
  readonly seq: number
  readonly slate: string
}

/** Lists that the fusion ranks: all others order by something else. */
const LEARNED_FROM: ReadonlySet<string> = new Set(['shipped', 'learned', 'guess'])
/** Newest observations that count: some months of lists, and a few ms to learn from. */
export const MAX_OBSERVATIONS = 1_000
/** What a visitor does with an item this long after it was seen is of that view, ms. */
const ANSWER_MS = 30 * 60_000

/**
 * The newest observations, oldest first, at most `MAX_OBSERVATIONS`. One pass from the newest
 * event back. Events count in the order they arrived in, so that a clock that jumps changes
 * nothing but what is within half an hour; an event belongs to the newest view before it, of
 * its own list where it names one.
 *
 * @param events oldest first, as the log holds them; views before the last `reset` do not count
 */
export function observationsOf(events: readonly LoggedEvent[]): LoggedObservation[] {
  const answers = new Map<string, FeedbackEvent[]>()
  const found: LoggedObservation[] = []
  for (let i = events.length - 1; i >= 0 && found.length < MAX_OBSERVATIONS; i--) {
    const event = events[i]!
    const { kind, item, slate, shown } = event
    if (kind === 'reset') break
    if (item === undefined) continue
    if (strengthOf(event) > 0) answers.set(item, [...(answers.get(item) ?? []), event])
    if (kind !== 'impression' || !shown || slate === undefined) continue
    if (!LEARNED_FROM.has(shown.policy)) continue
    const own = answers.get(item)
    const isTaken = own?.some((answer) => isAnswer(answer, event)) ?? false
    // what answers this view answers none before it
    if (isTaken)
      answers.set(
        item,
        own!.filter((answer) => !isAnswer(answer, event)),
      )
    const { parts: components, ...place } = shown
    found.push({ ...place, components, isTaken, seq: event.seq, slate })
  }
  return found.reverse()
}

function isAnswer(answer: FeedbackEvent, view: FeedbackEvent): boolean {
  if (answer.slate !== undefined && answer.slate === view.slate) return true
  const laterMs = answer.at - view.at
  return answer.slate === undefined && laterMs >= 0 && laterMs <= ANSWER_MS
}

/**
 * Without those of the newest list: the visitor may still be choosing from it. So a click
 * there changes nothing that was learned, and the list that follows it need not wait for that.
 */
export function settled(
  observations: readonly LoggedObservation[],
): readonly LoggedObservation[] {
  const newest = observations.at(-1)?.slate
  return observations.filter(({ slate }) => slate !== newest)
}

export function areSame(
  some: readonly LoggedObservation[],
  others: readonly LoggedObservation[],
): boolean {
  const isSame = ({ seq, isTaken }: LoggedObservation, i: number) =>
    seq === others[i]!.seq && isTaken === others[i]!.isTaken
  return some.length === others.length && some.every(isSame)
}
