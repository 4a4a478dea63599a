import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodeAttributes } from './attribute-block.ts'
import { decodeContent } from './content-block.ts'
import type { BlockName, Manifest } from './pack.ts'
import { decodePopularity } from './popularity-block.ts'
import { decodeRatings } from './rating-block.ts'
import { readPack } from './read-pack.ts'
import { forge, memoryFolder, sampleSource } from './sample-source.test-data.ts'
import type { Expected } from './sections.ts'
import { decodeSparse } from './sparse-block.ts'
import { decodeTower } from './tower-block.ts'
import { writePack } from './write-pack.ts'

fc.configureGlobal({ seed: 1 })

const folder = memoryFolder()
let manifest: Manifest
beforeAll(async () => {
  manifest = await writePack(sampleSource(), folder.sink)
})

const copyFolder = () => memoryFolder(folder.files)

const dims = { tower: 4, content: 3, encoder: 6 }
const decoders: Record<BlockName, (bytes: Uint8Array, expected: Expected) => unknown> =
  {
    cf: decodeSparse,
    sequence: decodeSparse,
    tower: (bytes, expected) => decodeTower(bytes, expected, dims),
    content: (bytes, expected) => decodeContent(bytes, expected, dims),
    attributes: decodeAttributes,
    popularity: decodePopularity,
    ratings: decodeRatings,
  }

const badPack = (message: string) =>
  expect.objectContaining({
    code: 'bad-pack',
    message: expect.stringContaining(message),
  })

describe('a forged pack, its hashes repaired', () => {
  test('is refused when two blocks change places', async () => {
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

  test.each(Object.entries(decoders))(
    'is refused at every shorter length of the block %s',
    (block, decode) => {
      const { name: file } = manifest.blocks[block as BlockName]!
      const bytes = folder.files.get(file)!
      const expected = { file, block: block as BlockName, rows: 5 }
      for (let length = 0; length < bytes.length; length++) {
        expect(() => decode(bytes.slice(0, length), expected)).toThrow(badPack(file))
      }
      expect(() => decode(bytes, expected)).not.toThrow()
    },
  )

  test('is refused when a block is longer than its end', async () => {
    for (const { name } of Object.values(manifest.blocks)) {
      const copy = copyFolder()
      const bytes = Uint8Array.of(...folder.files.get(name)!, 0)
      await forge(copy, manifest, { name, bytes })
      await expect(readPack(copy.read)).rejects.toThrow(badPack(name))
    }
  })

  test('is refused when the cf block states that it is a sequence', async () => {
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
      { numRuns: 600 },
    )
  }, 20_000)
})

function assertSound(pack: Awaited<ReturnType<typeof readPack>>) {
  for (const sparse of [pack.cf!, pack.sequence!]) {
    expect(sparse.indptr[5]).toBe(sparse.indices.length)
    expect(sparse.indices.every((column) => column < sparse.columns)).toBe(true)
    expect(sparse.codes.every((code) => code < 16)).toBe(true)
    expect(sparse.scales.every(Number.isFinite)).toBe(true)
  }
  const { values, indptr, indices } = pack.attributes
  expect(indptr[5]).toBe(indices.length)
  expect(indices.every((attribute) => attribute < values.length)).toBe(true)
  const { items, bias, user } = pack.tower!
  const numbers = [items.scales, bias, ...user.flatMap((l) => [l.weights, l.bias])]
  numbers.push(pack.content!.projection, pack.content!.mean, pack.popularity)
  const { low, high, mean, bias: itemBias, variances } = pack.ratings!
  numbers.push(itemBias, Float32Array.of(low, mean, high, ...Object.values(variances)))
  expect(low).toBeLessThan(high)
  for (const values of numbers) expect(values.every(Number.isFinite)).toBe(true)
}
