/**
 * A recommended item's score components, the records and the log → reasons, as data.
 *
 *   components > 0 that something supports, strongest first  →  one reason each
 *   share = component / Σ of those components
 *
 * A reason states what the components and the log show, and nothing else: a component that
 * lowers the score is no reason to show the item, one that rises a little above the mean is
 * none either (`scoring/support.ts` has what is enough), and an item is never explained by
 * itself or by another edition of it. Where no component has a reason that names something
 * of the visitor's, the records are compared: makers, series, rare words. Where they have
 * nothing in common either, the reason is what the item is. Sentences are made of reasons by
 * `messages/`.
 */

import type { PositiveKind } from '../feedback/item-feedback.ts'
import type { Reaction } from '../feedback/reactions.ts'
import type { ItemTable } from '../pack/items.ts'
import { FLAG_COLD_START, type Pack } from '../pack/pack.ts'
import { attributesOf } from '../scoring/attributes.ts'
import {
  COMPONENTS,
  type Component,
  type RankedItem,
  type ScoreRequest,
  type TasteView,
} from '../scoring/score.ts'
import { readSupports, type Support } from '../scoring/support.ts'
import { boostedBy, catalogueContent, popularContent, standingOf } from './common-reasons.ts'
import { foundContent } from './found-words.ts'
import { isMaker } from './makers.ts'
import {
  itemOf,
  type NamedItem,
  type Reason,
  type ReasonContent,
} from './reason.ts'
import { wordSharer } from './shared-words.ts'
import { isNextVolume, workOf } from './works.ts'

/** A catalogue, ready to explain picks of it. */
export interface Explainer {
  /** For one list: call the result for each of its items. */
  of(list: ExplainedList): (ranked: RankedItem) => Reason[]
}

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

/** History items whose records are compared where the components name none. */
const COMPARED_RECORDS = 24
/** Stars up to which a rating refuses. */
const MAX_REFUSING_STARS = 2

export function createExplainer(pack: Pack, items: ItemTable): Explainer {
  const works = new Map<number, string | undefined>()
  const sharedWords = wordSharer(items)
  const workAt = (index: number) => {
    if (!works.has(index)) works.set(index, workOf(items.record(index)))
    return works.get(index)
  }
  const isSame = (a: number, b: number) =>
    a === b || (workAt(a) !== undefined && workAt(a) === workAt(b))
  const isNamed = (attribute: number) => {
    const { relation, name } = pack.attributes.values[attribute]!
    return relation !== 'author' || isMaker(name)
  }
  return {
    of: (list) => {
      const supports = readSupports(pack, list.request, { isSame, isNamed })
      const { history = list.request.taste.history } = list
      const own = list.anchor === undefined ? history : list.request.taste.history
      const context: Context = {
        ...list,
        ...{ pack, items, supports, isSame, sharedWords },
        mine: new Set(history.map(({ index }) => index)),
        compared: own
          .toSorted((a, b) => b.weight - a.weight)
          .slice(0, COMPARED_RECORDS)
          .map(({ index }) => index),
        editionOf: editionsOf(own, workAt),
        heldValues: new Set(
          history.flatMap(({ index }) => [...attributesOf(pack.attributes, index)]),
        ),
      }
      return (ranked) => explain(ranked, context)
    },
  }
}

interface Context extends ExplainedList {
  readonly pack: Pack
  readonly items: ItemTable
  readonly supports: ReturnType<typeof readSupports>
  readonly isSame: (a: number, b: number) => boolean
  readonly sharedWords: (a: number, b: number) => string[]
  /** The visitor's history. */
  readonly mine: ReadonlySet<number>
  /** Items whose records a pick is compared with, heaviest first. */
  readonly compared: readonly number[]
  /** The item of the history that is another edition of this one. */
  readonly editionOf: (index: number) => number | undefined
  /** Attribute values that an item of the visitor's history holds. */
  readonly heldValues: ReadonlySet<number>
}

function editionsOf(
  history: TasteView['history'],
  workAt: (index: number) => string | undefined,
) {
  const byWork = new Map<string, number>()
  for (const { index } of history) {
    const work = workAt(index)
    if (work !== undefined && !byWork.has(work)) byWork.set(work, index)
  }
  return (index: number) => {
    const work = workAt(index)
    const other = work === undefined ? undefined : byWork.get(work)
    return other === index ? undefined : other
  }
}

/**
 * @returns strongest first, never empty. A pinned item has that one reason: neither its score
 *   nor the visitor's taste put it there; a refused one has its refusal
 */
