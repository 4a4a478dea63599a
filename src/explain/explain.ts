/**
 * A recommended item's score components → reasons, as data.
 *
 *   components > 0, strongest first  →  one reason each, share = component / Σ of those components
 *
 * Reads the components and `because` and nothing else: what the score does not show is not
 * claimed, and a component that lowers the score is no reason to show the item. Sentences
 * are made of reasons by `messages/`.
 */

import type { PositiveKind } from '../feedback/item-feedback.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeBlock, AttributeValue } from '../pack/pack.ts'
import {
  COMPONENTS,
  type Component,
  type RankedItem,
  type Support,
} from '../scoring/score.ts'

/** An item that a reason names, with what a page needs to link it. */
export interface NamedItem {
  readonly id: string
  readonly title: string
}

/** Each kind of reason with what its sentence is made of. */
export interface ReasonParams {
  /** People who chose `item` choose it; `event` is what the visitor did to `item`. */
  readonly 'because-chosen': { readonly item: NamedItem; readonly event: PositiveKind }
  /** The same, where what the visitor did is not known; without `item`: with the history. */
  readonly 'goes-with': { readonly item?: NamedItem }
  /** Often comes next after these, at most two; empty where none stands out. */
  readonly sequence: { readonly items: readonly NamedItem[] }
  /** Its text is close to that of `item`; without `item`: to the history. */
  readonly 'content-like': { readonly item?: NamedItem }
  /** Its text is close to what the visitor typed. */
  readonly 'typed-text': Record<string, never>
  /**
   * Has `attribute` in common with `count` items of the history; `items` are those of them
   * that count most, at most three; `event` where the visitor did the same to all. Without
   * `attribute`: has much in common with the history.
   */
  readonly 'similar-attributes': {
    readonly attribute?: AttributeValue
    readonly items: readonly NamedItem[]
    readonly count: number
    readonly event?: PositiveKind
  }
  /** Fits the visitor's taste as a whole; with `item`: chosen by the same people as `item`. */
  readonly taste: { readonly item?: NamedItem }
  /** The visitor chose this very item before; `event` is how, where it is known. */
  readonly chosen: { readonly event?: PositiveKind }
  /** The visitor follows its maker, series or category. */
  readonly followed: { readonly attribute: AttributeValue }
  /** Many chose it. */
  readonly popular: Record<string, never>
  /** Nobody has chosen it yet, and many are expected to. */
  readonly 'new-likely-popular': Record<string, never>
  /** Shown in order to learn; `because` is what supports it besides. */
  readonly guess: { readonly because?: ReasonContent }
  /** The owner put it at the head of the list: no taste chose it. */
  readonly pinned: Record<string, never>
  /** The owner moved it up, by `by` standard deviations or so. */
  readonly boosted: { readonly by: number }
}

export type ReasonKind = keyof ReasonParams

/** What a reason states, without its weight. A union over the kinds: narrow by `kind`. */
export type ReasonContent<Kind extends ReasonKind = ReasonKind> = {
  readonly [K in Kind]: { readonly kind: K; readonly params: ReasonParams[K] }
}[Kind]

