import { expect, test } from 'vitest'
import { DIM, setUp } from './sample-engine.test-data.ts'

test('answers by keyword when there is no encoder, with a note', async () => {
  const { engine } = await setUp()
  const result = await engine.search('sea', { count: 5 })
  expect(result.mode).toBe('keyword')
  expect(result.note).toContain('the model is missing')
  expect(result.items.every(({ title }) => title.startsWith('Sea'))).toBe(true)
  expect((await engine.state()).encoder.state).toBe('failed')
})

test('answers semantically once the encoder reads', async () => {
  const vector = Float32Array.of(0, 1, 0, 1) // the direction of the space items
  const { engine } = await setUp({
    openEncoder: async () => ({
      encoder: {
        ...{ dim: DIM, fingerprint: 'f00d' },
        encode: async () => vector,
        dispose: async () => {},
      },
      ...{
        backend: 'wasm' as const,
        tried: ['wasm: in use'],
        selfCheck: 1,
        probeMs: 1,
      },
    }),
  })
  const result = await engine.search('rockets', { count: 3 })
  expect(result.mode).toBe('semantic')
  expect(result.items.every(({ title }) => title.startsWith('Space'))).toBe(true)
  expect((await engine.state()).encoder).toMatchObject({
    state: 'ready',
    backend: 'wasm',
  })
})

test('refuses an encoder that did not make this pack', async () => {
  const { engine } = await setUp({
    openEncoder: async () => ({
      encoder: {
        ...{ dim: DIM, fingerprint: 'another' },
        encode: async () => new Float32Array(DIM),
        dispose: async () => {},
      },
      ...{ backend: 'wasm' as const, tried: [], selfCheck: 1, probeMs: 1 },
    }),
  })
  const result = await engine.search('sea')
  expect(result.note).toContain('wrong encoder for this catalogue')
})

test('prepares keywords and meaning, and reports neither as failed', async () => {
  const { engine } = await setUp()
  await engine.prepareSearch()
  expect((await engine.state()).encoder.state).toBe('failed')
  expect(
    (await engine.search('sea', { count: 5, mode: 'keyword' })).items.length,
  ).toBeGreaterThan(0)
})

test('prepares the scripts alone, without an encoder', async () => {
  const { engine } = await setUp({
    openEncoder: () => Promise.reject(new Error('nobody typed')),
  })
  await engine.prepareSearch('scripts')
  expect((await engine.state()).encoder.state).toBe('idle')
})
