/**
 * What in a visitor's history supports an item, from the same blocks and the same weights
 * that scored it, and strongly enough to be stated. Made only for the items that are shown.
 */

import { dot } from '../math/vectors.ts'
import type { Pack } from '../pack/pack.ts'
import { attributesOf, indexAttributes, reachOf } from './attributes.ts'
import {
  atShare,
  cutOf,
  holdsPair,
  nearnessOf,
  peersOf,
  sampleOf,
} from './background.ts'
import { DEFAULT_TEXT_SHARE, isUsable, sumVectors } from './content-query.ts'
import { dotRows, dotWith } from './int8-vectors.ts'
import { entryBetween, latentBetween, userWeights } from './item-item.ts'
import type { RankedItem, ScoreRequest, WeightedItem } from './score.ts'
import { attributeWeights, decaySettingsOf, sequenceWeights } from './sequential.ts'

export interface Support {
  readonly component:
    | 'cf'
    | 'content'
    | 'sequence'
    | 'attributes'
    | 'tower'
    | 'feedback'
  /**
   * The history item that supports it (not attributes). Absent in content: typed text; in
   * tower: the taste as a whole.
   */
  readonly index?: number
  /** The shared attribute (attributes): index into the pack's attributes. */
  readonly attribute?: number
  /** Attributes: the history items that hold the attribute, those that count most first. */
  readonly indices?: readonly number[]
  /** Share of that component's support, 0–1. */
  readonly share: number
}

/** Supports kept of each component. */
const SUPPORTS_PER_COMPONENT = 4
/**
 * History items looked at for what they give by their vectors (content, tower, CF's low-rank
 * term), the heaviest: each costs a dot product per item shown. By their entries in a block
 * all are.
 */
const VECTOR_SUPPORTERS = 24
/**
 * Share of the catalogue that may hold a value that is still worth naming: "fiction, like
 * Dune" tells nobody anything where half of all is fiction.
 */
const MAX_COMMON_SHARE = 0.2
/** Makers and series are named however many items they have. */
const ALWAYS_NAMED: ReadonlySet<string> = new Set(['author', 'series'])
/** "Fits your taste as a whole": better than 19 of 20 items that are as popular. */
const FITTING_SHARE = 0.05
/** Items of a group that the visitor's fit is compared among. */
const FITTING_SAMPLE = 100

type Source = Omit<Support, 'share' | 'component'>
type Given = { readonly source: Source; readonly amount: number }

interface SupportOptions {
  /**
   * History items that are of one work with an item: an edition is no reason for another.
   * Default: none.
   */
  readonly editions?: (index: number) => readonly number[]
  /** Whether an attribute value names something. Default: all do. */
  readonly isNamed?: (attribute: number) => boolean
}

/** Reads supports for one request; holds what is the same for all its items. */
interface SupportReader {
  /** Only of components that are positive, strongest first. An item never supports itself. */
  of(index: number, components: RankedItem['components']): Support[]
  /** The attribute values it shares with the history, whatever the score makes of them. */
  attributes(index: number): Support[]
}

export function readSupports(
  pack: Pack,
  request: ScoreRequest,
  { editions = () => [], isNamed = () => true }: SupportOptions = {},
): SupportReader {
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
  const isWorthNaming = (attribute: number) =>
    isNamed(attribute) && isRare(pack, attribute)
  const giversOf = {
    cf: (index: number) => givenBy(pack.cf, heaviest, index),
    sequence: (index: number) => givenBy(pack.sequence, recent, index),
    content: readContent(pack, { all, heaviest }, request),
    attributes: (index: number) =>
      givenByAttributes(pack, { holders, reaches, isWorthNaming, editions }, index),
    tower: readTower(pack, heaviest, request),
    feedback: (index: number) => givenByFollows(request, index),
  }
  const others = (index: number, given: readonly Given[]) => {
    const same = editions(index)
    if (same.length === 0) return given
    return given.filter(({ source }) => !same.includes(source.index ?? -1))
  }
  const kinds = Object.keys(giversOf) as (keyof typeof giversOf)[]
  return {
    of: (index, components) =>
      kinds
        .filter((component) => components[component] > 0)
        .flatMap((component) =>
          shares(component, others(index, giversOf[component](index))),
        )
        .sort(
          (a, b) =>
            b.share * components[b.component] - a.share * components[a.component],
        ),
    attributes: (index) => shares('attributes', giversOf.attributes(index)),
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
    if (amount > 0 && holdsPair(block, index, to)) {
      given.push({ source: { index }, amount })
    }
  })
  return given
}

