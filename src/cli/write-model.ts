/** An encoder's own files, written into the pack that it made. */
import type { PackFile } from '../catalogue/pack.ts'
import type { PackSink, PackSource } from '../catalogue/pack-source.ts'
import { hashBytes } from '../encoder/model-manifest.ts'
import type { WiredModel } from '../encoder/node-wire.ts'

const HASH_DIGITS = 16

/** @returns the encoder's manifest, as the pack's names it: its files lie beside it */
export async function writeModel(
  { files, manifestBytes }: WiredModel,
  sink: PackSink,
): Promise<PackFile> {
  for (const [name, bytes] of files) await sink.write(name, bytes)
  const sha256 = hashBytes(manifestBytes)
  const name = `encoder.${sha256.slice(0, HASH_DIGITS)}.json`
  await sink.write(name, manifestBytes)
  return { name, sizeBytes: manifestBytes.length, sha256 }
}

/** The source, saying where its encoder lies; unchanged without one. */
export function withModel(source: PackSource, model: PackFile | undefined): PackSource {
  const { encoder } = source
  return model && encoder ? { ...source, encoder: { ...encoder, model } } : source
}