function explain(ranked: RankedItem, context: Context): Reason[] {
  const { index } = ranked
  if (ranked.isPinned) {
    return [{ kind: 'pinned', params: {}, component: 'owner', share: 1 }]
  }
  const refused = refusalOf(context.reactionOf(index))
  if (refused) {
    const params = { event: refused }
    return [{ kind: 'refused', params, component: 'record', share: 0 }]
  }
  const reasons = componentReasons(ranked, context)
  reasons.push(...recordReasons(ranked, reasons, context))
  if (reasons.length > 0) return reasons
  const content = catalogueContent(context.pack, index)
  return [{ ...content, component: 'record', share: 0 }]
}

/** How the visitor refused an item, if they did and have not taken it back. */
function refusalOf(reaction: Reaction | undefined): 'dislike' | 'rate' | undefined {
  if (!reaction) return undefined
  if (reaction.disliked !== undefined) return 'dislike'
  const { rated, liked, saved } = reaction
  const isBad = rated !== undefined && rated.stars <= MAX_REFUSING_STARS
  return isBad && liked === undefined && saved === undefined ? 'rate' : undefined
}

/** The positive components that have a reason, and the owner's boost, strongest first. */
function componentReasons(ranked: RankedItem, context: Context): Reason[] {
  const { components } = ranked
  const supports = context.supports.read(ranked.index, components)
  const by = Math.max(0, ranked.boost ?? 0)
  const positive = COMPONENTS.filter((component) => components[component] > 0)
  const weighed: Reason[] = positive.flatMap((component) => {
    const own = supports.filter((support) => support.component === component)
    const content = CONTENTS[component](ranked.index, own, context)
    return content ? { ...content, component, share: components[component] } : []
  })
  if (by > 0) weighed.push({ ...boostedBy(by), share: by })
  const total = weighed.reduce((sum, { share }) => sum + share, 0)
  return weighed
    .map((reason) => ({ ...reason, share: reason.share / total }))
    .sort((a, b) => b.share - a.share)
}

type Contents = (
  index: number,
  supports: readonly Support[],
  context: Context,
) => ReasonContent | undefined

const CONTENTS: Readonly<Record<Component, Contents>> = {
  cf: chosenTogether,
  content: closeTo,
  sequence: followsFrom,
  attributes: hasInCommon,
  feedback: (index, _, { kindOf, mine }) =>
    mine.has(index) ? { kind: 'chosen', params: eventOf(kindOf(index)) } : undefined,
  tower: (_, [support], context) => {
    if (!support) return undefined
    return support.index === undefined
      ? { kind: 'taste', params: {} }
      : { kind: 'same-taste', params: itemNamed(support.index, context) }
  },
  popularity: (index, _, { pack }) =>
    popularContent(pack, index) ??
    (standingOf(pack, index).isLess && isKnown(pack, index)
      ? { kind: 'lesser-known', params: {} }
      : undefined),
}

function isKnown({ flags }: Pick<Pack, 'flags'>, index: number): boolean {
  return (flags[index]! & FLAG_COLD_START) === 0
}

function named(index: number, { items }: Context): NamedItem {
  const { id, title } = items.record(index)
  return { id, title }
}

/** Nothing where it is what the list is about. */
function itemNamed(index: number, context: Context) {
  return index === context.anchor ? {} : { item: named(index, context) }
}

function eventOf(event: PositiveKind | undefined) {
  return event === undefined ? {} : { event }
}

function chosenTogether(
  index: number,
  [support]: readonly Support[],
  context: Context,
): ReasonContent | undefined {
  const { pack, anchor, kindOf } = context
  const from = support?.index
  if (from === undefined) return undefined
  const params = itemNamed(from, context)
  // what nobody chose was chosen together with nothing: its pairs are of its text and facts
  if (!isKnown(pack, index)) return { kind: 'new-like', params }
  const event = kindOf(from)
  if (from === anchor || !event || !params.item) {
    return isKnown(pack, from) ? { kind: 'goes-with', params } : undefined
  }
  return { kind: 'because-chosen', params: { item: params.item, event } }
}

function closeTo(
  _: number,
  supports: readonly Support[],
  context: Context,
): ReasonContent | undefined {
  const { typed, search } = context
  const isTyped = supports.some(({ index }) => index === undefined)
  // a search compares with what was typed alone
  if (search !== undefined) {
    return isTyped ? { kind: 'typed-text', params: {} } : undefined
  }
  const [support] = supports
  if (!support) return undefined
  if (support.index !== undefined) {
    return { kind: 'content-like', params: itemNamed(support.index, context) }
  }
  return typed === undefined ? undefined : { kind: 'typed-text', params: { text: typed } }
}

/** Items that a sequence reason names. */
const MAX_SEQUENCE_ITEMS = 2

