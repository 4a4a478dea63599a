/**
 * Packs for those who read them: tools, tests, other engines.
 *
 *     const read = httpReader('/pack', fetch)
 *     const pack = await readPack(read)
 *     const items = await openItems(pack.manifest, read)
 */
export { type ErrorCode, HearthError } from '../errors.ts'
export type { Int8Table } from '../math/scanner.ts'
export type { AttributeColumn, ColumnType, ColumnValue } from './attribute-column.ts'
export { readColumn } from './column-file.ts'
export { readFirst } from './first-block.ts'
export type { ItemRecord } from './item.ts'
export { type ItemTable, openItems } from './items.ts'
export type {
  AttributeValue,
  ColumnEntry,
  ContentBlock,
  FirstBlock,
  LatentTerm,
  Manifest,
  Pack,
  Relation,
  SparseBlock,
  TowerBlock,
} from './pack.ts'
export { PACK_FORMAT, PACK_VERSION } from './pack.ts'
export type { ReadFile } from './pack-source.ts'
export { httpReader } from './read-file.ts'
export { readManifest, readPack } from './read-pack.ts'
export type { Rules } from './rules.ts'
