/** "On this device": the engine's state in plain lines. */
import type { DeviceState, EngineState } from '../engine/engine.ts'

export interface DeviceLine {
  readonly name: string
  readonly value: string
  /** Why it is so; one line each. */
  readonly notes: readonly string[]
}

export interface Surroundings {
  readonly isOnline: boolean
  /** A service worker keeps this page's files. */
  readonly isKept: boolean
}

export function deviceLines(state: EngineState, around: Surroundings): DeviceLine[] {
  const { pack, profile, restarts } = state
  return [
    {
      name: 'Your signals',
      value:
        profile.mode === 'indexeddb'
          ? 'kept in this browser'
          : 'in memory only, gone when the page closes',
      notes: profile.reason ? [profile.reason] : [],
    },
    {
      name: 'Catalogue',
      value: `${pack.name}, ${pack.items.toLocaleString('en')} items`,
      notes: [...pack.notes, `Licence: ${pack.licence}`, pack.attribution].filter(
        Boolean,
      ),
    },
    {
      name: 'Ranking',
      value: state.scan === 'simd' ? 'WebAssembly SIMD' : 'plain JavaScript',
      notes: [],
    },
    device('Text reader', state.encoder, 'cosine to the reference'),
    device('Learning', state.towers, 'largest difference from the reference'),
    { name: 'Offline', value: offline(around), notes: [] },
    {
      name: 'Restarts',
      value: restarts === 0 ? 'none needed' : `${restarts}, nothing lost`,
      notes: [],
    },
  ]
}

const RUNG_NAMES = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  js: 'plain JavaScript',
} as const
const STATE_NAMES = {
  off: 'off',
  idle: 'not needed yet, loaded on first use',
  loading: 'loading',
  ready: 'ready',
  failed: 'not available here',
} as const

function device(name: string, state: DeviceState, check: string): DeviceLine {
  const { rung, selfCheck, probeMs, progress } = state
  const loaded = state.state === 'loading' && progress !== undefined
  const value = loaded
    ? `loading, ${Math.round(progress * 100)} %`
    : STATE_NAMES[state.state]
  const figures = [
    selfCheck === undefined ? '' : `self-check: ${figure(selfCheck)} ${check}`,
    probeMs === undefined ? '' : `probe: ${Math.round(probeMs)} ms`,
  ].filter(Boolean)
  return {
    name,
    value: rung ? `${value}, on ${RUNG_NAMES[rung]}` : value,
    notes: [...state.tried, ...figures],
  }
}

/** 0.9971, or 3e-7 for what is almost nothing. */
const figure = (value: number) =>
  value === 0 || Math.abs(value) >= 1e-4
    ? String(Number(value.toFixed(4)))
    : value.toExponential(0)

function offline({ isOnline, isKept }: Surroundings): string {
  if (!isKept) return isOnline ? 'online; nothing kept for offline use yet' : 'offline'
  return isOnline
    ? 'ready: this site opens without a network'
    : 'offline now, and working'
}
