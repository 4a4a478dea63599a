/** Rules and overlays over the catalogue of two tastes. */
import { describe, expect, test } from 'vitest'
import { idsOf, numberOf, type Owner, owned, readingAs } from './curated.test-data.ts'
import { like, setUp } from './sample-engine.test-data.ts'

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
