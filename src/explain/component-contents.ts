/** What a positive component of the score states, by what supports it. */
import { FLAG_COLD_START, type Pack } from '../pack/pack.ts'
import type { Component } from '../scoring/score.ts'
import type { Support } from '../scoring/support.ts'
import { popularContent, standingOf } from './common-reasons.ts'
import { type Context, eventOf, itemNamed, named } from './explained-list.ts'
import type { ReasonContent } from './reason.ts'
import { isNextVolume } from './works.ts'

type Contents = (
  index: number,
  supports: readonly Support[],
  context: Context,
) => ReasonContent | undefined

export const CONTENTS: Readonly<Record<Component, Contents>> = {
  cf: chosenTogether,
  content: closeTo,
  sequence: followsFrom,
  attributes: hasInCommon,
  feedback: (index, [support], { kindOf, mine, pack }) => {
    if (mine.has(index)) return { kind: 'chosen', params: eventOf(kindOf(index)) }
    const attribute = pack.attributes.values[support?.attribute ?? -1]
    return attribute && { kind: 'followed', params: { attribute } }
  },
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

export function hasInCommon(
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
