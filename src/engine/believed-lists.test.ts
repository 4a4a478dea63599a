/** Lists of a small bookshop: makers, editions, series, the dial, what is different. */
import { describe, expect, test } from 'vitest'
import type { ItemRecord } from '../pack/item.ts'
import type { ItemTable } from '../pack/items.ts'
import { type SampleOptions, samplePack } from '../scoring/sample-pack.test-data.ts'
import { idsOf } from './curated.test-data.ts'
import { like, setUp } from './sample-engine.test-data.ts'

const ROWS = 120
/** Crime by few makers, then a series of six, then one hundred other books. */
const records: ItemRecord[] = Array.from({ length: ROWS }, (_, index) => {
  const id = `id${index}`
  if (index < 14) {
    const maker = index < 8 ? 'Christie' : `Maker ${index}`
    const title = index === 7 ? 'Crime 0: A Novel' : `Crime ${index}`
    return { id, title, authors: [maker], genres: ['crime'] }
  }
  if (index < 20) {
    const position = index - 13
    const series = { name: 'Saga', position }
    return {
      id,
      title: `Saga ${position}`,
      authors: ['Epic'],
      genres: ['fantasy'],
      series,
    }
  }
  const genre = `genre ${index % 8}`
  return { id, title: `Book ${index}`, authors: [`Author ${index}`], genres: [genre] }
})
const kindOf = (index: number) => (index < 14 ? 0 : index < 20 ? 1 : 2 + (index % 8))
const options: SampleOptions = {
  items: records,
  cf: records.map((_, a) =>
    records.map((_, b) => (a !== b && kindOf(a) === kindOf(b) ? 9 : 0)),
  ),
  content: records.map((_, index) =>
    Array.from({ length: 10 }, (_, d) => (d === kindOf(index) ? 1 : 0.05)),
  ),
  popularity: records.map((_, index) => 1 - index / ROWS),
}
const pack = samplePack(options)
const provenance = { ...pack.manifest.provenance, interactions: 5000 }
const shop = { ...pack, manifest: { ...pack.manifest, provenance } }
const items: ItemTable = {
  count: ROWS,
  record: (index) => records[index]!,
  indexOf: (id) => {
    const index = Number(id.slice(2))
    return records[index]?.id === id ? index : undefined
  },
}
const open = () => setUp({ pack: shop, items })
const makersOf = (list: readonly { readonly authors?: readonly string[] }[]) =>
  list.map(({ authors }) => authors![0])
const countOf = (makers: readonly unknown[], maker: string) =>
  makers.filter((other) => other === maker).length

describe('a related list', () => {
  test('holds a sixth of one maker, and as many as the caller asks for', async () => {
    const { engine } = await open()
    const plain = (await engine.related('id0')).items
    expect(countOf(makersOf(plain), 'Christie')).toBe(2)
    expect(new Set(makersOf(plain)).size).toBeGreaterThan(4)
    const asked = (await engine.related('id0', { perMaker: 5 })).items
    expect(countOf(makersOf(asked), 'Christie')).toBe(5)
    await expect(engine.related('id0', { perMaker: 0 })).rejects.toThrow(
      'invalid perMaker: got 0',
    )
  })

  test('holds no other edition, and ends where likeness ends', async () => {
    const { engine } = await open()
    const { items: related } = await engine.related('id0', { count: 50, perMaker: 50 })
    expect(idsOf(related)).not.toContain('id7')
    expect(related.every(({ genres }) => genres![0] === 'crime')).toBe(true)
  })

  test('of a first volume holds the second, of a middle one the first', async () => {
    const { engine, at } = await open()
    const seriesOf = async (id: string) =>
      (await engine.related(id)).items.flatMap(({ series }) => series?.position ?? [])
    expect(await seriesOf('id14')).toEqual([2])
    expect(await seriesOf('id16')).toEqual([1])
    await engine.record(like(16, at(1)))
    // the next one first, then one that was skipped
    expect(await seriesOf('id16')).toEqual([4, 2])
  })
})

describe('every list', () => {
  test('of a stranger and of a reader shows a series from where the reader is', async () => {
    const { engine, at } = await open()
    const placesOf = async () => {
      const { shelves } = await engine.shelves({ count: 12 })
      const shown = shelves.filter(({ kind }) => kind !== 'continue')
      return shown.flatMap((shelf) =>
        shelf.items.flatMap(({ series }) => series?.position ?? []),
      )
    }
    for (const place of await placesOf()) expect(place).toBe(1)
    await engine.record([like(14, at(0)), like(15, at(1))])
    const places = await placesOf()
    expect(places.length).toBeGreaterThan(0)
    // the next one, and the one after it only beside that
    for (const place of places) expect([3, 4]).toContain(place)
    expect(places.indexOf(3)).toBeLessThanOrEqual(Math.max(0, places.indexOf(4)))
    expect(places).toContain(3)
  })

  test('is the same within an owner’s curation that changes nothing', async () => {
    const plain = await open()
    const rules = { filter: 'title exists' }
    const manifest = { ...shop.manifest, rules }
    const ruled = await setUp({ pack: { ...shop, manifest }, items })
    const make = async ({ engine, at }: Awaited<ReturnType<typeof open>>) => {
      await engine.record([like(0, at(0)), like(14, at(1)), like(30, at(2))])
      const { shelves } = await engine.shelves()
      return shelves.map(({ kind, items: own }) => [kind, idsOf(own)])
    }
    expect(await make(ruled)).toEqual(await make(plain))
  })

  test('holds more of a maker for whom the visitor asked by liking three', async () => {
    const { engine, at } = await open()
    await engine.record([0, 1, 2].map((index) => like(index, at(index))))
    const { items: own } = await engine.recommend({ count: 8 })
    expect(countOf(makersOf(own), 'Christie')).toBe(4)
  })
})

test('what is different shares no genre with what is known', async () => {
  const { engine, at } = await open()
  await engine.record([like(0, at(0)), like(20, at(1))])
  const { shelves } = await engine.shelves({ count: 6 })
  const different = shelves.find(({ kind }) => kind === 'different')!
  expect(different.items).toHaveLength(6)
  for (const { genres } of different.items) {
    expect(genres).not.toContain('crime')
    expect(genres).not.toContain('genre 4')
  }
})

test('the dial changes the list, and the list alone', async () => {
  const { engine, at } = await open()
  await engine.record([like(60, at(0)), like(61, at(1))])
  const listAt = async (surprise: number) =>
    (await engine.recommend({ count: 10, surprise })).items
  const familiar = await listAt(0)
  const surprising = await listAt(1)
  expect(idsOf(surprising)).not.toEqual(idsOf(familiar))
  const scores = new Map(familiar.map(({ id, score }) => [id, score]))
  for (const { id, score } of surprising) {
    if (scores.has(id)) expect(score).toBe(scores.get(id))
  }
})
