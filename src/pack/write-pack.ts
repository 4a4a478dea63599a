import { assertLength, HearthError } from '../errors.ts'
import { encodeAttributes } from './attribute-block.ts'
import { encodeColumn } from './column-file.ts'
import { encodeContent } from './content-block.ts'
import { encodeFirst } from './first-block.ts'
import { encodeShard } from './item-shard.ts'
import { MANIFEST_NAME, sealManifest } from './manifest.ts'
import type { BlockName, ColumnEntry, Manifest, PackFile } from './pack.ts'
import type { PackSink, PackSource } from './pack-source.ts'
import { encodePopularity } from './popularity-block.ts'
import { encodeRatings } from './rating-block.ts'
import { assertRules } from './rules.ts'
import { sha256Hex } from './sha256.ts'
import { encodeSparse } from './sparse-block.ts'
import { encodeTower } from './tower-block.ts'

/** About 1 MB of JSON: few files, and none too big for a static host. */
const SHARD_ITEMS = 8192
const NAME_HASH_DIGITS = 16

/**
 * Writes a pack: one block in memory at a time, the manifest last, so that a folder with
 * a manifest is a whole pack. The same source gives the same bytes.
 *
 * @throws HearthError `bad-argument` if the source breaks a rule of `PackSource`
 */
export async function writePack(source: PackSource, sink: PackSink): Promise<Manifest> {
  assertSource(source)
  const rows = source.items.length
  const blocks: Partial<Record<BlockName, PackFile>> = {}
  const contentDim = source.content?.dim ?? 0
  const { cf, sequence, tower, content } = source
  if (cf) blocks.cf = await put('cf', encodeSparse('cf', cf))
  if (sequence)
    blocks.sequence = await put('sequence', encodeSparse('sequence', sequence))
  if (tower) blocks.tower = await put('tower', encodeTower(tower, rows, contentDim))
  if (content) blocks.content = await put('content', encodeContent(content, rows))
  blocks.attributes = await put('attributes', encodeAttributes(source.attributes, rows))
  blocks.popularity = await put(
    'popularity',
    encodePopularity(source.popularity, source.flags),
  )
  const { ratings } = source
  if (ratings) blocks.ratings = await put('ratings', encodeRatings(ratings, rows))
  const shards: PackFile[] = []
  for (let start = 0; start < rows; start += SHARD_ITEMS) {
    const items = source.items.slice(start, start + SHARD_ITEMS)
    shards.push(await put(`items-${shards.length}`, encodeShard(items, start), 'json'))
  }
  const first = await put('first', encodeFirst(source.items, source.firstItems), 'json')
  const columns: ColumnEntry[] = []
  for (const column of source.columns ?? []) {
    const { name, type } = column
    const bytes = encodeColumn(column, rows)
    const file = await put(`column-${columns.length}`, bytes, 'json')
    columns.push({ name, type, file })
  }
  const files = { blocks, shards, first, ...(columns.length > 0 && { columns }) }
  const manifest = await sealManifest(manifestFields(source, files))
  const json = `${JSON.stringify(manifest, null, 1)}\n`
  await sink.write(MANIFEST_NAME, new TextEncoder().encode(json))
  return manifest

  async function put(name: string, bytes: Uint8Array, extension = 'bin') {
    const sha256 = await sha256Hex(bytes)
    const fileName = `${name}.${sha256.slice(0, NAME_HASH_DIGITS)}.${extension}`
    await sink.write(fileName, bytes)
    return { name: fileName, sizeBytes: bytes.byteLength, sha256 }
  }
}

function manifestFields(
  source: PackSource,
  files: Pick<Manifest, 'blocks' | 'shards' | 'first' | 'columns'>,
): Parameters<typeof sealManifest>[0] {
  const { encoder, tower, content, decaySettings, rules } = source
  return {
    name: source.name,
    items: source.items.length,
    dims: {
      tower: tower?.dim ?? 0,
      content: content?.dim ?? 0,
      encoder: encoder?.dim ?? 0,
    },
    ...(encoder && { encoder }),
    provenance: source.provenance,
    licence: source.licence,
    attribution: source.attribution,
    fusion: source.fusion,
    ...(source.calibration && { calibration: source.calibration }),
    ...(decaySettings && { sequence: decaySettings }),
    ...(rules && Object.keys(rules).length > 0 && { rules }),
    ...(source.overlay && { overlay: true as const }),
    shardItems: SHARD_ITEMS,
    ...files,
  }
}

function assertSource(source: PackSource) {
  const { items, cf, sequence, content, encoder, firstItems } = source
  const rows = items.length
  if (rows === 0) throw invalid('items: got none, expected at least one')
  if (new Set(items.map(({ id }) => id)).size !== rows) {
    throw invalid('items: an id occurs twice, expected unique ids')
  }
  assertLength('popularity', source.popularity, rows)
  if (firstItems.some((index) => !(index in items))) {
    throw invalid(`firstItems: an index is outside 0 … ${rows - 1}`)
  }
  if (content && content.mean.length !== (encoder?.dim ?? 0)) {
    throw invalid(`content mean: got ${content.mean.length}, expected ${encoder?.dim}`)
  }
  for (const block of [cf, sequence]) {
    if (block && (block.rows !== rows || block.columns !== rows)) {
      throw invalid(
        `sparse block: got ${block.rows} × ${block.columns}, expected ${rows}`,
      )
    }
  }
  if (source.decaySettings && !sequence) {
    throw invalid('decaySettings: got one without sequence, expected both or neither')
  }
  if (cf?.kind === 'sequence' || (sequence && sequence.kind !== 'sequence')) {
    throw invalid('sparse block: cf may not be of kind sequence, sequence must be')
  }
  if (source.rules) assertRules(source.rules)
}

function invalid(what: string) {
  return new HearthError('bad-argument', `invalid pack source: ${what}.`)
}
