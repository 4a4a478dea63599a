/** Filters, calls and endless lists over the catalogue of two tastes. */
import { describe, expect, test } from 'vitest'
import { sampleCalibration } from '../pack/sample-calibration.test-data.ts'
import { idsOf, numberOf, type Owner, owned } from './curated.test-data.ts'
import { like, setUp } from './sample-engine.test-data.ts'

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

  test('with a threshold shows nothing less likely, in any list', async () => {
    const { engine, at } = await setUp(measured())
    await engine.record([like(0, at(1)), like(2, at(2))])
    const all = (await engine.recommend({ count: 20 })).items
    const matches = new Map(all.map(({ id, match }) => [id, match!]))
    const threshold = all[Math.floor(all.length / 2)]!.match!
    const { items } = await engine.recommend({ count: 20, threshold })
    expect(items.length).toBeGreaterThan(0)
    expect(items.length).toBeLessThan(all.length)
    expect(items.every(({ match = 0 }) => match >= threshold)).toBe(true)
    const { shelves } = await engine.shelves({ count: 4, threshold })
    const scored = shelves.filter(({ kind }) => kind !== 'continue')
    const related = await engine.related('id4', { threshold })
    const found = await engine.search('sea', { threshold, mode: 'keyword' })
    for (const list of [...scored, related, found]) {
      expect(list.items.length).toBeGreaterThan(0)
      for (const { id } of list.items) {
        expect(matches.get(id) ?? 1).toBeGreaterThanOrEqual(threshold)
      }
    }
    // what is related or found is ranked for nobody: it has no number of its own
    for (const { match } of [...related.items, ...found.items]) {
      expect(match).toBeUndefined()
    }
  })

  test('without a calibration a threshold leaves nothing out', async () => {
    const { engine, at } = await setUp(owned().parts)
    await engine.record([like(0, at(1)), like(2, at(2))])
    const plain = await engine.recommend({ count: 20 })
    const { items } = await engine.recommend({ count: 20, threshold: 0.99 })
    expect(idsOf(items)).toEqual(idsOf(plain.items))
    expect(items.every(({ match }) => match === undefined)).toBe(true)
  })
})

/** Parts of a pack that has a calibration. */
function measured() {
  const { parts } = owned()
  const pack = parts.pack!
  const calibration = sampleCalibration
  return { ...parts, pack: { ...pack, manifest: { ...pack.manifest, calibration } } }
}

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
