/**
 * A pack that is being opened: its manifest, its first screen and its engine, each as soon as
 * it is there. What differs between a worker, a page and Node comes in as an argument.
 */

import { createScanner } from '../math/simd-scanner.ts'
import type { AttributeColumn } from '../pack/attribute-column.ts'
import { readFirst } from '../pack/first-block.ts'
import { type ItemTable, openItems } from '../pack/items.ts'
import type { Overlay } from '../pack/overlay.ts'
import type { FirstBlock, Manifest } from '../pack/pack.ts'
import type { ReadFile } from '../pack/pack-source.ts'
import { readBlocks, readManifest } from '../pack/read-pack.ts'
import type { MovableStore } from '../store/profile-store.ts'
import type { Engine, EngineNotice } from './calls.ts'
import { createEngine, type EngineOverlay, type EngineParts } from './create-engine.ts'
import { limitFirst } from './limit-first.ts'
import type { OpenEncoder } from './text-reader.ts'

/** What an engine is made of, before its pack is read. */
interface EngineSource
  extends Omit<
    EngineParts,
    | 'pack'
    | 'items'
    | 'overlay'
    | 'readColumn'
    | 'scanner'
    | 'firstItems'
    | 'store'
    | 'openEncoder'
    | 'notify'
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
  const overlay = manifest.then((known) => openOverlay(known, read))
  const engine = manifest.then((known) =>
    makeEngine(source, { known, overlay }, notify),
  )
  for (const each of [overlay, engine]) each.catch(() => {}) // each call has the reason
  return {
    manifest,
    engine,
    first: async () => firstOf(source, await manifest, overlay),
  }
}

/**
 * The owner's overlay, where the pack's build made room for one. It is read whole whenever
 * the pack is opened, whoever opens it: asking for it tells the host nothing of a visitor.
 */
async function openOverlay(
  manifest: Manifest,
  read: ReadFile,
): Promise<Overlay | undefined> {
  if (!manifest.overlay) return undefined
  const file = await read('overlay.json').catch((error: unknown) => ({ error }))
  if (file instanceof Uint8Array && isNothing(file)) return undefined
  const { parseOverlay, unreadOverlay } = await import('../pack/overlay.ts')
  return file instanceof Uint8Array ? parseOverlay(file) : unreadOverlay(file.error)
}

/** `{}` and a line break, as a build writes it: nothing that has to be understood. */
const isNothing = ({ byteLength, 0: first, 1: second }: Uint8Array) =>
  byteLength < 5 && first === 0x7b && second === 0x7d

async function firstOf(
  { read, now }: Pick<EngineSource, 'read' | 'now'>,
  manifest: Manifest,
  overlaid: Promise<Overlay | undefined>,
): Promise<FirstBlock> {
  const first = limitFirst(await readFirst(manifest, read), manifest.rules)
  const overlay = await overlaid
  if (!manifest.rules && !overlay) return first
  const { curateFirst } = await import('./seldom.ts')
  return curateFirst(first, manifest, { overlay, now: now() })
}

/** The catalogue with the overlay's prices and stock, and what is wrong with it. */
async function overlaidBy(
  overlay: Overlay | undefined,
  items: ItemTable,
): Promise<{ items: ItemTable; overlay?: EngineOverlay }> {
  if (!overlay) return { items }
  const { applyOverlay } = await import('../pack/overlay.ts')
  return applyOverlay(overlay, items)
}

async function makeEngine(
  { read, loadScan, openStore, openEncoder, ...parts }: EngineSource,
  opened: { known: Manifest; overlay: Promise<Overlay | undefined> },
  notify: (notice: EngineNotice) => void,
): Promise<Engine> {
  const { known: manifest } = opened
  // meanwhile: the first list needs it
  if (manifest.rules) import('./seldom.ts').catch(() => {})
  const [pack, items, { scanner }, store, firstItems, overlay] = await Promise.all([
    readBlocks(manifest, read),
    openItems(manifest, read),
    createScanner(loadScan),
    openStore(),
    // a damaged first screen costs its order alone
    readFirst(manifest, read).then(
      ({ indices }) => indices,
      () => [],
    ),
    opened.overlay,
  ])
  const engine = await createEngine({
    ...parts,
    ...{ pack, scanner, store, firstItems, notify },
    ...(await overlaidBy(overlay, items)),
    readColumn: (name) => readColumn(manifest, name, read),
    openEncoder: openEncoder(manifest),
  })
  notify({ type: 'state', event: await engine.state() })
  return engine
}

async function readColumn(
  manifest: Manifest,
  name: string,
  read: ReadFile,
): Promise<AttributeColumn> {
  const columns = await import('./seldom.ts') // most pages need none
  return columns.readColumn(manifest, name, read)
}