function followsFrom(
  index: number,
  supports: readonly Support[],
  context: Context,
): ReasonContent | undefined {
  const { pack, anchor } = context
  const from = supports
    .flatMap((support) => support.index ?? [])
    .filter((other) => isKnown(pack, other))
  if (from.length === 0 || !isKnown(pack, index)) return undefined
  const items = from
    .filter((other) => other !== anchor)
    .slice(0, MAX_SEQUENCE_ITEMS)
    .map((other) => named(other, context))
  return { kind: 'sequence', params: { items } }
}

/** Items that an attribute's reason names: their facts are taken from the pack for it. */
const MAX_SHARING_ITEMS = 3

function hasInCommon(
  index: number,
  supports: readonly Support[],
  context: Context,
): ReasonContent | undefined {
  const next = nextVolume(index, supports, context)
  if (next) return next
  const [support] = supports
  const attribute = context.pack.attributes.values[support?.attribute ?? -1]
  if (!attribute) return undefined
  const indices = (support?.indices ?? []).filter((other) => other !== context.anchor)
  const kinds = new Set(indices.map(context.kindOf))
  const common = kinds.size === 1 ? [...kinds][0] : undefined
  const items = indices
    .slice(0, MAX_SHARING_ITEMS)
    .map((other) => named(other, context))
  const count = indices.length
  return {
    kind: 'similar-attributes',
    params: { attribute, items, count, ...eventOf(common) },
  }
}

function nextVolume(
  index: number,
  supports: readonly Support[],
  context: Context,
): ReasonContent | undefined {
  const { items } = context
  const record = items.record(index)
  const before = supports
    .flatMap(({ indices = [] }) => indices)
    .find((other) => isNextVolume(items.record(other), record))
  if (before === undefined) return undefined
  const series = record.series!.name
  return { kind: 'next-in-series', params: { series, ...itemNamed(before, context) } }
}

/** What the records and the log show, of no component of the score. */
function recordReasons(
  { index, isGuess }: RankedItem,
  made: readonly Reason[],
  context: Context,
): Reason[] {
  const contents: ReasonContent[] = []
  const { anchor, mine, search } = context
  if (mine.has(index) && !made.some(({ kind }) => kind === 'chosen')) {
    contents.push({ kind: 'chosen', params: eventOf(context.kindOf(index)) })
  }
  const edition = context.editionOf(index)
  if (edition !== undefined) {
    contents.push({ kind: 'edition', params: itemNamed(edition, context) })
  }
  if (search !== undefined) {
    const found = foundContent(context.items.record(index), search)
    if (found) contents.push(found)
  }
  const isNamed = [...made, ...contents].some(
    (reason) => itemOf(reason) !== undefined || isOfAnchor(reason, anchor),
  )
  if (!isNamed) contents.push(...comparedContents(index, made, context))
  if (isGuess) contents.push(...unlikeContents(index, context))
  return contents.map((content) => ({ ...content, component: 'record', share: 0 }))
}

/** Whether a reason speaks of the item that the list is about. */
function isOfAnchor({ kind }: ReasonContent, anchor: number | undefined): boolean {
  return anchor !== undefined && !IMPERSONAL.has(kind)
}
const IMPERSONAL: ReadonlySet<ReasonContent['kind']> = new Set([
  'popular',
  'new-likely-popular',
  'lesser-known',
  'taste',
  'chosen',
  'boosted',
])

/** What the records have in common where the score names nothing. */
function comparedContents(
  index: number,
  made: readonly Reason[],
  context: Context,
): ReasonContent[] {
  if (!made.some(({ component }) => component === 'attributes')) {
    const supports = context.supports.attributes(index)
    const common = hasInCommon(index, supports, context)
    if (common) return [common]
  }
  for (const other of context.compared) {
    if (context.isSame(other, index)) continue
    const words = context.sharedWords(index, other)
    if (words.length === 0) continue
    return [{ kind: 'shared-words', params: { words, ...itemNamed(other, context) } }]
  }
  return []
}

/** Of a guess: its category, where nothing that the visitor chose is of it. */
function unlikeContents(index: number, context: Context): ReasonContent[] {
  const { pack, heldValues, mine } = context
  if (mine.size === 0) return []
  const own = [...attributesOf(pack.attributes, index)].filter((attribute) =>
    ['genre', 'tag'].includes(pack.attributes.values[attribute]!.relation),
  )
  if (own.length === 0 || own.some((attribute) => heldValues.has(attribute))) return []
  const attribute = pack.attributes.values[own[0]!]!
  return [{ kind: 'unlike', params: { attribute } }]
}
