/** What the preview shows of a pack beside its lists: plain lines and counts. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HearthError } from '../../errors.ts'
import type { ItemRecord } from '../../pack/item.ts'
import { BLOCK_NAMES } from '../../pack/pack.ts'
import type { ReadFile } from '../../pack/pack-source.ts'
import { readBlocks } from '../../pack/read-pack.ts'
import type { Build } from '../build-catalogue.ts'
import { listPack } from '../pack-changes.ts'
import { formatCleaning } from '../report.ts'
import {
  type MadeUpVisitor,
  makeUpFollower,
  makeUpVisitors,
} from './made-up-visitors.ts'

export interface PreviewFacts {
  readonly name: string
  readonly items: number
  /** How the columns were understood, what was left out and why; none of a built pack. */
  readonly read: readonly string[]
  /** The owner's other columns that are kept, with their types. */
  readonly columns: readonly string[]
  /** What changed with the last build. */
  readonly changes: readonly string[]
  readonly components: {
    readonly on: readonly string[]
    readonly off: readonly string[]
  }
  /** Why components are off, and what else an owner should know. */
  readonly notes: readonly string[]
  /** Bytes of each file that a page loads. */
  readonly sizes: readonly { readonly name: string; readonly bytes: number }[]
  readonly visitors: readonly MadeUpVisitor[]
}

/**
 * @param folder of a pack
 * @param build that made it; absent for one that was there
 * @throws HearthError `bad-pack`
 */
export async function previewFacts(
  folder: string,
  build?: Pick<Build, 'cleaning' | 'understood' | 'changes' | 'dataset'>,
): Promise<PreviewFacts> {
  const listed = await listPack(folder)
  if (!listed) {
    throw new HearthError(
      'bad-pack',
      `no pack in ${folder}: its manifest or its items cannot be read by this version. ` +
        'Build it again.',
    )
  }
  const { manifest } = listed
  const read: ReadFile = async (name) =>
    new Uint8Array(await readFile(join(folder, name)))
  const pack = await readBlocks(manifest, read)
  const items = [...listed.items.values()].map((json) => JSON.parse(json) as ItemRecord)
  const isOn = (name: (typeof BLOCK_NAMES)[number]) =>
    manifest.blocks[name] !== undefined
  const follower = makeUpFollower(pack, items)
  const files = [
    ...BLOCK_NAMES.flatMap((name) => {
      const file = manifest.blocks[name]
      return file ? [{ name: name as string, bytes: file.sizeBytes }] : []
    }),
    { name: 'first screen', bytes: manifest.first.sizeBytes },
    {
      name: 'metadata',
      bytes: manifest.shards.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    },
  ]
  return {
    name: manifest.name,
    items: manifest.items,
    read: build ? readLines(build) : [],
    columns: build?.dataset.columns?.map(({ name, type }) => `${name} (${type})`) ?? [],
    changes: build?.changes ?? [],
    components: {
      on: BLOCK_NAMES.filter(isOn),
      off: BLOCK_NAMES.filter((name) => !isOn(name)),
    },
    notes: manifest.provenance.notes,
    sizes: files,
    visitors: [
      ...makeUpVisitors(items, pack.popularity),
      ...(follower ? [follower] : []),
    ],
  }
}

/** Each line once: what is to be corrected stands in both. */
function readLines({
  understood,
  cleaning,
}: Pick<Build, 'cleaning' | 'understood'>): string[] {
  const lines = [...understood.split('\n'), ...cleaning.flatMap(formatCleaning)]
  return [...new Set(lines.map((line) => line.trim()))].filter((line) => line !== '')
}
