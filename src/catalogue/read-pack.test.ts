import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readFirst } from './first-block.ts'
import { openItems } from './item-table.ts'
import type { Manifest } from './pack.ts'
import { readManifest, readPack } from './read-pack.ts'
import { forge, memoryFolder, sampleItems, sampleSource } from './sample-source.ts'
import { writePack } from './write-pack.ts'

fc.configureGlobal({ seed: 1 })

const folder = memoryFolder()
let manifest: Manifest
beforeAll(async () => {
  manifest = await writePack(sampleSource(), folder.sink)
})

/** A copy of the written folder that a test may damage. */
function copyFolder() {
  const copy = memoryFolder()
  for (const [name, bytes] of folder.files) copy.files.set(name, bytes.slice())
  return copy
}

/** Reads all there is. */
async function readAll(read: (name: string) => Promise<Uint8Array>) {
  const pack = await readPack(read)
  const first = await readFirst(pack.manifest, read)
  const items = await openItems(pack.manifest, read)
  return { pack, first, items }
}

const badPack = (message: string) =>
  expect.objectContaining({
    code: 'bad-pack',
    message: expect.stringContaining(message),
  })

describe('readPack', () => {
  test('gives back what went in, within the stated error', async () => {
    const source = sampleSource()
    const { pack } = await readAll(folder.read)
    expect(pack.manifest).toEqual(manifest)
    expect(pack.rows).toBe(5)
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

  test('gives each row its entities, most telling first', async () => {
    const { entities } = await readPack(folder.read)
    const named = [0, 1, 2, 3, 4].map((row) =>
      [
        ...entities.indices.subarray(entities.indptr[row], entities.indptr[row + 1]),
      ].map(
        (entity) =>
          `${entities.entities[entity].relation} ${entities.entities[entity].name}`,
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

  test('gives the first items and every record', async () => {
    const { first, items } = await readAll(folder.read)
    const { description: _, ...dune } = sampleItems[0]
    expect(first).toEqual({
      rows: [4, 0, 2],
      items: [sampleItems[4], dune, sampleItems[2]],
    })
    expect(items.count).toBe(5)
    sampleItems.forEach((item, row) => {
      expect(items.record(row)).toEqual(item)
      expect(items.rowOf(item.id)).toBe(row)
    })
    expect(items.rowOf('unknown')).toBeUndefined()
    for (const row of [-1, 5, 0.5])
      expect(() => items.record(row)).toThrow('invalid row')
  })

  test('reads a pack of items alone', async () => {
    const { cf, sequence, tower, content, encoder, ...source } = sampleSource()
    const plain = memoryFolder()
    await writePack(source, plain.sink)
    const pack = await readPack(plain.read)
    expect(pack.manifest.dims).toEqual({ tower: 0, content: 0, encoder: 0 })
    expect(Object.keys(pack).sort()).toEqual(
      ['entities', 'flags', 'manifest', 'popularity', 'rows'].sort(),
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

describe('a damaged pack', () => {
  test('is refused when any file is missing, by name', async () => {
    for (const name of folder.files.keys()) {
      const copy = copyFolder()
      copy.files.delete(name)
      await expect(readAll(copy.read)).rejects.toThrow(badPack(name))
    }
  })

  test('is refused when any file is cut short or goes on', async () => {
    for (const [name, bytes] of folder.files) {
      const copy = copyFolder()
      copy.files.set(name, bytes.subarray(0, -1))
      const trailing = name === 'manifest.json' // ends in a newline, which JSON ignores
      if (!trailing) await expect(readAll(copy.read)).rejects.toThrow(badPack(name))
      copy.files.set(name, Uint8Array.of(...bytes, 0))
      await expect(readAll(copy.read)).rejects.toThrow(badPack(name))
    }
  })

  test('is refused when any one bit of any block is flipped', async () => {
    const names = [...folder.files.keys()].filter((name) => name !== 'manifest.json')
    const flip = fc.tuple(fc.constantFrom(...names), fc.nat(), fc.nat({ max: 7 }))
    await fc.assert(
      fc.asyncProperty(flip, async ([name, position, bit]) => {
        const copy = copyFolder()
        const bytes = copy.files.get(name)!
        bytes[position % bytes.length] ^= 1 << bit
        await expect(readAll(copy.read)).rejects.toThrow(
          badPack('cannot use pack file'),
        )
      }),
      { numRuns: 200 },
    )
  })

  test('is refused when the manifest says anything else', async () => {
    for (const change of [
      { name: 'Other' },
      { items: 6 },
      { fusion: { source: 'fitted', buckets: manifest.fusion.buckets } },
    ]) {
      const copy = copyFolder()
      writeManifest(copy, { ...manifest, ...change })
      await expect(readManifest(copy.read)).rejects.toThrow(badPack('altered'))
    }
  })

  test.each([
    ['of another version', { version: 2 }, 'it is pack version 2, expected 1.'],
    ['of another format', { format: 'zip' }, 'its format is zip'],
    ['with a path for a name', { first: { name: '../x.bin' } }, 'wrong first.name'],
    [
      'with a size of 0',
      { first: { name: `a.${'0'.repeat(16)}.bin`, sizeBytes: 0 } },
      'sizeBytes',
    ],
    ['without shards', { shards: [] }, 'wrong shards: got 0, expected a list of 1.'],
    [
      'with too few buckets',
      { fusion: { source: 'default', buckets: [] } },
      'fusion.buckets',
    ],
    ['with no items', { items: 0 }, 'wrong items: got 0'],
    ['without dims', { dims: null }, 'wrong dims: got null, expected an object.'],
  ])('is refused with a manifest %s', async (_, change, message) => {
    const copy = copyFolder()
    writeManifest(copy, { ...manifest, ...change })
    await expect(readManifest(copy.read)).rejects.toThrow(badPack(message))
  })

  test.each([
    ['<!doctype html><title>404</title>', 'web page'],
    ['\n <HTML>', 'web page'],
    ['{"format":', 'not JSON'],
    ['\xff', 'it is not JSON'],
    ['[]', 'expected an object'],
  ])('is refused with %j for its manifest', async (text, message) => {
    const copy = copyFolder()
    copy.files.set('manifest.json', Buffer.from(text, 'latin1'))
    await expect(readManifest(copy.read)).rejects.toThrow(badPack(message))
  })

  test('says so when a page came instead of a block', async () => {
    const copy = copyFolder()
    copy.files.set(manifest.blocks.cf!.name, Buffer.from('<!DOCTYPE html><p>Not found'))
    await expect(readPack(copy.read)).rejects.toThrow(badPack('got a web page (HTML)'))
  })

  test('is refused when two blocks change places, hashes repaired', async () => {
    const { cf, sequence } = manifest.blocks
    const copy = copyFolder()
    await forge(copy, manifest, {
      name: cf!.name,
      bytes: folder.files.get(sequence!.name)!,
    })
    await expect(readPack(copy.read)).rejects.toThrow(
      badPack('it holds the block sequence, expected cf.'),
    )
  })
})

describe('a forged pack, its hashes repaired', () => {
  test('is refused at every shorter length of every block', async () => {
    for (const { name } of Object.values(manifest.blocks)) {
      const bytes = folder.files.get(name)!
      for (let length = 1; length < bytes.length; length++) {
        const copy = copyFolder()
        await forge(copy, manifest, { name, bytes: bytes.subarray(0, length) })
        await expect(readPack(copy.read)).rejects.toThrow(badPack(name))
      }
    }
  })

  test('is refused when a block goes on past its end', async () => {
    for (const { name } of Object.values(manifest.blocks)) {
      const copy = copyFolder()
      const bytes = Uint8Array.of(...folder.files.get(name)!, 0)
      await forge(copy, manifest, { name, bytes })
      await expect(readPack(copy.read)).rejects.toThrow(badPack(name))
    }
  })

  test('is refused when the cf block says that it is a sequence', async () => {
    const { name } = manifest.blocks.cf!
    const copy = copyFolder()
    const bytes = copy.files.get(name)!
    // The kind is the first number of section 0, whose offset is at byte 16.
    bytes[new DataView(bytes.buffer).getUint32(16, true)] = 1
    await forge(copy, manifest, { name, bytes })
    await expect(readPack(copy.read)).rejects.toThrow(badPack('rows of kind sequence'))
  })

  test('is refused or harmless: no number out of range ever comes out', async () => {
    const names = Object.values(manifest.blocks).map(({ name }) => name)
    const change = fc.tuple(
      fc.constantFrom(...names),
      fc.array(fc.tuple(fc.nat({ max: 2000 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    await fc.assert(
      fc.asyncProperty(change, async ([name, bytes]) => {
        const copy = copyFolder()
        const forged = copy.files.get(name)!
        for (const [position, byte] of bytes) forged[position % forged.length] = byte
        await forge(copy, manifest, { name, bytes: forged })
        const pack = await readPack(copy.read).catch((error) => error)
        if (pack instanceof Error) expect(pack).toEqual(badPack(name))
        else assertSound(pack)
      }),
      { numRuns: 1000 },
    )
  })
})

function writeManifest(copy: ReturnType<typeof copyFolder>, json: unknown) {
  copy.files.set('manifest.json', Buffer.from(JSON.stringify(json)))
}

function near(got: Float32Array, wanted: Float32Array, error: number) {
  expect(got.length).toBe(wanted.length)
  got.forEach((value, i) => {
    expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(error * 1.0001)
  })
}

function widen(codes: Int8Array, scales: Float32Array, dim: number) {
  return Float32Array.from(codes, (code, i) => code * scales[Math.floor(i / dim)])
}

function assertSound(pack: Awaited<ReturnType<typeof readPack>>) {
  for (const sparse of [pack.cf!, pack.sequence!]) {
    expect(sparse.indptr[5]).toBe(sparse.indices.length)
    expect(sparse.indices.every((column) => column < sparse.columns)).toBe(true)
    expect(sparse.codes.every((code) => code < 16)).toBe(true)
    expect(sparse.scales.every(Number.isFinite)).toBe(true)
  }
  const { entities, indptr, indices } = pack.entities
  expect(indptr[5]).toBe(indices.length)
  expect(indices.every((entity) => entity < entities.length)).toBe(true)
  const { items, bias, user } = pack.tower!
  const numbers = [items.scales, bias, ...user.flatMap((l) => [l.weights, l.bias])]
  numbers.push(pack.content!.projection, pack.content!.mean, pack.popularity)
  for (const values of numbers) expect(values.every(Number.isFinite)).toBe(true)
}
