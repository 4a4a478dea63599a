/**
 * A recommended item's score components, the records and the log → reasons, as data.
 *
 *   components > 0 that something supports, strongest first  →  one reason each
 *   share = component / Σ of all components > 0
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
import {
  boostedBy,
  catalogueContent,
  popularContent,
  standingOf,
} from './common-reasons.ts'
import { foundContent } from './found-words.ts'
import type { ShelfRule } from './headline.ts'
import { isMaker } from './makers.ts'
import { itemOf, type NamedItem, type Reason, type ReasonContent } from './reason.ts'
import { wordSharer } from './shared-words.ts'
import { isNextVolume, workOf } from './works.ts'

/** A catalogue, ready to explain picks of it. */
export interface Explainer {
  /** For one list: call the result for each of its items. */
  of(list: ExplainedList): Explain
}

/**
 * @param rule what put the item on its list. Of one that the score did not choose the reasons
 *   are popularity, the log and what it is, and nothing is looked for in the score
 */
export type Explain = (ranked: RankedItem, rule: ShelfRule) => Reason[]

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
  const isNamed = (attribute: number) => {
    const { relation, name } = pack.attributes.values[attribute]!
    return relation !== 'author' || isMaker(name)
  }
  return {
    of: (list) => {
      const { taste } = list.request
      const { history = taste.history, anchor } = list
      const own = anchor === undefined ? history : taste.history
      const editions = editionsOf(own, workAt)
      const supports = once(() =>
        readSupports(pack, list.request, { editions, isNamed }),
      )
      const mine = new Set(history.map(({ index }) => index))
      const context: Context = {
        ...list,
        ...{ pack, items, supports, editions, sharedWords, mine },
        compared: once(() =>
          own
            .toSorted((a, b) => b.weight - a.weight)
            .slice(0, COMPARED_RECORDS)
            .map(({ index }) => index),
        ),
        heldValues: once(
          () => new Set([...mine].flatMap((index) => [...valuesOf(pack, index)])),
        ),
      }
      return (ranked, rule) => explain(ranked, rule, context)
    },
  }
}

const valuesOf = ({ attributes }: Pack, index: number) =>
  attributesOf(attributes, index)

/** Made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

interface Context extends ExplainedList {
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

function editionsOf(
  history: TasteView['history'],
  workAt: (index: number) => string | undefined,
): (index: number) => readonly number[] {
  const byWork = new Map<string, number[]>()
  for (const { index } of history) {
    const work = workAt(index)
    if (work === undefined) continue
    const those = byWork.get(work)
    if (those) those.push(index)
    else byWork.set(work, [index])
  }
  return (index) => {
    const work = workAt(index)
    const all = (work !== undefined && byWork.get(work)) || []
    return all.includes(index) ? all.filter((other) => other !== index) : all
  }
}

/**
 * @returns strongest first, never empty. A pinned item has that one reason: neither its score
 *   nor the visitor's taste put it there; a refused one has its refusal
 */
