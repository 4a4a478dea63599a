import { expect, test } from 'vitest'
import { packSize } from './pack-size.ts'
import { memoryFolder, sampleSource } from './sample-source.test-data.ts'
import { writePack } from './write-pack.ts'

test('weighs every file but the manifest, per item', async () => {
  const { files, sink } = memoryFolder()
  const { sequence: _, ...source } = sampleSource()
  const { lines, scoreBytesPerItem, totalBytes } = packSize(
    await writePack(source, sink),
  )
  expect(lines.map(({ name }) => name)).toEqual([
    'cf',
    'tower',
    'content',
    'attributes',
    'popularity',
    'ratings',
    'first',
    'items',
  ])
  const sizes = [...files].filter(([name]) => name !== 'manifest.json')
  expect(totalBytes).toBe(sizes.reduce((sum, [, bytes]) => sum + bytes.byteLength, 0))
  const blocks = lines.slice(0, 6).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  expect(scoreBytesPerItem).toBe(blocks / 5)
  expect(lines[4].bytesPerItem).toBe(53 / 5)
})