/** One component of a score, in a form that sentences are made of. */
export type Reason = ReasonContent & {
  /** `owner`: of no component of the score, but the owner's choice. */
  readonly component: Component | 'owner'
  /**
   * Share of the positive components of this item's score, and of the owner's boost, 0–1;
   * shares of an item sum to 1.
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
    case 'content-like':
    case 'taste':
      return reason.params.item
    default:
      return undefined
  }
}

/** A reason that names an item of the visitor's may be this much weaker and still lead. */
const NAMED_SHARE = 1 / 3

/** What put an item on its shelf: its score, its popularity, the visitor's feedback, or chance. */
export type ShelfRule = 'score' | 'popularity' | 'feedback' | 'chance'

/**
 * The one reason a card has room for.
 *
 * On a shelf made by score: the strongest, unless one that names an item of the visitor's
 * ("because you saved Dune") has at least a third of its share. "Fits your taste as a whole" is
 * true and informs nobody. On the other shelves: the reason that is the shelf's own rule,
 * where the item has it.
 *
 * @param reasons strongest first, as `explain` gives them
 */
export function headline(
  reasons: readonly Reason[],
  rule: ShelfRule,
): Reason | undefined {
  const [strongest] = reasons
  if (!strongest) return undefined
  if (rule === 'chance') return guessOf(reasons)
  if (rule !== 'score')
    return reasons.find(({ component }) => component === rule) ?? strongest
  if (itemOf(strongest)) return strongest
  const named = reasons.find(itemOf)
  const isStrong = named && named.share >= NAMED_SHARE * strongest.share
  return isStrong ? named : strongest
}

/** A shelf drawn by chance among popular items claims no more than that. */
function guessOf(reasons: readonly Reason[]): Reason {
  const popular = reasons.find(({ component }) => component === 'popularity')
  if (!popular) return blindGuess(0)
  return popular.kind === 'guess' ? popular : asGuess(popular)
}

export interface ExplainContext {
  readonly record: (index: number) => ItemRecord
  readonly attributes: AttributeBlock
  /** What the visitor did to an item of the history; undefined if nothing or not known. */
  readonly kindOf: (index: number) => PositiveKind | undefined
  /** Whether nobody has chosen it yet: its popularity is an expectation. */
  readonly isColdStart: (index: number) => boolean
}

/**
 * @returns strongest first, shares summing to 1; empty if no component is above 0,
 *   unless it is a guess, whose first reason always states so. A pinned item has that one
 *   reason: neither its score nor the visitor's taste put it there
 */
export function explain(ranked: RankedItem, context: ExplainContext): Reason[] {
  if (ranked.isPinned) {
    return [{ kind: 'pinned', params: {}, component: 'owner', share: 1 }]
  }
  const by = Math.max(0, ranked.boost ?? 0)
  const explained = componentsToExplain(ranked)
  const total = explained.reduce(
    (sum, component) => sum + ranked.components[component],
    by,
  )
  const reasons: Reason[] = explained.map((component) => ({
    ...CONTENTS[component](ranked, context),
    component,
    share: ranked.components[component] / total,
  }))
  if (by > 0) {
    reasons.push({
      ...({ kind: 'boosted', params: { by }, component: 'owner' } as const),
      share: by / total,
    })
    reasons.sort((a, b) => b.share - a.share)
  }
  if (!ranked.isGuess) return reasons
  const [first, ...others] = reasons
  return first ? [asGuess(first), ...others] : [blindGuess(1)]
}

function asGuess({ component, share, ...because }: Reason): Reason {
  return { kind: 'guess', params: { because }, component, share }
}

function blindGuess(share: number): Reason {
  return { kind: 'guess', params: {}, component: 'popularity', share }
}

/** Components that something supports: standardising alone can lift a component just above 0. */
const NEED_SUPPORT: readonly Component[] = ['cf', 'content', 'sequence', 'attributes']

/** The positive components, strongest first, without those that nothing supports if others are left. */
function componentsToExplain(ranked: RankedItem): Component[] {
  const positive = COMPONENTS.filter(
    (component) => ranked.components[component] > 0,
  ).sort((a, b) => ranked.components[b] - ranked.components[a])
  const supported = positive.filter(
    (component) =>
      !NEED_SUPPORT.includes(component) ||
      ranked.because.some((support) => support.component === component),
  )
  return supported.length > 0 ? supported : positive
}

const CONTENTS: Readonly<
  Record<Component, (ranked: RankedItem, context: ExplainContext) => ReasonContent>
> = {
  cf: (ranked, context) => becauseOf(supportsOf(ranked, 'cf')[0]?.index, context),
  content: (ranked, context) => closeTo(supportsOf(ranked, 'content')[0], context),
  sequence: (ranked, context) => followsFrom(supportsOf(ranked, 'sequence'), context),
  attributes: (ranked, context) =>
    hasInCommon(supportsOf(ranked, 'attributes')[0], context),
  feedback: (ranked, context) =>
    followedBy(supportsOf(ranked, 'feedback')[0], context) ?? {
      kind: 'chosen',
      params: eventOf(context.kindOf(ranked.index)),
    },
  tower: (ranked, context) => ({
    kind: 'taste',
    params: itemNamed(supportsOf(ranked, 'tower')[0]?.index, context),
  }),
  popularity: ({ index }, { isColdStart }) => ({
    kind: isColdStart(index) ? 'new-likely-popular' : 'popular',
    params: {},
  }),
}

function followedBy(
  support: Support | undefined,
  { attributes }: ExplainContext,
): ReasonContent | undefined {
  const attribute = attributes.values[support?.attribute ?? -1]
  return attribute && { kind: 'followed', params: { attribute } }
}

function supportsOf(
  { because }: RankedItem,
  component: Support['component'],
): Support[] {
  return because.filter((support) => support.component === component)
}

function named(index: number, { record }: ExplainContext): NamedItem {
  const { id, title } = record(index)
  return { id, title }
}

function itemNamed(index: number | undefined, context: ExplainContext) {
  return index === undefined ? {} : { item: named(index, context) }
}

function eventOf(event: PositiveKind | undefined) {
  return event === undefined ? {} : { event }
}

function becauseOf(index: number | undefined, context: ExplainContext): ReasonContent {
  if (index === undefined) return { kind: 'goes-with', params: {} }
  const item = named(index, context)
  const event = context.kindOf(index)
  return event
    ? { kind: 'because-chosen', params: { item, event } }
    : { kind: 'goes-with', params: { item } }
}

function closeTo(support: Support | undefined, context: ExplainContext): ReasonContent {
  const isTyped = support !== undefined && support.index === undefined
  if (isTyped) return { kind: 'typed-text', params: {} }
  return { kind: 'content-like', params: itemNamed(support?.index, context) }
}

/** Items that a sequence reason names. */
const MAX_SEQUENCE_ITEMS = 2

function followsFrom(
  supports: readonly Support[],
  context: ExplainContext,
): ReasonContent {
  const items = supports
    .flatMap(({ index }) => (index === undefined ? [] : [named(index, context)]))
    .slice(0, MAX_SEQUENCE_ITEMS)
  return { kind: 'sequence', params: { items } }
}

/** Items that an attribute's reason names: their facts are read off the pack for it. */
const MAX_SHARING_ITEMS = 3

function hasInCommon(
  support: Support | undefined,
  context: ExplainContext,
): ReasonContent {
  const attribute = context.attributes.values[support?.attribute ?? -1]
  if (!attribute) return { kind: 'similar-attributes', params: { items: [], count: 0 } }
  const indices = support?.indices ?? []
  const kinds = new Set(indices.map(context.kindOf))
  const common = kinds.size === 1 ? [...kinds][0] : undefined
  const items = indices
    .slice(0, MAX_SHARING_ITEMS)
    .map((index) => named(index, context))
  const count = indices.length
  return {
    kind: 'similar-attributes',
    params: { attribute, items, count, ...eventOf(common) },
  }
}
