/** Filters, rules and overlays over the catalogue of two tastes. */
import { describe, expect, test } from 'vitest'
import type { AttributeColumn } from '../pack/attribute-column.ts'
import type { ItemRecord } from '../pack/item.ts'
import { overlaidItems, parseOverlay, unknownIds } from '../pack/overlay.ts'
import type { Rules } from '../pack/rules.ts'
import type { EngineParts } from './create-engine.ts'
import {
  DIM,
  like,
  samplePackOfTwoTastes as pack,
  sampleItems,
  sampleRecords,
  setUp,
} from './sample-engine.test-data.ts'

const COLUMNS: readonly AttributeColumn[] = [
  { name: 'size', type: 'number', values: sampleRecords.map((_, index) => index) },
  { name: 'colour', type: 'category', values: sampleRecords.map(() => 'red') },
]

interface Owner {
  readonly rules?: Rules
  readonly overlay?: object
  /** Changes of single records. */
  readonly records?: Readonly<Record<string, Partial<ItemRecord>>>
}

/** Engine parts of a pack with these rules and columns; `asked` are the columns read. */
function owned({ rules, overlay: json, records = {} }: Owner = {}) {
  const asked: string[] = []
  const plain = {
    ...sampleItems,
    record: (index: number) => {
      const record = sampleItems.record(index)
      return { ...record, ...records[record.id] }
    },
  }
  const overlay = json && parseOverlay(new TextEncoder().encode(JSON.stringify(json)))
  const columns = COLUMNS.map(({ name, type }) => ({ name, type, file: FILE }))
  const parts: Partial<EngineParts> = {
    pack: {
      ...pack,
      manifest: { ...pack.manifest, columns, ...(rules ? { rules } : {}) },
    },
    items: overlay ? overlaidItems(plain, overlay) : plain,
    readColumn: async (name) => {
      asked.push(name)
      return COLUMNS.find((column) => column.name === name)!
    },
    ...(overlay
      ? { overlay: { ...overlay, unknown: unknownIds(overlay, plain.indexOf) } }
      : {}),
  }
  return { parts, asked }
}
/** An encoder that reads every text as this. */
const readingAs = (vector: Float32Array): Partial<EngineParts> => ({
  openEncoder: async () => ({
    encoder: {
      ...{ dim: DIM, fingerprint: 'f00d' },
      encode: async () => vector,
      dispose: async () => {},
    },
    ...{ backend: 'wasm', tried: [], selfCheck: 1, probeMs: 1 },
  }),
})
const FILE = { name: 'column-0.0123456789abcdef.json', sizeBytes: 1, sha256: '' }

const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id)
const numberOf = (id: string) => Number(id.slice(2))

