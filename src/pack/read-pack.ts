import { decodeAttributes } from './attribute-block.ts'
import { badPack } from './bad-pack.ts'
import { decodeContent } from './content-block.ts'
import { MANIFEST_NAME, parseManifest } from './manifest.ts'
import type { BlockName, Manifest, Pack, SparseBlock } from './pack.ts'
import type { ReadFile } from './pack-source.ts'
import { decodePopularity } from './popularity-block.ts'
import { decodeRatings } from './rating-block.ts'
import { readAny, readPackFile } from './read-file.ts'
import type { Expected } from './sections.ts'
import { decodeSparse } from './sparse-block.ts'
import { decodeTower } from './tower-block.ts'

/**
 * Reads and checks a whole pack, but for its item records (`openItems`).
 *
 * @throws HearthError `bad-pack`, naming the file and what to do
 */
export async function readPack(read: ReadFile): Promise<Pack> {
  return readBlocks(await readManifest(read), read)
}

/** @throws HearthError `bad-pack` */
export async function readManifest(read: ReadFile): Promise<Manifest> {
  return parseManifest(await readAny(MANIFEST_NAME, read))
}

/**
 * Reads the score-time blocks, all at once.
 *
 * @param manifest from `readManifest`
 * @throws HearthError `bad-pack`
 */
export async function readBlocks(manifest: Manifest, read: ReadFile): Promise<Pack> {
  const { dims, items: rows } = manifest
  const [cf, sequence, tower, content, attributes, popularity, ratings] =
    await Promise.all([
      readBlock('cf', decodeSparse),
      readBlock('sequence', decodeSparse),
      readBlock('tower', (bytes, expected) => decodeTower(bytes, expected, dims)),
      readBlock('content', (bytes, expected) => decodeContent(bytes, expected, dims)),
      readBlock('attributes', decodeAttributes),
      readBlock('popularity', decodePopularity),
      readBlock('ratings', decodeRatings),
    ])
  if (!attributes || !popularity) {
    throw badPack(MANIFEST_NAME, 'it lists no attributes or no popularity block.')
  }
  return {
    manifest,
    itemCount: rows,
    ...(cf && { cf: ofKind(manifest, 'cf', cf) }),
    ...(sequence && { sequence: ofKind(manifest, 'sequence', sequence) }),
    ...(tower && { tower }),
    ...(content && { content }),
    attributes,
    ...popularity,
    ...(ratings && { ratings }),
  }

  /** @returns undefined for a block that is off */
  async function readBlock<T>(
    block: BlockName,
    decode: (bytes: Uint8Array, expected: Expected) => T,
  ): Promise<T | undefined> {
    const file = manifest.blocks[block]
    if (!file) return undefined
    return decode(await readPackFile(file, read), { file: file.name, block, rows })
  }
}

/** What follows what is the `sequence` block, all else `cf`. */
function ofKind(manifest: Manifest, block: 'cf' | 'sequence', sparse: SparseBlock) {
  if ((sparse.kind === 'sequence') === (block === 'sequence')) return sparse
  throw badPack(
    manifest.blocks[block]?.name ?? block,
    `it holds rows of kind ${sparse.kind}, which the block ${block} cannot.`,
  )
}
