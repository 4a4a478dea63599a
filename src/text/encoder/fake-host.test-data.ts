/** A model of two files on a host that answers as a test wants. */
import { fingerprintOf, plainFile } from './model-manifest.ts'

export const base = 'https://shop.example/sub/models/tiny'
export const page = '<!doctype html><title>Not found</title>'
const encoder = new TextEncoder()
export const contents = new Map([
  ['config.json', encoder.encode('{"a":1}')],
  ['onnx/model_q4.onnx', Uint8Array.from({ length: 5_000 }, (_, i) => i % 251)],
])

export function manifestText(overrides: Record<string, unknown> = {}): string {
  const files = [...contents].map(([name, bytes]) => plainFile(name, bytes))
  const decisive = { files, maxTokens: 8, pooling: 'mean' } as const
  return JSON.stringify({
    ...{ name: 'tiny', dim: 2, ...decisive, fingerprint: fingerprintOf(decisive) },
    golden: [{ text: 'a', vector: [1, 0] }],
    ...{ licence: 'Apache-2.0', teacher: 'none' },
    ...overrides,
  })
}

export type Answer = (cache: RequestCache | undefined) => Response | Promise<Response>

/** Serves the tiny model, some paths answered otherwise. */
export function fakeFetch(
  others: Record<string, Answer> = {},
): typeof globalThis.fetch {
  return async (url, init) => {
    const path = String(url).slice(base.length + 1)
    const other = others[path]
    if (other) return other(init?.cache)
    if (path === 'hearth.json') return new Response(manifestText())
    const bytes = contents.get(path)
    return bytes ? new Response(bytes) : new Response(page, { status: 404 })
  }
}

export const model = 'onnx/model_q4.onnx'
