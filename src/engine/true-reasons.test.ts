/**
 * Each reason of each pick, against the data that it speaks of: random catalogues with and
 * without each block, random logs, every list. Nothing here uses what made the reasons.
 */
import { describe, expect, test } from 'vitest'
import { en } from '../explain/messages/en.ts'
import { reasonText, shelfTitle } from '../explain/messages/messages.ts'
import type { Int8Table } from '../math/scanner.ts'
import type { ItemRecord } from '../pack/item.ts'
import type { AttributeValue } from '../pack/pack.ts'
import type { NamedItem, Reason, ReasonContent, RecommendedItem } from './hearth.ts'
import { type Matrix, type World, worldOf } from './random-world.test-data.ts'

const SEEDS = Array.from({ length: 24 }, (_, seed) => seed + 1)
// The data behind, by its own arithmetic.

const recordAt = ({ records }: World, id: string) =>
  records.find((record) => record.id === id)!
const indexAt = ({ records }: World, id: string) =>
  records.findIndex((record) => record.id === id)
const isColdStart = (world: World, id: string) =>
  world.pack.flags[indexAt(world, id)] === 1

/** As a pack holds it: fifteenths of the largest of `from`. */
function holds(matrix: Matrix | undefined, from: number, to: number): boolean {
  const most = Math.max(...(matrix?.[from] ?? [0]))
  const value = (Math.round((15 * (matrix?.[from]?.[to] ?? 0)) / most) / 15) * most
  return value > 0 && value >= 0.1 * most - 1e-6
}

const vectorAt = ({ codes, dim }: Int8Table, index: number) => [
  ...codes.subarray(index * dim, (index + 1) * dim),
]
function cosine(a: readonly number[], b: readonly number[]) {
  const dot = a.reduce((sum, x, d) => sum + x * b[d]!, 0)
  return dot / (Math.hypot(...a) * Math.hypot(...b) || 1)
}

/** Nearer than 99 % of the others, and 2.5 deviations from their mean. */
function standsOut(value: number, others: readonly number[]): boolean {
  const nearer = others.filter((other) => other > value + 1e-6).length
  const mean = others.reduce((sum, x) => sum + x, 0) / others.length
  const deviation = Math.sqrt(
    others.reduce((sum, x) => sum + (x - mean) ** 2, 0) / others.length,
  )
  return nearer <= 0.01 * others.length && value >= mean + 2.5 * deviation - 1e-4
}

function isNear(table: Int8Table | undefined, from: number, to: number): boolean {
  if (!table) return false
  const likeness = (index: number) =>
    cosine(vectorAt(table, from), vectorAt(table, index))
  const others = Array.from({ length: table.rows }, (_, i) => i).filter(
    (i) => i !== from,
  )
  return standsOut(likeness(to), others.map(likeness))
}

function valuesOf(record: ItemRecord, { relation }: AttributeValue): string[] {
  if (relation === 'author') return [...(record.authors ?? [])]
  if (relation === 'series') return record.series ? [record.series.name] : []
  if (relation === 'genre') return [...(record.genres ?? [])]
  return record.year === undefined ? [] : [`${Math.floor(record.year / 10)}0s`]
}
const has = (record: ItemRecord, attribute: AttributeValue) =>
  valuesOf(record, attribute).includes(attribute.name)

const did = ({ events }: World, id: string, kind: string) =>
  events.some((event) => event.item === id && event.kind === kind)
const POSITIVE = ['like', 'click', 'save', 'finish', 'dwell', 'rate']
const isChosen = (world: World, id: string) =>
  POSITIVE.some((kind) => did(world, id, kind))

/** By the log alone, newest event of each kind. */
function isRefused({ events }: World, id: string): boolean {
  const own = events.filter(({ item }) => item === id)
  const last = (kind: string) => own.findLastIndex((event) => event.kind === kind)
  if (last('dislike') > last('like')) return true
  const stars = own[last('rate')]?.value ?? 5
  return stars <= 2 && last('like') < 0 && last('save') < 0
}

function isSameWork(a: ItemRecord, b: ItemRecord): boolean {
  if (a.group !== undefined || b.group !== undefined) return a.group === b.group
  const isNobody = ['Anonymous', 'Unknown'].includes(a.authors?.[0] ?? 'Unknown')
  return !isNobody && a.title === b.title && a.authors?.[0] === b.authors?.[0]
}

const wordsIn = ({ title, description = '' }: ItemRecord) =>
  `${title} ${description}`.toLowerCase().split(/[^a-z0-9]+/)

interface Shown {
  readonly world: World
  readonly item: RecommendedItem
  /** The item that the list is about. */
  readonly anchor?: string
  readonly search?: string
  /** Every item's tower component, where the list is by the visitor's taste. */
  readonly towers?: readonly number[]
}

