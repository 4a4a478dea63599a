import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HearthError } from '../../errors.ts'
import { type EncoderConfig, IDLE_MS, openEncoderWithFallback } from './open-encoder.ts'
import { openTowersWithFallback } from './open-towers.ts'
import { CALL_MS, START_SILENCE_MS } from './patience.ts'
import type { EngineConfig } from './protocol.ts'
import { type Methods, type Port, serve } from './rpc.ts'

const config: EngineConfig = {
  packUrl: 'https://shop.test/pack/',
  assetsUrl: 'https://shop.test/',
  backend: 'webgpu',
  storage: 'persistent',
  restarts: 0,
}
const encoderConfig: EncoderConfig = {
  ...config,
  model: { modelUrl: 'https://shop.test/models/tiny/', fingerprint: 'f00d' },
}
/** What each worker made next offers; the last one also serves all later ones. */
let services: Methods<Record<string, unknown>>[] = []
let made: FakeWorker[] = []

/** A worker in this thread. Both ends answer at once, so that fake timers hold nothing up. */
class FakeWorker {
  isTerminated = false
  tell: (value: unknown) => void
  private outer: ((event: MessageEvent) => void)[] = []
  private inner: (event: MessageEvent) => void = () => {}

  constructor() {
    const port: Port = {
      postMessage: (data) => {
        for (const listener of this.outer) listener({ data } as MessageEvent)
      },
      addEventListener: (_, listener) => {
        this.inner = listener
      },
    }
    const service = services[Math.min(made.length, services.length - 1)]!
    this.tell = serve(service as never, port)
    made.push(this)
  }

  postMessage(data: unknown) {
    if (!this.isTerminated) this.inner({ data } as MessageEvent)
  }

  addEventListener(type: string, listener: (event: MessageEvent) => void) {
    if (type === 'message') this.outer.push(listener)
  }

  terminate() {
    this.isTerminated = true
  }
}

const hangs = () => new Promise<never>(() => {})
const encoder = {
  start: async () => ({
    ...{ dim: 1, fingerprint: 'f00d', selfCheck: 1, probeMs: 1, note: 'a fake' },
    model: { name: 'tiny', wireBytes: 9 },
  }),
  encode: async () => Float32Array.of(1),
  checkAll: async () => ({ lowest: 1, texts: 32 }),
}

