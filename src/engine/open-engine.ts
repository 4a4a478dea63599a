/**
 * A pack that is being opened: its manifest, its first screen and its engine, each as soon as
 * it is there. What differs between a worker, a page and Node comes in as an argument.
 */

import { createScanner } from '../math/simd-scanner.ts'
import { readFirst } from '../pack/first-block.ts'
import { openItems } from '../pack/items.ts'
import type { FirstBlock, Manifest } from '../pack/pack.ts'
import type { ReadFile } from '../pack/pack-source.ts'
import { readBlocks, readManifest } from '../pack/read-pack.ts'
import type { MovableStore } from '../store/profile-store.ts'
import type { Engine, EngineNotice } from './calls.ts'
import { createEngine, type EngineParts } from './create-engine.ts'
import type { OpenEncoder } from './text-reader.ts'

/** What an engine is made of, before its pack is read. */
interface EngineSource
  extends Omit<
    EngineParts,
    'pack' | 'items' | 'scanner' | 'firstItems' | 'store' | 'openEncoder' | 'notify'
  > {
  readonly read: ReadFile
  /** The compiled SIMD scan; one that fails costs speed alone. */
  readonly loadScan: () => Promise<WebAssembly.Module>
  readonly openStore: () => Promise<MovableStore>
  readonly openEncoder: (manifest: Manifest) => OpenEncoder
}

export interface OpeningEngine {
  /** Read and checked. @throws HearthError `bad-pack` */
  readonly manifest: Promise<Manifest>
  readonly engine: Promise<Engine>
  first(): Promise<FirstBlock>
}

export function openEngine(
  source: EngineSource,
  notify: (notice: EngineNotice) => void,
): OpeningEngine {
  const { read } = source
  const manifest = readManifest(read)
  const engine = manifest.then((known) => makeEngine(source, known, notify))
  engine.catch(() => {}) // each call that awaits it has the reason
  return { manifest, engine, first: async () => readFirst(await manifest, read) }
}

async function makeEngine(
  { read, loadScan, openStore, openEncoder, ...parts }: EngineSource,
  manifest: Manifest,
  notify: (notice: EngineNotice) => void,
): Promise<Engine> {
  const [pack, items, { scanner }, store, firstItems] = await Promise.all([
    readBlocks(manifest, read),
    openItems(manifest, read),
    createScanner(loadScan),
    openStore(),
    // a damaged first screen costs its order alone
    readFirst(manifest, read).then(
      ({ indices }) => indices,
      () => [],
    ),
  ])
  const engine = await createEngine({
    ...parts,
    ...{ pack, items, scanner, store, firstItems, notify },
    openEncoder: openEncoder(manifest),
  })
  notify({ type: 'state', event: await engine.state() })
  return engine
}
