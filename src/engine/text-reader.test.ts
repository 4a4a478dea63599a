import { expect, test } from 'vitest'
import { HearthError } from '../errors.ts'
import { samplePack } from '../scoring/sample-pack.test-data.ts'
import {
  createTextReader,
  type OpenEncoder,
  type OpenedEncoder,
} from './text-reader.ts'

const sample = samplePack({
  items: [{ id: 'a', title: 'Sea' }],
  content: [[1, 0]],
})
const pack = {
  ...sample,
  manifest: { ...sample.manifest, encoder: { name: 'test', fingerprint: 'f00d' } },
}
const lost = () => Promise.reject(new HearthError('no-encoder', 'the GPU was lost.'))

/** A reader whose encoders answer as `encoders` do, one an opening. */
function setUp(
  encoders: {
    backend: 'webgpu' | 'wasm'
    fingerprint?: string
    encode?: () => Promise<Float32Array>
  }[],
) {
  const from: string[] = []
  const disposed: number[] = []
  const open: OpenEncoder = async (_, backendFrom) => {
    const n = from.push(backendFrom) - 1
    const { backend, fingerprint = 'f00d', encode } = encoders[n]!
    return {
      encoder: {
        ...{ dim: 2, fingerprint },
        encode: encode ?? (async () => Float32Array.of(0, 1)),
        dispose: async () => void disposed.push(n),
      },
      ...{ backend, tried: [`${backend}: in use`], selfCheck: 1, probeMs: 1 },
    }
  }
  return { reader: createTextReader(pack, open, () => {}), from, disposed }
}

test('a GPU lost over a text: the same text is read one backend down', async () => {
  const { reader, from, disposed } = setUp([
    { backend: 'webgpu', encode: lost },
    { backend: 'wasm' },
  ])
  const vectors = await Promise.all([reader.read('sea'), reader.read('ship')])
  expect(vectors.map((vector) => vector.some((x) => x !== 0))).toEqual([true, true])
  expect(from).toEqual(['webgpu', 'wasm'])
  expect(disposed).toEqual([0])
  expect(reader.state()).toMatchObject({ state: 'ready', backend: 'wasm' })
  expect(reader.state().tried.join('\n')).toContain('webgpu: the GPU was lost.')
})

test('an encoder that fails on the last backend is ended, and the next text may try', async () => {
  const { reader, disposed } = setUp([
    { backend: 'wasm', encode: lost },
    { backend: 'wasm' },
  ])
  await expect(reader.read('sea')).rejects.toMatchObject({ code: 'no-encoder' })
  expect(reader.state().state).toBe('failed')
  expect(disposed).toEqual([0])
  await reader.read('sea')
  expect(reader.state().state).toBe('ready')
})

test('an encoder of another pack is ended, not left behind', async () => {
  const { reader, disposed } = setUp([{ backend: 'wasm', fingerprint: 'other' }])
  await expect(reader.read('sea')).rejects.toThrow('wrong encoder')
  expect(disposed).toEqual([0])
})

const ready = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** A reader whose one encoder is `parts`; `opened` counts the openings. */
function setUpOne(parts: Partial<OpenedEncoder>) {
  let opened = 0
  const open: OpenEncoder = async () => {
    opened++
    const encode = async () => Float32Array.of(0, 1)
    const encoder = { dim: 2, fingerprint: 'f00d', encode, dispose: async () => {} }
    return { encoder, backend: 'wasm', tried: ['wasm: in use'], selfCheck: 1, ...parts }
  }
  return { reader: createTextReader(pack, open, () => {}), opened: () => opened }
}

test('an encoder ended for being idle is reported, and the next text opens another', async () => {
  let end: (why: string) => void = () => {}
  const ended = new Promise<string>((resolve) => {
    end = resolve
  })
  const { reader, opened } = setUpOne({ ended })
  await reader.read('sea')
  end('ended after 5 minutes without a text')
  await ready()
  expect(reader.state()).toMatchObject({ state: 'idle', backend: 'wasm' })
  expect(reader.state().tried.at(-1)).toBe('wasm: ended after 5 minutes without a text')
  await reader.read('ship')
  expect(opened()).toBe(2)
})

test('what is run is in the state, also when it sleeps', async () => {
  const model = { name: 'tiny', wireBytes: 9 }
  let end: (why: string) => void = () => {}
  const ended = new Promise<string>((resolve) => {
    end = resolve
  })
  const { reader } = setUpOne({ model, ended })
  await reader.read('sea')
  expect(reader.state()).toMatchObject({ state: 'ready', model })
  end('idle')
  await ready()
  expect(reader.state()).toMatchObject({ state: 'idle', model })
})

test('the speed of a warm device comes later, into the state', async () => {
  const { reader } = setUpOne({ warm: Promise.resolve(7) })
  await reader.read('sea')
  await ready()
  expect(reader.state()).toMatchObject({ state: 'ready', probeMs: 7 })
})

test('a check of all texts opens the encoder and tells the worst of them', async () => {
  const { reader, opened } = setUpOne({
    checkAll: async () => ({ lowest: 0.9997, texts: 32 }),
  })
  expect(await reader.check()).toEqual({ lowest: 0.9997, texts: 32 })
  expect(opened()).toBe(1)
  expect(reader.state()).toMatchObject({ selfCheck: 0.9997, checkedTexts: 32 })
})

test('a catalogue without text has nothing to check', async () => {
  const reader = createTextReader(
    { ...pack, manifest: sample.manifest },
    () => lost(),
    () => {},
  )
  await expect(reader.check()).rejects.toThrow('built without text')
})

test('prepared at the first key, it is open when the text comes, and opened once', async () => {
  const { reader, opened } = setUpOne({})
  await Promise.all([reader.prepare(), reader.prepare()])
  expect(reader.state().state).toBe('ready')
  await reader.read('sea')
  expect(opened()).toBe(1)
})

test('what cannot be prepared is in the state, and tried again by a text alone', async () => {
  let tries = 0
  const open: OpenEncoder = () => {
    tries++
    return lost()
  }
  const reader = createTextReader(pack, open, () => {})
  await reader.prepare()
  expect(reader.state()).toMatchObject({
    state: 'failed',
    tried: ['the GPU was lost.'],
  })
  await reader.prepare()
  expect(tries).toBe(1)
  await expect(reader.read('sea')).rejects.toThrow('the GPU was lost.')
  expect(tries).toBe(2)
})

test('nothing is prepared for a catalogue without text', async () => {
  const plain = { ...pack, manifest: sample.manifest }
  const reader = createTextReader(plain, lost, () => {})
  await reader.prepare()
  expect(reader.state().state).toBe('off')
})
