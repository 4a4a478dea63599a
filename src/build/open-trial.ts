/** A pack as a browser would have it: written, read back, ready to score. */

import { HearthError } from '../errors.ts'
import { createJsScanner } from '../math/scanner.ts'
import type { PackSource } from '../pack/pack-source.ts'
import { readPack } from '../pack/read-pack.ts'
import { writePack } from '../pack/write-pack.ts'
import { prepareScoring } from '../scoring/prepare-scoring.ts'
import type { ScoringPack } from '../scoring/score.ts'

/** @throws HearthError as `writePack` */
export async function openTrial(source: PackSource): Promise<ScoringPack> {
  const files = new Map<string, Uint8Array>()
  await writePack(source, {
    write: async (name, bytes) => void files.set(name, bytes),
  })
  const pack = await readPack(async (name) => {
    const bytes = files.get(name)
    if (bytes) return bytes
    throw new HearthError('internal', `the trial pack has no file ${name}.`)
  })
  return prepareScoring(pack, createJsScanner())
}