/** Throws where a reason is not true. */
function check(reason: ReasonContent, shown: Shown): void {
  const { world, item, anchor } = shown
  const { pack } = world
  const to = indexAt(world, item.id)
  const record = recordAt(world, item.id)
  /** The named item's index, or the anchor's. */
  const fromOf = (named: NamedItem | undefined) => {
    if (named) expect(isChosen(world, named.id) || named.id === anchor).toBe(true)
    expect(named?.id).not.toBe(item.id)
    expect(named === undefined && anchor === undefined).toBe(false)
    return indexAt(world, named?.id ?? anchor!)
  }
  const isFrom = (named: NamedItem | undefined) => world.records[fromOf(named)]!
  switch (reason.kind) {
    case 'because-chosen':
      expect(did(world, reason.params.item.id, reason.params.event)).toBe(true)
      expect(isRefused(world, reason.params.item.id)).toBe(false)
      expect(holds(world.cf, fromOf(reason.params.item), to)).toBe(true)
      expect(isColdStart(world, item.id)).toBe(false)
      return
    case 'goes-with':
      expect(holds(world.cf, fromOf(reason.params.item), to)).toBe(true)
      expect(pack.flags[to]! + pack.flags[fromOf(reason.params.item)]!).toBe(0)
      return
    case 'new-like':
      expect(holds(world.cf, fromOf(reason.params.item), to)).toBe(true)
      expect(pack.flags[to]).toBe(1)
      return
    case 'sequence': {
      const { items } = reason.params
      for (const named of items.length > 0 ? items : [undefined]) {
        expect(holds(world.sequence, fromOf(named), to)).toBe(true)
        expect(pack.flags[fromOf(named)]! + pack.flags[to]!).toBe(0)
      }
      return
    }
    case 'content-like':
      expect(isNear(pack.content?.vectors, fromOf(reason.params.item), to)).toBe(true)
      return
    case 'same-taste':
      expect(isNear(pack.tower?.items, fromOf(reason.params.item), to)).toBe(true)
      return
    case 'taste': {
      expect(item.components.tower).toBeGreaterThan(0)
      const better = shown.towers?.filter((x) => x > item.components.tower + 1e-4) ?? []
      expect(better.length).toBeLessThanOrEqual(0.05 * pack.itemCount)
      return
    }
    case 'similar-attributes': {
      const { attribute, items, count, event } = reason.params
      expect(has(record, attribute)).toBe(true)
      expect(['Anonymous', 'Unknown', '1']).not.toContain(attribute.name)
      expect(attribute.relation).not.toBe('years')
      const holders = world.records.filter((other) => has(other, attribute))
      if (attribute.relation === 'genre') {
        expect(holders.length).toBeLessThanOrEqual(0.2 * pack.itemCount)
      }
      if (items.length === 0) expect(has(isFrom(undefined), attribute)).toBe(true)
      for (const named of items) {
        expect(has(isFrom(named), attribute)).toBe(true)
        expect(isSameWork(isFrom(named), record)).toBe(false)
        if (event) expect(did(world, named.id, event)).toBe(true)
      }
      const own = holders.filter(({ id }) => isChosen(world, id) && id !== item.id)
      expect(count).toBeLessThanOrEqual(own.length)
      return
    }
    case 'next-in-series': {
      const { series } = isFrom(reason.params.item)
      expect(series?.name).toBe(reason.params.series)
      expect(record.series).toEqual({
        ...{ name: series!.name, position: series!.position! + 1 },
      })
      return
    }
    case 'edition':
      expect(isSameWork(isFrom(reason.params.item), record)).toBe(true)
      return
    case 'shared-words':
      expect(reason.params.words.length).toBe(2)
      for (const word of reason.params.words) {
        expect(wordsIn(record)).toContain(word)
        expect(wordsIn(isFrom(reason.params.item))).toContain(word)
        const holders = world.records.filter((other) => wordsIn(other).includes(word))
        expect(holders.length).toBeLessThanOrEqual(2 + 0.01 * pack.itemCount)
      }
      return
    case 'popular':
    case 'new-likely-popular': {
      expect(world.isByPopularity).toBe(true)
      const isColdStartReason = reason.kind === 'new-likely-popular'
      expect(isColdStart(world, item.id)).toBe(isColdStartReason)
      const own = pack.popularity[to]!
      const above = [...pack.popularity].filter((x, i) => x >= own && !pack.flags[i])
      const top = Math.max(0.1 * pack.itemCount, Math.min(10, pack.itemCount / 2))
      const among = reason.kind === 'popular' ? reason.params.among : top
      expect(among).toBeLessThanOrEqual(top)
      expect(above.length).toBeLessThanOrEqual(among)
      return
    }
    case 'lesser-known': {
      const own = pack.popularity[to]!
      const above = [...pack.popularity].filter((x, i) => x >= own && !pack.flags[i])
      expect(above.length).toBeGreaterThan(pack.itemCount / 2)
      return
    }
    case 'typed-text': {
      expect(shown.search).toBeDefined()
      const { vectors } = pack.content!
      const nearTyped = (index: number) =>
        vectorAt(vectors, index).reduce((sum, x, d) => sum + x * world.vector[d]!, 0) *
        vectors.scales[index]!
      expect(
        standsOut(
          nearTyped(to),
          world.records.map((_, i) => nearTyped(i)),
        ),
      ).toBe(true)
      return
    }
    case 'found': {
      const { words, field } = reason.params
      const texts = {
        title: record.title,
        maker: (record.authors ?? []).join(' '),
        series: record.series?.name ?? '',
        category: (record.genres ?? []).join(' '),
      }
      for (const word of words) {
        expect(shown.search?.toLowerCase()).toContain(word)
        expect(texts[field].toLowerCase()).toContain(word)
      }
      return
    }
    case 'chosen':
      expect(isRefused(world, item.id)).toBe(false)
      expect(did(world, item.id, reason.params.event ?? '')).toBe(true)
      return
    case 'refused':
      expect(did(world, item.id, reason.params.event)).toBe(true)
      expect(isRefused(world, item.id)).toBe(true)
      return
    case 'unlike': {
      const { attribute } = reason.params
      expect(has(record, attribute)).toBe(true)
      const own = world.records.filter(
        ({ id }) => isChosen(world, id) && !isRefused(world, id),
      )
      expect(own.filter((other) => has(other, attribute))).toEqual([])
      return
    }
    case 'from-catalogue': {
      const { attribute } = reason.params
      if (!attribute) return
      expect(attribute.name).not.toBe('Anonymous')
      expect(has(record, attribute)).toBe(true)
      return
    }
    case 'guess':
      expect(item.isGuess).toBe(true)
      if (reason.params.because) check(reason.params.because, shown)
      return
    default:
      throw new Error(`no list here gives ${reason.kind}`)
  }
}

