/** The visitor's own feedback on each item, with the event to remove to take it back. */
import type { LoggedEvent } from './event.ts'
import { inTimeOrder } from './taste.ts'

/** The visitor's standing on an item, each with the `seq` to remove to take it back. */
export interface Reaction {
  /** seq of the newest like, unless a dislike came after it. */
  readonly liked?: number
  readonly disliked?: number
  readonly saved?: number
  readonly rated?: { readonly seq: number; readonly stars: number }
}

/**
 * The newest event of each kind wins; like and dislike exclude each other.
 * @returns item id → reactions, only for items that have one
 */
export function reactionsOf(events: readonly LoggedEvent[]): Map<string, Reaction> {
  const reactions = new Map<string, Reaction>()
  for (const event of inTimeOrder(events)) {
    const { item } = event
    if (item === undefined) continue
    const before = reactions.get(item)
    const after = reactionWith(before, event)
    if (after && after !== before) reactions.set(item, after)
  }
  return reactions
}

function reactionWith(before: Reaction | undefined, event: LoggedEvent) {
  const { seq } = event
  switch (event.kind) {
    case 'like': {
      const { disliked: _, ...rest } = before ?? {}
      return { ...rest, liked: seq }
    }
    case 'dislike': {
      const { liked: _, ...rest } = before ?? {}
      return { ...rest, disliked: seq }
    }
    case 'save':
      return { ...before, saved: seq }
    case 'rate':
      return { ...before, rated: { seq, stars: event.value ?? 0 } }
    default:
      return before
  }
}
