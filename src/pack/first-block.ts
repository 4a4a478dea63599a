/** The `first` file: what fills a new visitor's page while the blocks arrive. */
import { badPack } from './bad-pack.ts'
import type { ItemRecord } from './item.ts'
import { encodeShard, readShard } from './item-shard.ts'
import { type FirstBlock, isByPopularity, type Manifest } from './pack.ts'
import type { ReadFile } from './pack-source.ts'
import { readPackFile } from './read-file.ts'

const MAX_BYTES = 20_000
/** More never fit: the shortest record takes some 50 bytes. */
const MAX_FIRST_ITEMS = 400

/**
 * As many of the items `indices` as fit in 20 kB, in order. Descriptions are left out: the first
 * screen shows covers and titles.
 */
export function encodeFirst(
  items: readonly ItemRecord[],
  indices: readonly number[],
): Uint8Array {
  for (let count = Math.min(indices.length, MAX_FIRST_ITEMS); ; count--) {
    const kept = indices.slice(0, count)
    const bytes = encodeShard(
      kept.map((index) => withoutDescription(items[index])),
      kept,
    )
    if (bytes.byteLength <= MAX_BYTES || count === 0) return bytes
  }
}

function withoutDescription({ description: _, ...item }: ItemRecord): ItemRecord {
  return item
}

/** @throws HearthError `bad-pack` */
export async function readFirst(
  manifest: Manifest,
  read: ReadFile,
): Promise<FirstBlock> {
  const file = manifest.first
  const {
    rows: indices,
    ids,
    record,
  } = readShard(file.name, await readPackFile(file, read))
  if (typeof indices === 'number' || indices.some((index) => index >= manifest.items)) {
    throw badPack(file.name, `its rows are not a list of rows below ${manifest.items}.`)
  }
  return {
    indices,
    items: ids.map((_, i) => record(i)),
    isByPopularity: isByPopularity(manifest),
  }
}
