/** The pack of a folder, opened in Node for benches that time or measure what reads it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createScanner } from '../src/math/simd-scanner.ts'
import { openItems } from '../src/pack/items.ts'
import { readBlocks, readManifest } from '../src/pack/read-pack.ts'

export async function openPack(folder: string) {
  const read = async (name: string) =>
    new Uint8Array(await readFile(join(folder, name)))
  const manifest = await readManifest(read)
  const pack = await readBlocks(manifest, read)
  const items = await openItems(manifest, read)
  const { scanner } = await createScanner(async () =>
    WebAssembly.compile(await readFile('src/math/scan.wasm')),
  )
  return { pack, items, scanner }
}
