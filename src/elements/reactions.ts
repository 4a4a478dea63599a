/** Like, not for me, save: what a card shows of them. */
import type { Reaction } from '../index.ts'

export const REACTIONS = ['like', 'dislike', 'save'] as const
export type ReactionKind = (typeof REACTIONS)[number]

/** Where a reaction holds the event behind it. */
export const FIELD = { like: 'liked', dislike: 'disliked', save: 'saved' } as const
/** The event behind a reaction, to remove to take it back. */
export const seqOf = (reaction: Reaction | undefined, kind: ReactionKind) =>
  reaction?.[FIELD[kind]]

export const hasReaction = (reaction: Reaction | undefined, kind: ReactionKind) =>
  seqOf(reaction, kind) !== undefined

/** The item with another reaction, or none. */
export function withReaction<T extends { readonly reaction?: Reaction }>(
  item: T,
  reaction: Reaction | undefined,
): T {
  const { reaction: _, ...rest } = item
  return (reaction ? { ...rest, reaction } : rest) as T
}