describe('a filter', () => {
  test('leaves a list full from further down', async () => {
    const { engine, at } = await setUp(owned().parts)
    await engine.record(like(0, at(1)))
    const { items } = await engine.recommend({ count: 8, filter: 'size > 11' })
    expect(items).toHaveLength(8)
    expect(items.every(({ id }) => numberOf(id) > 11)).toBe(true)
  })

  test('holds for shelves, related items and searches alike', async () => {
    const { engine, at } = await setUp(owned().parts)
    await engine.record([like(0, at(1)), like(2, at(2))])
    const filter = { category: 'sea stories', size: { gte: 4 } }
    const passes = ({ id }: { readonly id: string }) =>
      numberOf(id) % 2 === 0 && numberOf(id) >= 4
    const { shelves } = await engine.shelves({ count: 4, filter })
    expect(shelves.map(({ kind }) => kind)).toContain('because')
    expect(shelves.flatMap(({ items }) => items).every(passes)).toBe(true)
    const related = await engine.related('id4', { count: 6, filter })
    expect(related.items).toHaveLength(6)
    expect(related.items.every(passes)).toBe(true)
    const found = await engine.search('sea', { count: 5, mode: 'keyword', filter })
    expect(found.items).toHaveLength(5)
    expect(found.items.every(passes)).toBe(true)
  })

  test('of the rules that passes everything changes no list', async () => {
    const make = async (owner: Owner) => {
      const { engine, at } = await setUp(owned(owner).parts)
      await engine.record([0, 2, 3, 5].map((index, i) => like(index, at(i + 1))))
      const { shelves } = await engine.shelves({ count: 6 })
      const { items } = await engine.recommend({ count: 6 })
      const related = await engine.related('id7', { count: 6 })
      const found = await engine.search('space', { count: 6, mode: 'keyword' })
      return { shelves, items, related: related.items, found: found.items }
    }
    expect(await make({ rules: { filter: 'title exists' } })).toEqual(await make({}))
  })

  test('that no item passes gives an empty list, or the fallback', async () => {
    const { engine } = await setUp(owned().parts)
    const filter = 'size > 99'
    expect((await engine.recommend({ filter })).items).toEqual([])
    expect((await engine.shelves({ filter })).shelves).toEqual([])
    const popular = await engine.recommend({ filter, count: 3, fallback: 'popular' })
    expect(idsOf(popular.items)).toEqual(['id0', 'id1', 'id2'])
    const own = await engine.recommend({ filter, fallback: ['id9', 'gone', 'id4'] })
    expect(idsOf(own.items)).toEqual(['id9', 'id4'])
  })

  test('that does not parse, or names what is not there, is refused with its place', async () => {
    const { engine } = await setUp(owned().parts)
    await expect(engine.recommend({ filter: 'size <' })).rejects.toThrow(
      'filter: expected a value after "<" at character 7: "size <"',
    )
    await expect(engine.shelves({ filter: 'sizes < 3' })).rejects.toThrow(
      'unknown attribute "sizes", did you mean "size"?',
    )
    await expect(engine.recommend({ threshold: 1 })).rejects.toThrow(
      'invalid threshold',
    )
    await expect(engine.recommend({ fallback: 'all' as 'none' })).rejects.toThrow(
      'invalid fallback: got "all"',
    )
    await expect(
      engine.recommend({ boost: [{ filter: 'size > 3', by: Number.NaN }] }),
    ).rejects.toThrow('invalid boost[0].by')
  })

  test('that reads a column reads all: no request names the one that was chosen', async () => {
    const { parts, asked } = owned()
    const { engine } = await setUp(parts)
    await engine.recommend({ filter: 'title exists' })
    expect(asked).toEqual([])
    await engine.recommend({ filter: 'size < 3' })
    await engine.recommend({ filter: "colour = 'red'" })
    expect(asked).toEqual(['size', 'colour'])
    const { curation } = await engine.state()
    expect(curation.columns).toEqual({
      known: ['size', 'colour'],
      loaded: ['size', 'colour'],
    })
  })

  test('that is empty reads the columns ahead', async () => {
    const { parts, asked } = owned()
    const { engine } = await setUp(parts)
    const { items } = await engine.recommend({ filter: '' })
    expect(items).toHaveLength(12)
    expect(asked).toEqual(['size', 'colour'])
  })
})

