import { describe, expect, test } from 'vitest'
import type { PackSource } from './pack-source.ts'
import {
  memoryFolder,
  sampleDecaySettings,
  sampleItems,
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
  test('keeps the bytes of version 1', async () => {
    const { files } = await write(sampleSource())
    const names = [...files.keys()]
    expect(names).toEqual([
      'cf.6b1bde02b4c67845.bin',
      'sequence.fae8115c96441a40.bin',
      'tower.d5abb08c328dd5be.bin',
      'content.8b180dee1fa2a419.bin',
      'entities.62eadf482ee05c2c.bin',
      'popularity.b33de43f0d44d3e6.bin',
      'ratings.09bcbc75c25637f1.bin',
      'items-0.07fdd032d969274f.json',
      'first.50deea17970147e2.json',
      'manifest.json',
    ])
    expect(await sha256Hex(files.get('manifest.json')!)).toBe(
      'bfa64fa91c2740d8d7ef5906d95e22b4e3be6031b60d6a8c9275c3cd5c85c703',
    )
  })

  test('keeps the bytes of version 1 without ratings', async () => {
    const { ratings: _, ...source } = sampleSource()
    const { files } = await write(source)
    expect([...files.keys()].some((name) => name.startsWith('ratings'))).toBe(false)
    expect(await sha256Hex(files.get('manifest.json')!)).toBe(
      '0facc5bccee71c79ecd0b730788778ab4e3c83756678c1262809e795dc47030e',
    )
  })

  test('keeps the bytes of version 1 with decay settings of the sequence', async () => {
    const { ratings: _, ...source } = sampleSource({
      decaySettings: sampleDecaySettings,
    })
    const { files } = await write(source)
    expect(files.has('sequence.fae8115c96441a40.bin')).toBe(true)
    expect(await sha256Hex(files.get('manifest.json')!)).toBe(
      'bb1c73105b28da12250ddbea98b3155f25a95d19977ed3bc20de01ba145082e0',
    )
  })

  test('keeps the bytes of a header: magic, version, block, rows, sections', async () => {
    const { files, manifest } = await write(sampleSource())
    const bytes = files.get(manifest.blocks.popularity!.name)!
    expect(Buffer.from(bytes).toString('hex')).toBe(
      [
        '48525448', // HRTH
        '0100', // version 1
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
    for (const change of [{ flags }, { name: 'Other' }, { firstItems: [0] }]) {
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
    ['popularity over 1', { popularity: Float32Array.of(0, 0, 0, 0, 1.5) }],
    ['flags of another length', { flags: new Uint8Array(4) }],
    ['weights that are NaN', { fusion: { source: 'default', buckets: [] } }],
    [
      'a sequence decay over 1',
      { decaySettings: { ...sampleDecaySettings, decay: 1.01 } },
    ],
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
