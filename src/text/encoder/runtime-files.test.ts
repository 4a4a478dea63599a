import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runtimeFiles, runtimeStems } from './runtime-files.ts'

describe('runtimeFiles', () => {
  const base = 'https://shop.example/sub/runtime'

  test('asks for the small runtime on WASM', () => {
    expect(runtimeFiles(base, 'wasm', true)).toEqual({
      mjs: `${base}/ort-wasm-simd-threaded.mjs`,
      wasm: `${base}/ort-wasm-simd-threaded.wasm`,
    })
  })

  test('asks for JSPI on WebGPU where it exists, else for asyncify', () => {
    expect(runtimeFiles(`${base}/`, 'webgpu', true).wasm).toBe(
      `${base}/ort-wasm-simd-threaded.jspi.wasm`,
    )
    expect(runtimeFiles(base, 'webgpu', false).wasm).toBe(
      `${base}/ort-wasm-simd-threaded.asyncify.wasm`,
    )
  })

  test('names files that the installed onnxruntime-web has', () => {
    for (const stem of runtimeStems) {
      for (const extension of ['mjs', 'wasm']) {
        const url = import.meta.resolve(`onnxruntime-web/${stem}.${extension}`)
        expect(existsSync(new URL(url)), url).toBe(true)
      }
    }
  })
})