describe('a call', () => {
  test('excludes from shelves, related items and searches too', async () => {
    const { engine } = await setUp(owned().parts)
    const exclude = ['id0', 'id2', 'gone']
    const { shelves } = await engine.shelves({ exclude })
    const { items: related } = await engine.related('id4', { exclude })
    const found = await engine.search('sea', { exclude, mode: 'keyword' })
    for (const items of [shelves.flatMap(({ items }) => items), related, found.items]) {
      expect(items.length).toBeGreaterThan(0)
      expect(idsOf(items)).not.toContain('id0')
      expect(idsOf(items)).not.toContain('id2')
    }
  })

  test('boosts in the order, and states it, but not in the score', async () => {
    const { engine } = await setUp(owned().parts)
    const plain = await engine.recommend({ count: 24 })
    const boost = [{ filter: 'size = 20', by: 50 }]
    const { items } = await engine.recommend({ count: 24, boost })
    expect(items[0]!.id).toBe('id20')
    const before = plain.items.find(({ id }) => id === 'id20')!
    expect(items[0]!.score).toBe(before.score)
    expect(items[0]!.match).toBe(before.match)
    expect(items[0]!.reasons[0]).toMatchObject({
      ...{ kind: 'boosted', params: { by: 50 }, component: 'owner' },
    })
    const shares = items[0]!.reasons.reduce((sum, { share }) => sum + share, 0)
    expect(shares).toBeCloseTo(1)
    const down = await engine.recommend({
      count: 24,
      boost: [{ filter: 'size = 0', by: -50 }],
    })
    expect(down.items.at(-1)!.id).toBe('id0')
    expect(down.items.at(-1)!.reasons.map(({ kind }) => kind)).not.toContain('boosted')
  })

  test('boosts for a visitor who is known, within diversity', async () => {
    const { engine, at } = await setUp(owned().parts)
    await engine.record([like(0, at(1)), like(2, at(2))])
    const boost = [{ filter: 'size = 21', by: 50 }]
    const { items } = await engine.recommend({ count: 5, boost })
    expect(items[0]!.id).toBe('id21')
  })

  test('with a threshold shows no lesser match', async () => {
    const { engine, at } = await setUp(owned().parts)
    await engine.record([like(0, at(1)), like(2, at(2))])
    const all = (await engine.recommend({ count: 20 })).items
    const threshold = all[Math.floor(all.length / 2)]!.match
    const { items } = await engine.recommend({ count: 20, threshold })
    expect(items.length).toBeGreaterThan(0)
    expect(items.length).toBeLessThan(all.length)
    expect(items.every(({ match }) => match >= threshold)).toBe(true)
    const { shelves } = await engine.shelves({ count: 4, threshold })
    const scored = shelves.filter(({ kind }) => kind !== 'continue')
    expect(
      scored.flatMap((shelf) => shelf.items).every((item) => item.match >= threshold),
    ).toBe(true)
    const related = await engine.related('id5', { threshold: 0.6 })
    expect(related.items.every(({ match }) => match >= 0.6)).toBe(true)
  })
})

describe('a list without end', () => {
  test('repeats nothing, keeps its filter and ends empty', async () => {
    const { engine, at } = await setUp(owned().parts)
    await engine.record([like(0, at(1)), like(2, at(2)), like(1, at(3))])
    const first = await engine.recommend({ count: 4, filter: 'size > 5' })
    const seen = idsOf(first.items)
    let last = first
    for (;;) {
      last = await engine.recommendNext(last)
      if (last.items.length === 0) break
      seen.push(...idsOf(last.items))
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.map(numberOf).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 18 }, (_, i) => i + 6),
    )
    expect((await engine.recommendNext(first.slate)).items).toEqual([])
  })

  test('continues shelves without what any of them shows', async () => {
    const { engine, at } = await setUp()
    await engine.record([like(0, at(1)), like(3, at(2))])
    const { shelves, slate } = await engine.shelves({ count: 4 })
    const shown = new Set(shelves.flatMap(({ items }) => idsOf(items)))
    const { items } = await engine.recommendNext(slate, { count: 5 })
    expect(items.length).toBeGreaterThan(0)
    expect(items.length).toBeLessThanOrEqual(5)
    expect(items.some(({ id }) => shown.has(id))).toBe(false)
  })

  test('is refused for a slate that names no such list', async () => {
    const { engine } = await setUp()
    await expect(engine.recommendNext('nothing')).rejects.toThrow(
      'unknown list: got "nothing"',
    )
  })
})

