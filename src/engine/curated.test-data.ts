/** An owner's rules, columns and overlay over the catalogue of two tastes. */
import type { AttributeColumn } from '../pack/attribute-column.ts'
import type { ItemRecord } from '../pack/item.ts'
import { overlaidItems, parseOverlay, unknownIds } from '../pack/overlay.ts'
import type { Rules } from '../pack/rules.ts'
import type { EngineParts } from './create-engine.ts'
import {
  DIM,
  samplePackOfTwoTastes as pack,
  sampleItems,
  sampleRecords,
} from './sample-engine.test-data.ts'

const COLUMNS: readonly AttributeColumn[] = [
  { name: 'size', type: 'number', values: sampleRecords.map((_, index) => index) },
  { name: 'colour', type: 'category', values: sampleRecords.map(() => 'red') },
]

export interface Owner {
  readonly rules?: Rules
  readonly overlay?: object
  /** Changes of single records. */
  readonly records?: Readonly<Record<string, Partial<ItemRecord>>>
}

/** Engine parts of a pack with these rules and columns; `asked` are the columns read. */
export function owned({ rules, overlay: json, records = {} }: Owner = {}) {
  const asked: string[] = []
  const plain = {
    ...sampleItems,
    record: (index: number) => {
      const record = sampleItems.record(index)
      return { ...record, ...records[record.id] }
    },
  }
  const overlay = json && parseOverlay(new TextEncoder().encode(JSON.stringify(json)))
  const columns = COLUMNS.map(({ name, type }) => ({ name, type, file: FILE }))
  const parts: Partial<EngineParts> = {
    pack: {
      ...pack,
      manifest: { ...pack.manifest, columns, ...(rules ? { rules } : {}) },
    },
    items: overlay ? overlaidItems(plain, overlay) : plain,
    readColumn: async (name) => {
      asked.push(name)
      return COLUMNS.find((column) => column.name === name)!
    },
    ...(overlay
      ? { overlay: { ...overlay, unknown: unknownIds(overlay, plain.indexOf) } }
      : {}),
  }
  return { parts, asked }
}
/** An encoder that reads every text as this. */
export const readingAs = (vector: Float32Array): Partial<EngineParts> => ({
  openEncoder: async () => ({
    encoder: {
      ...{ dim: DIM, fingerprint: 'f00d' },
      encode: async () => vector,
      dispose: async () => {},
    },
    ...{ backend: 'wasm', tried: [], selfCheck: 1, probeMs: 1 },
  }),
})
const FILE = { name: 'column-0.0123456789abcdef.json', sizeBytes: 1, sha256: '' }

export const idsOf = (items: readonly { readonly id: string }[]) =>
  items.map(({ id }) => id)
export const numberOf = (id: string) => Number(id.slice(2))
