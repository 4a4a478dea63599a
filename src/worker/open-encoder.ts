/** The encoder's ladder, WebGPU → WASM: a fresh worker a rung, since a failed start poisons its realm. */
import { adapterReport } from '../encoder/probe.ts'
import type { OpenedEncoder } from '../engine/text-reader.ts'
import { HearthError, messageOf } from '../errors.ts'
import { CALL_MS, patiently, START_SILENCE_MS } from './patience.ts'
import type { EncoderService, EngineConfig } from './protocol.ts'
import { connect } from './rpc.ts'

/** A WebGPU slower than this on one short text, in ms, is left for WASM. */
const SLOW_MS = 400

/**
 * @param from the best rung to try; a lost GPU comes back here with `wasm`
 * @throws HearthError `no-encoder` when no rung can start
 */
export async function openEncoderLadder(
  config: EngineConfig,
  onProgress: (share: number) => void,
  from: 'webgpu' | 'wasm' = 'webgpu',
): Promise<OpenedEncoder> {
  const tried: string[] = []
  const rungs = from === 'wasm' ? (['wasm'] as const) : await rungsFor(config, tried)
  for (const rung of rungs) {
    const worker = new Worker(new URL('./encoder-worker.ts', import.meta.url), {
      type: 'module',
    })
    try {
      const opened = await startOn({ worker, rung, config, onProgress })
      const isSlow = rung === 'webgpu' && opened.probeMs > SLOW_MS && !config.device
      if (!isSlow) {
        tried.push(`${rung}: in use`)
        return { ...opened, tried }
      }
      tried.push(`webgpu: ${Math.round(opened.probeMs)} ms a text, too slow`)
      worker.terminate()
    } catch (error) {
      worker.terminate()
      tried.push(`${rung}: ${messageOf(error)}`)
    }
  }
  throw new HearthError(
    'no-encoder',
    `the text encoder cannot start: ${tried.join('; ')}`,
  )
}

async function rungsFor({ device }: EngineConfig, tried: string[]) {
  if (device === 'wasm' || device === 'js') return ['wasm'] as const
  const allowSoftware = device === 'webgpu'
  const { usable, note } = await adapterReport(navigator.gpu, { allowSoftware })
  if (usable) return ['webgpu', 'wasm'] as const
  tried.push(`webgpu: ${note}`)
  return ['wasm'] as const
}

async function startOn(parts: {
  worker: Worker
  rung: 'webgpu' | 'wasm'
  config: EngineConfig
  onProgress: (share: number) => void
}): Promise<Omit<OpenedEncoder, 'tried'>> {
  const { worker, rung, config, onProgress } = parts
  let renew = () => {}
  const connection = connect<EncoderService>(worker, {
    onNotice: (value) => {
      renew()
      onProgress((value as { progress: number }).progress)
    },
  })
  worker.addEventListener('error', (event) =>
    connection.stop(`the encoder's worker failed: ${event.message ?? 'no message'}.`),
  )
  const files = {
    modelUrl: new URL('models/hearth-encoder/', config.assetsUrl).href,
    runtimeUrl: new URL('runtime/', config.assetsUrl).href,
  }
  const { dim, fingerprint, selfCheck, probeMs } = await patiently(
    connection,
    START_SILENCE_MS,
    (again) => {
      renew = again
      return connection.call('start', [{ rung, ...files }])
    },
  )
  renew = () => {}
  return {
    ...{ rung, selfCheck, probeMs },
    encoder: {
      ...{ dim, fingerprint },
      encode: (texts) =>
        patiently(connection, CALL_MS, () => connection.call('encode', [texts])),
      dispose: async () => {
        connection.stop('the encoder was disposed of.')
        worker.terminate()
      },
    },
  }
}
