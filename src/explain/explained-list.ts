/** What the reasons of one list are made of: its options, and what is looked up for all of it. */
import type { PositiveKind } from '../feedback/item-feedback.ts'
import type { Reaction } from '../feedback/reactions.ts'
import type { ItemTable } from '../pack/items.ts'
import type { Pack } from '../pack/pack.ts'
import type { ScoreRequest, TasteView } from '../scoring/score.ts'
import type { readSupports } from '../scoring/support.ts'
import type { NamedItem } from './reason.ts'

/** What all items of a list share. */
export interface ExplainedList {
  /**
   * Whose likeness is looked for: the visitor's taste and vector, or, with `anchor`, those of
   * somebody who chose that item alone.
   */
  readonly request: ScoreRequest
  /** What the visitor did to each item of the history; of others undefined. */
  readonly kindOf: (index: number) => PositiveKind | undefined
  /** What the visitor said about an item. */
  readonly reactionOf: (index: number) => Reaction | undefined
  /** The visitor's own history, where the request is not theirs. Default: the request's. */
  readonly history?: TasteView['history']
  /** The item that the list is about: it stands over the list, and is not named again. */
  readonly anchor?: number
  /** A text of an earlier search whose vector is the request's. */
  readonly typed?: string
  /** What this search was asked for. */
  readonly search?: string
}

export interface Context extends ExplainedList {
  readonly pack: Pack
  readonly items: ItemTable
  readonly supports: () => ReturnType<typeof readSupports>
  readonly sharedWords: (a: number, b: number) => string[]
  /** The visitor's history. */
  readonly mine: ReadonlySet<number>
  /** Items whose records a pick is compared with, heaviest first. */
  readonly compared: () => readonly number[]
  /** The items of the history, or the anchor, that are other editions of an item. */
  readonly editions: (index: number) => readonly number[]
  /** Attribute values that an item of the visitor's history holds. */
  readonly heldValues: () => ReadonlySet<number>
}

export function named(index: number, { items }: Context): NamedItem {
  const { id, title } = items.record(index)
  return { id, title }
}

/** Nothing where it is what the list is about. */
export function itemNamed(index: number, context: Context) {
  return index === context.anchor ? {} : { item: named(index, context) }
}

export function eventOf(event: PositiveKind | undefined) {
  return event === undefined ? {} : { event }
}
