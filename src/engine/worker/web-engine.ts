/** The engine of a pack that is served over HTTP, in a browser: in its worker, or in place. */

import { randomUid } from '../../feedback/identify.ts'
import scanWasmUrl from '../../math/scan.wasm?url'
import { httpReader } from '../../pack/read-file.ts'
import { openProfile } from '../../store/open-store.ts'
import type { EngineNotice } from '../calls.ts'
import { type OpeningEngine, openEngine } from '../open-engine.ts'
import { profileName } from './profile-name.ts'
import { type EngineConfig, modelPlaceOf } from './protocol.ts'

/** Learning waits this long after an event, ms, so that the list comes first. */
const LEARN_DELAY_MS = 400

/** What cannot cross to a worker: given, it makes the same calls give the same lists. */
export interface Determined {
  readonly now?: () => number
  readonly seed?: number
}

export function openWebEngine(
  config: EngineConfig,
  notify: (notice: EngineNotice) => void,
  determined: Determined = {},
): OpeningEngine {
  const { now = () => Date.now(), seed = Date.now() % 2 ** 31 } = determined
  const isDetermined = Object.keys(determined).length > 0
  const source = {
    read: httpReader(config.packUrl, (input, init) => fetch(input, init)),
    loadScan: loadScanModule,
    openStore: () => openStore(config, now),
    openEncoder: (manifest) => async (onProgress, from) => {
      const { openEncoderWithFallback } = await import('./open-encoder.ts')
      const fallback = { ...config, model: modelPlaceOf(manifest, config) }
      return openEncoderWithFallback(fallback, onProgress, from)
    },
    openTowers: async (from) => {
      const { openTowersWithFallback } = await import('./open-towers.ts')
      return openTowersWithFallback(config, from)
    },
    ...{ now, seed, restarts: config.restarts },
    clock: determined.now ?? (() => performance.now()),
    host: new URL(config.packUrl).host,
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    ...(isDetermined ? {} : { later: learnLater }),
  } satisfies Parameters<typeof openEngine>[0]
  return openEngine(source, notify)
}

function learnLater(task: () => void) {
  setTimeout(task, LEARN_DELAY_MS)
}

function openStore({ packUrl, storage }: EngineConfig, now: () => number) {
  return openProfile({
    ...{ name: `hearth:${profileName(packUrl)}`, now, uid: randomUid, storage },
    onDemand: () => import('../seldom.ts'),
    // from the clock: a removal meant for a worker that died must not hit another event
    aboveSeq: now(),
  })
}

async function loadScanModule() {
  const response = await fetch(scanWasmUrl)
  return WebAssembly.compile(await response.arrayBuffer())
}
