/** What a build changed against the pack that it replaces, as lines for the owner. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readShard } from '../pack/item-shard.ts'
import type { Manifest } from '../pack/pack.ts'
import type { ReadFile } from '../pack/pack-source.ts'
import { readPackFile } from '../pack/read-file.ts'
import { readManifest } from '../pack/read-pack.ts'
import type { Reuse } from './relearn.ts'

/** A pack as it is in a folder. */
export interface ListedPack {
  readonly manifest: Manifest
  /** Id → the item's record as JSON. */
  readonly items: ReadonlyMap<string, string>
}

/** @returns undefined where there is no pack, or none that this version reads */
export async function listPack(folder: string): Promise<ListedPack | undefined> {
  const read: ReadFile = async (name) =>
    new Uint8Array(await readFile(join(folder, name)))
  try {
    const manifest = await readManifest(read)
    const items = new Map<string, string>()
    for (const file of manifest.shards) {
      const shard = readShard(file.name, await readPackFile(file, read))
      shard.ids.forEach((id, n) => {
        items.set(id, JSON.stringify(shard.record(n)))
      })
    }
    return { manifest, items }
  } catch {
    return undefined // the build replaces whatever it is: there is nothing to compare
  }
}

/** How the new pack was made. */
interface Made {
  /** Texts that were encoded anew; absent without an encoder or a cache. */
  readonly textsEncoded?: number
  readonly reuse?: Reuse
}

/** @returns two or three lines; one if the pack is the same; none if all is new */
export function formatChanges(
  before: ListedPack | undefined,
  after: ListedPack | undefined,
  { textsEncoded, reuse }: Made,
): string[] {
  const fingerprint = after?.manifest.fingerprint
  if (before && before.manifest.fingerprint === fingerprint) {
    return ["nothing changed: the pack's files keep their bytes and names"]
  }
  const isFirst = !before && reuse?.kind !== 'models' && reuse?.kind !== 'settings'
  return [
    ...(before && after ? [formatItems(before.items, after.items)] : []),
    ...(textsEncoded === undefined || isFirst
      ? []
      : [`texts encoded anew: ${count(textsEncoded)}`]),
    ...formatReuse(reuse),
  ]
}

function formatItems(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string {
  const kept = [...after].filter(([id]) => before.has(id))
  const changed = kept.filter(([id, record]) => before.get(id) !== record)
  const added = count(after.size - kept.length)
  const removed = count(before.size - kept.length)
  const others = `${removed} removed, ${count(changed.length)} changed`
  return `items against the pack before: ${added} added, ${others}`
}

function formatReuse(reuse: Reuse | undefined): string[] {
  if (!reuse) return []
  if (reuse.kind === 'models') {
    return ['models reused: nothing that they are made from changed']
  }
  if (!reuse.difference) return []
  const { items, interactions } = reuse.difference
  const much = `${percent(interactions)} of the interactions, ${percent(items)} of the items`
  return reuse.kind === 'settings'
    ? [
        `models refitted by settings chosen before ${much} changed (--fresh chooses anew)`,
      ]
    : [`models and settings made anew: ${much} changed`]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
