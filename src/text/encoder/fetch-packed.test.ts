import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { fetchModel } from './browser-encoder.ts'
import {
  base,
  contents,
  fakeFetch,
  manifestText,
  model,
} from './fake-host.test-data.ts'
import {
  fingerprintOf,
  hashBytes,
  type ModelFile,
  plainFile,
} from './model-manifest.ts'

/** A file deflated under a hashed name, as `wireModel` would list it. */
function deflated(name: string, bytes: Uint8Array, changes: Partial<ModelFile> = {}) {
  const wire = new Uint8Array(deflateSync(bytes))
  const wireSha256 = hashBytes(wire)
  const packed: ModelFile = {
    ...plainFile(name, bytes),
    ...{ packing: 'deflate', wireBytes: wire.length, wireSha256 },
    file: `model.${wireSha256.slice(0, 16)}.bin`,
    ...changes,
  }
  return { packed, wire }
}

/** Serves one packed file of the tiny model. */
function packedFetch(changes: Partial<ModelFile>, wireOf = (wire: Uint8Array) => wire) {
  const { packed, wire } = deflated(model, contents.get(model)!, changes)
  const decisive = { files: [packed], maxTokens: 8, pooling: 'mean' } as const
  const fingerprint = fingerprintOf(decisive)
  const asked: [string, RequestCache | undefined][] = []
  const fetch = fakeFetch({
    'hearth.json': () => new Response(manifestText({ files: [packed], fingerprint })),
    [packed.file]: (cache) => {
      asked.push([packed.file, cache])
      return new Response(wireOf(wire) as Uint8Array<ArrayBuffer>)
    },
  })
  return { fetch, asked, packed }
}

describe('a packed file', () => {
  test('is expanded, and its hashed name asked of no host that has been asked', async () => {
    const { fetch, asked, packed } = packedFetch({})
    const { files } = await fetchModel({ modelBase: base, fetch })
    expect(files.get(model)).toEqual(contents.get(model))
    expect(asked).toEqual([[packed.file, 'force-cache']])
  })

  test('that a cache holds damaged is asked for once more, past it', async () => {
    const { fetch, asked } = packedFetch({}, (wire) => wire.with(30, wire[30]! ^ 1))
    await expect(fetchModel({ modelBase: base, fetch })).rejects.toThrow('got SHA-256')
    expect(asked.map(([, cache]) => cache)).toEqual(['force-cache', 'reload'])
  })

  test.each([
    ['that is a bomb', { sizeBytes: 4_000 }, 'it expands past 4000 bytes'],
    ['that falls short', { sizeBytes: 6_000 }, 'expands to 5000 bytes, expected 6000'],
    ['that expands to something else', { sha256: '00' }, 'got expanded SHA-256'],
  ])('%s is refused', async (_, changes, message) => {
    const { fetch } = packedFetch(changes)
    const failure = fetchModel({ modelBase: base, fetch })
    await expect(failure).rejects.toMatchObject({ code: 'no-encoder' })
    await expect(failure).rejects.toThrow(message)
  })

  test('may be one that lies there as it is, under a hashed name', async () => {
    const bytes = contents.get('config.json')!
    const file = { ...plainFile('config.json', bytes), file: 'config.0123.bin' }
    const decisive = { files: [file], maxTokens: 8, pooling: 'mean' } as const
    const fingerprint = fingerprintOf(decisive)
    const fetch = fakeFetch({
      'hearth.json': () => new Response(manifestText({ files: [file], fingerprint })),
      'config.0123.bin': () => new Response(bytes),
    })
    const { files } = await fetchModel({ modelBase: base, fetch })
    expect(files.get('config.json')).toEqual(bytes)
  })

  test('has the fingerprint of the plain one', () => {
    const { packed } = deflated(model, contents.get(model)!)
    const plain = plainFile(model, contents.get(model)!)
    const of = (file: ModelFile) =>
      fingerprintOf({ files: [file], maxTokens: 8, pooling: 'mean' })
    expect(of(packed)).toBe(of(plain))
  })
})
