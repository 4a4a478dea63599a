import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readColumn } from './column-file.ts'
import { readFirst } from './first-block.ts'
import { openItems } from './items.ts'
import type { Manifest } from './pack.ts'
import { readManifest, readPack } from './read-pack.ts'
import {
  memoryFolder,
  sampleColumns,
  sampleRules,
  sampleSource,
} from './sample-source.test-data.ts'
import { writePack } from './write-pack.ts'

fc.configureGlobal({ seed: 1 })

const folder = memoryFolder()
let manifest: Manifest
beforeAll(async () => {
  manifest = await writePack(
    sampleSource({ columns: sampleColumns, rules: sampleRules }),
    folder.sink,
  )
})

const copyFolder = () => memoryFolder(folder.files)

/** Reads all there is. */
async function readAll(read: (name: string) => Promise<Uint8Array>) {
  const pack = await readPack(read)
  const first = await readFirst(pack.manifest, read)
  const items = await openItems(pack.manifest, read)
  const columns = (pack.manifest.columns ?? []).map(({ name }) =>
    readColumn(pack.manifest, name, read),
  )
  return { pack, first, items, columns: await Promise.all(columns) }
}

const badPack = (message: string) =>
  expect.objectContaining({
    code: 'bad-pack',
    message: expect.stringContaining(message),
  })

describe('a damaged pack', () => {
  test('is refused when any file is missing, by name', async () => {
    for (const name of folder.files.keys()) {
      const copy = copyFolder()
      copy.files.delete(name)
      await expect(readAll(copy.read)).rejects.toThrow(badPack(name))
    }
  })

  test('is refused when any file is cut short or too long', async () => {
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

  test('is refused when the manifest states anything else', async () => {
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
    [
      'of version 1',
      { version: 1 },
      'cannot read this pack: it has version 1, and this release of Hearth reads version 2. Rebuild it with `hearth-recommender build`.',
    ],
    [
      'of a later version',
      { version: 3 },
      "cannot read this pack: it has version 3, and the page's Hearth reads version 2. The page's Hearth is older than the pack: update its copied folder (`hearth-recommender copy`) or its package.",
    ],
    ['of no version', { version: null }, 'its version is null, expected 2.'],
    ['with an unknown rule', { rules: { pinned: ['a'] } }, 'wrong rules.pinned'],
    ['with a rule of no days', { rules: { notOlderThanDays: 0 } }, 'notOlderThanDays'],
    ['with a column of no type', { columns: [{ name: 'A' }] }, 'wrong columns.0.type'],
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
    [
      'with a calibration of nobody',
      { calibration: { people: 0, buckets: [] } },
      'wrong calibration.people',
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

  test('names the cause when a page came instead of a block', async () => {
    const copy = copyFolder()
    copy.files.set(manifest.blocks.cf!.name, Buffer.from('<!DOCTYPE html><p>Not found'))
    await expect(readPack(copy.read)).rejects.toThrow(badPack('got a web page (HTML)'))
  })
})

function writeManifest(copy: ReturnType<typeof copyFolder>, changed: object) {
  copy.files.set('manifest.json', Buffer.from(JSON.stringify(changed)))
}
