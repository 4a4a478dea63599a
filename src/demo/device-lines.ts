/** "On this device": the state of Hearth in plain lines. */
import { html } from 'lit'
import type { DeviceState, HearthState } from '../index.ts'

interface DeviceLine {
  readonly name: string
  readonly value: string
  /** Why it is so; one line each. */
  readonly notes: readonly string[]
}

interface Surroundings {
  readonly isOnline: boolean
  /** A service worker keeps this page's files. */
  readonly isKept: boolean
}

export function deviceLines(state: HearthState, around: Surroundings): DeviceLine[] {
  const { pack, profile, restarts } = state
  return [
    {
      name: 'Your events',
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
    textReader(state.encoder),
    learning(state.towers),
    { name: 'Offline', value: offline(around), notes: [] },
    {
      name: 'Restarts',
      value: restarts === 0 ? 'none needed' : `${restarts}, nothing lost`,
      notes: [],
    },
  ]
}

const BACKEND_NAMES = {
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

/** The encoder: what it is, why it runs where it does, how right and how fast it is. */
function textReader(state: DeviceState): DeviceLine {
  const { model, selfCheck, checkedTexts, probeMs } = state
  const texts = checkedTexts ? `, the worst of ${checkedTexts} texts` : ''
  const figures = [
    model && `${model.name}, ${megabytes(model.wireBytes)}`,
    ...state.tried,
    selfCheck !== undefined &&
      `self-check: ${figure(selfCheck)} cosine to the reference${texts}`,
    probeMs !== undefined && `${milliseconds(probeMs)} a text on this device`,
  ]
  return { name: 'Text reader', value: statusOf(state), notes: present(figures) }
}

const MOVED = 'moved by what you opened and passed over'
const AS_SHIPPED = 'as it came: moved, it would find your newest choices no better'

function learning(state: DeviceState): DeviceLine {
  const { selfCheck, probeMs, hasMoved } = state
  const figures = [
    ...state.tried,
    selfCheck !== undefined &&
      `self-check: ${figure(selfCheck)} largest difference from the reference`,
    probeMs !== undefined && `probe: ${Math.round(probeMs)} ms`,
    hasMoved !== undefined && (hasMoved ? MOVED : AS_SHIPPED),
  ]
  return { name: 'Learning', value: statusOf(state), notes: present(figures) }
}

function statusOf({ state, backend, progress }: DeviceState): string {
  if (state === 'idle' && backend) return 'asleep, wakes with the next text'
  const value =
    state === 'loading' && progress !== undefined
      ? loadingAt(progress)
      : STATE_NAMES[state]
  return backend ? `${value}, on ${BACKEND_NAMES[backend]}` : value
}

/** All is here at 1, and the model is being opened and checked. */
const loadingAt = (progress: number) =>
  progress < 1 ? `loading, ${Math.round(progress * 100)} %` : 'here, starting'

const present = (notes: readonly (string | false | undefined)[]) =>
  notes.filter((note) => note !== false && note !== undefined)

/** "5.4 MB" */
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** "6.5 ms", "1,520 ms" */
const milliseconds = (ms: number) =>
  `${ms < 10 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en')} ms`

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

export function deviceView(lines: readonly DeviceLine[]) {
  return html`<section class="device">
    <h2>On this device</h2>
    <dl>
      ${lines.map(
        ({ name, value, notes }) => html`<div>
          <dt>${name}</dt>
          <dd>${value}${notes.map((note) => html`<small>${note}</small>`)}</dd>
        </div>`,
      )}
    </dl>
  </section>`
}
