/** How long one thread takes to read the item texts of a catalogue; the built CLI uses several. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeItems, itemText } from '../src/build/dataset/item-text.ts'
import type { ItemRecord } from '../src/pack/item.ts'
import { openItems } from '../src/pack/items.ts'
import { readManifest } from '../src/pack/read-pack.ts'
import { createNodeEncoder } from '../src/text/encoder/node-encoder.ts'

const PACK = 'public/catalogues/books'

export async function reportNode(modelFolder: string, count: number) {
  const items = (await readItems()).slice(0, count)
  const opening = performance.now()
  const encoder = await createNodeEncoder({ modelFolder, threads: 1 })
  const openMs = performance.now() - opening
  const start = performance.now()
  const before = process.cpuUsage()
  await encodeItems(items, encoder)
  const seconds = (performance.now() - start) / 1_000
  const { user, system } = process.cpuUsage(before)
  const cpuSeconds = (user + system) / 1e6
  await encoder.dispose()
  const rate = items.length / seconds
  const chars = items.reduce((sum, item) => sum + itemText(item).length, 0)
  console.log(
    `Node ${process.versions.node}, one thread: ${items.length} item texts ` +
      `of ${(chars / items.length).toFixed(0)} characters in ` +
      `${seconds.toFixed(1)} s, ${rate.toFixed(0)} texts/s, so 10,000 in ` +
      `${(10_000 / rate).toFixed(1)} s; opened in ${openMs.toFixed(0)} ms; ` +
      `processor time ${cpuSeconds.toFixed(1)} s, ${((cpuSeconds / items.length) * 1_000).toFixed(2)} ms a text`,
  )
}

async function readItems(): Promise<readonly ItemRecord[]> {
  const read = async (name: string) => new Uint8Array(await readFile(join(PACK, name)))
  const manifest = await readManifest(read)
  const items = await openItems(manifest, read)
  return Array.from({ length: manifest.items }, (_, row) => items.record(row))
}