describe('rules', () => {
  const everything = async (owner: Owner) => {
    const { engine, at } = await setUp(owned(owner).parts)
    await engine.record([like(0, at(1)), like(2, at(2)), like(4, at(3))])
    const { shelves } = await engine.shelves({ count: 5 })
    const { items: own } = await engine.recommend({ count: 20 })
    const { items: related } = await engine.related('id6', { count: 20 })
    const found = await engine.search('sea', { count: 20, mode: 'keyword' })
    return { shelves, own, related, found: found.items }
  }
  const shown = ({
    shelves,
    own,
    related,
    found,
  }: Awaited<ReturnType<typeof everything>>) => [
    ...shelves.flatMap(({ items }) => items),
    ...own,
    ...related,
    ...found,
  ]

  test('that hide, filter, or want stock and recent days hold everywhere', async () => {
    const lists = await everything({
      rules: {
        hide: ['id8', 'gone'],
        filter: 'size != 10',
        onlyInStock: true,
        notOlderThanDays: 30,
      },
      records: {
        id12: { available: false },
        id14: { published: '2025-12-01' },
        id16: { published: '2025-12-03' },
      },
    })
    const ids = new Set(idsOf(shown(lists)))
    for (const id of ['id8', 'id10', 'id12', 'id14']) expect(ids).not.toContain(id)
    expect(ids).toContain('id16') // thirty days before the clock's 2026-01-01 and younger
    expect(ids).toContain('id18') // without a day
  })

  test('that pin put items at the head, in order, as the owner’s choice', async () => {
    const { shelves, own, related, found } = await everything({
      rules: { pin: ['id21', 'id6', 'id0'] },
    })
    expect(idsOf(own).slice(0, 3)).toEqual(['id21', 'id6', 'id0'])
    expect(own[0]!.reasons).toEqual([
      { kind: 'pinned', params: {}, component: 'owner', share: 1 },
    ])
    expect(own[0]!.headline!.kind).toBe('pinned')
    const sum = Object.values(own[0]!.components).reduce((a, b) => a + b, 0)
    expect(own[0]!.score).toBeCloseTo(sum, 3)
    expect(idsOf(shelves[0]!.items).slice(0, 3)).toEqual(['id21', 'id6', 'id0'])
    const others = shelves.slice(1).filter(({ kind }) => kind !== 'continue')
    expect(idsOf(others.flatMap(({ items }) => items))).not.toContain('id21')
    expect(idsOf(found).slice(0, 2)).toEqual(['id6', 'id0']) // id21 is not found
    expect(idsOf(related)[0]).toBe('id0')
  })

  test('that pin put among related items only what is one of them anyway', async () => {
    const plain = await setUp(owned().parts)
    const before = idsOf((await plain.engine.related('id6', { count: 5 })).items)
    const last = before.at(-1)!
    const { engine } = await setUp(
      owned({ rules: { pin: ['id21', last, 'id6'] } }).parts,
    )
    const { items } = await engine.related('id6', { count: 5 })
    expect(before).not.toContain('id21')
    expect(idsOf(items)).toEqual([last, ...before.slice(0, -1)])
    expect(items.map(({ reasons }) => reasons[0]!.kind === 'pinned')).toEqual([
      ...[true, false, false, false, false],
    ])
  })

  test('that pin lead no search whose words the item lacks, however near in meaning', async () => {
    const { engine } = await setUp({
      ...owned({ rules: { pin: ['id21'] } }).parts,
      ...readingAs(Float32Array.of(1, 0.3, 1, 0.3)), // near the sea, and not far from space
    })
    const firstOf = async (text: string) => {
      const { items, mode } = await engine.search(text, { count: 24 })
      expect(mode).toBe('semantic')
      expect(idsOf(items)).toContain('id21')
      return items[0]!
    }
    for (const text of ['zzzzqq', 'sea perfume', 'space perfume']) {
      const first = await firstOf(text)
      expect(first.id).not.toBe('id21')
      expect(first.reasons[0]!.kind).not.toBe('pinned')
    }
    expect((await firstOf('space')).id).toBe('id21')
  })

  test('a pinned item that the list’s filter leaves out, or that was refused, is not shown', async () => {
    const { engine, at } = await setUp(owned({ rules: { pin: ['id1', 'id3'] } }).parts)
    const filtered = await engine.recommend({ filter: 'size != 1' })
    expect(filtered.items[0]!.id).toBe('id3')
    expect(idsOf(filtered.items)).not.toContain('id1')
    await engine.record({ kind: 'dislike', item: 'id3', at: at(1) })
    expect(idsOf((await engine.recommend()).items)).not.toContain('id3')
  })

  test('that bury put items after all others', async () => {
    const { own, found } = await everything({ rules: { bury: 'size < 12' } })
    const places = idsOf(own).map((id) => numberOf(id) < 12)
    expect(places.indexOf(true)).toBe(places.lastIndexOf(false) + 1)
    const inSearch = idsOf(found).map((id) => numberOf(id) < 12)
    expect(inSearch.indexOf(true)).toBe(inSearch.lastIndexOf(false) + 1)
  })

  test('that limit makers and categories fill the list from further down', async () => {
    const { own, related } = await everything({ rules: { maxPerAuthor: 1 } })
    for (const items of [own, related]) {
      const authors = items.map(({ authors }) => authors![0])
      expect(new Set(authors).size).toBe(authors.length)
    }
    expect(own).toHaveLength(6)
    const two = await everything({ rules: { maxPerCategory: 2 } })
    expect(two.own).toHaveLength(4)
  })

  test('that show one of a group keep the best, and none of what the visitor has', async () => {
    const group = (...ids: string[]) =>
      Object.fromEntries(ids.map((id) => [id, { group: id }]))
    const lists = await everything({
      rules: { onePerGroup: true },
      records: {
        ...group('id20'),
        id6: { group: 'a' },
        id8: { group: 'a' },
        id10: { group: 'b' },
        id0: { group: 'b' }, // liked
      },
    })
    const own = idsOf(lists.own)
    expect(own.filter((id) => id === 'id6' || id === 'id8')).toEqual(['id6'])
    expect(own).not.toContain('id10')
    const others = lists.shelves.filter(({ kind }) => kind !== 'continue')
    const all = idsOf(others.flatMap(({ items }) => items))
    expect(all.filter((id) => id === 'id6' || id === 'id8')).toHaveLength(1)
    expect(idsOf(lists.related)).not.toContain('id8') // a variant of the item itself
  })

  test('that boost count for everyone', async () => {
    const { own } = await everything({
      rules: { boost: [{ filter: 'size = 23', by: 50 }] },
    })
    expect(own[0]!.id).toBe('id23')
  })

  test('that cannot be read keep every list back, so that nothing hidden is shown', async () => {
    const { engine } = await setUp(owned({ rules: { filter: 'siz > 3' } }).parts)
    await expect(engine.recommend()).rejects.toThrow(
      expect.objectContaining({
        code: 'bad-pack',
        message: expect.stringContaining('rules.filter: unknown attribute "siz"'),
      }),
    )
  })

  test('read their columns and no others', async () => {
    const { parts, asked } = owned({ rules: { filter: "colour = 'red'" } })
    const { engine } = await setUp(parts)
    await engine.recommend()
    expect(asked).toEqual(['colour'])
    expect((await engine.state()).curation.rules).toEqual({ filter: "colour = 'red'" })
  })
})

