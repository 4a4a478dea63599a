import { expect, test } from 'vitest'
import type { EngineState } from '../engine/engine.ts'
import { deviceLines } from './device-lines.ts'

const state: EngineState = {
  pack: {
    name: 'Books',
    items: 10_000,
    licence: 'CC0',
    attribution: 'Someone',
    notes: [],
  },
  scan: 'simd',
  profile: { mode: 'memory', reason: 'storage is denied' },
  events: 3,
  encoder: {
    state: 'ready',
    rung: 'wasm',
    tried: ['webgpu: no adapter'],
    selfCheck: 0.99912,
  },
  towers: { state: 'loading', progress: 0.414, tried: [] },
  restarts: 2,
}
const around = { isOnline: false, isKept: true }
const line = (name: string) =>
  deviceLines(state, around).find((each) => each.name === name)!

test('says what is in use and why nothing better is', () => {
  expect(line('Text reader')).toMatchObject({
    value: 'ready, on WebAssembly',
    notes: ['webgpu: no adapter', 'self-check: 0.9991 cosine to the reference'],
  })
})

test('says plainly that nothing will be kept, and why', () => {
  expect(line('Your signals')).toMatchObject({
    value: 'in memory only, gone when the page closes',
    notes: ['storage is denied'],
  })
})

test('says how far a download is, what was restarted, and that it is offline', () => {
  expect(line('Learning').value).toBe('loading, 41 %')
  expect(line('Restarts').value).toBe('2, nothing lost')
  expect(line('Offline').value).toBe('offline now, and working')
})

test('names the catalogue, its licence and whom to thank', () => {
  expect(line('Catalogue')).toMatchObject({
    value: 'Books, 10,000 items',
    notes: ['Licence: CC0', 'Someone'],
  })
})
