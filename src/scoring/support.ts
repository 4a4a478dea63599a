/**
 * What in a visitor's history supports an item, from the same blocks and the same weights
 * that scored it. Made only for the items that are returned.
 */

import { dot } from '../math/vectors.ts'
import type { Pack } from '../pack/pack.ts'
import { attributesOf, reachOf } from './attributes.ts'
import { DEFAULT_TEXT_SHARE, isUsable, sumVectors } from './content-query.ts'
import { dotRows, dotWith } from './int8-vectors.ts'
import { entryBetween, latentBetween, userWeights } from './item-item.ts'
import type { RankedItem, ScoreRequest, Support, WeightedItem } from './score.ts'
import { attributeWeights, decaySettingsOf, sequenceWeights } from './sequential.ts'

/** Supports kept of each component. */
const SUPPORTS_PER_COMPONENT = 4
/**
 * History items looked at for what they give by their vectors (content, CF's low-rank term),
 * the heaviest: each costs a dot product per item shown. By their entries in a block all are.
 */
const VECTOR_SUPPORTERS = 24

type Source = Omit<Support, 'share' | 'component'>
type Given = { readonly source: Source; readonly amount: number }

/** Reads supports for one request; holds what is the same for all its items. */
interface SupportReader {
  /** Only of components that are positive, strongest first. An item never supports itself. */
  read(index: number, components: RankedItem['components']): Support[]
}

export function readSupports(pack: Pack, request: ScoreRequest): SupportReader {
  const all = userWeights(request.taste)
  const liked = all.filter(({ weight }) => weight > 0)
  const recent = sequenceWeights(request.taste, decaySettingsOf(pack))
  const heaviest = liked.toSorted((a, b) => b.weight - a.weight)
  const holding = attributeWeights(pack, liked)
  const reaches = reachOf(pack.attributes, holding)
  const holders = holdersOf(
    pack,
    holding.toSorted((a, b) => b.weight - a.weight),
  )
  const contentOf = readContent(pack, { all, heaviest }, request)
  const giversOf = {
    cf: (index: number) => givenBy(pack.cf, heaviest, index),
    sequence: (index: number) => givenBy(pack.sequence, recent, index),
    content: contentOf,
    attributes: (index: number) => givenByAttributes(pack, { holders, reaches }, index),
    feedback: (index: number) => givenByFollows(request, index),
  }
  const kinds = Object.keys(giversOf) as (keyof typeof giversOf)[]
  return {
    read: (index, components) =>
      kinds
        .filter((component) => components[component] > 0)
        .flatMap((component) => shares(component, giversOf[component](index)))
        .sort(
          (a, b) =>
            b.share * components[b.component] - a.share * components[a.component],
        ),
  }
}

/** The positive amounts as shares of their sum, the largest few. */
function shares(component: Support['component'], given: readonly Given[]): Support[] {
  const positive = given.filter(({ amount }) => amount > 0)
  const total = positive.reduce((sum, { amount }) => sum + amount, 0)
  return positive
    .sort((a, b) => b.amount - a.amount)
    .slice(0, SUPPORTS_PER_COMPONENT)
    .map(({ source, amount }) => ({ component, ...source, share: amount / total }))
}

/** @param from heaviest first where the block has a low-rank term */
function givenBy(
  block: Pack['cf'],
  from: readonly WeightedItem[],
  to: number,
): Given[] {
  const given: Given[] = []
  if (!block) return given
  from.forEach(({ index, weight }, place) => {
    if (index === to) return
    const latent = place < VECTOR_SUPPORTERS ? latentBetween(block, index, to) : 0
    const amount = weight * (entryBetween(block, index, to) + latent)
    if (amount > 0) given.push({ source: { index }, amount })
  })
  return given
}

/** Each history item's term of the content query · item vector; typed text has no index. */
function readContent(
  { content }: Pack,
  {
    all,
    heaviest,
  }: {
    readonly all: readonly WeightedItem[]
    readonly heaviest: readonly WeightedItem[]
  },
  { textQuery, textShare = DEFAULT_TEXT_SHARE }: ScoreRequest,
): (index: number) => Given[] {
  if (!content) return () => []
  const { vectors } = content
  const supporters = heaviest.slice(0, VECTOR_SUPPORTERS)
  const sum = sumVectors(vectors, all)
  const length = Math.sqrt(dot(sum, sum))
  const text = isUsable(textQuery) ? textQuery : undefined
  const ofText = length === 0 ? 1 : text ? textShare : 0
  const ofHistory = length === 0 ? 0 : (1 - ofText) / length
  return (index) => {
    const given: Given[] = []
    for (const from of supporters) {
      if (from.index === index) continue
      const amount = ofHistory * from.weight * dotRows(vectors, from.index, index)
      if (amount > 0) given.push({ source: { index: from.index }, amount })
    }
    if (text) given.push({ source: {}, amount: ofText * dotWith(vectors, index, text) })
    return given
  }
}

/** Attribute value → the history items that have it, heaviest first. */
function holdersOf({ attributes }: Pack, heaviest: readonly WeightedItem[]) {
  const holders = new Map<number, number[]>()
  for (const { index } of heaviest) {
    for (const attribute of attributesOf(attributes, index)) {
      const items = holders.get(attribute)
      if (items) items.push(index)
      else holders.set(attribute, [index])
    }
  }
  return holders
}

/** What the visitor follows, unless they chose this very item: then that is the reason. */
function givenByFollows({ taste }: ScoreRequest, index: number): Given[] {
  if (!taste.stated || taste.positive.has(index)) return []
  return taste.stated
    .followsOf(index)
    .map(({ attribute, gain }) => ({ source: { attribute }, amount: gain }))
}

function givenByAttributes(
  { attributes }: Pack,
  {
    holders,
    reaches,
  }: {
    readonly holders: ReadonlyMap<number, readonly number[]>
    readonly reaches: ReadonlyMap<number, number>
  },
  index: number,
): Given[] {
  return [...attributesOf(attributes, index)].flatMap((attribute) => {
    const all = holders.get(attribute) ?? []
    const indices = all.includes(index) ? all.filter((holder) => holder !== index) : all
    if (indices.length === 0) return []
    return [{ source: { attribute, indices }, amount: reaches.get(attribute) ?? 0 }]
  })
}