/**
 * Each history item's term of the content query · item vector, of those whose text is near;
 * typed text has no index.
 */
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
  const near = nearnessOf(vectors)
  const textCut = text
    ? cutOf(sampleOf(vectors.rows).map((index) => dotWith(vectors, index, text)))
    : Infinity
  return (index) => {
    const given: Given[] = []
    for (const { index: from, weight } of supporters) {
      if (near(from, index) === undefined) continue
      const amount = ofHistory * weight * dotRows(vectors, from, index)
      given.push({ source: { index: from }, amount })
    }
    const fit = text ? dotWith(vectors, index, text) : 0
    if (fit > 0 && fit >= textCut) given.push({ source: {}, amount: ofText * fit })
    return given
  }
}

/**
 * The history items that the item tower has near, and the visitor as a whole where the user
 * vector fits the item better than nearly all others that are as popular.
 */
function readTower(
  pack: Pack,
  heaviest: readonly WeightedItem[],
  { userVector }: ScoreRequest,
): (index: number) => Given[] {
  const { tower } = pack
  if (!tower) return () => []
  const { items, bias } = tower
  const supporters = heaviest.slice(0, VECTOR_SUPPORTERS)
  const user = isUsable(userVector) ? userVector : undefined
  const fitOf = (index: number) => dotWith(items, index, user!) + bias[index]!
  const peers = peersOf(pack)
  const near = nearnessOf(items, peers)
  const cuts = new Map<number, number>()
  function isFitting(index: number): boolean {
    if (!user) return false
    const group = peers.groupOf(index)
    const cut = cuts.get(group) ?? cutAmong(peers.members(group))
    cuts.set(group, cut)
    return fitOf(index) > cut // many may fit alike
  }
  /** Of every few: it is computed for each list. */
  function cutAmong(members: readonly number[]): number {
    const step = Math.ceil(members.length / FITTING_SAMPLE)
    const some = members.filter((_, place) => place % step === 0)
    return atShare(some.map(fitOf), FITTING_SHARE)
  }
  return (index) => {
    const given = supporters.flatMap(({ index: from, weight }): Given[] => {
      const cosine = near(from, index)
      return cosine === undefined
        ? []
        : [{ source: { index: from }, amount: weight * cosine }]
    })
    if (given.length > 0 || !isFitting(index)) return given
    return [{ source: {}, amount: 1 }]
  }
}
/** Few enough items hold it that sharing it is worth a word; a decade never is. */
function isRare({ attributes }: Pack, attribute: number): boolean {
  const { relation } = attributes.values[attribute]!
  if (relation === 'years') return false
  if (ALWAYS_NAMED.has(relation)) return true
  const { indptr } = indexAttributes(attributes)
  const holders = indptr[attribute + 1]! - indptr[attribute]!
  return holders <= MAX_COMMON_SHARE * (attributes.indptr.length - 1)
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

interface Holding {
  readonly holders: ReadonlyMap<number, readonly number[]>
  readonly reaches: ReadonlyMap<number, number>
  readonly isWorthNaming: (attribute: number) => boolean
  readonly editions: (index: number) => readonly number[]
}

function givenByAttributes(
  { attributes }: Pack,
  { holders, reaches, isWorthNaming, editions }: Holding,
  index: number,
): Given[] {
  const same = editions(index)
  return [...attributesOf(attributes, index)].flatMap((attribute) => {
    const all = holders.get(attribute)
    if (!all || !isWorthNaming(attribute)) return []
    const isOther = (holder: number) => holder !== index && !same.includes(holder)
    const indices = all.every(isOther) ? all : all.filter(isOther)
    if (indices.length === 0) return []
    return [{ source: { attribute, indices }, amount: reaches.get(attribute) ?? 0 }]
  })
}
