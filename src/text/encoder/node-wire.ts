/**
 * A model as it runs → a model as it travels: each file deflated as small as zlib can,
 * under a name that holds its hash, so that any cache may keep it for ever.
 */

import { constants, deflateSync } from 'node:zlib'
import type { ModelFiles } from './model-files.ts'
import {
  formatManifest,
  hashBytes,
  type ModelFile,
  type ModelManifest,
} from './model-manifest.ts'
import type { Packing } from './packing.ts'

export interface WiredModel {
  readonly manifest: ModelManifest
  /** The text of its `hearth.json`, as bytes. */
  readonly manifestBytes: Uint8Array
  /** Wire name → bytes, all but `hearth.json`. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

const HASH_DIGITS = 16
/**
 * Weights hold no repeats, so that coding each byte by itself often wins; text does. The
 * memory level sets how often a table of codes is renewed.
 */
const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_FILTERED,
  constants.Z_HUFFMAN_ONLY,
]
const MEM_LEVELS = [8, 9]

/**
 * @param manifest of the model; its files may be listed plain or packed
 * @param files name → expanded bytes, of every file the manifest lists
 * @returns the same model, packed: the same bytes for the same zlib
 */
export function wireModel(manifest: ModelManifest, files: ModelFiles): WiredModel {
  const packed = manifest.files.map(({ name, sha256 }) =>
    packFile(name, files.get(name)!, sha256),
  )
  const wired = { ...manifest, files: packed.map(({ file }) => file) }
  return {
    manifest: wired,
    manifestBytes: new TextEncoder().encode(formatManifest(wired)),
    files: new Map(packed.map(({ file, wire }) => [file.file, wire])),
  }
}

function packFile(name: string, bytes: Uint8Array, sha256: string) {
  const { packing, wire } = smallest(bytes)
  const wireSha256 = packing === 'none' ? sha256 : hashBytes(wire)
  const file: ModelFile = {
    name,
    file: `${stemOf(name)}.${wireSha256.slice(0, HASH_DIGITS)}.bin`,
    packing,
    ...{ wireBytes: wire.length, wireSha256, sizeBytes: bytes.length, sha256 },
  }
  return { file, wire }
}

function smallest(bytes: Uint8Array): { packing: Packing; wire: Uint8Array } {
  let best: { packing: Packing; wire: Uint8Array } = { packing: 'none', wire: bytes }
  for (const strategy of STRATEGIES) {
    for (const memLevel of MEM_LEVELS) {
      const wire = deflateSync(bytes, { level: 9, memLevel, strategy })
      if (wire.length < best.wire.length) best = { packing: 'deflate', wire }
    }
  }
  return best
}

/** `onnx/model_q4.onnx` → `model_q4`: hashes tell apart what has one stem. */
function stemOf(name: string): string {
  const base = name.slice(name.lastIndexOf('/') + 1)
  return base.replace(/\.\w+$/, '').replace(/[^\w-]/g, '-')
}
