import { describe, expect, test, vi } from 'vitest'
import { fetchModel } from './browser-encoder.ts'
import {
  type Answer,
  base,
  contents,
  fakeFetch,
  manifestText,
  model,
  page,
} from './fake-host.test-data.ts'
import { parseManifest, plainFile } from './model-manifest.ts'

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

describe('fetchModel', () => {
  test('takes an older manifest that lists name, size and hash alone', async () => {
    const files = [...contents].map(([name, bytes]) => {
      const { sizeBytes, sha256 } = plainFile(name, bytes)
      return { name, sizeBytes, sha256 }
    })
    const { golden, pooling } = parseManifest(
      manifestText({ files, pooling: undefined }),
    )
    expect(pooling).toBe('mean')
    expect(golden[0]!.vector).toEqual(Float32Array.of(1, 0))
  })

  test('downloads no model of another fingerprint', async () => {
    const asked: string[] = []
    const fetch: typeof globalThis.fetch = (url, init) => {
      asked.push(String(url))
      return fakeFetch()(url, init)
    }
    const failure = fetchModel({ modelBase: base, fetch, fingerprint: 'f'.repeat(64) })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(failure).rejects.toThrow(
      /wrong encoder .*got \w{12}, expected ffffffffffff\./,
    )
    expect(asked).toEqual([`${base}/hearth.json`])
  })

  test('aborts what is on its way when one file is wrong', async () => {
    const aborted: string[] = []
    const hangs = (name: string): Answer => {
      const body = new ReadableStream({ cancel: () => void aborted.push(name) })
      return () => new Response(body)
    }
    const following: typeof globalThis.fetch = async (url, init) => {
      const response = await fakeFetch({ [model]: hangs(model) })(url, init)
      if (!String(url).endsWith(model)) return response
      const body = response.body!.pipeThrough(new TransformStream(), {
        signal: init!.signal!,
      })
      return new Response(body)
    }
    const partly: typeof globalThis.fetch = (url, init) =>
      String(url).endsWith('config.json')
        ? Promise.resolve(new Response(page))
        : following(url, init)
    const failing = fetchModel({ modelBase: base, fetch: partly })
    await expect(failing).rejects.toThrow('got an HTML page')
    await vi.waitFor(() => expect(aborted).toEqual([model]))
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
      'got a golden vector of a, expected 3 finite numbers',
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
