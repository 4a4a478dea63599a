/** All that one catalogue's builds remember, in one folder. */

import type { Encoder } from '../../text/encoder/encoder.ts'
import { openCache } from './cache-folder.ts'
import { type FormerBuildFile, formerBuildFile } from './former-build.ts'
import { ownCodeHash } from './own-code.ts'
import { type RememberingEncoder, rememberTexts } from './text-vectors.ts'

export interface BuildMemory {
  readonly former: FormerBuildFile & {
    /** Names the code that learns: other code reuses nothing. */
    readonly code: string
  }
  /** The encoder, asked only for texts that no build of late has encoded. */
  readonly remember: <E extends Encoder>(encoder: E) => Promise<RememberingEncoder<E>>
}

interface MemoryOptions {
  readonly folder: string
  readonly makesAnew: boolean
  /** What the catalogue is known by: the path of its source. */
  readonly catalogue: string
  /** Takes a line for the owner. */
  readonly report: (line: string) => void
}

export function openMemory({ catalogue, ...options }: MemoryOptions): BuildMemory {
  const cache = openCache(options)
  return {
    former: { ...formerBuildFile(cache, catalogue), code: ownCodeHash() },
    remember: (encoder) => rememberTexts(encoder, { cache, catalogue }),
  }
}