beforeEach(() => {
  made = []
  vi.useFakeTimers()
  vi.stubGlobal('Worker', FakeWorker)
  const adapter = { info: { vendor: 'test' } }
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the encoder', () => {
  test('whose start hangs on WebGPU starts on WASM in a fresh worker', async () => {
    services = [{ ...encoder, start: hangs }, encoder]
    const opening = openEncoderWithFallback(encoderConfig, () => {})
    await vi.advanceTimersByTimeAsync(START_SILENCE_MS)
    expect((await opening).backend).toBe('wasm')
    expect(made.map(({ isTerminated }) => isTerminated)).toEqual([true, false])
  })

  test('that is still downloading is waited for', async () => {
    services = [{ ...encoder, start: hangs }]
    const shares: number[] = []
    void openEncoderWithFallback(encoderConfig, (share) => shares.push(share))
    for (const progress of [0.2, 0.4, 0.6]) {
      await vi.advanceTimersByTimeAsync(START_SILENCE_MS - 1000)
      made[0]!.tell({ progress })
    }
    expect(shares).toEqual([0.2, 0.4, 0.6])
    expect(made).toHaveLength(1)
    expect(made[0]!.isTerminated).toBe(false)
  })

  test('that hangs over a text is given up', async () => {
    services = [{ ...encoder, encode: hangs }]
    const opened = await openEncoderWithFallback(encoderConfig, () => {})
    const refused = expect(opened.encoder.encode(['sea'])).rejects.toMatchObject({
      code: 'stopped',
    })
    await vi.advanceTimersByTimeAsync(CALL_MS)
    await refused
  })

  test('without its model is given up at once: no other backend could start', async () => {
    const start = () =>
      Promise.reject(new HearthError('no-encoder', 'cannot download hearth.json.'))
    services = [{ ...encoder, start }, encoder]
    await expect(
      openEncoderWithFallback(encoderConfig, () => {}),
    ).rejects.toMatchObject({
      code: 'no-encoder',
      message: 'cannot download hearth.json.',
    })
    expect(made.map(({ isTerminated }) => isTerminated)).toEqual([true])
  })

  test('is given where the model lies and which one it must be', async () => {
    const started: unknown[] = []
    const start = async (given: unknown) => {
      started.push(given)
      return encoder.start()
    }
    services = [{ ...encoder, start }]
    await openEncoderWithFallback(encoderConfig, () => {})
    expect(started).toEqual([
      {
        backend: 'webgpu',
        runtimeUrl: 'https://shop.test/runtime/',
        ...encoderConfig.model,
      },
    ])
  })

  test('is ended after a while without a text, not while it reads one', async () => {
    let answer: (vector: Float32Array) => void = () => {}
    const encode = () =>
      new Promise<Float32Array>((resolve) => {
        answer = resolve
      })
    services = [{ ...encoder, encode }]
    const opened = await openEncoderWithFallback(encoderConfig, () => {})
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1_000)
    const reading = opened.encoder.encode(['sea'])
    await vi.advanceTimersByTimeAsync(30_000)
    answer(Float32Array.of(1))
    await reading
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1_000)
    expect(made[0]!.isTerminated).toBe(false)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(made[0]!.isTerminated).toBe(true)
    expect(await opened.ended).toBe('ended after 5 minutes without a text')
  })

  test('that was disposed of is not ended again', async () => {
    services = [encoder]
    const opened = await openEncoderWithFallback(encoderConfig, () => {})
    await opened.encoder.dispose()
    expect(made[0]!.isTerminated).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('that checks all its texts is waited for while it tells of them', async () => {
    services = [{ ...encoder, checkAll: hangs }]
    const opened = await openEncoderWithFallback(encoderConfig, () => {})
    let given: unknown
    opened.checkAll!().catch((error: unknown) => {
      given = error
    })
    for (const checked of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(CALL_MS - 1_000)
      made[0]!.tell({ checked })
    }
    expect(given).toBeUndefined()
    await vi.advanceTimersByTimeAsync(CALL_MS)
    expect(given).toMatchObject({ code: 'stopped' })
  })

  test('tells what it runs', async () => {
    services = [encoder]
    const { model } = await openEncoderWithFallback(encoderConfig, () => {})
    expect(model).toEqual({ name: 'tiny', wireBytes: 9 })
  })

  test('tells its speed once it is warm', async () => {
    services = [encoder]
    const opened = await openEncoderWithFallback(encoderConfig, () => {})
    made[0]!.tell({ warmMs: 6.5 })
    expect(await opened.warm).toBe(6.5)
  })

  test('that gives wrong vectors on WebGPU runs on WASM in a fresh worker, with the reason', async () => {
    const backends: string[] = []
    const start = async ({ backend }: { backend: string }) => {
      backends.push(backend)
      if (backend === 'webgpu') throw new HearthError('no-device', 'got cosine .5')
      return encoder.start()
    }
    services = [{ ...encoder, start }]
    const { backend, tried } = await openEncoderWithFallback(encoderConfig, () => {})
    expect(backends).toEqual(['webgpu', 'wasm'])
    expect(backend).toBe('wasm')
    expect(tried).toEqual(['webgpu: got cosine .5', 'wasm: in use, by a fake'])
    expect(made.map(({ isTerminated }) => isTerminated)).toEqual([true, false])
  })

  test('that is wrong on every backend is not used, and every reason is named', async () => {
    const start = async ({ backend }: { backend: string }) => {
      throw new HearthError('no-device', `got cosine .5 on ${backend}`)
    }
    services = [{ ...encoder, start }]
    await expect(
      openEncoderWithFallback(encoderConfig, () => {}),
    ).rejects.toMatchObject({
      code: 'no-encoder',
      message:
        'the text encoder cannot start: webgpu: got cosine .5 on webgpu; ' +
        'wasm: got cosine .5 on wasm',
    })
    expect(made.map(({ isTerminated }) => isTerminated)).toEqual([true, true])
  })

  test('leaves WebGPU alone where no runtime is served', async () => {
    const started: unknown[] = []
    const start = async (given: unknown) => {
      started.push(given)
      return encoder.start()
    }
    services = [{ ...encoder, start }]
    const bare = { ...encoderConfig, runtime: false }
    const { tried } = await openEncoderWithFallback(bare, () => {})
    expect(started).toEqual([{ backend: 'wasm', ...encoderConfig.model }])
    expect(tried).toEqual([
      'webgpu: no runtime is served here',
      'wasm: in use, by a fake',
    ])
  })

  test('lost on WebGPU is asked for from WASM down', async () => {
    services = [encoder]
    expect(
      (await openEncoderWithFallback(encoderConfig, () => {}, 'wasm')).backend,
    ).toBe('wasm')
    expect(made).toHaveLength(1)
  })
})

test('towers whose start hangs everywhere end on plain JS', async () => {
  services = [{ start: hangs }]
  const opening = openTowersWithFallback(config, 'webgpu')
  await vi.advanceTimersByTimeAsync(2 * START_SILENCE_MS)
  expect((await opening).device.backend).toBe('js')
  expect(made.map(({ isTerminated }) => isTerminated)).toEqual([true, true])
})