describe('an overlay', () => {
  const overlay = {
    updated: '2026-01-01',
    hidden: ['id2', 'gone'],
    pinned: ['id9'],
    prices: { id4: 7.5 },
    stock: { id6: 0 },
  }

  test('hides, pins, and is what filters and cards see', async () => {
    const { engine } = await setUp(owned({ overlay }).parts)
    const { items } = await engine.recommend({ count: 24 })
    expect(items[0]!.id).toBe('id9')
    expect(idsOf(items)).not.toContain('id2')
    expect(items.find(({ id }) => id === 'id4')!.price).toBe(7.5)
    expect(items.find(({ id }) => id === 'id6')!.available).toBe(false)
    const cheap = await engine.recommend({ filter: 'price < 10' })
    expect(idsOf(cheap.items)).toEqual(['id4'])
    const there = await engine.recommend({ filter: 'available', count: 24 })
    expect(idsOf(there.items)).not.toContain('id6')
  })

  test('pins before the rules do, and its sold-out items follow the rules', async () => {
    const rules = { pin: ['id3', 'id6'], onlyInStock: true }
    const { engine } = await setUp(owned({ overlay, rules }).parts)
    const { items } = await engine.recommend()
    expect(idsOf(items).slice(0, 2)).toEqual(['id9', 'id3'])
    expect(idsOf(items)).not.toContain('id6')
  })

  test('is counted in the state', async () => {
    const { engine } = await setUp(owned({ overlay }).parts)
    expect((await engine.state()).curation.overlay).toEqual({
      ...{ updated: '2026-01-01', hidden: 2, pinned: 1, prices: 1, stock: 1 },
      unknown: ['gone'],
    })
  })
})
