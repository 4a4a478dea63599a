/**
 * Starts one tfjs backend and watches it. tfjs backends are global to a realm, so opening
 * webgpu again replaces the one before: that is also how a lost GPU is recovered, as the
 * towers keep nothing on the device between calls.
 */
import * as tf from '@tensorflow/tfjs-core'
import { HearthError, messageOf } from '../errors.ts'
import { openGpu } from './gpu-adapter.ts'

export interface TfBackendOptions {
  readonly backend: 'webgpu' | 'wasm'
  /** Folder (URL or path) of tfjs-backend-wasm's .wasm files. Needed in a bundled page. */
  readonly wasmBase?: string
  /** Where GPU adapters come from. Default `navigator.gpu`. */
  readonly gpu?: GPU
  /** Take a software GPU adapter too, for tests. Default false. */
  readonly allowSoftware?: boolean
  /** Called once, with a plain reason, when the device has died. */
  readonly onLost?: (reason: string) => void
}

export interface TfBackend {
  /** Makes this the tfjs backend in use; synchronous, as it is already started. */
  use(): void
  /** Why it can work no longer, if it cannot. */
  failure(): string | undefined
  /** Settles as `work` does, or rejects with `no-device` as soon as the device dies. */
  guard<T>(work: Promise<T>): Promise<T>
  dispose(): void
}

/** @throws HearthError `no-device` if the tfjs backend does not start */
export async function startBackend(options: TfBackendOptions): Promise<TfBackend> {
  try {
    return await (options.backend === 'wasm'
      ? startWasm(options)
      : startWebGpu(options))
  } catch (error) {
    if (error instanceof HearthError) throw error
    const message = `${options.backend} did not start: ${messageOf(error)}.`
    throw new HearthError('no-device', message, { cause: error })
  }
}

async function startWasm({ wasmBase }: TfBackendOptions): Promise<TfBackend> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm')
  // the threaded build starts a worker from a blob: strict CSPs refuse it, and under
  // vite 8's minifier it is broken
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  const isStarted = tf.findBackend('wasm') !== null
  if (wasmBase !== undefined && !isStarted) {
    wasm.setWasmPaths(wasmBase.endsWith('/') ? wasmBase : `${wasmBase}/`)
  }
  await select('wasm')
  const watch = createWatch('wasm')
  // the module stays for the realm's life: tfjs cannot start it a second time
  return { ...watch, dispose: () => watch.fail('it was disposed of') }
}

async function startWebGpu(options: TfBackendOptions): Promise<TfBackend> {
  const gpu = options.gpu ?? globalThis.navigator?.gpu
  const { device, info } = await openGpu(gpu, options.allowSoftware ?? false)
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  // below 1,000 elements tfjs would work on the CPU and the GPU would go unchecked
  tf.env().set('WEBGPU_CPU_FORWARD', false)
  if (tf.engine().registryFactory.webgpu) tf.removeBackend('webgpu')
  const backend = new WebGPUBackend(device, info)
  tf.registerBackend('webgpu', () => backend, 3)
  await select('webgpu')

  const watch = createWatch('webgpu', options.onLost)
  device.lost.then(({ message }) => watch.fail(message || 'the GPU device was lost'))
  // a validation or memory error makes results wrong without any other sign
  device.addEventListener('uncapturederror', (event) => watch.fail(event.error.message))
  const dispose = () => {
    if (watch.failure() === undefined) watch.forget()
    watch.fail('it was disposed of')
    if (tf.findBackend('webgpu') === backend) tf.removeBackend('webgpu')
    device.destroy()
  }
  return { ...watch, dispose }
}

/** tfjs answers false, rather than throwing, when a tfjs backend does not start. */
async function select(backend: 'webgpu' | 'wasm') {
  if (await tf.setBackend(backend)) return
  throw new HearthError('no-device', `${backend} did not start. Use the next backend.`)
}

function createWatch(backend: 'webgpu' | 'wasm', onLost?: (reason: string) => void) {
  let reason: string | undefined
  let listener = onLost
  const pending = new Set<(error: HearthError) => void>()
  const dead = () =>
    new HearthError(
      'no-device',
      `${backend} is gone: ${reason}. Open the towers again.`,
    )

  function fail(why: string) {
    if (reason !== undefined) return
    reason = why.replace(/\.$/, '')
    for (const reject of pending) reject(dead())
    pending.clear()
    listener?.(reason)
  }

  async function guard<T>(work: Promise<T>): Promise<T> {
    if (reason !== undefined) throw dead()
    let stop: (error: HearthError) => void = () => {}
    const death = new Promise<never>((_, reject) => {
      stop = reject
      pending.add(reject)
    })
    try {
      return await Promise.race([work, death])
    } finally {
      pending.delete(stop)
    }
  }

  return {
    use: () => {
      if (reason !== undefined) throw dead()
      if (tf.getBackend() !== backend) void tf.setBackend(backend)
    },
    failure: () => reason,
    guard,
    fail,
    /** `onLost` is not called from now on. */
    forget: () => {
      listener = undefined
    },
  }
}
