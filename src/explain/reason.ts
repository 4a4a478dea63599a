/** Why an item is shown, as data: what a page or a program makes its own sentences of. */

import type { PositiveKind } from '../feedback/item-feedback.ts'
import type { AttributeValue } from '../pack/pack.ts'
import type { Component } from '../scoring/score.ts'

/** An item that a reason names, with what a page needs to link it. */
export interface NamedItem {
  readonly id: string
  readonly title: string
}

/**
 * Each kind of reason with what its sentence is made of.
 *
 * Where an `item` may be absent, the reason speaks of the item that its list is about (the
 * shelf "Because you liked Dune", the list below an item's page), which stands over the list
 * and is not named again.
 */
export interface ReasonParams {
  /** The item-item model leads from `item` to it; `event` is what the visitor did to `item`. */
  readonly 'because-chosen': { readonly item: NamedItem; readonly event: PositiveKind }
  /** Chosen together with `item` more often than chance would have it. */
  readonly 'goes-with': { readonly item?: NamedItem }
  /** Nobody has chosen it yet; by its text and facts it is like `item`. */
  readonly 'new-like': { readonly item?: NamedItem }
  /** Often comes next after these, at most two; empty: after what the list is about. */
  readonly sequence: { readonly items: readonly NamedItem[] }
  /** Its text is closer to that of `item` than nearly all of the catalogue. */
  readonly 'content-like': { readonly item?: NamedItem }
  /** Its text is close to what was typed: `text`, of an earlier search; absent: of this one. */
  readonly 'typed-text': { readonly text?: string }
  /** A search found these of the typed words in that field. */
  readonly found: { readonly words: readonly string[]; readonly field: FoundField }
  /**
   * Has `attribute` in common with `count` items of the history; `items` are those of them
   * that count most, at most three; `event` where the visitor did the same to all. Without
   * items: in common with what the list is about.
   */
  readonly 'similar-attributes': {
    readonly attribute: AttributeValue
    readonly items: readonly NamedItem[]
    readonly count: number
    readonly event?: PositiveKind
  }
  /** The volume of `series` that follows `item`. */
  readonly 'next-in-series': { readonly series: string; readonly item?: NamedItem }
  /** Another edition of `item`. */
  readonly edition: { readonly item?: NamedItem }
  /** Title and description share these rare words with those of `item`. */
  readonly 'shared-words': {
    readonly words: readonly string[]
    readonly item?: NamedItem
  }
  /** The towers put it nearer to `item` than nearly all of the catalogue. */
  readonly 'same-taste': { readonly item?: NamedItem }
  /** Fits the visitor's taste as a whole better than nearly all of the catalogue. */
  readonly taste: Record<string, never>
  /** The visitor said that it is wanted: they follow its maker, series or category. */
  readonly followed: { readonly attribute: AttributeValue }
  /** The visitor chose this very item before; `event` is how, where it is known. */
  readonly chosen: { readonly event?: PositiveKind }
  /** The visitor refused this very item; `event` is how. */
  readonly refused: { readonly event: 'dislike' | 'rate' }
  /** Among the `among` items that were chosen most. */
  readonly popular: { readonly among: number }
  /** In the half that was chosen less, where that supports it. */
  readonly 'lesser-known': Record<string, never>
  /** Nobody has chosen it yet, and many are expected to. */
  readonly 'new-likely-popular': Record<string, never>
  /** Shown in order to learn; `because` is what supports it besides. */
  readonly guess: { readonly because?: ReasonContent }
  /** Of a category that nothing which the visitor chose is of. */
  readonly unlike: { readonly attribute: AttributeValue }
  /** Nothing more is known than what it is. */
  readonly 'from-catalogue': { readonly attribute?: AttributeValue }
  /** The owner put it at the head of the list: no taste chose it. */
  readonly pinned: Record<string, never>
  /** The owner moved it up, by `by` standard deviations or so. */
  readonly boosted: { readonly by: number }
}

export type ReasonKind = keyof ReasonParams

/** Where a search found words. */
export type FoundField = 'title' | 'maker' | 'series' | 'category'

/** What a reason states, without its weight. A union over the kinds: narrow by `kind`. */
export type ReasonContent<Kind extends ReasonKind = ReasonKind> = {
  readonly [K in Kind]: { readonly kind: K; readonly params: ReasonParams[K] }
}[Kind]

/** One reason, in a form that sentences are made of. */
export type Reason = ReasonContent & {
  /**
   * The component of the score it explains. `owner`: the owner's choice. `record`: of no
   * component, but what the records and the log show.
   */
  readonly component: Component | 'owner' | 'record'
  /**
   * Share of the item's positive components and the owner's boost, 0–1. They sum to at most
   * 1: what is left is of components that nothing stands out in, and is not put in words. 0
   * for what is of no component.
   */
  readonly share: number
}

/** The first item a reason names, so that a page can link it. */
export function itemOf(reason: ReasonContent): NamedItem | undefined {
  switch (reason.kind) {
    case 'guess':
      return reason.params.because && itemOf(reason.params.because)
    case 'sequence':
    case 'similar-attributes':
      return reason.params.items[0]
    case 'because-chosen':
    case 'goes-with':
    case 'new-like':
    case 'content-like':
    case 'next-in-series':
    case 'edition':
    case 'shared-words':
    case 'same-taste':
      return reason.params.item
    default:
      return undefined
  }
}