function checkPick(shown: Shown, title: string): void {
  const { item, world, anchor } = shown
  const { reasons, headline } = item
  expect(reasons.length).toBeGreaterThan(0)
  expect(headline).toBeDefined()
  for (const reason of [...reasons, headline!]) {
    try {
      check(reason, shown)
    } catch (error) {
      const where = `${item.id} on “${title}”`
      throw new Error(`${where}: ${JSON.stringify(reason)}`, { cause: error })
    }
  }
  const text = reasonText(headline!, en)
  expect(text.toLowerCase()).not.toBe(title.toLowerCase())
  expect(JSON.stringify(reasons)).not.toContain(`"id":"${item.id}"`)
  if (anchor) expect(JSON.stringify(reasons)).not.toContain(`"id":"${anchor}"`)
  const sum = reasons.reduce((total, { share }) => total + share, 0)
  expect(sum).toBeLessThanOrEqual(1 + 1e-6)
  if (isRefused(world, item.id)) expect(reasons.map(kindOf)).toEqual(['refused'])
  else if (item.isGuess) expect(headline!.kind).toBe('guess')
}
const kindOf = (reason: Reason) =>
  reason.kind === 'guess' ? (reason.params.because?.kind ?? 'guess') : reason.kind

/** Kinds that all seeds together gave. */
const seen = new Set<string>()

describe.each(SEEDS)('catalogue and log %i', (seed) => {
  test('every reason of every list is true', async () => {
    const world = await worldOf(seed)
    const { engine, records } = world
    const ids = records.map(({ id }) => id)
    const towers = (await engine.items(ids)).map(({ components }) => components.tower)
    const all = (
      items: readonly RecommendedItem[],
      title: string,
      more: Partial<Shown>,
    ) => {
      for (const item of items) {
        checkPick({ world, item, ...more }, title)
        for (const reason of item.reasons) seen.add(kindOf(reason))
      }
    }
    const { shelves, slate } = await engine.shelves({ count: 8 })
    for (const shelf of shelves) {
      const anchor = shelf.anchor ? { anchor: shelf.anchor.item.id } : { towers }
      all(shelf.items, shelfTitle(shelf, en), anchor)
    }
    all((await engine.recommendNext(slate)).items, 'More', { towers })
    all((await engine.recommend({ count: 10 })).items, 'For you', { towers })
    all(await engine.items(ids), 'items', { towers })
    for (const id of ids.slice(0, 8)) {
      all((await engine.related(id)).items, 'Close to it', { anchor: id })
      all([(await engine.item(id))!.item], 'its page', {})
    }
    for (const search of ['violinember cobalt', 'ada ames', 'title no3']) {
      all((await engine.search(search)).items, search, { search })
    }
  })
})

test('all kinds that a list without an owner’s wishes may give were met', () => {
  expect([...seen].sort()).toEqual(
    [
      ...['because-chosen', 'chosen', 'content-like', 'edition', 'found'],
      ...['from-catalogue', 'goes-with', 'lesser-known', 'new-like'],
      ...['new-likely-popular', 'next-in-series', 'popular', 'refused', 'same-taste'],
      ...['sequence', 'shared-words', 'similar-attributes', 'taste', 'typed-text'],
      'unlike',
    ].sort(),
  )
})
