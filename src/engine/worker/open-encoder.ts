/**
 * The encoder's fallback: WebGPU → WASM by Hearth's kernel → WASM by onnxruntime. A fresh
 * worker a step, since a failed start poisons its realm.
 */

import { HearthError, messageOf } from '../../errors.ts'
import type { EncoderRunner } from '../../text/encoder/browser-encoder.ts'
import { adapterReport } from '../../text/encoder/probe.ts'
import type { OpenedEncoder } from '../text-reader.ts'
import { CALL_MS, patiently, START_SILENCE_MS } from './patience.ts'
import type {
  EncoderNotice,
  EncoderService,
  EngineConfig,
  ModelPlace,
} from './protocol.ts'
import { connect } from './rpc.ts'

// Ends what nobody has used for a while.

export interface IdleWatch {
  /** Why, once it was ended for idleness; never otherwise. */
  readonly ended: Promise<string>
  /** Passes `work` on; while it is under way nothing is ended. */
  during<T>(work: Promise<T>): Promise<T>
  /** Watches no longer. */
  stop(): void
}

/**
 * @param ms without work until `end` is called, once, with the reason
 */
export function createIdleWatch(ms: number, end: (why: string) => void): IdleWatch {
  const why = `ended after ${Math.round(ms / 60_000)} minutes without a text`
  let tell: (why: string) => void
  const ended = new Promise<string>((resolve) => {
    tell = resolve
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay = 0
  let isOver = false
  const give = () => {
    isOver = true
    end(`${why}.`)
    tell(why)
  }
  const wait = () => {
    if (!isOver && underWay === 0) timer = setTimeout(give, ms)
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

/** A WebGPU slower than this on one short text, in ms, is left for WASM. */
const SLOW_MS = 400
/** A worker without a text for this long, ms, is ended: it holds some 100 MB. */
export const IDLE_MS = 300_000

export type EncoderFallback = Pick<EngineConfig, 'assetsUrl' | 'device'> & {
  readonly model: ModelPlace
}

type Backend = 'webgpu' | 'wasm'

interface Step {
  readonly backend: Backend
  readonly runner: EncoderRunner
}

const ON_GPU: Step = { backend: 'webgpu', runner: 'onnxruntime' }
/** A kernel whose vectors are wrong here leaves the backend to the runtime. */
const ON_WASM: readonly Step[] = [
  { backend: 'wasm', runner: 'kernel' },
  { backend: 'wasm', runner: 'onnxruntime' },
]

/**
 * @param from the best backend to try; a lost GPU comes back here with `wasm`
 * @throws HearthError `no-encoder` when no backend can start; at once where no backend could,
 *   e.g. without the model
 */
export async function openEncoderWithFallback(
  fallback: EncoderFallback,
  onProgress: (share: number) => void,
  from: Backend = 'webgpu',
): Promise<OpenedEncoder> {
  const tried: string[] = []
  const steps = from === 'wasm' ? ON_WASM : await stepsFor(fallback, tried)
  for (const step of steps) {
    const { backend } = step
    const worker = new Worker(new URL('./encoder-worker.ts', import.meta.url), {
      type: 'module',
    })
    try {
      const opened = await startOn({ worker, step, fallback, onProgress })
      const { note, ...figures } = opened
      const { probeMs = 0 } = figures
      if (probeMs <= SLOW_MS || fallback.device) {
        tried.push(`${backend}: in use, by ${note}`)
        return { ...figures, tried }
      }
      tried.push(`webgpu: ${Math.round(probeMs)} ms a text, too slow`)
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

async function stepsFor({ device }: EncoderFallback, tried: string[]) {
  if (device === 'wasm' || device === 'js') return ON_WASM
  const allowSoftware = device === 'webgpu'
  const { usable, note } = await adapterReport(navigator.gpu, { allowSoftware })
  if (usable) return [ON_GPU, ...ON_WASM]
  tried.push(`webgpu: ${note}`)
  return ON_WASM
}

interface BackendStart {
  readonly worker: Worker
  readonly step: Step
  readonly fallback: EncoderFallback
  readonly onProgress: (share: number) => void
}

async function startOn(
  parts: BackendStart,
): Promise<Omit<OpenedEncoder, 'tried'> & { readonly note: string }> {
  const { worker, step, fallback } = parts
  const link = linkTo(parts)
  const { call, connection } = link
  const runtimeUrl = new URL('runtime/', fallback.assetsUrl).href
  const started = await call(START_SILENCE_MS, () =>
    connection.call('start', [{ ...step, runtimeUrl, ...fallback.model }]),
  )
  const end = (why: string) => {
    connection.stop(why)
    worker.terminate()
  }
  const idle = createIdleWatch(IDLE_MS, end)
  const { dim, fingerprint, ...figures } = started
  return {
    ...{ backend: step.backend, ...figures, warm: link.warm, ended: idle.ended },
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
  let tellWarm: (ms: number) => void
  const warm = new Promise<number>((resolve) => {
    tellWarm = resolve
  })
  const connection = connect<EncoderService>(worker, {
    onNotice: (value) => {
      const notice = value as EncoderNotice
      for (const renew of waiting) renew()
      if ('progress' in notice) onProgress(notice.progress)
      if ('warmMs' in notice) tellWarm(notice.warmMs)
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
