/**
 * What in a visitor's history speaks for one row, read off the same blocks and the same
 * weights that scored it. Made only for the rows that are returned.
 */

import { dot } from '../math/vectors.ts'
import type { Pack } from '../pack/pack.ts'
import { entitiesOf, reachOf } from './attributes.ts'
import { DEFAULT_TEXT_SHARE, isUsable, sumRows } from './content-query.ts'
import { dotRows, dotWith } from './int8-vectors.ts'
import { entryBetween, foldedRows, latentBetween } from './item-item.ts'
import type { RankedItem, ScoreRequest, Support } from './score.ts'
import { knowledgeRows, readingOf, sequenceRows } from './sequential.ts'
import type { WeightedRow } from './tower-input.ts'

/** Supports kept of each part. */
export const SUPPORTS_PER_PART = 4
/**
 * History items asked what they give by their vectors (content, CF's low-rank term), the
 * heaviest: each costs a dot product a row shown. By their entries in a block all are asked.
 */
const VECTOR_SUPPORTERS = 24

type Source = Omit<Support, 'share' | 'part'>
type Given = { readonly source: Source; readonly amount: number }

/** Reads supports for one request; holds what is the same for all its rows. */
export interface SupportReader {
  /** Only of parts that are positive, strongest first. */
  read(row: number, parts: RankedItem['components']): Support[]
}

export function readSupports(pack: Pack, request: ScoreRequest): SupportReader {
  const all = foldedRows(request.taste)
  const folded = all.filter(({ weight }) => weight > 0)
  const recent = sequenceRows(request.taste, readingOf(pack))
  const heaviest = folded.toSorted((a, b) => b.weight - a.weight)
  const holding = knowledgeRows(pack, folded)
  const reaches = reachOf(pack.attributes, holding)
  const holders = holdersOf(
    pack,
    holding.toSorted((a, b) => b.weight - a.weight),
  )
  const contentOf = readContent(pack, { all, heaviest }, request)
  const giversOf = {
    cf: (row: number) => givenBy(pack.cf, heaviest, row),
    sequence: (row: number) => givenBy(pack.sequence, recent, row),
    content: contentOf,
    knowledge: (row: number) => givenByEntities(pack, { holders, reaches }, row),
  }
  const kinds = Object.keys(giversOf) as (keyof typeof giversOf)[]
  return {
    read: (row, parts) =>
      kinds
        .filter((part) => parts[part] > 0)
        .flatMap((part) => shares(part, giversOf[part](row)))
        .sort((a, b) => b.share * parts[b.component] - a.share * parts[a.component]),
  }
}

/** The positive amounts as shares of their sum, the largest few. */
function shares(part: Support['component'], given: readonly Given[]): Support[] {
  const positive = given.filter(({ amount }) => amount > 0)
  const total = positive.reduce((sum, { amount }) => sum + amount, 0)
  return positive
    .sort((a, b) => b.amount - a.amount)
    .slice(0, SUPPORTS_PER_PART)
    .map(({ source, amount }) => ({ part, ...source, share: amount / total }))
}

/** @param from heaviest first where the block has a low-rank term */
function givenBy(block: Pack['cf'], from: readonly WeightedRow[], to: number): Given[] {
  const given: Given[] = []
  if (!block) return given
  from.forEach(({ row, weight }, place) => {
    const latent = place < VECTOR_SUPPORTERS ? latentBetween(block, row, to) : 0
    const amount = weight * (entryBetween(block, row, to) + latent)
    if (amount > 0) given.push({ source: { index: row }, amount })
  })
  return given
}

/** Each history row's term of the content query · row; typed text has no row. */
function readContent(
  { content }: Pack,
  {
    all,
    heaviest,
  }: {
    readonly all: readonly WeightedRow[]
    readonly heaviest: readonly WeightedRow[]
  },
  { textQuery, textShare = DEFAULT_TEXT_SHARE }: ScoreRequest,
): (row: number) => Given[] {
  if (!content) return () => []
  const { vectors } = content
  const supporters = heaviest.slice(0, VECTOR_SUPPORTERS)
  const sum = sumRows(vectors, all)
  const length = Math.sqrt(dot(sum, sum))
  const text = isUsable(textQuery) ? textQuery : undefined
  const ofText = length === 0 ? 1 : text ? textShare : 0
  const ofHistory = length === 0 ? 0 : (1 - ofText) / length
  return (row) => {
    const given: Given[] = []
    for (const from of supporters) {
      const amount = ofHistory * from.weight * dotRows(vectors, from.row, row)
      if (amount > 0) given.push({ source: { index: from.row }, amount })
    }
    if (text) given.push({ source: {}, amount: ofText * dotWith(vectors, row, text) })
    return given
  }
}

/** Entity → the history rows that hold it, heaviest first. */
function holdersOf({ attributes }: Pack, heaviest: readonly WeightedRow[]) {
  const holders = new Map<number, number[]>()
  for (const { row } of heaviest) {
    for (const entity of entitiesOf(attributes, row)) {
      const rows = holders.get(entity)
      if (rows) rows.push(row)
      else holders.set(entity, [row])
    }
  }
  return holders
}

function givenByEntities(
  { attributes }: Pack,
  {
    holders,
    reaches,
  }: {
    readonly holders: ReadonlyMap<number, readonly number[]>
    readonly reaches: ReadonlyMap<number, number>
  },
  row: number,
): Given[] {
  return [...entitiesOf(attributes, row)].map((entity) => ({
    source: { entity, rows: holders.get(entity) ?? [] },
    amount: reaches.get(entity) ?? 0,
  }))
}
