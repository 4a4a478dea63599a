import { describe, expect, test } from 'vitest'
import { openTowerDevice, type ProbeOptions } from './open-tower-device.ts'
import { createReferenceDevice } from './reference.ts'
import type { Backend, TowerDevice } from './tower-device.ts'

const hardware = { usable: true, software: false, note: 'adapter acme' }
const software = {
  usable: true,
  software: true,
  note: 'software adapter (swiftshader)',
}

describe('openTowerDevice', () => {
  test('takes the best backend that works', async () => {
    const opened = await open({})
    expect(opened.device.backend).toBe('webgpu')
    expect(opened.selfCheck).toBe(0)
    expect(opened.probeMs).toBe(5)
    expect(opened.tried).toEqual(['webgpu: in use, off by 0.0e+0, 5.0 ms'])
  })

  test('goes to wasm, saying why, when there is no adapter', async () => {
    const adapter = async () => ({ ...hardware, usable: false, note: 'no adapter' })
    const opened = await open({ adapter })
    expect(opened.device.backend).toBe('wasm')
    expect(opened.tried[0]).toBe('webgpu: no adapter')
  })

  test('refuses a software adapter, unless it is forced', async () => {
    const adapter = async () => software
    expect((await open({ adapter })).device.backend).toBe('wasm')
    expect((await open({ adapter, force: 'webgpu' })).device.backend).toBe('webgpu')
  })

  test('goes down a backend, and frees it, when its answers are wrong', async () => {
    const disposed: Backend[] = []
    const start = async (backend: Backend) => {
      const device = fakeDevice(backend, disposed)
      return backend === 'js' ? device : withWrongTuning(device)
    }
    const opened = await open({ start })
    expect(opened.device.backend).toBe('js')
    expect(disposed).toEqual(['webgpu', 'wasm'])
    expect(opened.tried[0]).toMatch(/^webgpu: wrong answers, off by 0\.00/)
    expect(opened.tried).toHaveLength(3)
  })

  test('takes an answer that is not a number for a wrong one', async () => {
    const start = async (backend: Backend) => {
      const device = fakeDevice(backend)
      const forward: TowerDevice['forward'] = async (...args) =>
        (await device.forward(...args)).map(() => NaN)
      return backend === 'webgpu' ? { ...device, forward } : device
    }
    expect((await open({ start })).device.backend).toBe('wasm')
  })

  test('goes down a backend when one is absurdly slow, unless it is forced', async () => {
    const now = clockWithSteps(900)
    const opened = await open({ now })
    expect(opened.device.backend).toBe('js')
    expect(opened.tried[0]).toBe('webgpu: too slow, 900 ms for the probe')
    expect((await open({ now, force: 'wasm' })).device.backend).toBe('wasm')
  })

  test('starts at a forced backend and falls down from it', async () => {
    const start = async (backend: Backend) => {
      if (backend === 'wasm') throw new Error('no .wasm file')
      return fakeDevice(backend)
    }
    const opened = await open({ force: 'wasm', start })
    expect(opened.device.backend).toBe('js')
    expect(opened.tried[0]).toBe('wasm: no .wasm file')
  })

  test('fails with every line when no backend works', async () => {
    const start = () => Promise.reject(new Error('out of memory'))
    await expect(open({ start })).rejects.toThrow(
      expect.objectContaining({
        code: 'no-device',
        message: expect.stringContaining('js: out of memory'),
      }),
    )
  })
})

function open(options: Partial<ProbeOptions>) {
  return openTowerDevice({
    start: async (backend) => fakeDevice(backend),
    adapter: async () => hardware,
    now: clockWithSteps(5),
    ...options,
  })
}

/** The reference under another backend's name. */
function fakeDevice(backend: Backend, disposed: Backend[] = []): TowerDevice {
  const dispose = async () => {
    disposed.push(backend)
  }
  return { ...createReferenceDevice(), backend: backend, dispose }
}

/** Off by 0.001 in one weight. */
function withWrongTuning(device: TowerDevice): TowerDevice {
  const tune: TowerDevice['tune'] = async (...args) => {
    const tuned = await device.tune(...args)
    tuned.layers[0].weights[17] += 0.001
    return tuned
  }
  return { ...device, tune }
}

/** Every reading is `ms` after the one before. */
function clockWithSteps(ms: number) {
  let time = 0
  return () => {
    time += ms
    return time
  }
}
