/** A tiny pack with every block, and a folder in memory: what the tests of this folder share. */

import type { AttributeColumn } from './attribute-column.ts'
import type { DecaySettings } from './decay-settings.ts'
import type { ItemRecord } from './item.ts'
import { MANIFEST_NAME, sealManifest } from './manifest.ts'
import {
  FLAG_COLD_START,
  FUSED_COMPONENTS,
  type FusedComponent,
  type Manifest,
} from './pack.ts'
import type { PackSink, PackSource, ReadFile, SparseRows } from './pack-source.ts'
import type { Rules } from './rules.ts'
import { sha256Hex } from './sha256.ts'

export const sampleItems: readonly ItemRecord[] = [
  {
    id: 'dune',
    title: 'Dune',
    authors: ['Frank Herbert'],
    year: 1965,
    genres: ['science fiction', 'classics'],
    series: { name: 'Dune', position: 1 },
    url: 'https://books.example/dune',
    image: '/covers/dune.jpg',
    description: 'Sand <b>and</b> spice.',
    language: 'en',
  },
  { id: 'omens', title: 'Good Omens', authors: ['Terry Pratchett', 'Neil Gaiman'] },
  { id: '3', title: '', genres: ['classics'], url: 'https://books.example/3' },
  { id: 'ünï', title: '日本語 😀', series: { name: 'Dune' }, year: -8, language: 'ja' },
  { id: 'e', title: 'Emma', authors: ['Jane Austen'], year: 1815, language: 'en' },
]

/** Five items; tower of 4, content of 3, encoder of 6 dimensions. */
export function sampleSource(overrides: Partial<PackSource> = {}): PackSource {
  return {
    name: 'Sample',
    licence: 'CC0-1.0',
    attribution: 'nobody',
    provenance: {
      generator: 'hearth 0.1.0',
      interactions: 9,
      users: 3,
      notes: ['all on'],
    },
    items: sampleItems,
    encoder: { name: 'tiny', fingerprint: 'f'.repeat(64), dim: 6 },
    fusion: {
      source: 'default',
      buckets: Array.from({ length: 7 }, (_, bucket) => weightsOf(bucket)),
    },
    cf: sampleSparse('item-item'),
    sequence: sampleSparse('sequence'),
    tower: {
      dim: 4,
      items: ramp(20, 0.5),
      bias: ramp(5, 0.1),
      user: [
        { weights: ramp(7 * 6, 0.02), bias: ramp(6, 0.01) },
        { weights: ramp(6 * 4, 0.03), bias: ramp(4, 0.02) },
      ],
    },
    content: {
      dim: 3,
      vectors: Float32Array.of(
        1,
        0,
        0,
        0.6,
        0.8,
        0,
        0,
        0,
        0,
        0,
        0,
        -1,
        0.48,
        0.6,
        0.64,
      ),
      projection: ramp(18, 0.1),
      mean: ramp(6, 0.05),
    },
    attributes: {
      values: [
        { name: 'Frank "F." Herbert', relation: 'author' },
        { name: 'Dune', relation: 'series' },
        { name: 'classics', relation: 'genre' },
      ],
      indptr: Uint32Array.of(0, 3, 3, 4, 6, 6),
      indices: Uint16Array.of(1, 0, 2, 2, 2, 1),
    },
    popularity: Float32Array.of(1, 0.5, 0, 0.25, 0.75),
    flags: Uint8Array.of(0, 0, FLAG_COLD_START, FLAG_COLD_START, 0),
    firstItems: [4, 0, 2],
    ratings: {
      low: 1,
      high: 5,
      mean: 3.75,
      bias: ramp(5, 0.25),
      variances: { visitor: 0.2, tower: 0.1, content: 0, facts: 0.4, idf: 1.6 },
    },
    ...overrides,
  }
}

/** A column of each type, for the five items; one where most have no value. */
export const sampleColumns: readonly AttributeColumn[] = [
  {
    name: 'Material',
    type: 'category',
    values: ['paper', 'cloth', undefined, 'paper', 'paper'],
  },
  { name: 'Weight (kg)', type: 'number', values: [0.5, 1299, -3, undefined, 0] },
  {
    name: 'Added',
    type: 'date',
    values: ['2016-05-09', '2016-05-09T10:00:00Z', undefined, '0999-01-01', undefined],
  },
  { name: 'Signed', type: 'flag', values: [true, false, undefined, true, false] },
  {
    name: 'sizes',
    type: 'list',
    values: [['S', 'M'], undefined, undefined, undefined, ['M']],
  },
  {
    name: 'Blurb 日本',
    type: 'text',
    values: [undefined, 'A "text" <b>', undefined, '', undefined],
  },
]

export const sampleRules: Rules = {
  filter: "Material = 'paper'",
  hide: ['3'],
  pin: ['dune', 'e'],
  bury: 'year < 1900',
  boost: [{ filter: 'Signed', by: 0.5 }],
  onlyInStock: true,
  notOlderThanDays: 365,
  maxPerAuthor: 2,
  maxPerCategory: 3,
  onePerGroup: true,
}

export const sampleDecaySettings: DecaySettings = {
  decay: 0.6,
  floor: 0.05,
  returns: { newest: 0.5, second: 1, older: 0.25, fading: 0.8 },
}

function weightsOf(bucket: number) {
  const weights = FUSED_COMPONENTS.map(
    (component, i) => [component, (i + 1) / (bucket + 2)] as const,
  )
  return Object.fromEntries(weights) as Record<FusedComponent, number>
}

export function sampleSparse(kind: SparseRows['kind']): SparseRows {
  return {
    kind,
    rows: 5,
    columns: 5,
    indptr: Uint32Array.of(0, 2, 2, 5, 6, 10),
    indices: Uint32Array.of(1, 4, 0, 2, 3, 3, 0, 1, 2, 4),
    values: Float32Array.of(0.5, 0.25, 1, 0.001, 2, 0.125, 4, 3, 2, 1),
  }
}

function ramp(length: number, step: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => ((i % 7) - 3) * step)
}

export interface MemoryFolder {
  readonly files: Map<string, Uint8Array>
  readonly sink: PackSink
  readonly read: ReadFile
}

/** @param from files to start with, copied so that a test may damage them */
export function memoryFolder(from: Iterable<[string, Uint8Array]> = []): MemoryFolder {
  const files = new Map<string, Uint8Array>()
  for (const [name, bytes] of from) files.set(name, bytes.slice())
  return {
    files,
    sink: {
      async write(name, bytes) {
        files.set(name, bytes)
      },
    },
    async read(name) {
      const bytes = files.get(name)
      if (!bytes) throw new Error('no such file')
      return bytes
    },
  }
}

/** What a forger would do: other bytes, with size, hash and fingerprint made to fit. */
export async function forge(
  { files }: MemoryFolder,
  manifest: Manifest,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Manifest> {
  const sha256 = await sha256Hex(bytes)
  const text = JSON.stringify(manifest, (_, value) =>
    value?.name === name ? { name, sizeBytes: bytes.byteLength, sha256 } : value,
  )
  const sealed = await sealManifest(JSON.parse(text) as Manifest)
  files.set(name, bytes)
  const json = JSON.stringify(sealed)
  files.set(MANIFEST_NAME, new TextEncoder().encode(json))
  return sealed
}
