import { HearthError } from '../errors.ts'
import { badPack } from './bad-pack.ts'
import type { ItemRecord } from './item.ts'
import { readShard, type Shard } from './item-shard.ts'
import type { Manifest } from './pack.ts'
import type { ReadFile } from './pack-source.ts'
import { readPackFile } from './read-file.ts'

/** Every item's record, by index. */
export interface ItemTable {
  readonly count: number
  /** @throws HearthError `bad-argument` for an index that is not 0 … count−1 */
  record(index: number): ItemRecord
  /** @returns undefined for an id the catalogue does not hold */
  indexOf(id: string): number | undefined
}

/**
 * Reads all metadata shards, whole: asking for some would reveal to the host who asks.
 *
 * @throws HearthError `bad-pack`
 */
export async function openItems(
  manifest: Manifest,
  read: ReadFile,
): Promise<ItemTable> {
  const { items: count, shardItems } = manifest
  const shards = await Promise.all(
    manifest.shards.map(async (file, i) => {
      const shard = readShard(file.name, await readPackFile(file, read))
      assertPlace(file.name, shard, {
        start: i * shardItems,
        length: Math.min(shardItems, count - i * shardItems),
      })
      return shard
    }),
  )
  let indices: Map<string, number> | undefined
  const made: ItemRecord[] = [] // by index, as asked for
  return {
    count,
    record(index) {
      if (!Number.isInteger(index) || index < 0 || index >= count) {
        throw new HearthError(
          'bad-argument',
          `invalid index: got ${index}, expected an integer from 0 to ${count - 1}.`,
        )
      }
      made[index] ??= shards[Math.floor(index / shardItems)].record(index % shardItems)
      return made[index]
    },
    indexOf(id) {
      indices ??= new Map(
        shards.flatMap(({ ids }) => ids).map((key, index) => [key, index]),
      )
      return indices.get(id)
    },
  }
}

function assertPlace(
  file: string,
  { rows, ids }: Shard,
  { start, length }: { readonly start: number; readonly length: number },
) {
  if (rows === start && ids.length === length) return
  throw badPack(
    file,
    `it holds ${ids.length} items from row ${rows}, expected ${length} from ${start}.`,
  )
}
