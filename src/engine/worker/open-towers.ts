/** Opens the towers: WebGPU and WASM each in a worker of its own, else plain JS in this one. */
import { readAdapter } from '../../towers/gpu-adapter.ts'
import { openTowerDevice } from '../../towers/open-tower-device.ts'
import { createReferenceDevice } from '../../towers/reference.ts'
import { BACKENDS, type Backend, type TowerDevice } from '../../towers/tower-device.ts'
import type { OpenedTowers } from '../tower-learner.ts'
import { CALL_MS, patiently, START_SILENCE_MS } from './patience.ts'
import type { EngineConfig, TowerService } from './protocol.ts'
import { connect } from './rpc.ts'

/** @param from the best backend to try; a lost GPU comes back here with `wasm` */
export function openTowersWithFallback(
  config: EngineConfig,
  from: Backend,
): Promise<OpenedTowers> {
  const isFirst = from === BACKENDS[0]
  const force = isFirst ? config.backend : from
  return openTowerDevice({
    ...(force ? { force } : {}),
    start: (backend) => startOn(backend, config),
    adapter: () => readAdapter(navigator.gpu),
    now: () => performance.now(),
  })
}

async function startOn(backend: Backend, config: EngineConfig): Promise<TowerDevice> {
  if (backend === 'js') return createReferenceDevice()
  const worker = new Worker(new URL('./towers-worker.ts', import.meta.url), {
    type: 'module',
  })
  const connection = connect<TowerService>(worker)
  worker.addEventListener('error', (event) =>
    connection.stop(`the towers' worker failed: ${event.message ?? 'no message'}.`),
  )
  const runtimeUrl = new URL('runtime/', config.assetsUrl).href
  const allowSoftware = config.backend === 'webgpu'
  try {
    await patiently(connection, START_SILENCE_MS, () =>
      connection.call('start', [{ backend, runtimeUrl, allowSoftware }]),
    )
  } catch (error) {
    worker.terminate()
    throw error
  }
  return {
    backend,
    forward: (...args) =>
      patiently(connection, CALL_MS, () => connection.call('forward', args)),
    tune: (...args) =>
      patiently(connection, CALL_MS, () => connection.call('tune', args)),
    dispose: async () => {
      connection.stop('the towers were disposed of.') // a dead worker answers nobody
      worker.terminate()
    },
  }
}
