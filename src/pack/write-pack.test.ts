import { describe, expect, test } from 'vitest'
import type { PackSource } from './pack-source.ts'
import {
  memoryFolder,
  sampleColumns,
  sampleDecaySettings,
  sampleItems,
  sampleRules,
  sampleSource,
} from './sample-source.test-data.ts'
import { sha256Hex } from './sha256.ts'
import { writePack } from './write-pack.ts'

async function write(source: PackSource) {
  const folder = memoryFolder()
  const manifest = await writePack(source, folder.sink)
  return { ...folder, manifest }
}

describe('writePack', () => {
  test('keeps the bytes of version 2', async () => {
    const { files } = await write(sampleSource())
    const names = [...files.keys()]
    expect(names).toEqual([
      'cf.6b1bde02b4c67845.bin',
      'sequence.fae8115c96441a40.bin',
      'tower.d5abb08c328dd5be.bin',
      'content.8b180dee1fa2a419.bin',
      'attributes.62eadf482ee05c2c.bin',
      'popularity.b33de43f0d44d3e6.bin',
      'ratings.09bcbc75c25637f1.bin',
      'items-0.fad1e88ed9d175e9.json',
      'first.e4dba9bdc5fbefe9.json',
      'manifest.json',
    ])
    expect(await sha256Hex(files.get('manifest.json')!)).toBe(
      '30fc5fb1ad63a82e82bd64c478ee4ba2251ac8f8256bbc74fc8c22d6ecbb2ede',
    )
  })

  test('keeps the bytes of version 2 without ratings', async () => {
    const { ratings: _, ...source } = sampleSource()
    const { files } = await write(source)
    expect([...files.keys()].some((name) => name.startsWith('ratings'))).toBe(false)
    expect(await sha256Hex(files.get('manifest.json')!)).toBe(
      'b829975605b3c83493f41c4b2796d059ea95658d9741bab69dac2c9038cab113',
    )
  })

  test('keeps the bytes of version 2 with decay settings of the sequence', async () => {
    const { ratings: _, ...source } = sampleSource({
      decaySettings: sampleDecaySettings,
    })
    const { files } = await write(source)
    expect(files.has('sequence.fae8115c96441a40.bin')).toBe(true)
    expect(await sha256Hex(files.get('manifest.json')!)).toBe(
      '50151e5db3e4f0a19abafe4552f674d17d4ce1959e19ec78cb50bc5e1aa4858b',
    )
  })

  test('keeps the bytes of version 2 with columns, rules, groups and sizes', async () => {
    const items = sampleItems.map((item, i) => ({
      ...item,
      ...(i < 2 && { group: 'one work' }),
      ...(i === 0 && { imageSize: { width: 400, height: 600 } }),
    }))
    const change = { items, columns: sampleColumns, rules: sampleRules }
    const { files, manifest } = await write(sampleSource(change))
    const columns = [...files.keys()].filter((name) => name.startsWith('column-'))
    expect(columns).toEqual([
      'column-0.bad96c9a1b6af3c7.json',
      'column-1.7bfb1c2b343e2ce5.json',
      'column-2.805c5223d4e95b37.json',
      'column-3.9b0037facff1053b.json',
      'column-4.496caf1c268128d9.json',
      'column-5.16f94b9bdc91e0c2.json',
    ])
    expect(manifest.columns?.map(({ name, type }) => [name, type])).toEqual(
      sampleColumns.map(({ name, type }) => [name, type]),
    )
    expect(manifest.shards[0]?.name).toBe('items-0.1b4b7e5e758754b4.json')
    expect(await sha256Hex(files.get('manifest.json')!)).toBe(
      'cf13c45a51e8640ca8b1c0235bb47f1848fb50812fd4aa4d5bc3ccce7ec7bf79',
    )
  })

  test('names no columns and no rules where there are none', async () => {
    const { manifest } = await write(sampleSource({ columns: [], rules: {} }))
    expect(manifest).not.toHaveProperty('columns')
    expect(manifest).not.toHaveProperty('rules')
  })

  test('keeps the bytes of a header: magic, version, block, rows, sections', async () => {
    const { files, manifest } = await write(sampleSource())
    const bytes = files.get(manifest.blocks.popularity!.name)!
    expect(Buffer.from(bytes).toString('hex')).toBe(
      [
        '48525448', // HRTH
        '0100', // version 1 of the container
        '0600', // the sixth block
        '05000000', // rows
        '02000000', // sections
        '2000000005000000', // the first at byte 32, 5 bytes long
        '3000000005000000', // the second at byte 48
        'ff800040bf', // popularity 1, .5, 0, .25, .75
        '00'.repeat(11),
        '0000010100', // flags
      ].join(''),
    )
  })

  test('names each file by its content and writes the manifest last', async () => {
    const { files, manifest } = await write(sampleSource())
    const names = [...files.keys()]
    expect(names.at(-1)).toBe('manifest.json')
    for (const { name, sha256, sizeBytes } of Object.values(manifest.blocks)) {
      expect(name.split('.')[1]).toBe(sha256.slice(0, 16))
      expect(await sha256Hex(files.get(name)!)).toBe(sha256)
      expect(files.get(name)!.byteLength).toBe(sizeBytes)
    }
  })

  test('gives the same bytes for the same source', async () => {
    const [a, b] = [await write(sampleSource()), await write(sampleSource())]
    expect(a.files).toEqual(b.files)
  })

  test('has another fingerprint when anything differs', async () => {
    const base = await write(sampleSource())
    const flags = Uint8Array.of(0, 0, 1, 1, 1)
    for (const change of [
      { flags },
      { name: 'Other' },
      { firstItems: [0] },
      { rules: sampleRules },
      { columns: sampleColumns.slice(0, 1) },
    ]) {
      const { manifest } = await write(sampleSource(change))
      expect(manifest.fingerprint).not.toBe(base.manifest.fingerprint)
    }
  })

  test('keeps as many first items as fit in 20 kB, in order', async () => {
    const items = Array.from({ length: 400 }, (_, i) => ({
      id: `id-${i}`,
      title: `A title of some length, number ${i}`.padEnd(90, '.'),
      description: 'left out'.repeat(100),
    }))
    const rows = 400
    const { cf, sequence, tower, content, ratings, ...rest } = sampleSource()
    const { files, manifest } = await write({
      ...rest,
      items,
      attributes: {
        values: [],
        indptr: new Uint32Array(rows + 1),
        indices: new Uint16Array(0),
      },
      popularity: new Float32Array(rows),
      flags: new Uint8Array(rows),
      firstItems: items.map((_, i) => rows - 1 - i),
    })
    const first = JSON.parse(new TextDecoder().decode(files.get(manifest.first.name)))
    expect(manifest.first.sizeBytes).toBeLessThanOrEqual(20_000)
    expect(manifest.first.sizeBytes).toBeGreaterThan(19_000)
    expect(first.rows.slice(0, 2)).toEqual([399, 398])
  })

  test('refuses decay settings of a sequence that is not there', async () => {
    const { sequence: _, ...source } = sampleSource({
      decaySettings: sampleDecaySettings,
    })
    await expect(write(source)).rejects.toThrow('decaySettings: got one without')
  })

  test.each<[string, Partial<PackSource>]>([
    ['no items', { items: [] }],
    ['an id twice', { items: sampleItems.map((item) => ({ ...item, id: 'x' })) }],
    [
      'an empty id',
      { items: sampleItems.map((item, i) => ({ ...item, id: 'abcd'[i] ?? '' })) },
    ],
    [
      'a script link',
      { items: sampleItems.map((item) => ({ ...item, url: 'javascript:alert(1)' })) },
    ],
    [
      'a year that is NaN',
      { items: sampleItems.map((item) => ({ ...item, year: NaN })) },
    ],
    ['a first row that is not there', { firstItems: [5] }],
    [
      'a picture without height',
      {
        items: sampleItems.map((item) => ({
          ...item,
          imageSize: { width: 4, height: 0 },
        })),
      },
    ],
    ['two columns of one name', { columns: [sampleColumns[0]!, sampleColumns[0]!] }],
    [
      'a column of other items',
      { columns: [{ name: 'A', type: 'flag', values: [true] }] },
    ],
    ['a rule below its range', { rules: { maxPerAuthor: 0 } }],
    ['popularity over 1', { popularity: Float32Array.of(0, 0, 0, 0, 1.5) }],
    ['flags of another length', { flags: new Uint8Array(4) }],
    ['weights that are NaN', { fusion: { source: 'default', buckets: [] } }],
    [
      'a sequence decay over 1',
      { decaySettings: { ...sampleDecaySettings, decay: 1.01 } },
    ],
    ['a calibration of nobody', { calibration: { people: 0, buckets: [] } }],
    ['sequence rows as cf', { cf: { ...sampleSource().sequence! } }],
    ['a tower of other sizes', { tower: { ...sampleSource().tower!, user: [] } }],
    [
      'tower vectors that are not finite',
      { tower: { ...sampleSource().tower!, items: new Float32Array(20).fill(NaN) } },
    ],
    [
      'content rows that are not unit',
      {
        content: { ...sampleSource().content!, vectors: new Float32Array(15).fill(1) },
      },
    ],
    [
      'an attribute that is not there',
      {
        attributes: {
          ...sampleSource().attributes,
          indices: new Uint16Array(6).fill(3),
        },
      },
    ],
  ])('refuses %s, and writes no manifest', async (_, change) => {
    const folder = memoryFolder()
    await expect(writePack(sampleSource(change), folder.sink)).rejects.toThrow(
      expect.objectContaining({ code: 'bad-argument' }),
    )
    expect(folder.files.has('manifest.json')).toBe(false)
  })
})
