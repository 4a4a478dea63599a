import { expect, test } from 'vitest'
import { HearthError } from '../errors.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import { createTextReader, type OpenEncoder } from './text-reader.ts'

const sample = samplePack({
  items: [{ id: 'a', title: 'Sea' }],
  content: [[1, 0]],
})
const pack = {
  ...sample,
  manifest: { ...sample.manifest, encoder: { name: 'test', fingerprint: 'f00d' } },
}
const lost = () => Promise.reject(new HearthError('no-encoder', 'the GPU was lost.'))

/** A reader whose encoders answer as `encoders` say, one an opening. */
function setUp(
  encoders: {
    rung: 'webgpu' | 'wasm'
    fingerprint?: string
    encode?: () => Promise<Float32Array>
  }[],
) {
  const from: string[] = []
  const disposed: number[] = []
  const open: OpenEncoder = async (_, rungFrom) => {
    const n = from.push(rungFrom) - 1
    const { rung, fingerprint = 'f00d', encode } = encoders[n]!
    return {
      encoder: {
        ...{ dim: 2, fingerprint },
        encode: encode ?? (async () => Float32Array.of(0, 1)),
        dispose: async () => void disposed.push(n),
      },
      ...{ rung, tried: [`${rung}: in use`], selfCheck: 1, probeMs: 1 },
    }
  }
  return { reader: createTextReader(pack, open, () => {}), from, disposed }
}

test('a GPU lost over a text: the same text is read one rung down', async () => {
  const { reader, from, disposed } = setUp([
    { rung: 'webgpu', encode: lost },
    { rung: 'wasm' },
  ])
  const vectors = await Promise.all([reader.read('sea'), reader.read('ship')])
  expect(vectors.map((vector) => vector.some((x) => x !== 0))).toEqual([true, true])
  expect(from).toEqual(['webgpu', 'wasm'])
  expect(disposed).toEqual([0])
  expect(reader.state()).toMatchObject({ state: 'ready', rung: 'wasm' })
  expect(reader.state().tried.join('\n')).toContain('webgpu: the GPU was lost.')
})

test('an encoder that fails on the last rung is ended, and the next text may try', async () => {
  const { reader, disposed } = setUp([{ rung: 'wasm', encode: lost }, { rung: 'wasm' }])
  await expect(reader.read('sea')).rejects.toMatchObject({ code: 'no-encoder' })
  expect(reader.state().state).toBe('failed')
  expect(disposed).toEqual([0])
  await reader.read('sea')
  expect(reader.state().state).toBe('ready')
})

test('an encoder of another pack is ended, not left behind', async () => {
  const { reader, disposed } = setUp([{ rung: 'wasm', fingerprint: 'other' }])
  await expect(reader.read('sea')).rejects.toThrow('wrong encoder')
  expect(disposed).toEqual([0])
})
