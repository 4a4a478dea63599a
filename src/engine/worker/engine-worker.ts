/** Worker entry: makes the engine of one pack and answers the page's calls. */

import scanWasmUrl from '../../math/scan.wasm?url'
import { createScanner } from '../../math/simd-scanner.ts'
import { readFirst } from '../../pack/first-block.ts'
import { openItems } from '../../pack/items.ts'
import type { Manifest } from '../../pack/pack.ts'
import { httpReader } from '../../pack/read-file.ts'
import { readBlocks, readManifest } from '../../pack/read-pack.ts'
import { openProfile } from '../../store/open-store.ts'
import { createEngine } from '../create-engine.ts'
import type { Engine } from '../engine.ts'
import type { EngineConfig, EngineService } from './protocol.ts'
import { modelPlaceOf } from './protocol.ts'
import { type Port, serve } from './rpc.ts'

const port = self as unknown as Port
let begin: (config: EngineConfig) => void
const started = new Promise<EngineConfig>((resolve) => {
  begin = resolve
})
const manifest = started.then((config) => readManifest(readerOf(config)))
const engine = Promise.all([started, manifest]).then(open)
engine.catch(() => {}) // told to each caller that awaits it

const method =
  <M extends keyof Engine>(name: M) =>
  async (...args: unknown[]) => {
    const target = (await engine)[name] as (...args: unknown[]) => Promise<unknown>
    return target(...args)
  }

const service = {
  start: async (config: EngineConfig) => begin(config),
  first: async () => readFirst(await manifest, readerOf(await started)),
  ping: async () => {},
  state: method('state'),
  feed: method('feed'),
  related: method('related'),
  search: method('search'),
  prepareSearch: method('prepareSearch'),
  checkEncoder: method('checkEncoder'),
  item: method('item'),
  predictRating: method('predictRating'),
  links: method('links'),
  record: method('record'),
  events: method('events'),
  removeEvents: method('removeEvents'),
  taste: method('taste'),
  exportProfile: method('exportProfile'),
  importProfile: method('importProfile'),
  erase: method('erase'),
} satisfies Record<keyof EngineService, unknown>

const notify = serve(service, port)

function readerOf(config: EngineConfig) {
  return httpReader(config.packUrl, fetch)
}

async function open([config, manifest]: [EngineConfig, Manifest]): Promise<Engine> {
  const read = readerOf(config)
  const [pack, items, { scanner }, store, firstRows] = await Promise.all([
    readBlocks(manifest, read),
    openItems(manifest, read),
    createScanner(loadScanModule),
    openStore(config),
    // a damaged first screen costs its order alone
    readFirst(manifest, read).then(
      ({ indices }) => indices,
      () => [],
    ),
  ])
  const fallback = { ...config, model: modelPlaceOf(manifest, config) }
  const opened = await createEngine({
    ...{ pack, items, scanner, store, firstRows, notify },
    openEncoder: async (onProgress, from) => {
      const { openEncoderWithFallback } = await import('./open-encoder.ts')
      return openEncoderWithFallback(fallback, onProgress, from)
    },
    openTowers: async (from) => {
      const { openTowersWithFallback } = await import('./open-towers.ts')
      return openTowersWithFallback(config, from)
    },
    now: () => Date.now(),
    clock: () => performance.now(),
    later: (task) => void setTimeout(task, LEARN_DELAY_MS),
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    restarts: config.restarts,
    seed: Date.now() % 2 ** 31,
  })
  notify({ type: 'state', state: await opened.state() })
  return opened
}

/** Learning waits this long after a signal, so that the list comes first. */
const LEARN_DELAY_MS = 400

function openStore({ packUrl, memoryOnly }: EngineConfig) {
  return openProfile({
    name: `hearth:${new URL(packUrl).pathname}`,
    now: () => Date.now(),
    uid: () => crypto.randomUUID(),
    // from the clock: a removal meant for a worker that died must not hit another event
    ...(memoryOnly ? { memoryOnly, aboveSeq: Date.now() } : {}),
  })
}

async function loadScanModule() {
  const response = await fetch(scanWasmUrl)
  return WebAssembly.compile(await response.arrayBuffer())
}