function explain(ranked: RankedItem, rule: ShelfRule, context: Context): Reason[] {
  const { index } = ranked
  if (ranked.isPinned) {
    return [{ kind: 'pinned', params: {}, component: 'owner', share: 1 }]
  }
  const refused = refusalOf(context.reactionOf(index))
  if (refused) {
    const params = { event: refused }
    return [{ kind: 'refused', params, component: 'record', share: 0 }]
  }
  const reasons = componentReasons(ranked, rule, context)
  reasons.push(...recordReasons(ranked, { rule, made: reasons, context }))
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
function componentReasons(
  { index, components, boost = 0 }: RankedItem,
  rule: ShelfRule,
  context: Context,
): Reason[] {
  const by = Math.max(0, boost)
  const positive = COMPONENTS.filter((component) => components[component] > 0)
  const total = positive.reduce((sum, component) => sum + components[component], by)
  const supports = rule === 'score' ? context.supports().of(index, components) : []
  const reasons: Reason[] = []
  for (const component of positive) {
    const own = supports.filter((support) => support.component === component)
    const content = CONTENTS[component](index, own, context)
    const share = components[component] / total
    if (content) reasons.push({ ...content, component, share })
  }
  if (by > 0) reasons.push({ ...boostedBy(by), share: by / total })
  return reasons.sort((a, b) => b.share - a.share)
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
  return typed === undefined
    ? undefined
    : { kind: 'typed-text', params: { text: typed } }
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
  const support = firstMaker(index, supports, context) ?? supports[0]
  const attribute = context.pack.attributes.values[support?.attribute ?? -1]
  if (!attribute) return undefined
  const indices = (support?.indices ?? []).filter((other) => other !== context.anchor)
  const kind = indices.length > 0 ? context.kindOf(indices[0]!) : undefined
  const common = indices.every((other) => context.kindOf(other) === kind)
    ? kind
    : undefined
  const items = indices
    .slice(0, MAX_SHARING_ITEMS)
    .map((other) => named(other, context))
  const count = indices.length
  return {
    kind: 'similar-attributes',
    params: { attribute, items, count, ...eventOf(common) },
  }
}

/** Where makers lead, the one who is named first: a translator has fewer items, and is rarer. */
function firstMaker(
  index: number,
  supports: readonly Support[],
  { pack, items }: Context,
): Support | undefined {
  const attributeOf = ({ attribute = -1 }: Support) => pack.attributes.values[attribute]
  const [first] = supports
  if (!first || attributeOf(first)?.relation !== 'author') return undefined
  const names = items.record(index).authors ?? []
  const placeOf = (support: Support) => names.indexOf(attributeOf(support)?.name ?? '')
  return supports
    .filter((support) => placeOf(support) >= 0)
    .toSorted((a, b) => placeOf(a) - placeOf(b))[0]
}

function nextVolume(
  index: number,
  supports: readonly Support[],
  context: Context,
): ReasonContent | undefined {
  const { items, pack } = context
  const { values } = pack.attributes
  const record = items.record(index)
  if (record.series?.position === undefined) return undefined
  const before = supports
    .find(({ attribute = -1 }) => values[attribute]?.relation === 'series')
    ?.indices?.find((other) => isNextVolume(items.record(other), record))
  if (before === undefined) return undefined
  const series = record.series.name
  return { kind: 'next-in-series', params: { series, ...itemNamed(before, context) } }
}

/** What the records and the log show, of no component of the score. */
function recordReasons(
  { index, isGuess }: RankedItem,
  {
    rule,
    made,
    context,
  }: {
    readonly rule: ShelfRule
    readonly made: readonly Reason[]
    readonly context: Context
  },
): Reason[] {
  const contents: ReasonContent[] = []
  const { anchor, mine, search } = context
  if (mine.has(index) && !made.some(({ kind }) => kind === 'chosen')) {
    contents.push({ kind: 'chosen', params: eventOf(context.kindOf(index)) })
  }
  const [edition] = context.editions(index)
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
  if (!isNamed && rule === 'score') {
    contents.push(...comparedContents(index, made, context))
  }
  if (rule === 'popularity' || rule === 'chance') {
    const popular = popularContent(context.pack, index)
    const isMade = made.some(({ kind }) => kind === popular?.kind)
    if (popular && !isMade) contents.push(popular)
  }
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
    const supports = context.supports().attributes(index)
    const common = hasInCommon(index, supports, context)
    if (common) return [common]
  }
  const same = context.editions(index)
  for (const other of context.compared()) {
    if (other === index || same.includes(other)) continue
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
  if (own.length === 0 || own.some((attribute) => heldValues().has(attribute)))
    return []
  const attribute = pack.attributes.values[own[0]!]!
  return [{ kind: 'unlike', params: { attribute } }]
}
