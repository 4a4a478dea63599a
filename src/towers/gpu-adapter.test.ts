import { describe, expect, test } from 'vitest'
import { openGpu, readAdapter, refusalOf } from './gpu-adapter.ts'

const hardware = { vendor: 'nvidia', architecture: 'hopper' }
const software = { vendor: 'google', architecture: 'swiftshader' }

describe('readAdapter', () => {
  test('names a hardware adapter', async () => {
    expect(await readAdapter(gpuWith(hardware))).toEqual({
      usable: true,
      software: false,
      note: 'adapter nvidia hopper',
    })
  })

  test.each([
    ['flagged as a fallback', { vendor: 'x', isFallbackAdapter: true }],
    ['known by its name', software],
    ['known by its description', { vendor: 'mesa', description: 'llvmpipe (LLVM 17)' }],
  ])('sees through a software adapter %s', async (_, info) => {
    const report = await readAdapter(gpuWith(info))
    expect(report).toMatchObject({ usable: true, software: true })
  })

  test('knows the flag of older browsers, and takes an adapter without a name', async () => {
    const old = (adapter: object) =>
      readAdapter({ requestAdapter: async () => adapter } as unknown as GPU)
    expect((await old({ isFallbackAdapter: true })).software).toBe(true)
    expect(await old({})).toEqual({
      usable: true,
      software: false,
      note: 'adapter unnamed',
    })
  })

  test('gives the reason where there is none, and never throws', async () => {
    const none = { requestAdapter: async () => null } as unknown as GPU
    const broken = {
      requestAdapter: () => Promise.reject(new Error('driver crashed')),
    } as unknown as GPU
    expect((await readAdapter(undefined)).note).toBe('this browser has no WebGPU')
    expect((await readAdapter(none)).note).toBe('WebGPU gave no adapter')
    expect(await readAdapter(broken)).toEqual({
      usable: false,
      software: false,
      note: 'WebGPU failed: driver crashed',
    })
  })
})

describe('refusalOf', () => {
  test('refuses a software adapter unless it is forced, and no adapter at all', async () => {
    const slow = await readAdapter(gpuWith(software))
    const line = 'software adapter (google swiftshader), slower than wasm'
    expect(refusalOf(slow, false)).toBe(line)
    expect(refusalOf(slow, true)).toBeUndefined()
    expect(refusalOf(await readAdapter(gpuWith(hardware)), false)).toBeUndefined()
    const none = 'this browser has no WebGPU'
    expect(refusalOf(await readAdapter(undefined), true)).toBe(none)
  })
})

describe('openGpu', () => {
  test('refuses a software adapter unless it is allowed', async () => {
    await expect(openGpu(gpuWith(software), false)).rejects.toThrow(
      expect.objectContaining({ code: 'no-device' }),
    )
    expect((await openGpu(gpuWith(software), true)).info).toBe(software)
  })

  test("asks for the adapter's own limits", async () => {
    let asked: GPUDeviceDescriptor | undefined
    await openGpu(
      gpuWith(hardware, (descriptor) => {
        asked = descriptor
      }),
      false,
    )
    expect(asked?.requiredLimits).toMatchObject({ maxBufferSize: 1024 })
  })
})

/** A GPU whose one adapter has `info`. */
function gpuWith(info: object, onRequest?: (descriptor: GPUDeviceDescriptor) => void) {
  const requestDevice = async (descriptor: GPUDeviceDescriptor) => {
    onRequest?.(descriptor)
    return {}
  }
  const adapter = { info, limits: { maxBufferSize: 1024 }, requestDevice }
  return { requestAdapter: async () => adapter } as unknown as GPU
}
