import { expect, test } from 'vitest'
import type { HearthState } from '../index.ts'
import { deviceLines } from './device-lines.ts'

const state: HearthState = {
  pack: {
    name: 'Books',
    items: 10_000,
    licence: 'CC0',
    attribution: 'Someone',
    notes: [],
  },
  curation: { rules: {}, columns: { known: [], loaded: [] } },
  scan: 'simd',
  profile: { mode: 'memory', reason: 'storage is denied' },
  events: 3,
  encoder: {
    state: 'ready',
    backend: 'wasm',
    tried: ['webgpu: no adapter'],
    selfCheck: 0.99912,
  },
  towers: { state: 'loading', progress: 0.414, tried: [] },
  learning: { state: 'waiting', views: 12, taken: 1, guesses: 0 },
  restarts: 2,
}
const around = { isOnline: false, isKept: true }
const line = (name: string) =>
  deviceLines(state, around).find((each) => each.name === name)!

test('names what is in use and why nothing better is', () => {
  expect(line('Text reader')).toMatchObject({
    value: 'ready, on WebAssembly',
    notes: ['webgpu: no adapter', 'self-check: 0.9991 cosine to the reference'],
  })
})

const readerLine = (encoder: HearthState['encoder']) =>
  deviceLines({ ...state, encoder }, around).find(({ name }) => name === 'Text reader')!

test('names the model, its size, its speed here and how many texts were compared', () => {
  const encoder: HearthState['encoder'] = {
    ...{ state: 'ready', backend: 'webgpu', tried: ['webgpu: in use'] },
    model: { name: 'hearth-encoder', wireBytes: 5_412_345 },
    ...{ selfCheck: 0.99981, checkedTexts: 32, probeMs: 6.52 },
  }
  expect(readerLine(encoder)).toEqual({
    name: 'Text reader',
    value: 'ready, on WebGPU',
    notes: [
      'hearth-encoder, 5.4 MB',
      'webgpu: in use',
      'self-check: 0.9998 cosine to the reference, the worst of 32 texts',
      '6.5 ms a text on this device',
    ],
  })
})

test('a slow device is shown in whole milliseconds', () => {
  const slow = { state: 'ready', backend: 'wasm', tried: [], probeMs: 1520.4 } as const
  expect(readerLine(slow).notes).toEqual(['1,520 ms a text on this device'])
})

test('a reader that was ended for being idle sleeps, with the reason', () => {
  const why = 'wasm: ended after 5 minutes without a text'
  const line = readerLine({ state: 'idle', backend: 'wasm', tried: [why] })
  expect(line).toMatchObject({
    value: 'asleep, wakes with the next text',
    notes: [why],
  })
})

test('a reader that cannot start has the reason, one never asked states when it will', () => {
  expect(readerLine({ state: 'failed', tried: ['no model'] })).toMatchObject({
    value: 'not available here',
    notes: ['no model'],
  })
  expect(readerLine({ state: 'off', tried: ['built without text'] })).toMatchObject({
    value: 'off',
    notes: ['built without text'],
  })
  expect(readerLine({ state: 'idle', tried: [] })).toMatchObject({
    value: 'not needed yet, loaded on first use',
    notes: [],
  })
})

test('states plainly that nothing will be kept, and why', () => {
  expect(line('Your events')).toMatchObject({
    value: 'in memory only, gone when the page closes',
    notes: ['storage is denied'],
  })
})

test('shows how far a download is, what was restarted, and that it is offline', () => {
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

test('a download that is whole is being started, not loading', () => {
  const towers = { state: 'loading', progress: 1, tried: [] } as const
  const lines = deviceLines({ ...state, towers }, around)
  expect(lines.find(({ name }) => name === 'Learning')!.value).toBe('here, starting')
})

test('learning states whether the visitor moved the towers', () => {
  const learning = (hasMoved?: boolean) => {
    const towers: HearthState['towers'] = {
      ...{ state: 'ready', backend: 'js', tried: [] },
      ...(hasMoved === undefined ? {} : { hasMoved }),
    }
    return deviceLines({ ...state, towers }, around).find(
      ({ name }) => name === 'Learning',
    )!
  }
  expect(learning().notes).toEqual([])
  expect(learning(true).notes).toEqual(['moved by what you opened and passed over'])
  expect(learning(false).notes).toEqual([
    'as it came: moved, it would find your newest choices no better',
  ])
})
