import { describe, expect, test } from 'vitest'
import { adapterReport } from './probe.ts'

function gpuOf(adapter: object | null) {
  return { requestAdapter: async () => adapter as GPUAdapter | null }
}

const hardware = { info: { vendor: 'intel', architecture: 'xe', description: '' } }
const software = {
  info: { vendor: 'google', architecture: 'swiftshader', isFallbackAdapter: true },
}
const strict = { allowSoftware: false }
const forced = { allowSoftware: true }

describe('adapterReport', () => {
  test('takes a hardware adapter and names it', async () => {
    expect(await adapterReport(gpuOf(hardware), strict)).toEqual({
      usable: true,
      note: 'adapter intel xe',
    })
  })

  test('refuses a software adapter', async () => {
    const report = await adapterReport(gpuOf(software), strict)
    expect(report.usable).toBe(false)
    expect(report.note).toContain('software (google swiftshader)')
  })

  test('takes a software adapter when WebGPU is forced, and says so', async () => {
    expect(await adapterReport(gpuOf(software), forced)).toEqual({
      usable: true,
      note: 'software adapter, forced google swiftshader',
    })
  })

  test('knows software by its name and by the older flag', async () => {
    const named = { info: { vendor: 'mesa', description: 'llvmpipe (LLVM 17)' } }
    const flagged = { isFallbackAdapter: true }
    expect((await adapterReport(gpuOf(named), strict)).usable).toBe(false)
    expect((await adapterReport(gpuOf(flagged), strict)).usable).toBe(false)
  })

  test('takes an adapter that will not say its name', async () => {
    expect((await adapterReport(gpuOf({}), strict)).note).toBe('adapter unnamed')
  })

  test('says when there is no WebGPU, no adapter, or a refusal, even if forced', async () => {
    const refusing = { requestAdapter: () => Promise.reject(new Error('blocklisted')) }
    const notes = [
      await adapterReport(undefined, forced),
      await adapterReport(gpuOf(null), forced),
      await adapterReport(refusing, forced),
    ]
    expect(notes).toEqual([
      { usable: false, note: 'this browser has no WebGPU' },
      { usable: false, note: 'there is no adapter' },
      { usable: false, note: 'the adapter was refused (blocklisted)' },
    ])
  })
})
