import { describe, expect, test } from 'vitest'
import { fetchModel } from './fetch-model.ts'
import { fingerprintOf, hashBytes, type ModelFile } from './model-manifest.ts'

const base = 'https://shop.example/sub/models/tiny'
const page = '<!doctype html><title>Not found</title>'
const encoder = new TextEncoder()
const contents = new Map([
  ['config.json', encoder.encode('{"a":1}')],
  ['onnx/model_q4.onnx', Uint8Array.from({ length: 5_000 }, (_, i) => i % 251)],
])

function manifestText(overrides: Record<string, unknown> = {}): string {
  const files: ModelFile[] = [...contents].map(([name, bytes]) => ({
    name,
    sizeBytes: bytes.length,
    sha256: hashBytes(bytes),
  }))
  return JSON.stringify({
    ...{ name: 'tiny', dim: 2, maxTokens: 8, fingerprint: fingerprintOf(files, 8) },
    ...{ files, golden: [{ text: 'a', vector: [1, 0] }] },
    ...{ licence: 'Apache-2.0', teacher: 'none' },
    ...overrides,
  })
}

type Answer = (cache: RequestCache | undefined) => Response | Promise<Response>

/** Serves the tiny model, some paths answered otherwise. */
function fakeFetch(others: Record<string, Answer> = {}): typeof globalThis.fetch {
  return async (url, init) => {
    const path = String(url).slice(base.length + 1)
    const other = others[path]
    if (other) return other(init?.cache)
    if (path === 'hearth.json') return new Response(manifestText())
    const bytes = contents.get(path)
    return bytes ? new Response(bytes) : new Response(page, { status: 404 })
  }
}

const model = 'onnx/model_q4.onnx'

describe('fetchModel', () => {
  test('gives every file of the manifest, byte for byte', async () => {
    const { manifest, files } = await fetchModel({
      modelBase: base,
      fetch: fakeFetch(),
    })
    expect(manifest.dim).toBe(2)
    expect([...files]).toEqual([...contents])
  })

  test('takes a base with a closing slash', async () => {
    const options = { modelBase: `${base}/`, fetch: fakeFetch() }
    expect((await fetchModel(options)).files.size).toBe(2)
  })

  test('tells progress that never falls and ends at 1', async () => {
    const shares: number[] = []
    const onProgress = (share: number) => void shares.push(share)
    await fetchModel({ modelBase: base, fetch: fakeFetch(), onProgress })
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  test('asks past the caches once when a cached file is wrong', async () => {
    const fetch = fakeFetch({
      [model]: (cache) =>
        cache === 'reload' ? new Response(contents.get(model)!) : new Response('old'),
    })
    expect((await fetchModel({ modelBase: base, fetch })).files.get(model)).toEqual(
      contents.get(model),
    )
  })
})

describe('fetchModel refuses', () => {
  const altered = contents.get(model)!.with(17, 0)
  const refusals: [string, Record<string, Answer>, string][] = [
    ['a missing manifest', { 'hearth.json': gone }, 'hearth.json: got status 404'],
    ['a page for the manifest', { 'hearth.json': html }, 'got an HTML page'],
    ['a missing file', { [model]: gone }, `${model}: got status 404`],
    ['a page for a file', { [model]: html }, 'got an HTML page'],
    [
      'a truncated file',
      { [model]: () => new Response(contents.get(model)!.slice(0, 4_000)) },
      'got 4000 bytes, expected 5000',
    ],
    ['an altered file', { [model]: () => new Response(altered) }, 'got SHA-256'],
    [
      'a longer file',
      { [model]: () => new Response(new Uint8Array(9_000)) },
      'expected 5000',
    ],
    ['an unreachable host', { [model]: unreachable }, 'got connection refused'],
    ['a stream that breaks off', { [model]: breaksOff }, 'got connection reset'],
    [
      'a manifest whose fingerprint does not fit its files',
      { 'hearth.json': () => new Response(manifestText({ fingerprint: '00' })) },
      'got fingerprint is 00',
    ],
    [
      'a file name that climbs out of the folder',
      { 'hearth.json': () => new Response(manifestText({ files: [climber] })) },
      'got file name ../secret',
    ],
    [
      'a golden vector of another length',
      { 'hearth.json': () => new Response(manifestText({ dim: 3 })) },
      'got a golden vector of 2, expected 3 numbers',
    ],
    [
      'a manifest without files',
      { 'hearth.json': () => new Response(manifestText({ files: undefined })) },
      'got files is undefined, expected a list',
    ],
  ]

  test.each(refusals)('%s', async (_name, answers, message) => {
    const failure = fetchModel({ modelBase: base, fetch: fakeFetch(answers) })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(failure).rejects.toThrow(message)
  })
})

const climber = { name: '../secret', sizeBytes: 1, sha256: '00' }

function gone(): Response {
  return new Response(null, { status: 404 })
}

function html(): Response {
  return new Response(page, { headers: { 'content-type': 'text/html' } })
}

async function unreachable(): Promise<Response> {
  throw new TypeError('connection refused')
}

function breaksOff(): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(10))
        controller.error(new TypeError('connection reset'))
      },
    }),
  )
}
