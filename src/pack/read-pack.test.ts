import { beforeAll, describe, expect, test } from 'vitest'
import { readFirst } from './first-block.ts'
import { openItems } from './items.ts'
import type { Manifest } from './pack.ts'
import { readPack } from './read-pack.ts'
import { memoryFolder, sampleItems, sampleSource } from './sample-source.test-data.ts'
import { writePack } from './write-pack.ts'

const folder = memoryFolder()
let manifest: Manifest
beforeAll(async () => {
  manifest = await writePack(sampleSource(), folder.sink)
})

/** Reads all there is. */
async function readAll(read: (name: string) => Promise<Uint8Array>) {
  const pack = await readPack(read)
  const first = await readFirst(pack.manifest, read)
  const items = await openItems(pack.manifest, read)
  return { pack, first, items }
}

describe('readPack', () => {
  test('gives back what went in, within the stated error', async () => {
    const source = sampleSource()
    const { pack } = await readAll(folder.read)
    expect(pack.manifest).toEqual(manifest)
    expect(pack.itemCount).toBe(5)
    expect(pack.cf?.kind).toBe('item-item')
    expect(pack.sequence?.indices).toEqual(source.sequence?.indices)
    expect([...pack.flags]).toEqual([...source.flags])
    near(pack.popularity, source.popularity, 0.5 / 255)
    near(pack.tower!.bias, source.tower!.bias, 0.3 * 2 ** -11)
    pack.tower!.user.forEach(({ weights, bias }, l) => {
      near(weights, source.tower!.user[l].weights, 0.1 * 2 ** -11)
      near(bias, source.tower!.user[l].bias, 0.1 * 2 ** -11)
    })
    const { rows, dim, codes, scales } = pack.tower!.items
    expect([rows, dim]).toEqual([5, 4])
    near(widen(codes, scales, dim), source.tower!.items, 1.5 / 127)
    near(pack.ratings!.bias, source.ratings!.bias, 0.75 / 127)
    expect(pack.ratings).toMatchObject({ low: 1, high: 5, mean: 3.75 })
    const { variances } = source.ratings!
    expect(pack.ratings!.variances).toEqual(mapValues(variances, Math.fround))
    near(pack.content!.projection, source.content!.projection, 0.3 / 127)
    near(pack.content!.mean, source.content!.mean, 0.15 * 2 ** -11)
  })

  test('gives content rows of length 1 that point the same way, and keeps zero rows', async () => {
    const { vectors } = (await readPack(folder.read)).content!
    const values = widen(vectors.codes, vectors.scales, 3)
    const wanted = sampleSource().content!.vectors
    for (let row = 0; row < 5; row++) {
      const got = [...values.subarray(row * 3, row * 3 + 3)]
      const cosine = got.reduce((sum, v, d) => sum + v * wanted[row * 3 + d], 0)
      expect(cosine).toBeGreaterThan(row === 2 ? -1e-9 : 0.99)
      expect(Math.hypot(...got)).toBeCloseTo(row === 2 ? 0 : 1, 6)
    }
  })

  test('gives each item its attributes, highest idf first', async () => {
    const { attributes } = await readPack(folder.read)
    const named = [0, 1, 2, 3, 4].map((row) =>
      [
        ...attributes.indices.subarray(
          attributes.indptr[row],
          attributes.indptr[row + 1],
        ),
      ].map(
        (attribute) =>
          `${attributes.values[attribute].relation} ${attributes.values[attribute].name}`,
      ),
    )
    expect(named).toEqual([
      ['series Dune', 'author Frank "F." Herbert', 'genre classics'],
      [],
      ['genre classics'],
      ['genre classics', 'series Dune'],
      [],
    ])
  })

  test('claims popularity only where somebody chose, or the owner has counted', async () => {
    const nobody = { generator: 'test', interactions: 0, users: 0, notes: [] }
    for (const [provenance, isByPopularity] of [
      [nobody, false],
      [{ ...nobody, popularity: 'num_subscribers' }, true],
      [{ ...nobody, interactions: 1, users: 1 }, true],
    ] as const) {
      const own = memoryFolder()
      await writePack(sampleSource({ provenance }), own.sink)
      const { pack, first } = await readAll(own.read)
      expect(first.isByPopularity).toBe(isByPopularity)
      expect(pack.manifest.provenance).toEqual(provenance)
    }
  })

  test('gives the first items and every record', async () => {
    const { first, items } = await readAll(folder.read)
    const { description: _, ...dune } = sampleItems[0]
    expect(first).toEqual({
      indices: [4, 0, 2],
      items: [sampleItems[4], dune, sampleItems[2]],
      isByPopularity: true,
    })
    expect(items.count).toBe(5)
    sampleItems.forEach((item, row) => {
      expect(items.record(row)).toEqual(item)
      expect(items.indexOf(item.id)).toBe(row)
    })
    expect(items.indexOf('unknown')).toBeUndefined()
    for (const row of [-1, 5, 0.5])
      expect(() => items.record(row)).toThrow('invalid index')
  })

  test('keeps where its encoder lies, and refuses a place outside the folder', async () => {
    const source = sampleSource()
    const withModel = (name: string) => {
      const model = { name, sizeBytes: 7, sha256: 'a'.repeat(64) }
      return { ...source, encoder: { ...source.encoder!, model } }
    }
    const name = `encoder.${'a'.repeat(16)}.json`
    const { sink, read } = memoryFolder()
    await writePack(withModel(name), sink)
    expect((await readPack(read)).manifest.encoder?.model?.name).toBe(name)
    const outside = writePack(withModel(`../${name}`), memoryFolder().sink)
    await expect(outside).rejects.toMatchObject({ code: 'bad-argument' })
  })

  test('reads a pack of items alone', async () => {
    const { cf, sequence, tower, content, encoder, ratings, ...source } = sampleSource()
    const plain = memoryFolder()
    await writePack(source, plain.sink)
    const pack = await readPack(plain.read)
    expect(pack.manifest.dims).toEqual({ tower: 0, content: 0, encoder: 0 })
    expect(Object.keys(pack).sort()).toEqual(
      ['attributes', 'flags', 'itemCount', 'manifest', 'popularity'].sort(),
    )
  })

  test('does not need its bytes aligned', async () => {
    const read = async (name: string) => {
      const bytes = await folder.read(name)
      const shifted = new Uint8Array(bytes.length + 3)
      shifted.set(bytes, 3)
      return shifted.subarray(3)
    }
    const { pack } = await readAll(read)
    expect(pack).toEqual(await readPack(folder.read))
  })
})

function near(got: Float32Array, wanted: Float32Array, error: number) {
  expect(got.length).toBe(wanted.length)
  got.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(error * 1.0001)
  })
}

function widen(codes: Int8Array, scales: Float32Array, dim: number) {
  return Float32Array.from(codes, (code, i) => code * scales[Math.floor(i / dim)])
}

function mapValues(
  record: Readonly<Record<string, number>>,
  to: (x: number) => number,
) {
  return Object.fromEntries(Object.entries(record).map(([key, x]) => [key, to(x)]))
}
