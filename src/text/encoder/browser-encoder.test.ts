import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { createBrowserEncoder } from './browser-encoder.ts'
import { fakeFetch, base as foreignBase } from './fake-host.test-data.ts'
import { lowestCosine } from './self-check.ts'

const ownBase = 'https://shop.example/models/hearth-encoder/'
const shipped = new URL('../../../public/models/hearth-encoder/', import.meta.url)
const kernel = new URL('./bert.wasm', import.meta.url)

/** Serves the shipped model, a foreign one and the kernel. */
const host: typeof fetch = async (input, init) => {
  const url = String(input)
  if (url.endsWith('bert.wasm')) return new Response(await readFile(kernel))
  if (!url.startsWith(ownBase)) return fakeFetch()(url, init)
  return new Response(await readFile(new URL(url.slice(ownBase.length), shipped)))
}
const withoutKernel: typeof fetch = async (input, init) =>
  String(input).endsWith('bert.wasm')
    ? new Response(null, { status: 404 })
    : host(input, init)

describe('createBrowserEncoder', () => {
  test("reads with Hearth's own model on WASM by its kernel, with no runtime served", async () => {
    const options = { modelBase: ownBase, backend: 'wasm', fetch: host } as const
    const { encoder, note } = await createBrowserEncoder(options)
    expect(note).toBe('own kernel')
    expect(await lowestCosine(encoder, encoder.golden.slice(0, 3))).toBeGreaterThan(
      0.9999,
    )
  })

  test.each([
    ['a foreign model on WASM', foreignBase, 'wasm', 'tiny'],
    ['any model on WebGPU', ownBase, 'webgpu', 'hearth-encoder'],
  ] as const)('needs onnxruntime for %s', async (_, modelBase, backend, name) => {
    const opening = createBrowserEncoder({ modelBase, backend, fetch: host })
    await expect(opening).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(opening).rejects.toThrow(
      `reading text with ${name} needs onnxruntime: got none served`,
    )
  })

  test('names a kernel that is not served', async () => {
    const options = {
      modelBase: ownBase,
      backend: 'wasm',
      fetch: withoutKernel,
    } as const
    await expect(createBrowserEncoder(options)).rejects.toMatchObject({
      code: 'no-encoder',
      message: expect.stringMatching(/bert\.wasm: got status 404/),
    })
  })

  test('throws no-device where the kernel does not start', async () => {
    const broken: typeof fetch = async (input, init) =>
      String(input).endsWith('bert.wasm') ? new Response('no') : host(input, init)
    const options = { modelBase: ownBase, backend: 'wasm', fetch: broken } as const
    await expect(createBrowserEncoder(options)).rejects.toMatchObject({
      code: 'no-device',
    })
  })
})
