/**
 * Opens the text encoder on the best backend that works: WebGPU, else WASM. A fresh worker
 * for each, since a failed start poisons its realm.
 */
import { HearthError, messageOf } from '../../errors.ts'
import type { EncoderBackend } from '../../text/encoder/runtime-files.ts'
import { readAdapter, refusalOf } from '../../towers/gpu-adapter.ts'
import type { OpenedEncoder } from '../text-reader.ts'
import { CALL_MS, patiently, START_SILENCE_MS } from './patience.ts'
import type {
  EncoderNotice,
  EncoderService,
  EngineConfig,
  ModelPlace,
} from './protocol.ts'
import { connect } from './rpc.ts'

// Ends an encoder that nobody has used for a while.

interface IdleWatch {
  /** Resolves with the reason once it was ended for idleness; never otherwise. */
  readonly ended: Promise<string>
  /** Passes `work` on; while it is under way nothing is ended. */
  during<T>(work: Promise<T>): Promise<T>
  /** Watches no longer. */
  stop(): void
}

/**
 * @param ms without work until `end` is called, once, with the reason
 */
function createIdleWatch(ms: number, end: (why: string) => void): IdleWatch {
  const why = `ended after ${Math.round(ms / 60_000)} minutes without a text`
  let report: (why: string) => void
  const ended = new Promise<string>((resolve) => {
    report = resolve
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay = 0
  let isOver = false
  const giveUp = () => {
    isOver = true
    end(`${why}.`)
    report(why)
  }
  const wait = () => {
    if (!isOver && underWay === 0) timer = setTimeout(giveUp, ms)
  }
  wait()
  return {
    ended,
    async during(work) {
      clearTimeout(timer)
      underWay++
      try {
        return await work
      } finally {
        underWay--
        wait()
      }
    },
    stop() {
      isOver = true
      clearTimeout(timer)
    },
  }
}

/** A WebGPU slower than this on one short text, in ms, gives way to WASM. */
const SLOW_MS = 400
/** A worker without a text for this long, ms, is ended: it holds some 100 MB. */
export const IDLE_MS = 300_000

export type EncoderConfig = Pick<EngineConfig, 'assetsUrl' | 'backend' | 'runtime'> & {
  readonly model: ModelPlace
}

/**
 * @param from the best backend to try; a lost GPU comes back here with `wasm`
 * @throws HearthError `no-encoder` when no backend can start; at once where no backend could,
 *   e.g. without the model
 */
export async function openEncoderWithFallback(
  config: EncoderConfig,
  onProgress: (share: number) => void,
  from: EncoderBackend = 'webgpu',
): Promise<OpenedEncoder> {
  const tried: string[] = []
  const backends = from === 'wasm' ? [from] : await backendsFor(config, tried)
  for (const backend of backends) {
    const worker = new Worker(new URL('./encoder-worker.ts', import.meta.url), {
      type: 'module',
    })
    try {
      const opened = await startOn({ worker, backend, config, onProgress })
      const { note, ...figures } = opened
      const { probeMs = 0 } = figures
      if (probeMs <= SLOW_MS || config.backend) {
        tried.push(`${backend}: in use, by ${note}`)
        return { ...figures, tried }
      }
      tried.push(`${backend}: ${Math.round(probeMs)} ms a text, too slow`)
      await opened.encoder.dispose()
    } catch (error) {
      worker.terminate() // which ends its downloads too
      if (error instanceof HearthError && error.code === 'no-encoder') throw error
      tried.push(`${backend}: ${messageOf(error)}`)
    }
  }
  throw new HearthError(
    'no-encoder',
    `the text encoder cannot start: ${tried.join('; ')}`,
  )
}

async function backendsFor(
  { backend, runtime = true }: EncoderConfig,
  tried: string[],
): Promise<readonly EncoderBackend[]> {
  if (backend === 'wasm' || backend === 'js') return ['wasm']
  const why = runtime
    ? refusalOf(await readAdapter(navigator.gpu), backend === 'webgpu')
    : 'no runtime is served here'
  if (why === undefined) return ['webgpu', 'wasm']
  tried.push(`webgpu: ${why}`)
  return ['wasm']
}

interface BackendStart {
  readonly worker: Worker
  readonly backend: EncoderBackend
  readonly config: EncoderConfig
  readonly onProgress: (share: number) => void
}

async function startOn(
  parts: BackendStart,
): Promise<Omit<OpenedEncoder, 'tried'> & { readonly note: string }> {
  const { worker, backend, config } = parts
  const link = linkTo(parts)
  const { call, connection } = link
  const { assetsUrl, model, runtime = true } = config
  const place = runtime ? { runtimeUrl: new URL('runtime/', assetsUrl).href } : {}
  const started = await call(START_SILENCE_MS, () =>
    connection.call('start', [{ backend, ...place, ...model }]),
  )
  const end = (why: string) => {
    connection.stop(why)
    worker.terminate()
  }
  const idle = createIdleWatch(IDLE_MS, end)
  const { dim, fingerprint, ...figures } = started
  return {
    ...{ backend, ...figures, warm: link.warm, ended: idle.ended },
    encoder: {
      ...{ dim, fingerprint },
      encode: (texts) =>
        idle.during(call(CALL_MS, () => connection.call('encode', [texts]))),
      dispose: async () => {
        idle.stop()
        end('the encoder was disposed of.')
      },
    },
    checkAll: () => idle.during(call(CALL_MS, () => connection.call('checkAll', []))),
  }
}

/** The worker's connection; any sign of life renews the patience with a call. */
function linkTo({ worker, onProgress }: BackendStart) {
  const waiting = new Set<() => void>()
  let onWarm: (ms: number) => void
  const warm = new Promise<number>((resolve) => {
    onWarm = resolve
  })
  const connection = connect<EncoderService>(worker, {
    onNotice: (value) => {
      const notice = value as EncoderNotice
      for (const renew of waiting) renew()
      if ('progress' in notice) onProgress(notice.progress)
      if ('warmMs' in notice) onWarm(notice.warmMs)
    },
  })
  worker.addEventListener('error', (event) =>
    connection.stop(`the encoder's worker failed: ${event.message ?? 'no message'}.`),
  )
  const call = <T>(ms: number, work: () => Promise<T>) =>
    patiently(connection, ms, (renew) => {
      waiting.add(renew)
      // or a later notice would give up a connection that is well
      return work().finally(() => waiting.delete(renew))
    })
  return { connection, call, warm }
}
