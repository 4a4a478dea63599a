/** The `first` file: what paints a stranger's page while the blocks arrive. */
import { badPack } from './bad-pack.ts'
import type { ItemRecord } from './item.ts'
import { encodeShard } from './item-shard.ts'
import type { FirstBlock, Manifest } from './pack.ts'
import type { ReadFile } from './pack-source.ts'
import { readPackFile } from './read-file.ts'
import { readShard } from './read-shard.ts'

const MAX_BYTES = 20_000
/** More never fit: the shortest record takes some 50 bytes. */
const MAX_ROWS = 400

/**
 * As many of `rows` as fit in 20 kB, in order. Descriptions are left out: the first
 * screen shows covers and titles.
 */
export function encodeFirst(
  items: readonly ItemRecord[],
  rows: readonly number[],
): Uint8Array {
  for (let count = Math.min(rows.length, MAX_ROWS); ; count--) {
    const kept = rows.slice(0, count)
    const bytes = encodeShard(
      kept.map((row) => withoutDescription(items[row])),
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
  const { rows, ids, record } = readShard(file.name, await readPackFile(file, read))
  if (typeof rows === 'number' || rows.some((row) => row >= manifest.items)) {
    throw badPack(file.name, `its rows are not a list of rows below ${manifest.items}.`)
  }
  return {
    indices: rows,
    items: ids.map((_, i) => record(i)),
    isByPopularity: manifest.provenance.interactions > 0,
  }
}
